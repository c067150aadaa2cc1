"""Types of territory that an analysis tells apart: is only the central town in politique de la ville?

The flag is computed from the communes of the neighbourhoods; the context (medium town, decline, worn
old centre) is read from a document and never computed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .verdict import Reason, Verdict, mark


class Context(StrEnum):
    """What a document says of the place; a code that is not listed here is shown as it was written."""

    MEDIUM_TOWN = "medium_town"
    ECONOMIC_DECLINE = "economic_decline"
    DEMOGRAPHIC_DECLINE = "demographic_decline"
    OLD_CENTRE = "old_centre"
    LARGE_TOWN = "large_town"


CONTEXT_LABELS = {
    Context.MEDIUM_TOWN: mark("ville moyenne"),
    Context.ECONOMIC_DECLINE: mark("déprise économique"),
    Context.DEMOGRAPHIC_DECLINE: mark("déprise démographique"),
    Context.OLD_CENTRE: mark("centre ancien déqualifié"),
    Context.LARGE_TOWN: mark("grande ville"),
}


@dataclass(frozen=True, slots=True)
class Quarter:
    """A neighbourhood and the names of its communes by code; none when the commune is not known."""

    name: str
    communes: tuple[tuple[str, str], ...] = ()


def only_central_town(quarters: Sequence[Quarter], central: str | None) -> Verdict:
    """Yes when every neighbourhood lies wholly in the central commune (its INSEE code).

    Unknown when the central commune, the neighbourhoods or the commune of one of them is unknown,
    unless one known neighbourhood already lies outside.
    """
    if central is None:
        return Verdict((Reason("central", None, mark("La ville centre n’est pas désignée.")),))
    if not quarters:
        return Verdict((Reason("quarters", None, mark("Aucun quartier n’est rattaché à ce contrat.")),))
    exceptions = tuple(reason for quarter in quarters for reason in _exceptions(quarter, central))
    if exceptions:
        return Verdict(exceptions)
    return Verdict(
        (
            Reason(
                "all_inside",
                True,
                mark("{count} quartiers, tous dans la ville centre.")
                if len(quarters) > 1
                else mark("Un seul quartier, dans la ville centre."),
                {"count": len(quarters)},
                threshold=central,
            ),
        )
    )


def _exceptions(quarter: Quarter, central: str) -> tuple[Reason, ...]:
    if not quarter.communes:
        return (Reason("unplaced", None, mark("{quarter} : commune inconnue."), {"quarter": quarter.name}),)
    return tuple(
        Reason(
            "outside",
            False,
            mark("{quarter} est à {commune}."),
            {"quarter": quarter.name, "commune": name},
            threshold=central,
            operand=code,
        )
        for code, name in quarter.communes
        if code != central
    )
