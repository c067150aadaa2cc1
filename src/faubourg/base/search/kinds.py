"""The kinds of objects that can be found, registered at start-up by the rooms that own them."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` is the plural of the facet, `one` what a hit is; `order` decides between equal titles."""

    key: str
    label: str | Promise
    one: str | Promise
    order: int
    icon: str = ""


_kinds: dict[str, Kind] = {}


def register(key: str, label: str | Promise, *, one: str | Promise = "", order: int, icon: str = "") -> None:
    """Names a kind of findable objects; the smallest order comes first among equal titles."""
    _kinds[key] = Kind(key, label, one or label, order, icon)


def kind_named(key: str) -> Kind:
    """The registered kind, or a bare one last in order when nobody registered it."""
    return _kinds.get(key) or Kind(key, key, key, 99)


def all_kinds() -> list[Kind]:
    """In their order."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))
