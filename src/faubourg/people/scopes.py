"""Where a role holds: kinds of scope, registered at start-up by the rooms that own them.

`people` knows only the installation as a whole; a contract or a commune is pointed to by value.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INSTANCE = "instance"
EVERYWHERE = (INSTANCE, "")

Scope = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ScopeKind:
    """`exists` tells whether a code is known; `names_of` names many codes at once, for lists."""

    kind: str
    label: str | Promise
    exists: Callable[[str], bool]
    names_of: Callable[[Collection[str]], Mapping[str, str]] | None = None


_kinds: dict[str, ScopeKind] = {}


def register(
    kind: str,
    label: str | Promise,
    exists: Callable[[str], bool],
    names_of: Callable[[Collection[str]], Mapping[str, str]] | None = None,
) -> None:
    """Called in `AppConfig.ready` by the room that owns the kind; the last one to speak holds."""
    _kinds[kind] = ScopeKind(kind, label, exists, names_of)


def kinds() -> list[ScopeKind]:
    """Every kind, in the order in which the rooms registered them."""
    return list(_kinds.values())


def exists(kind: str, code: str) -> bool:
    """Is there such a place? An unknown kind has none."""
    return kind in _kinds and _kinds[kind].exists(code)


def described(scopes: Iterable[Scope]) -> dict[Scope, str]:
    """Each scope in words, one question a kind: « commune 63113 Clermont-Ferrand »."""
    asked: dict[str, set[str]] = {}
    for kind, code in scopes:
        asked.setdefault(kind, set()).add(code)
    return {
        (kind, code): words for kind, codes in asked.items() for code, words in _words(kind, codes).items()
    }


def _words(kind: str, codes: set[str]) -> dict[str, str]:
    known = _kinds.get(kind)
    label = str(known.label) if known else kind
    names = known.names_of(codes) if known and known.names_of else {}
    return {code: " ".join(part for part in (label, code, names.get(code, "")) if part) for code in codes}


def register_own() -> None:
    """The kind that belongs to this room."""
    register(INSTANCE, _("toute l’installation"), lambda code: code == "")
