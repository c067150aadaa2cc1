"""Where reports are met: the pages of a call, the sheet of a dossier."""

from django.utils.translation import gettext_lazy as _

from faubourg.base import erasure

from . import nav, panels
from .access.readers import Reader
from .panels import Panel

SINCE = ("notified", "agreed", "running", "report_due", "report_in", "checked", "settled", "cancelled",
         "recovered")  # fmt: skip


def report_panel(reader: Reader) -> Panel | None:
    """None before money is granted; one query."""
    if reader.application.state not in SINCE:
        return None
    reports = list(reader.application.reports.order_by("year"))
    if not reports:
        return None
    return Panel("report", _("Bilan"), "calls/reports/panel.html", {"reports": reports})


def register() -> None:
    """Called once, at start-up."""
    from .services.erasing_reports import erase_names  # noqa: PLC0415 (models are ready only now)

    nav.register("call_reports", _("Bilans"), 80)
    panels.register("report", report_panel, order=50)
    erasure.register("calls-reports", erase_names)
