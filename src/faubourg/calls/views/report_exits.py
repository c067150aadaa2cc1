"""The two other ways out of a report: nothing took place, or not yet; each says what follows."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft

from ..access.reports import can_sign_report
from ..forms.reports import NewDatesForm, NotDoneForm
from ..listings_reports import report_url
from ..models import Report
from ..services import reporting
from .finding import actor_of
from .report_writing import draft_key, written_report

FIELDS = {"new_dates_later": "ends_on"}


@require_http_methods(["GET", "HEAD", "POST"])
def report_not_done(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`/dossiers/<pk>/bilan/<year>/non-realisation/`: attested by who may sign."""
    _reader, report = written_report(request, pk, year)
    require(can_sign_report(request.user, report))
    initial = {"version": report.version}
    form = NotDoneForm(request.POST if request.method == "POST" else None, initial=initial)

    def send(said: dict[str, Any]) -> None:
        reporting.attest_not_done(
            report=report, why=said["why"], base_version=said["version"], by=actor_of(request)
        )
        messages.success(request, _("C’est attesté : le service vous dira ce qui est à reverser."))

    return _exit(request, report, form, send, name="not-done", title=_("L’action n’a pas eu lieu"))


@require_http_methods(["GET", "HEAD", "POST"])
def report_new_dates(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`/dossiers/<pk>/bilan/<year>/dates/`: asked by who writes, decided by the service."""
    _reader, report = written_report(request, pk, year)
    initial = {"version": report.version, "ends_on": report.new_ends_on, "why": report.new_dates_reason}
    form = NewDatesForm(request.POST if request.method == "POST" else None, initial=initial)

    def send(said: dict[str, Any]) -> None:
        reporting.ask_dates(
            report=report,
            ends_on=said["ends_on"],
            why=said["why"],
            base_version=said["version"],
            by=actor_of(request),
        )
        messages.success(request, _("La demande est partie : le service l’accorde ou la refuse."))

    return _exit(request, report, form, send, name="new-dates", title=_("Demander de nouvelles dates"))


def _exit(
    request: HttpRequest,
    report: Report,
    form: forms.Form,
    send: Callable[[dict[str, Any]], None],
    *,
    name: str,
    title: str,
) -> HttpResponse:
    """Show the form, or send it and go back to the report."""
    key, status = draft_key(report, name), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                send(form.cleaned_data)
            except Refused as refused:
                show_refusal(form, refused, FIELDS)
            except Conflict:
                form.add_error(None, _("Le bilan a changé entre-temps : relisez-le avant de décider."))
                status = 409
            else:
                forget_draft(request, key)
                return redirect(report_url(report))
    context = {
        "report": report,
        "application": report.application,
        "form": form,
        "title": title,
        "draft_key": key,
        "draft_version": report.version,
        "submit_label": title,
        "cancel_url": report_url(report),
    }
    return render(request, "calls/reports/exit.html", context, status=status)
