"""Where a draft of this room goes on: the words of an annual report, an opinion."""

from django.utils.translation import gettext_lazy as _

from faubourg.base import unsent
from faubourg.contracts.listings import contract_url

from .models import AnnualReport, Opinion


def register() -> None:
    """Called once, at start-up."""
    unsent.register("annual-report", _("rapport annuel"), _report)
    unsent.register("report-opinion", _("avis sur un rapport annuel"), _opinion)


def _report(rest: str) -> tuple[str, str] | None:
    report = AnnualReport.objects.select_related("contract").filter(pk=_number(rest)).first()
    if report is None:
        return None
    return str(report), contract_url(report.contract, "annual_report_write", report.year)


def _opinion(rest: str) -> tuple[str, str] | None:
    opinion = Opinion.objects.select_related("report__contract").filter(pk=_number(rest)).first()
    if opinion is None:
        return None
    report = opinion.report
    return opinion.name, contract_url(report.contract, "annual_report_opinion", report.year, opinion.pk)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0
