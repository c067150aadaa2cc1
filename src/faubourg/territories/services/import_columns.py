"""Where the figures lie in a sheet: the row of headings and what each column is, guessed then changeable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from faubourg.base.refusal import Refused
from faubourg.base.text import fold
from faubourg.rules.spreadsheet import columns as roles
from faubourg.rules.spreadsheet.cells import address, plain
from faubourg.rules.verdict import Reason, Verdict, mark
from faubourg.territories.models import Indicator
from faubourg.territories.reading.sheets import Sheet

# Marks a column that holds one indicator (wide format): « =taux-pauvrete » or « =taux-pauvrete@2021 ».
WIDE = "="
_HEADING_ROWS = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns`: rank of a column (from 0) → role, or « =indicator » with its vintage after « @ »."""

    sheet: int
    heading: int
    columns: dict[int, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As the import keeps it."""
        named = {str(rank): role for rank, role in self.columns.items()}
        return {"sheet": self.sheet, "heading": self.heading, "columns": named}

    @staticmethod
    def from_json(kept: Mapping[str, Any]) -> "Layout":
        """The contrary of `as_json`."""
        columns = {int(rank): role for rank, role in kept["columns"].items()}
        return Layout(kept["sheet"], kept["heading"], columns)

    def rank_of(self, role: str) -> int | None:
        """The column that plays this role."""
        return next((rank for rank, played in self.columns.items() if played == role), None)

    @property
    def wide(self) -> dict[int, tuple[str, str]]:
        """The columns of one indicator each: rank → (code, vintage said by the heading)."""
        found = {}
        for rank, role in self.columns.items():
            if role.startswith(WIDE):
                code, _, vintage = role[1:].partition("@")
                found[rank] = (code, vintage)
        return found


def names_of(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Every folded way of writing an indicator → its code."""
    known: dict[str, str] = {}
    for indicator in indicators:
        for name in (indicator.code, indicator.name_fr, indicator.name_en):
            known.setdefault(fold(name), indicator.code)
    return known


def recognise(sheets: list[Sheet], known: dict[str, str]) -> Layout:
    """The best guess over all sheets: the row where most cells are headings that we know."""
    best, most = Layout(0, 0), -1
    for rank, sheet in enumerate(sheets):
        for heading, row in enumerate(sheet.rows[:_HEADING_ROWS]):
            columns = {column: role for column, cell in enumerate(row) if (role := _role(cell, known))}
            # A row that names the code is the row of headings, however many words the others hold.
            score = len(set(columns.values())) + (10 if roles.CODE in columns.values() else 0)
            if score > most:
                best, most = Layout(rank, heading, _once(columns)), score
    return best


def headings_of(sheet: Sheet, layout: Layout) -> list[tuple[int, str, str]]:
    """(rank, letter, heading) of each column, for the page where roles are changed."""
    width = max(len(row) for row in sheet.rows)
    row = sheet.rows[layout.heading] if layout.heading < len(sheet.rows) else []
    return [
        (rank, address(0, rank)[:-1], plain(row[rank]) if rank < len(row) else "") for rank in range(width)
    ]


def missing(layout: Layout) -> list[Reason]:
    """What a layout lacks: a code, and either indicator with value or one indicator a column."""
    lacks = []
    if layout.rank_of(roles.CODE) is None:
        lacks.append(
            Reason(
                "no-code-column",
                met=False,
                template=mark(
                    "Aucune colonne ne porte le code des territoires. Intitulez-la « Code du territoire » ou "
                    "désignez-la ci-dessous."
                ),
            )
        )
    long = layout.rank_of(roles.INDICATOR) is not None and layout.rank_of(roles.VALUE) is not None
    if not long and not layout.wide:
        lacks.append(
            Reason(
                "no-value-column",
                met=False,
                template=mark(
                    "Aucune colonne ne porte de chiffres : il faut « Indicateur » et « Valeur », ou "
                    "une colonne "
                    "par indicateur. Désignez-les ci-dessous."
                ),
            )
        )
    return lacks


def require_complete(layout: Layout) -> None:
    """Raises `Refused` with everything that is missing."""
    if lacks := missing(layout):
        raise Refused(Verdict(tuple(lacks)))


def _role(cell: object, known: dict[str, str]) -> str:
    words = fold(plain(cell))
    if not words or len(words) > 200:
        return ""
    if role := roles.role_of(words):
        return role
    code, year = roles.indicator_and_year(words, known)
    return f"{WIDE}{code}@{year}" if code and year else f"{WIDE}{code}" if code else ""


def _once(columns: dict[int, str]) -> dict[int, str]:
    """The first column that plays a role keeps it."""
    kept: dict[int, str] = {}
    for rank, role in columns.items():
        if role not in kept.values():
            kept[rank] = role
    return kept
