"""Reads typed values out of JSON: whatever is missing, unknown or of another kind is told with its path."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from ..verdict import Reason, mark
from .moments import PARIS, is_plain

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
LONGEST = 1_000
MOST_ITEMS = 500
MOST_CENTS = 10**13
MISSING = mark("{path} : manque.")
EMPTY = mark("{path} : ne peut pas être vide.")


@dataclass(slots=True)
class Problems:
    """The mistakes found so far, in the order of the file."""

    found: list[Reason] = field(default_factory=list)

    def add(self, path: str, code: str, template: str, **params: object) -> None:
        """One more, at this path."""
        shown = path or "."
        self.found.append(Reason(code, False, template, {"path": shown, **params}, operand=shown))


@dataclass(frozen=True, slots=True)
class Node:
    """One object of the file, where it stands, and where its mistakes go."""

    value: object
    path: str
    problems: Problems
    known: set[str] = field(default_factory=set)

    def text(self, key: str, *, default: str | None = None) -> str:
        """A sentence or a code, never empty unless it has a default."""
        value = self._of(key, str, "", default)
        if value and not value.strip():
            self.wrong(key, "rules-empty", EMPTY)
        if len(value) > LONGEST:
            self.wrong(key, "rules-long", mark("{path} : plus de {most} caractères."), most=LONGEST)
        return value

    def number(self, key: str, *, least: int = 0, most: int = MOST_CENTS, default: int | None = None) -> int:
        """A whole number within these bounds."""
        value = self._of(key, int, least, default)
        if not least <= value <= most:
            self.wrong(
                key,
                "rules-bounds",
                mark("{path} : {told} n’est pas entre {least} et {most}."),
                told=value, least=least, most=most,
            )  # fmt: skip
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Yes or no."""
        return self._of(key, bool, default, default)

    def day(self, key: str) -> date:
        """A day, ISO."""
        return self._parsed(key, date.fromisoformat, date.min)

    def moment(self, key: str) -> datetime:
        """A moment; without an offset it is the clock of Paris, which shows some hours twice or never."""
        found = self._parsed(key, datetime.fromisoformat, datetime(2000, 1, 1, tzinfo=UTC))
        if found.tzinfo is not None:
            return found
        if not is_plain(found):
            self.wrong(
                key,
                "rules-clock",
                mark("{path} : à Paris cette heure n’existe pas ou existe deux fois ; écrivez son décalage."),
            )
        return found.replace(tzinfo=PARIS)

    def one_of(self, key: str, kind: type[E], *, default: E | None = None) -> E:
        """A word of a closed list."""
        told = self._of(key, str, "", None if default is None else default.value)
        return self._word(key, told, kind)

    def many_of(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Words of a closed list."""
        return tuple(self._word(key, told, kind) for told in self.texts(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of codes; nothing when the key is not there."""
        listed = self._list(key)
        if any(not isinstance(one, str) or not one or len(one) > LONGEST for one in listed):
            self.wrong(key, "rules-kind", mark("{path} : n’attend que des mots."))
        return tuple(one for one in listed if isinstance(one, str))

    def amounts(self, key: str) -> dict[str, int]:
        """Cents by name."""
        with self._inside(key) as inner:
            if inner is None or not isinstance(inner.value, dict):
                return {}
            return {str(name): inner.number(str(name)) for name in inner.value}

    def inner(self, key: str, build: Callable[["Node"], T]) -> T | None:
        """One object, or None when the key is not there or null."""
        with self._inside(key) as inner:
            return None if inner is None else build(inner)

    def items(self, key: str, build: Callable[["Node"], T]) -> tuple[T, ...]:
        """A list of objects; nothing when the key is not there."""
        listed = self._list(key)
        nodes = [Node(one, f"{self._at(key)}[{rank}]", self.problems) for rank, one in enumerate(listed)]
        return tuple(node.built(build) for node in nodes if node.is_object())

    def built(self, build: Callable[["Node"], T]) -> T:
        """What `build` makes of it; keys that it did not ask for are unknown."""
        made = build(self)
        for key in self.value if isinstance(self.value, dict) else ():
            if key not in self.known:
                self.wrong(str(key)[:80], "rules-unknown", mark("{path} : clé inconnue."))
        return made

    def is_object(self) -> bool:
        """Tells when it is not one."""
        if not isinstance(self.value, dict):
            self.problems.add(self.path, "rules-kind", mark("{path} : n’est pas un objet."))
        return isinstance(self.value, dict)

    def wrong(self, key: str, code: str, template: str, **params: object) -> None:
        """A mistake at this key."""
        self.problems.add(self._at(key), code, template, **params)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _told(self, key: str) -> object:
        self.known.add(key)
        return self.value.get(key) if isinstance(self.value, dict) else None

    def _of(self, key: str, kind: type[T], empty: T, default: T | None) -> T:
        told = self._told(key)
        if told is None:
            if default is None:
                self.wrong(key, "rules-missing", MISSING)
            return empty if default is None else default
        blank = isinstance(told, str) and not told
        if not isinstance(told, kind) or (kind is int and isinstance(told, bool)):
            self.wrong(key, "rules-kind", _KINDS[kind])
            return empty
        if blank and default is None:
            self.wrong(key, "rules-empty", EMPTY)
        return told

    def _parsed(self, key: str, parse: Callable[[str], T], empty: T) -> T:
        told = self._of(key, str, "", None)
        try:
            return parse(told)
        except (ValueError, OverflowError):
            if told:
                self.wrong(
                    key, "rules-day", mark("{path} : « {told} » n’est pas une date ISO."), told=told[:80]
                )
            return empty

    def _word(self, key: str, told: str, kind: type[E]) -> E:
        try:
            return kind(told)
        except ValueError:
            if told:
                expected = ", ".join(kind)
                self.wrong(
                    key,
                    "rules-word",
                    mark("{path} : « {told} » n’est pas dans la liste ({expected})."),
                    told=told[:80],
                    expected=expected,
                )
            return next(iter(kind))

    def _list(self, key: str) -> list[object]:
        told = self._told(key)
        if told is None:
            return []
        if not isinstance(told, list | tuple) or len(told) > MOST_ITEMS:
            self.wrong(
                key,
                "rules-kind",
                mark("{path} : attend une liste, {most} éléments au plus."),
                most=MOST_ITEMS,
            )
            return []
        return list(told)

    @contextmanager
    def _inside(self, key: str) -> Iterator["Node | None"]:
        told = self._told(key)
        node = None if told is None else Node(told, self._at(key), self.problems)
        yield node if node is None or node.is_object() else None
        if node is not None and isinstance(node.value, dict):
            node.built(lambda _: None)


_KINDS: dict[type, str] = {
    str: mark("{path} : attend un texte."),
    int: mark("{path} : attend un nombre entier (des centimes, des centièmes de pour cent)."),
    bool: mark("{path} : attend true ou false."),
}
