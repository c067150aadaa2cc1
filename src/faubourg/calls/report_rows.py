"""The lines of a report as its pages and files show them, side by side of the form 15059."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import percent
from faubourg.rules.calls.accounts import ACCOUNTS, Side
from faubourg.rules.calls.report import Compared, totals

from .forms.reports import ReportPageForm, line_name
from .models import Report, ReportLine

SIDES = {
    Side.CHARGES: _("Charges"),
    Side.PRODUCTS: _("Produits"),
    Side.IN_KIND_USE: _("Emplois des contributions en nature"),
    Side.IN_KIND_SOURCE: _("Contributions en nature"),
}


def share_in_words(compared: Compared) -> str:
    """« 87,5 % », or a dash when nothing was planned or told."""
    return "–" if compared.share_bp is None else percent(compared.share_bp / 100)


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `field` is where its actual amount is typed, when it is."""

    line: ReportLine
    compared: Compared
    name: str
    field: Any = None

    @property
    def share(self) -> str:
        """Actual against planned."""
        return share_in_words(self.compared)


@dataclass(frozen=True, slots=True)
class SideRows:
    """One side of the budget."""

    side: Side
    label: Any
    rows: Sequence[Row]
    total: Compared

    @property
    def share(self) -> str:
        """Actual against planned."""
        return share_in_words(self.total)


def sides_of(report: Report, form: ReportPageForm | None = None) -> list[SideRows]:
    """The sides that hold something, in the order of the form; reads the lines that were fetched."""
    rows = [_row(line, form) for line in report.lines.all() if line.account in ACCOUNTS]
    sums = totals([row.compared for row in rows])
    found = []
    for side, label in SIDES.items():
        mine = [row for row in rows if ACCOUNTS[row.line.account].side is side]
        if mine:
            found.append(SideRows(side, label, mine, sums[side]))
    return found


def _row(line: ReportLine, form: ReportPageForm | None) -> Row:
    name = f"line_{line.pk}"
    field = form[name] if form is not None and name in form.fields else None
    compared = Compared(line.account, line.planned_cents, line.actual_cents)
    return Row(line, compared, line_name(line), field)
