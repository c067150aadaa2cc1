"""The totals under a maquette as the pages show them: one line a level and an origin, never one for all."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base import numbers
from faubourg.contracts.models import FundingLine
from faubourg.contracts.queries.maquette import Maquette
from faubourg.rules.money_ladder import RUNGS, Amount, is_firm, totals

# `?par=`: what the totals are told by, besides level and origin.
BY = {
    "financeur": ("funder", _("financeur")),
    "axe": ("heading", _("axe")),
    "nature": ("nature", _("nature")),
    "lieu": ("place", _("lieu")),
}


@dataclass(frozen=True, slots=True)
class SumCell:
    """One year of a line of totals; `key` is how the live subtotals find it."""

    year: int
    key: str
    cents: int
    text: str


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of totals: its words, a sum a year, the sum of the years."""

    words: str
    level: str
    origin: str
    cells: tuple[SumCell, ...]
    cents: int
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the ladder for one origin: what was written, what of it is frozen, cut, available."""

    level: str
    origin: str
    firm: bool | None
    on_ladder: bool
    written: str
    frozen: str
    cut: str
    available: str
    touched: bool
    share: int


def level_words() -> dict[str, str]:
    """Levels in words."""
    return {value: str(label) for value, label in FundingLine.Level.choices}


def origin_words() -> dict[str, str]:
    """Origins in words; an origin that nobody stated says so in full."""
    said = {value: str(label) for value, label in FundingLine.Origin.choices}
    return said | {"unstated": gettext("origine non précisée")}


def sum_lines(maquette: Maquette, amounts: list[Amount], by: str = "") -> list[SumLine]:
    """A line for each (level, origin), or for each (dimension, level, origin), in the order of the ladder."""
    levels, origins = level_words(), origin_words()
    natures = {value: str(label) for value, label in FundingLine.Nature.choices}
    told = (by, "year") if by else ("year",)
    found: dict[tuple[str, str, str], dict[int, int]] = {}
    for key, cents in totals(amounts, *told).items():
        level, origin, *rest = key
        dimension = str(rest[0]) if by else ""
        found.setdefault((dimension, str(level), str(origin)), {})[int(str(rest[-1]))] = cents
    lines = []
    for (dimension, level, origin), years in (
        sorted(found.items(), key=lambda item: item[0][0]) if by else found.items()
    ):
        words = f"{capfirst(levels[level])} · {origins[origin]}"
        if by:
            said = natures.get(dimension, dimension) if by == "nature" else dimension
            words = f"{said or gettext('Hors axe')} – {levels[level]} · {origins[origin]}"
        group = f"{level}|{origin}"
        cells = tuple(
            SumCell(
                year,
                f"{group}|{year}",
                years.get(year, 0),
                numbers.cents(years[year]) if year in years else "",
            )
            for year in maquette.years
        )
        whole = sum(years.values())
        lines.append(SumLine(words, level, origin, cells, whole, numbers.cents(whole), group))
    return lines


def ladder(maquette: Maquette, amounts: list[Amount]) -> list[Rung]:
    """Every level that holds something, for each origin, with what happened to it."""
    frozen: dict[tuple[str, str], int] = {}
    cut: dict[tuple[str, str], int] = {}
    for row, left in maquette.lefts():
        pair = (row.key.level, row.key.origin)
        frozen[pair] = frozen.get(pair, 0) + left.frozen
        cut[pair] = cut.get(pair, 0) + left.cut
    sums = {(str(key[0]), str(key[1])): cents for key, cents in totals(amounts).items()}
    largest = max(sums.values(), default=0) or 1
    levels, origins = level_words(), origin_words()
    return [
        Rung(
            level=capfirst(levels[level]),
            origin=origins[origin],
            firm=is_firm(level),
            on_ladder=level in RUNGS,
            written=numbers.cents(cents),
            frozen=numbers.cents(frozen.get((level, origin), 0)),
            cut=numbers.cents(cut.get((level, origin), 0)),
            available=numbers.cents(cents - frozen.get((level, origin), 0) - cut.get((level, origin), 0)),
            touched=bool(frozen.get((level, origin)) or cut.get((level, origin))),
            share=round(100 * cents / largest),
        )
        for (level, origin), cents in sums.items()
    ]
