"""From the boxes of the form to a rule set as data, and back; each box keeps the path of what it says.

`typed` never loses anything: what cannot be read is told beside its box and stays as it was typed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from faubourg.base import numbers
from faubourg.rules.calls import read
from faubourg.rules.calls.moments import PARIS, is_plain
from faubourg.rules.typed_money import read_cents
from faubourg.rules.verdict import Reason, mark

from .layout import RULES, Ask, Kind, Part

Fields = Mapping[str, Sequence[str]]
# Kept by the row and not by the text: what is said of a version stands in its columns.
ROW_KEYS = ("id", "version", "status")
MOST_ROWS = 100
_NOT_MONEY = mark("{path} : « {told} » n’est pas un montant en euros.")
_NOT_SHARE = mark("{path} : « {told} » n’est pas un pourcentage entre 0 et 100, deux décimales au plus.")
_NOT_NUMBER = mark("{path} : « {told} » n’est pas un nombre entier.")


@dataclass(slots=True)
class Typed:
    """`told` as the rules read it, what is wrong, and the box of each path of the set."""

    told: dict[str, Any] = field(default_factory=dict)
    problems: list[Reason] = field(default_factory=list)
    boxes: dict[str, str] = field(default_factory=dict)

    def box_of(self, problem: Reason) -> str:
        """The name of the box beside which a problem is shown; the nearest part when it has none."""
        path = str(problem.operand or "")
        while path and path not in self.boxes:
            path = re.sub(r"(\.[^.\[]*|\[\d+\]|^[^.\[]+)$", "", path)
        return self.boxes.get(path, "")


def typed(fields: Fields, *, about: Mapping[str, Any]) -> Typed:
    """What the boxes say, judged; `about` holds the keys of the row (id, version)."""
    found = Typed()
    told = _part(RULES, "", "", fields, found) or {}
    found.told = told
    judged = read({**told, **about})
    unread = {str(problem.operand) for problem in found.problems}
    found.problems += [each for each in judged.problems if str(each.operand) not in unread]
    return found


def fields_of(told: Mapping[str, Any]) -> dict[str, list[str]]:
    """The boxes that say this set, which reads without a problem."""
    found: dict[str, list[str]] = {}
    _fill(RULES, "", told, found)
    return found


def rows_in(fields: Fields, name: str) -> list[int]:
    """The numbers of the rows of a part that are in the form, removed ones left out."""
    ranks = {int(one[1]) for key in fields if (one := re.match(rf"{re.escape(name)}-(\d{{1,4}})-", key))}
    return [rank for rank in sorted(ranks)[:MOST_ROWS] if not fields.get(f"{name}-{rank}-remove")]


def joined(before: str, key: str) -> str:
    """The name of a box inside a part."""
    return "-".join(part for part in (before, key) if part)


def _at(path: str, key: str) -> str:
    return ".".join(part for part in (path, key) if part)


def _part(part: Part, name: str, path: str, fields: Fields, found: Typed) -> dict[str, Any] | None:
    """The object of a part, None when every box of it is blank."""
    made: dict[str, Any] = {}
    found.boxes[path] = name
    for ask in asks_of(part, name, fields):
        box, at = joined(name, ask.key), _at(path, ask.key)
        found.boxes[at] = box
        value = _value(ask, box, at, fields, found)
        if value is not None:
            made[ask.key] = value
    for inner in part.parts:
        where, at = joined(name, inner.key), _at(path, inner.key)
        if inner.many:
            rows = _rows(inner, where, at, fields, found)
            if rows:
                made[inner.key] = rows
        elif not inner.key:
            made |= _part(inner, where, at, fields, found) or {}
        elif told := _part(inner, where, at, fields, found):
            made[inner.key] = told
    told_something = any(not isinstance(value, bool) for value in made.values())
    return made if told_something else None


def _rows(part: Part, name: str, path: str, fields: Fields, found: Typed) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    found.boxes[path] = name
    for rank in rows_in(fields, name):
        if (row := _part(part, f"{name}-{rank}", f"{path}[{len(rows)}]", fields, found)) is not None:
            rows.append(row)
    return rows


def asks_of(part: Part, name: str, fields: Fields) -> list[Ask]:
    """The boxes of a part; where names are free, those that the form holds besides."""
    asks = list(part.asks)
    if part.free:
        known = {ask.key for ask in asks}
        others = {key.removeprefix(f"{name}-") for key in fields if key.startswith(f"{name}-")} - known
        asks += [Ask(key, key, Kind.EUROS) for key in sorted(others)]
    return asks


def _value(ask: Ask, box: str, path: str, fields: Fields, found: Typed) -> Any:
    """What one box says, None when it says nothing."""
    listed = [value.strip() for value in fields.get(box, ())]
    text = " ".join(listed[0].split()) if listed and ask.kind is not Kind.LINES else ""
    match ask.kind:
        case Kind.FLAG:
            return None if bool(listed) is ask.default else bool(listed)
        case Kind.CHOICES | Kind.MEASURES:
            return list(dict.fromkeys(value for value in listed if value)) or None
        case Kind.LINES:
            return [line.strip() for line in "\n".join(listed).splitlines() if line.strip()] or None
        case Kind.WHEN:
            return _moment(box, fields)
        case Kind.EUROS | Kind.PERCENT | Kind.NUMBER if text:
            number = _NUMBERS[ask.kind](text)
            if number is None:
                params = {"path": path, "told": text[:40]}
                found.problems.append(Reason("rules-typed", False, _WRONG[ask.kind], params, operand=path))
            return number
    return text or None


def _moment(box: str, fields: Fields) -> str | None:
    """A day and an hour; without an hour, the end of the day to close and its beginning to open."""
    day, hour = ("".join(fields.get(f"{box}-{part}", ("",))[0].split()) for part in ("day", "hour"))
    if not day and not hour:
        return None
    if day and not hour:
        hour = "23:59:59" if box.endswith("closes") else "00:00:00"
    return f"{day}T{hour}"


def _cents(text: str) -> int | None:
    told = read_cents(text)
    return None if told.problem is not None else told.cents


def _basis_points(text: str) -> int | None:
    try:
        points = Decimal(text.rstrip("%").replace(",", ".").replace(" ", "")) * 100
    except InvalidOperation:
        return None
    return int(points) if points.is_finite() and points == int(points) and 0 <= points <= 10_000 else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else None


_NUMBERS = {Kind.EUROS: _cents, Kind.PERCENT: _basis_points, Kind.NUMBER: _whole}
_WRONG = {Kind.EUROS: _NOT_MONEY, Kind.PERCENT: _NOT_SHARE, Kind.NUMBER: _NOT_NUMBER}


def _fill(part: Part, name: str, told: Mapping[str, Any], found: dict[str, list[str]]) -> None:
    asks = list(part.asks)
    if part.free:
        asks += [Ask(key, key, Kind.EUROS) for key in told if key not in {ask.key for ask in part.asks}]
    for ask in asks:
        _say(ask, joined(name, ask.key), told.get(ask.key), found)
    for inner in part.parts:
        where = joined(name, inner.key)
        if not inner.key:
            _fill(inner, where, told, found)
        elif inner.many:
            for rank, row in enumerate(told.get(inner.key) or ()):
                _fill(inner, f"{where}-{rank}", row, found)
        elif told.get(inner.key):
            _fill(inner, where, told[inner.key], found)


def _say(ask: Ask, box: str, value: Any, found: dict[str, list[str]]) -> None:
    """The box that says this value; nothing is written where nothing is said."""
    if ask.kind is Kind.FLAG:
        value = ask.default if value is None else value
        if value:
            found[box] = ["on"]
    elif value is None:
        return
    elif ask.kind is Kind.WHEN:
        found[f"{box}-day"], found[f"{box}-hour"] = _day_and_hour(str(value))
    elif ask.kind in (Kind.EUROS, Kind.PERCENT):
        found[box] = [numbers.typed(int(value))]
    elif ask.kind is Kind.LINES:
        found[box] = ["\n".join(value)]
    elif ask.kind in (Kind.CHOICES, Kind.MEASURES):
        found[box] = [str(one) for one in value]
    else:
        found[box] = [value.isoformat() if isinstance(value, date) else str(value)]


def _day_and_hour(told: str) -> tuple[list[str], list[str]]:
    """On the clock of Paris; an hour that the clock shows twice keeps its offset."""
    moment = datetime.fromisoformat(told)
    local = moment.astimezone(PARIS) if moment.tzinfo else moment
    hour = f"{local:%H:%M:%S}"
    if not is_plain(local.replace(tzinfo=None)):
        offset = local.isoformat()[-6:]
        hour += offset
    return [local.date().isoformat()], [hour]
