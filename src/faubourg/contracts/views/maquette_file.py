"""The maquette as files: a table that comes back in unchanged (XLSX, ODS, CSV), and a tagged PDF."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from faubourg.base import numbers, pdf, tables
from faubourg.base.pdf import NotCompiled
from faubourg.contracts.models import FundingLine
from faubourg.contracts.queries.maquette import Maquette, Row

from . import maquette_totals
from .maquette_cells import Words

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "maquette.typ"
__all__ = ["NotCompiled", "as_pdf", "as_table", "headers"]


def headers(maquette: Maquette) -> list[str]:
    """The headings, which the import recognises."""
    return [
        gettext("Axe ou objectif"),
        gettext("Objet"),
        gettext("Code du lieu"),
        gettext("Financeur"),
        gettext("Nature"),
        gettext("Origine"),
        gettext("Niveau"),
        *map(str, maquette.years),
        gettext("Total de la ligne"),
    ]


def as_table(maquette: Maquette, title: str, fmt: tables.Format) -> bytes:
    """Sums in euros, exact to the cent; no total across levels or origins."""
    return tables.write(
        fmt, title=title, headers=headers(maquette), rows=_rows(maquette), caption_lines=_caption()
    )


def _rows(maquette: Maquette) -> Iterator[list[Any]]:
    natures, levels = dict(FundingLine.Nature.choices), maquette_totals.level_words()
    origins = dict(FundingLine.Origin.choices)
    codes = maquette.codes()
    for row in maquette.rows:
        objective = maquette.objectives.get(row.key.objective_id or 0)
        yield [
            str(objective) if objective else "",
            row.key.label,
            codes.get(row.key.territory_id, ""),
            row.key.funder,
            str(natures[row.key.nature]),
            str(origins[row.key.origin]),
            levels[row.key.level],
            *(_euros(row, year) for year in maquette.years),
            Decimal(sum(cell.cents for cell in row.cells.values())) / 100,
        ]


def _euros(row: Row, year: int) -> Decimal | None:
    cell = row.cells.get(year)
    return Decimal(cell.cents) / 100 if cell else None


def _caption() -> list[str]:
    return [
        gettext("Sommes en euros. Des niveaux ou des origines différents ne s’additionnent pas."),
        gettext("Extrait de Faubourg le {day}.").format(day=date_format(timezone.localdate(), "DATE_FORMAT")),
    ]


def as_pdf(maquette: Maquette, title: str) -> bytes:
    """A tagged table in landscape, the totals of each level and origin below; raises NotCompiled."""
    amounts = maquette.amounts()
    heads = [gettext("Ligne"), *map(str, maquette.years), gettext("Total")]
    data = {
        "title": title,
        "lines": _caption(),
        "headers": heads,
        "groups": list(_groups(maquette)),
        "sums_title": gettext("Totaux, par niveau et par origine"),
        "sums": [
            [line.words, *(cell.text for cell in line.cells), line.text]
            for line in maquette_totals.sum_lines(maquette, amounts)
        ],
        "none": gettext("Cette maquette ne porte encore aucune ligne."),
    }
    return pdf.compile(TEMPLATE, data, lang=(get_language() or "fr")[:2], title=title)


def _groups(maquette: Maquette) -> Iterator[dict[str, Any]]:

    words = Words(maquette)
    titles = {heading.pk: heading.title for heading in maquette.headings}
    groups: dict[int | None, list[list[str]]] = {}
    for row in maquette.rows:
        total = sum(cell.cents for cell in row.cells.values())
        sums = [numbers.cents(row.cells[year].cents) if year in row.cells else "" for year in maquette.years]
        groups.setdefault(maquette.heading_of(row), []).append(
            [f"{row.key.label}\n{words.what(row)}", *sums, numbers.cents(total)]
        )
    for axis, rows in groups.items():
        yield {"title": titles.get(axis) or gettext("Hors axe"), "rows": rows}
