"""The kinds of places in addresses: « quartiers » stands for a neighbourhood, « epci » for an EPCI."""

from .models import Territory

Kind = Territory.Kind
SLUGS: dict[str, str] = {
    "quartiers": Kind.NEIGHBOURHOOD.value,
    "communes": Kind.COMMUNE.value,
    "epci": Kind.EPCI.value,
    "ept": Kind.EPT.value,
}
_KINDS = {kind: slug for slug, kind in SLUGS.items()}


class EditedKind:
    """`<edited:kind>`: the kinds whose sheets people write; the others have no such address."""

    regex = "|".join(SLUGS)

    def to_python(self, value: str) -> str:
        """« quartiers » → « neighbourhood »."""
        return SLUGS[value]

    def to_url(self, value: str) -> str:
        """« neighbourhood » → « quartiers »; raises ValueError for a kind that is not edited here."""
        if value not in _KINDS:
            raise ValueError(value)
        return _KINDS[value]
