"""A dry run: what each cell of a sheet would become, and everything that must be mended first.

Nothing is written here. The same run is made again, under lock, when the import is confirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from faubourg.base.text import fold
from faubourg.rules.plain_text import plain_text
from faubourg.rules.spreadsheet import columns as roles
from faubourg.rules.spreadsheet.cells import CellValue, address, plain, read_value
from faubourg.rules.spreadsheet.totals import is_total
from faubourg.rules.spreadsheet.vintages import Vintage, read_vintage
from faubourg.rules.spreadsheet.written import wrong
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.models import Figure, Indicator, Perimeter, Source
from faubourg.territories.reading.sheets import Sheet

from .edit_loaded import LOADED_SOURCE
from .import_columns import Layout
from .import_known import Key, key_of, standing_figures
from .import_lookup import Editable, Lookup, Target
from .import_report import ERROR, INFO, WARNING, FileWide, Finding, Trial
from .import_totals import Totals

NO_SOURCE = mark(
    "La source manque : un chiffre ne s’écrit pas sans elle. Choisissez-en une pour tout le fichier."
)


@dataclass(frozen=True, slots=True)
class _Where:
    """What the figures of one row share."""

    target: Target
    perimeter: Perimeter | None
    source: Source


def run(sheet: Sheet, layout: Layout, wide: FileWide, editable: Editable) -> Trial:
    """Judge every row of the sheet below its headings."""
    return _Run(sheet, layout, wide, editable).judged()


class _Run:
    def __init__(self, sheet: Sheet, layout: Layout, wide: FileWide, editable: Editable) -> None:
        self.sheet, self.layout, self.file = sheet, layout, wide
        self.trial = Trial()
        self.totals = Totals()
        self.seen: dict[Key, tuple[int, int]] = {}
        self.placed: list[tuple[int, int, Figure]] = []
        self.code = layout.rank_of(roles.CODE) or 0
        codes = (plain(self._cell(row, self.code)) for row in self._ranks())
        self.lookup = Lookup(codes, editable)

    def judged(self) -> Trial:
        for row in self._ranks():
            if not any(plain(cell) for cell in self.sheet.rows[row]):
                continue
            if self._total_row(row):
                self._judge_total(row)
                continue
            self.trial.rows += 1
            self._judge_row(row)
        for row, column, reason, severity in (*self.totals.fractions(),):
            self._find(row, column, severity, reason)
        self._sort_known()
        return self.trial

    def _ranks(self) -> range:
        return range(self.layout.heading + 1, len(self.sheet.rows))

    def _cell(self, row: int, column: int | None) -> object:
        cells = self.sheet.rows[row]
        return cells[column] if column is not None and column < len(cells) else None

    def _text(self, row: int, role: str) -> str:
        return plain(self._cell(row, self.layout.rank_of(role)))

    def _find(self, row: int, column: int | None, severity: str, reason: Reason) -> None:
        self.trial.findings.append(Finding(row, column or 0, severity, reason))

    # --- a row --------------------------------------------------------------------------------------

    def _total_row(self, row: int) -> bool:
        words = [plain(self._cell(row, column)) for column in (self.code, self.layout.rank_of(roles.NAME))]
        return any(is_total(fold(word)) for word in words if word) or (
            not words[0] and is_total(fold(next((plain(c) for c in self.sheet.rows[row] if plain(c)), "")))
        )

    def _judge_row(self, row: int) -> None:
        code = plain(self._cell(row, self.code))
        if not code:
            self._find(
                row,
                self.code,
                ERROR,
                wrong("no-code", mark("Le code du territoire manque : écrivez-le, ou videz toute la ligne.")),
            )
            return
        target = self.lookup.target(code, self._text(row, roles.KIND))
        if isinstance(target, Reason):
            self._find(row, self.code, ERROR, target)
            return
        if target.restored:
            self._find(
                row,
                self.code,
                INFO,
                wrong(
                    "zero-restored",
                    mark("Le tableur avait retiré le zéro initial : le code est lu {code_read}."),
                    code_read=target.restored,
                ),
            )
        perimeter = self._perimeter(row, target)
        source = self._source(row)
        if isinstance(perimeter, Reason) or source is None:
            return
        where = _Where(target, perimeter, source)
        for column, indicator, said in self._values(row):
            self._judge_value(row, column, (indicator, said), where)

    def _perimeter(self, row: int, target: Target) -> Perimeter | Reason | None:
        found = self.lookup.version(target, self._text(row, roles.PERIMETER))
        if isinstance(found, Reason):
            self._find(row, self.layout.rank_of(roles.PERIMETER), ERROR, found)
        return found

    def _source(self, row: int) -> Source | None:
        text = self._text(row, roles.SOURCE)
        if not text:
            if self.file.source is None:
                self._find(row, self.code, ERROR, wrong("no-source", NO_SOURCE))
            return self._own(row, self.code, self.file.source)
        found = self.lookup.source(text)
        if isinstance(found, Reason):
            self._find(row, self.layout.rank_of(roles.SOURCE), ERROR, found)
            return None
        return self._own(row, self.layout.rank_of(roles.SOURCE), found)

    def _own(self, row: int, column: int | None, source: Source | None) -> Source | None:
        """The source, unless the loader brought it: a sheet adds nothing to it."""
        if source and source.loaded:
            self._find(row, column, ERROR, wrong("source-loaded", LOADED_SOURCE, source=source.title))
            return None
        return source

    def _values(self, row: int) -> Iterator[tuple[int, Indicator, str]]:
        """(column, indicator, vintage of the heading) of each value of the row."""
        for column, (code, vintage) in self.layout.wide.items():
            if code in self.lookup.indicators:
                yield column, self.lookup.indicators[code], vintage
        value = self.layout.rank_of(roles.VALUE)
        named = self.layout.rank_of(roles.INDICATOR)
        if value is None or named is None:
            return
        indicator = self.lookup.indicator(plain(self._cell(row, named)))
        if isinstance(indicator, Reason):
            self._find(row, named, ERROR, indicator)
            return
        yield value, indicator, ""

    def _judge_value(self, row: int, column: int, named: tuple[Indicator, str], where: _Where) -> None:
        """One cell; `named` is its indicator and the vintage said by its heading."""
        indicator, said = named
        raw = self._cell(row, column)
        cell = read_value(raw, unit=indicator.unit, decimals=indicator.decimals)
        if cell.empty:
            if column == self.layout.rank_of(roles.VALUE):
                self._find(
                    row,
                    column,
                    ERROR,
                    wrong(
                        "no-value",
                        mark(
                            "La valeur manque : écrivez-la, « s » si elle est secrète, « n.d. » si "
                            "elle n’est pas publiée."
                        ),
                    ),
                )
            return
        vintage = self._vintage(row, said)
        if cell.problem or vintage is None:
            if cell.problem:
                self._find(row, column, ERROR, cell.problem)
            return
        self.totals.add(row, column, indicator, cell, raw)
        figure = Figure(
            territory=where.target.place,
            perimeter=where.perimeter,
            indicator=indicator,
            value=cell.value,
            secrecy=cell.secrecy,
            vintage=vintage.text,
            vintage_year=vintage.year,
            source=where.source,
            note=self._text(row, roles.NOTE)[:300],
        )
        self._keep(row, column, figure)

    def _vintage(self, row: int, said: str) -> Vintage | None:
        column = self.layout.rank_of(roles.VINTAGE)
        raw = self._cell(row, column) if plain(self._cell(row, column)) else said or self.file.vintage
        vintage = read_vintage(raw, this_year=self.file.this_year)
        problem = vintage.problem or next(iter(plain_text(vintage.text).refusals()), None)
        if not problem and not vintage.text:
            problem = wrong(
                "no-vintage",
                mark(
                    "Le millésime manque : écrivez l’année de la donnée, ou donnez-en une pour tout "
                    "le fichier."
                ),
            )
        if problem:
            self._find(row, column if column is not None else self.code, ERROR, problem)
            return None
        return vintage

    def _keep(self, row: int, column: int, figure: Figure) -> None:
        key = key_of(figure)
        if key in self.seen:
            first = self.seen[key]
            self._find(
                row,
                column,
                ERROR,
                wrong(
                    "twice-in-file",
                    mark("Le même chiffre est déjà en {cell} : gardez une seule des deux lignes."),
                    cell=address(*first),
                ),
            )
            return
        self.seen[key] = (row, column)
        self.placed.append((row, column, figure))

    # --- totals and what is already there -----------------------------------------------------------

    def _judge_total(self, row: int) -> None:
        values: list[tuple[int, Indicator, CellValue]] = []
        for column, (code, _vintage) in self.layout.wide.items():
            if indicator := self.lookup.indicators.get(code):
                values.append((column, indicator, self._read(row, column, indicator)))
        value, named = self.layout.rank_of(roles.VALUE), self.layout.rank_of(roles.INDICATOR)
        if value is not None and named is not None:
            said = self.lookup.indicator(plain(self._cell(row, named)))
            if isinstance(said, Indicator):
                values.append((value, said, self._read(row, value, said)))
        broken = False
        for column, indicator, cell in values:
            if cell.problem:
                self._find(row, column, WARNING, cell.problem)
                broken = True
            elif reason := self.totals.check(indicator, column, cell.value or Decimal(0), cell):
                self._find(row, column, WARNING, reason)
                broken = True
        self.totals.close()
        if not broken:
            self._find(
                row,
                self.code,
                INFO,
                wrong("total-left", mark("Ligne de total reconnue : elle n’est pas importée.")),
            )

    def _read(self, row: int, column: int, indicator: Indicator) -> CellValue:
        return read_value(self._cell(row, column), unit=indicator.unit, decimals=indicator.decimals)

    def _sort_known(self) -> None:
        """Figures that already stand: the same value is left, another is an error."""
        known = standing_figures(figure for _row, _column, figure in self.placed)
        for row, column, figure in self.placed:
            stands = known.get(key_of(figure))
            if stands is None:
                self.trial.figures.append(figure)
            elif stands == (figure.value, figure.secrecy):
                self.trial.known += 1
            else:
                self._find(row, column, ERROR, _other_value(stands))


def _other_value(stands: tuple[Decimal | None, str]) -> Reason:
    value, secrecy = stands
    shown = (
        str(Figure.Secrecy(secrecy).label) if value is None else f"{value.normalize():f}".replace(".", ",")
    )
    return wrong(
        "known-otherwise",
        mark(
            "Ce chiffre existe déjà avec la valeur {value}, même source et même millésime. Changez le "
            "millésime, ou retirez d’abord l’ancien chiffre sur la fiche du lieu."
        ),
        value=shown,
    )
