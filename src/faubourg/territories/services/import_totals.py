"""Totals printed in a sheet beside what its rows add up to, and rates that look like fractions of one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from faubourg.rules.spreadsheet.cells import CellValue
from faubourg.rules.spreadsheet.totals import check_total
from faubourg.rules.spreadsheet.written import wrong
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.models import Figure, Indicator

Series = tuple[str, int]
_FEWEST = 3


@dataclass(slots=True)
class _Sum:
    values: list[Decimal] = field(default_factory=list)
    hidden: int = 0


class Totals:
    """Sums by indicator and column: since the beginning, and since the last total (subtotals)."""

    def __init__(self) -> None:
        self._whole: dict[Series, _Sum] = {}
        self._since: dict[Series, _Sum] = {}
        self._numbers: dict[Series, tuple[int, int, list[float]]] = {}

    def add(self, row: int, column: int, indicator: Indicator, cell: CellValue, raw: object) -> None:
        """One value of a place."""
        series = (indicator.code, column)
        for sums in (self._whole, self._since):
            summed = sums.setdefault(series, _Sum())
            if cell.value is None:
                summed.hidden += cell.secrecy != Figure.Secrecy.OPEN
            else:
                summed.values.append(cell.value)
        if indicator.unit == Indicator.Unit.PERCENT and isinstance(raw, float | int):
            self._numbers.setdefault(series, (row, column, []))[2].append(float(raw))

    def check(self, indicator: Indicator, column: int, announced: Decimal, cell: CellValue) -> Reason | None:
        """None when the total holds, for the whole or for what follows the last subtotal."""
        series = (indicator.code, column)
        if not indicator.additive or cell.value is None or series not in self._whole:
            return None
        reasons = [
            check_total(announced, summed.values, summed.hidden)
            for summed in (self._whole[series], self._since.get(series, _Sum()))
        ]
        return reasons[0] if all(reasons) else None

    def close(self) -> None:
        """A total was read: what follows begins another sum."""
        self._since = {}

    def fractions(self) -> Iterator[tuple[int, int, Reason, str]]:
        """Rates that all lie between 0 and 1: probably fractions where points of % are meant."""
        for row, column, numbers in self._numbers.values():
            if len(numbers) >= _FEWEST and all(0 <= value <= 1 for value in numbers) and any(numbers):
                reason = wrong(
                    "fractions",
                    mark(
                        "Tous les taux de cette colonne sont entre 0 et 1. Ils seraient lus comme "
                        "des points de "
                        "% (0,32 pour 0,32 %) : multipliez-les par 100 s’il s’agit de fractions."
                    ),
                )
                yield row, column, reason, "warning"
