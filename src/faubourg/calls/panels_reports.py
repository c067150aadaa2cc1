"""Where reports are met: the pages of a call, the sheet of a dossier, what a person has not sent."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faubourg.base import erasure, unsent

from . import nav, panels
from .access import drafts
from .access.readers import Reader
from .access.reports import OPEN_STATES
from .forms.reports import PAGES
from .models import Recovery, Report
from .panels import Panel

EXITS = {"not-done": "report_not_done", "new-dates": "report_new_dates"}
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
    unsent.register("report", _("bilan"), _report, drafts.may_write_report)
    words = _("observations sur un reversement")
    unsent.register("recovery", words, _recovery, drafts.may_answer_recovery)
    erasure.register("calls-reports", erase_names)


def _report(rest: str) -> tuple[str, str] | None:
    """« 12:money », the page that was typed; nowhere once the report is in."""
    pk, _colon, page = rest.partition(":")
    found = Report.objects.select_related("application").filter(pk=_number(pk), state__in=OPEN_STATES).first()
    if found is None:
        return None
    where: list[object] = [found.application_id, found.year]
    if page in PAGES[found.form]:
        return found.application.title, reverse("report_write", args=[*where, page])
    return found.application.title, reverse(EXITS.get(page, "report"), args=where)


def _recovery(rest: str) -> tuple[str, str] | None:
    found = Recovery.objects.select_related("application").filter(pk=_number(rest), state="hearing").first()
    return (found.application.title, reverse("recovery", args=[found.pk])) if found else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
