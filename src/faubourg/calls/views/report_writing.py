"""A report, page by page: autosaved, two windows do not overwrite each other; its files; its last check."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.calls.report import judge, step_of

from ..access.readers import Reader
from ..access.reports import can_sign_report, can_write_report
from ..forms.reports import PAGES, CertifyForm, ReportPageForm
from ..listings_reports import report_url
from ..models import Report
from ..queries.reports import told_of
from ..report_rows import sides_of
from ..services import reporting
from .finding import actor_of
from .report_finding import asked_report


def written_report(request: HttpRequest, pk: int, year: int) -> tuple[Reader, Report]:
    """The report that this person may write now."""
    reader, report = asked_report(request, pk, year)
    require(can_write_report(request.user, report))
    return reader, report


def way_through(report: Report, here: str) -> list[dict[str, Any]]:
    """The pages of the form in order, each done, current or still to mend."""
    names = {
        "page": _("Le bilan"), "story": _("Ce qui a été fait"), "money": _("L’argent"),
        "public": _("Le public"), "files": _("Photos et papiers"), "check": _("Relire et remettre"),
    }  # fmt: skip
    wrong = {step_of(reason) for reason in judge(told_of(report)).refusals()}
    if report.form == Report.Form.SHORT:
        wrong = {"page" if step in ("story", "money", "public") else step for step in wrong}
    pages = [*PAGES[report.form], "files", "check"]
    urls = {page: report_url(report, "report_write", page) for page in PAGES[report.form]}
    urls |= {"files": report_url(report, "report_files"), "check": report_url(report, "report_hand_in")}
    return [
        {
            "label": names[page],
            "url": "" if page == here else urls[page],
            "state": "current" if page == here else "todo" if page in wrong or page == "check" else "done",
        }
        for page in pages
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def report_write(request: HttpRequest, pk: int, year: int, page: str) -> HttpResponse:
    """`/dossiers/<pk>/bilan/<year>/ecrire/<page>/`"""
    _reader, report = written_report(request, pk, year)
    if page not in PAGES[report.form]:
        raise Http404(_("Ce bilan n’a pas cette page."))
    if request.method != "POST":
        return _page(request, report, ReportPageForm(report=report, page=page))
    form = ReportPageForm(request.POST, report=report, page=page)
    if not form.is_valid():
        return _page(request, report, form, status=422)
    try:
        reporting.write(
            report=report,
            words=form.words(),
            base_version=form.cleaned_data["version"],
            by=actor_of(request),
        )
    except Refused as refused:
        show_refusal(form, refused, {})
        return _page(request, report, form, status=422)
    except Conflict:
        return _conflict(request, report, form)
    forget_draft(request, draft_key(report, page))
    messages.success(request, _("C’est enregistré."))
    pages = [*PAGES[report.form], "files"]
    after = pages[pages.index(page) + 1]
    return redirect(
        report_url(report, "report_files")
        if after == "files"
        else report_url(report, "report_write", after)
    )  # fmt: skip


def draft_key(report: Report, page: str) -> str:
    """Under which name the page is autosaved."""
    return f"report:{report.pk}:{page}"


def _conflict(request: HttpRequest, report: Report, form: ReportPageForm) -> HttpResponse:
    """Both texts side by side; sending again, with the new version, is a choice and no accident."""
    theirs = ReportPageForm(report=report, page=form.page)
    mine = dict(form.data.items())
    mine["version"] = str(report.version)
    both = [
        {"label": field.label, "mine": mine.get(field.name, ""), "theirs": _text(theirs[field.name].value())}
        for field in form.visible_fields()
        if mine.get(field.name, "") != _text(theirs[field.name].value())
    ]
    again = ReportPageForm(mine, report=report, page=form.page)
    return _page(request, report, again, both=both, status=409)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _page(
    request: HttpRequest, report: Report, form: ReportPageForm, *, status: int = 200, both: Any = ()
) -> HttpResponse:
    context = {
        "report": report,
        "application": report.application,
        "form": form,
        "both": both,
        "sides": sides_of(report, form) if form.page in ("page", "money") else [],
        "steps": way_through(report, form.page),
        "draft_key": draft_key(report, form.page),
        "draft_version": form["version"].value() or 0,
        "submit_label": _("Enregistrer et continuer"),
        "cancel_url": report_url(report),
    }
    return render(request, "calls/reports/write.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def report_hand_in(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`/dossiers/<pk>/bilan/<year>/remettre/`: read again, certified by who may sign."""
    _reader, report = written_report(request, pk, year)
    initial = {"version": report.version}
    form, status = CertifyForm(request.POST if request.method == "POST" else None, initial=initial), 200
    if request.method == "POST":
        require(can_sign_report(request.user, report))
        status = 422
        if form.is_valid():
            try:
                reporting.hand_in(
                    report=report, base_version=form.cleaned_data["version"], by=actor_of(request)
                )
            except Refused as refused:
                show_refusal(form, refused, {})
            except Conflict:
                form.add_error(None, _("Le bilan a changé entre-temps : relisez-le, puis remettez-le."))
                status = 409
            else:
                messages.success(request, _("Le bilan est remis. Merci : le service va le lire."))
                return redirect(report_url(report))
    context = {
        "report": report,
        "application": report.application,
        "form": form,
        "verdict": judge(told_of(report)),
        "sides": sides_of(report),
        "may_sign": can_sign_report(request.user, report),
        "steps": way_through(report, "check"),
    }
    return render(request, "calls/reports/hand_in.html", context, status=status)
