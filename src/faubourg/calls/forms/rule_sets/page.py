"""The form of a rule set as the page draws it: blocks of boxes, each with what is wrong beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from faubourg.base.sentences import in_words
from faubourg.rules.verdict import Reason

from .layout import RULES, Ask, Kind, Options, Part
from .reading import Fields, Typed, asks_of, joined, rows_in

_NATIVE = {Kind.EUROS: "decimal", Kind.PERCENT: "decimal", Kind.NUMBER: "numeric"}


@dataclass(frozen=True, slots=True)
class Box:
    """One control; `value` is what it holds, `values` what is ticked or chosen in it."""

    name: str
    label: str | Promise
    kind: str
    help: str | Promise
    value: str
    hour: str = ""
    inputmode: str = ""
    values: tuple[str, ...] = ()
    options: Options = ()
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What its label is tied to."""
        return f"id_{self.name}"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the set; `rows` when there may be several, `add` the words of the button for one more."""

    name: str
    title: str | Promise
    help: str | Promise
    boxes: tuple[Box, ...]
    blocks: tuple["Block", ...] = ()
    rows: tuple["Block", ...] = ()
    add: str | Promise = ""
    number: int = 0
    errors: tuple[str, ...] = ()

    @property
    def name_typed(self) -> str:
        """What a closed row shows of itself: its name, else its first choice."""
        named = [box.value for box in self.boxes if box.name.endswith("-name") and box.value]
        chosen = [str(label) for box in self.boxes for value, label in box.options if value == box.value]
        return next(iter([*named, *chosen]), "")

    @property
    def is_open(self) -> bool:
        """A row is closed unless it is new or something in it is wrong."""
        return self.is_wrong or not self.name_typed

    @property
    def is_wrong(self) -> bool:
        """Whether something is to be mended in it, however deep."""
        inside = [*self.blocks, *self.rows]
        own = bool(self.errors) or any(box.errors for box in self.boxes)
        return own or any(one.is_wrong for one in inside)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What every block is drawn from."""

    fields: Fields
    wrong: Mapping[str, Sequence[str]]
    add: str
    measures: Options = field(default=())


def page_of(fields: Fields, told: Typed | None = None, *, add: str = "") -> Block:
    """The whole form; `add` names the part to which a blank row is added."""
    wrong: dict[str, list[str]] = {}
    for problem in told.problems if told else ():
        wrong.setdefault(told.box_of(problem) if told else "", []).append(_said(problem))
    measures = [fields.get(f"measures-{rank}-code", ("",))[0].strip() for rank in rows_in(fields, "measures")]
    options = tuple((code, code) for code in dict.fromkeys(measures) if code)
    return _block(RULES, "", _Drawn(fields, wrong, add, options))


def _said(problem: Reason) -> str:
    """Without its path, which the place of the sentence says."""
    sentence = in_words(problem)
    path, colon, rest = sentence.partition(": ")
    if not colon or path.strip() != problem.params.get("path"):
        return sentence
    return rest[:1].upper() + rest[1:]


def _block(part: Part, name: str, drawn: _Drawn, number: int = 0) -> Block:
    boxes = tuple(_box(ask, joined(name, ask.key), drawn) for ask in asks_of(part, name, drawn.fields))
    inner = tuple(_inner(one, joined(name, one.key), drawn) for one in part.parts)
    # The whole has no box of its own: its problems stand above it.
    errors = tuple(drawn.wrong.get(name, ())) if name or part is RULES else ()
    return Block(name, part.title, part.help, boxes, inner, number=number, errors=errors)


def _inner(part: Part, name: str, drawn: _Drawn) -> Block:
    if not part.many:
        return _block(part, name, drawn)
    ranks = rows_in(drawn.fields, name)
    if drawn.add == name:
        ranks.append(max(ranks, default=-1) + 1)
    rows = tuple(_block(part, f"{name}-{rank}", drawn, place) for place, rank in enumerate(ranks, 1))
    return Block(
        name, part.title, part.help, (), rows=rows, add=part.add, errors=tuple(drawn.wrong.get(name, ()))
    )


def _box(ask: Ask, name: str, drawn: _Drawn) -> Box:
    values = tuple(drawn.fields.get(name, ()))
    options = ask.options
    if ask.kind is Kind.MEASURES:
        options = drawn.measures
    if ask.kind in (Kind.CHOICE, Kind.CHOICES, Kind.MEASURES):
        # What a set says and no list knows stays in the form.
        known = {value for value, _label in options}
        options += tuple((value, value) for value in dict.fromkeys(values) if value and value not in known)
    day = drawn.fields.get(f"{name}-day", ("",))[0] if ask.kind is Kind.WHEN else ""
    return Box(
        name=name,
        label=ask.label,
        kind=ask.kind.value,
        help=ask.help,
        value=day if ask.kind is Kind.WHEN else (values[0] if values else ""),
        hour=drawn.fields.get(f"{name}-hour", ("",))[0] if ask.kind is Kind.WHEN else "",
        inputmode=_NATIVE.get(ask.kind, ""),
        values=values or (("on",) if ask.default and _fresh(name, drawn.fields) else ()),
        options=options,
        errors=tuple(drawn.wrong.get(name, ())),
    )


def _fresh(name: str, fields: Fields) -> bool:
    """Whether nothing of its row was sent yet: a flag is then what it is by default."""
    row = name.rpartition("-")[0] + "-"
    return not any(key.startswith(row) for key in fields)
