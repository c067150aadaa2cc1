"""The acts of the service on a report: new dates, a complement, validated, closed, published."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.views.refusals import show_refusal

from ..access.reports import can_check_report
from ..forms.report_acts import ActForm, AskMoreForm, PublishForm, RefuseDatesForm
from ..listings_reports import report_url
from ..models import Report
from ..services import checking_reports as services
from .finding import actor_of
from .report_finding import asked_report
from .reports import report_page

Act = tuple[type[ActForm], Callable[..., Report]]
ACTS: Mapping[str, Act] = {
    "grant-dates": (ActForm, services.grant_dates),
    "refuse-dates": (RefuseDatesForm, services.refuse_dates),
    "ask-more": (AskMoreForm, services.ask_more),
    "validate": (ActForm, services.validate),
    "close": (ActForm, services.close),
    "publish": (PublishForm, services.publish),
}
FIELDS = {"due_ahead": "due_on"}


@require_POST
def report_act(request: HttpRequest, pk: int, year: int, act: str) -> HttpResponse:
    """`/dossiers/<pk>/bilan/<year>/<act>/`: what was typed comes back with the refusal."""
    reader, report = asked_report(request, pk, year)
    require(can_check_report(reader))
    if act not in ACTS:
        raise Http404(_("Cet acte n’existe pas."))
    kind, service = ACTS[act]
    form, status = kind(request.POST), 422
    if form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        try:
            service(report=report, base_version=said.pop("version"), by=actor_of(request), **said)
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            form.add_error(None, _("Ce bilan a changé entre-temps : voici où il en est."))
            status = 409
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect(report_url(report))
    _reader, fresh = asked_report(request, pk, year)
    return report_page(request, reader, fresh, status=status, refused=form)
