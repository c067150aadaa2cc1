"""The words of a report, and the deliberation that approves it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Conflict, Refused
from faubourg.evaluation import queries
from faubourg.evaluation.forms import DeliberationForm, ReportForm
from faubourg.evaluation.models import AnnualReport
from faubourg.evaluation.services import publication, writing
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft

from .finding import actor_of
from .step_page import act, home, kept, sent, step_page, writable
from .telling import sections_of

DELIBERATION_FIELDS = {
    "report_deliberated": "on",
    "report_follow_up": "follow_up",
    "deliberation": "deliberation",
}


@require_http_methods(["GET", "HEAD", "POST"])
def annual_report_write(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The words of a report, autosaved; the facts stand beside them."""
    report = writable(request, code, year)
    key = f"annual-report:{report.pk}"
    form = ReportForm(*sent(request), initial=ReportForm.values_of(report))
    more: dict[str, Any] = {
        "title": _("Écrire le rapport %(year)s") % {"year": year},
        "lead": _("Ce que les chiffres ne disent pas. Les faits s’ajoutent d’eux-mêmes, avec leurs sources."),
        "draft_key": key,
        "draft_version": form["version"].value() or 0,
    }
    if request.method == "POST" and form.is_valid():
        try:
            writing.write_report(
                report=report,
                words=form.words(),
                base_version=form.cleaned_data["version"],
                by=actor_of(request),
            )
        except Conflict:
            return _conflict(request, report, form, more)
        except Refused as refused:
            show_refusal(form, refused, {})
        else:
            forget_draft(request, key)
            messages.success(request, _("Le rapport est enregistré."))
            return home(report)
    facts = report.facts or queries.facts_of(report.contract, year)
    return step_page(request, report, form, facts=sections_of(report, facts), **more)


def _conflict(
    request: HttpRequest, report: AnnualReport, form: ReportForm, more: dict[str, Any]
) -> HttpResponse:
    """Both texts side by side; sending again, with the new version, is a choice and no accident."""
    report.refresh_from_db()
    theirs = ReportForm.values_of(report)
    mine = dict(form.data.items()) | {"version": str(report.version)}
    words = form.words()
    both = [
        {"label": form.fields[name].label, "mine": words[name], "theirs": theirs[name]}
        for name in words
        if words[name] != theirs[name]
    ]
    more["draft_version"] = report.version
    return step_page(request, report, ReportForm(mine), both=both, status=409, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def annual_report_deliberate(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The act of the assembly, and what becomes of the observations."""
    report = writable(request, code, year)
    start = {"on": timezone.localdate(), "version": report.version}
    form = DeliberationForm(*sent(request), initial=start)
    more = {
        "title": _("La délibération sur le rapport %(year)s") % {"year": year},
        "lead": _("L’assemblée approuve le rapport et dit ce que deviennent les observations reçues."),
    }
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            publication.record_deliberation(
                report=report,
                on=data["on"],
                deliberation=data["deliberation"],
                follow_up=data["follow_up"].replace("\r\n", "\n"),
                base_version=data["version"],
                by=actor_of(request),
                document=kept(request, data["document"], "report-deliberation"),
            )
        except Conflict:
            form.add_error(None, _("Le rapport a changé entre-temps : relisez-le, puis recommencez."))
            return step_page(request, report, form, status=409, **more)
        except Refused as refused:
            show_refusal(form, refused, DELIBERATION_FIELDS)
        else:
            messages.success(request, _("La délibération est enregistrée."))
            return home(report)
    return step_page(request, report, form, **more)


@require_POST
def annual_report_publish(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Open the report to everybody."""
    done = _("Le rapport est public, avec ses annexes.")
    return act(request, writable(request, code, year), publication.publish_report, done)
