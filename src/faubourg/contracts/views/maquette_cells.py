"""The cells of the grid as HTML, and what a person's page showed of them: read, typed, sent back.

Built here rather than in a template: three hundred cells in a template cost more than the queries.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from faubourg.base import numbers
from faubourg.contracts.access import Hand
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import FundingLine
from faubourg.contracts.queries.maquette import Maquette, Row
from faubourg.contracts.services.maquette import Seen
from faubourg.territories.models import Territory

NAME = re.compile(r"^v-([0-9a-f]{12})-(\d{4})$")
_HEAD = (
    '<th scope="row" role="rowheader" id="r-{}" data-label="{}"><span class="mq-label">{}</span>'
    '<span class="mq-what">{}</span></th>'
)
_READ = '<td role="cell" class="num" data-label="{}"><a href="{}">{}</a>{}</td>'
_EMPTY = '<td role="cell" class="num mq-none" data-label="{}"></td>'
_INPUT = (
    '<td role="cell" class="num" data-label="{}"><input class="mq-cell" inputmode="decimal" '
    'autocomplete="off" maxlength="40" name="{}" value="{}" aria-labelledby="r-{} y-{}"{}>{}</td>'
)
_TOTAL = '<td role="cell" class="num mq-total" data-label="{}" data-row-sum data-cents="{}">{}</td>'


def typed(cents: int | None) -> str:
    """As one types it in French, whatever the language of the page: « 10 000,50 »."""
    if cents is None:
        return ""
    whole, rest = divmod(cents, 100)
    grouped = f"{whole:,}".replace(",", numbers.NARROW)
    return f"{grouped},{rest:02d}" if rest else grouped


def name_of(row: str, year: int) -> str:
    """The name of a cell in the form."""
    return f"v-{row}-{year}"


@dataclass(slots=True)
class Typing:
    """What the page keeps of what was typed: texts by cell, what is wrong with some, what was seen."""

    texts: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)


def seen_of(maquette: Maquette, rows: Iterable[Row], kept: Mapping[str, Seen] | None = None) -> str:
    """What the page shows, as the hidden field sends it back: versions and sums by cell, rows by name."""
    cells = {
        name_of(row.id, year): [cell.version, cell.cents] for row in rows for year, cell in row.cells.items()
    }
    for name, seen in (kept or {}).items():
        if seen.version:
            cells[name] = [seen.version, seen.cents or 0]
        else:
            cells.pop(name, None)
    names = {row.id: f"{row.key.label} – {row.key.funder}" for row in rows}
    return json.dumps({"cells": cells, "rows": names}, ensure_ascii=False, separators=(",", ":"))


def read_seen(text: str) -> Typing:
    """What the page says it showed; a text of somebody else's making shows nothing."""
    found = Typing()
    try:
        told = json.loads(text)
        cells, rows = dict(told["cells"]), dict(told["rows"])
    except (ValueError, TypeError, KeyError):
        return found
    for name, pair in cells.items():
        match pair:
            case [int(version), int(cents)] if NAME.match(name):
                found.seen[name] = Seen(version, cents)
    found.rows = {str(row): str(label)[:420] for row, label in rows.items()}
    return found


def body(
    maquette: Maquette, rows: list[Row], *, hand: Hand | None = None, typing: Typing | None = None
) -> SafeString:
    """The rows of the grid under their axes; inputs where `hand` may write, links to each line otherwise."""
    return mark_safe(  # noqa: S308 (every part below is escaped)
        "".join(_groups(maquette, rows, hand, typing or Typing()))
    )


def _groups(maquette: Maquette, rows: list[Row], hand: Hand | None, typing: Typing) -> Iterable[str]:
    titles = {heading.pk: heading.title for heading in maquette.headings}
    words = Words(maquette)
    opened: Any = ""
    for row in rows:
        axis = maquette.heading_of(row)
        if axis != opened:
            if opened != "":
                yield "</tbody>"
            opened = axis
            title = titles.get(axis) or gettext("Hors axe")
            yield format_html(
                '<tbody role="rowgroup"><tr role="row" class="mq-axis"><th scope="rowgroup" role="rowheader" '
                'colspan="{}">{}</th></tr>',
                len(maquette.years) + 2,
                title,
            )
        yield words.row(row, hand, typing)
    if opened != "":
        yield "</tbody>"


class Words:
    """The words of a grid, translated once: levels, origins, natures, addresses."""

    def __init__(self, maquette: Maquette) -> None:
        self.maquette = maquette
        self.levels = {value: str(label) for value, label in FundingLine.Level.choices}
        self.origins = {value: str(label) for value, label in FundingLine.Origin.choices}
        self.natures = {value: str(label) for value, label in FundingLine.Nature.choices}
        self.line_url = contract_url(maquette.contract, "contract_money_line", 0)
        self.left, self.head, self.total = gettext("reste"), gettext("Ligne"), gettext("Total")
        self.no_origin, self.no_nature = gettext("origine non précisée"), gettext("nature non précisée")

    def url_of(self, line: int) -> str:
        """The page of one line."""
        return self.line_url.replace("/lignes/0/", f"/lignes/{line}/", 1)

    def what(self, row: Row) -> str:
        """Funder, level, origin, nature, and the place when it is not the contract's own."""
        key = row.key
        origin = self.origins[key.origin] if key.origin != "unstated" else self.no_origin
        nature = self.natures[key.nature] if key.nature != "unstated" else self.no_nature
        parts = [key.funder, self.levels[key.level], origin, nature]
        objective = self.maquette.objectives.get(key.objective_id or 0)
        if objective is not None and objective.parent_id is not None:
            parts.append(str(objective))
        if row.place_kind == Territory.Kind.NEIGHBOURHOOD:
            parts.append(row.place)
        if not row.own:
            parts.append(gettext("sans contrat nommé"))
        return " · ".join(parts)

    def row(self, row: Row, hand: Hand | None, typing: Typing) -> str:
        """One row: its words, a cell a year, its total (one level, one origin: it may be added)."""
        key = row.key
        writes = hand is not None and hand.holds(row.organisation_id)
        cells = [self._cell(row, year, writes, typing) for year in self.maquette.years]
        total = sum(cell.cents for cell in row.cells.values())
        return format_html(
            '<tr role="row" data-group="{}|{}">{}{}{}</tr>',
            key.level,
            key.origin,
            format_html(_HEAD, row.id, self.head, key.label, self.what(row)),
            mark_safe("".join(cells)),  # noqa: S308 (each is escaped)
            format_html(_TOTAL, self.total, total, numbers.cents(total)),
        )

    def _cell(self, row: Row, year: int, writes: bool, typing: Typing) -> str:
        cell = row.cells.get(year)
        if writes:
            return self._input(row, year, cell.cents if cell else None, typing)
        if cell is None:
            return format_html(_EMPTY, year)
        left: Any = ""
        if cell.left is not None and cell.left.touched:
            left = format_html(
                '<span class="mq-left">{} {}</span>', self.left, numbers.cents(cell.left.available)
            )
        return format_html(_READ, year, self.url_of(cell.pk), numbers.cents(cell.cents), left)

    def _input(self, row: Row, year: int, cents: int | None, typing: Typing) -> str:
        name = name_of(row.id, year)
        wrong = typing.wrong.get(name)
        if wrong is None:
            extra: Any = ""
            note: Any = ""
        else:
            extra = format_html(' aria-invalid="true" aria-describedby="e-{}"', name)
            note = format_html('<span class="mq-wrong" id="e-{}">{}</span>', name, wrong)
        text = typing.texts.get(name, typed(cents))
        return format_html(_INPUT, year, name, text, row.id, year, extra, note)


def euros(cents: int) -> str:
    """A sum for the files: a number of euros, exact to the cent."""
    return conditional_escape(numbers.money(Decimal(cents) / 100, 2))
