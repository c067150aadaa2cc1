"""Money asked back: its page, for the services and for who received it, and what each may do."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules import calendar
from faubourg.rules.calls.circuits import RECOVERY
from faubourg.rules.verdict import Verdict

from ..access import can_write_for
from ..access.readers import Reader
from ..access.reports import can_check_report
from ..forms.report_acts import ActForm, AmountForm, AnswerForm, DropForm, HearForm
from ..models import Recovery
from ..services import recovering as services
from .finding import actor_of
from .report_finding import asked_recovery, dossier_page

Act = tuple[type[ActForm], Callable[..., Recovery]]
ACTS: Mapping[str, Act] = {
    "edit": (AmountForm, services.edit),
    "hear": (HearForm, services.hear),
    "answer": (AnswerForm, services.answer),
    "issue": (ActForm, services.issue),
    "pay": (ActForm, services.pay),
    "drop": (DropForm, services.drop),
}
FIELDS = {"amount": "cents", "hearing": "answer_by"}


@require_safe
def recovery(request: HttpRequest, pk: int) -> HttpResponse:
    """`/reversements/<pk>/`"""
    reader, found = asked_recovery(request, pk)
    return _page(request, reader, found)


def _may(request: HttpRequest, reader: Reader, recovery: Recovery, act: str) -> Verdict:
    """The beneficiary answers, the service does the rest."""
    if act == "answer":
        return can_write_for(request.user, recovery.application.organisation)
    return can_check_report(reader)


def _page(
    request: HttpRequest,
    reader: Reader,
    recovery: Recovery,
    *,
    status: int = 200,
    refused: ActForm | None = None,
) -> HttpResponse:
    forms: dict[str, Any] = {
        "edit": AmountForm(version=recovery.version, cents=recovery.cents, reason=recovery.reason),
        "answer": AnswerForm(version=recovery.version),
    }
    forms |= {name: ACTS[name][0](version=recovery.version) for name in ("hear", "issue", "pay", "drop")}
    if refused is not None:
        forms[refused.name] = refused
    possible = {t.act: t.name for t in RECOVERY.acts_from(recovery.state)}
    if recovery.state in services.EDITABLE:
        possible["edit"] = ""
    context = {
        "recovery": recovery,
        "report": recovery.report,
        "state": _(RECOVERY.states[recovery.state]),
        "hearing": _hearing(recovery),
        "may": {act: forms[act] for act in possible if _may(request, reader, recovery, act).ok},
        "refused": refused,
        "steps": [(step, _(RECOVERY.states[step.after])) for step in recovery.steps.all()],
        "draft_key": f"recovery:{recovery.pk}",
        "draft_version": recovery.version,
    }
    return dossier_page(request, reader, "calls/reports/recovery.html", status=status, **context)


def _hearing(recovery: Recovery) -> calendar.Judged | None:
    """Where the hearing stands; None before and after."""
    if recovery.state != Recovery.State.HEARING:
        return None
    return calendar.judge(recovery.answer_by, None, timezone.localdate())


@require_POST
def recovery_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """`/reversements/<pk>/<act>/`: what was typed comes back with the refusal."""
    reader, found = asked_recovery(request, pk)
    if act not in ACTS:
        raise Http404(_("Cet acte n’existe pas."))
    require(_may(request, reader, found, act))
    kind, service = ACTS[act]
    form, status = kind(request.POST), 422
    if form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        try:
            service(recovery=found, base_version=said.pop("version"), by=actor_of(request), **said)
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            form.add_error(None, _("Ce reversement a changé entre-temps : voici où il en est."))
            status = 409
        else:
            forget_draft(request, f"recovery:{found.pk}")
            messages.success(request, _("C’est enregistré."))
            return redirect("recovery", pk)
    reader, found = asked_recovery(request, pk)
    return _page(request, reader, found, status=status, refused=form)
