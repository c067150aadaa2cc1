"""Decisions: mine, those of a contract, one with its thread; taken, told of, closed with what shows it."""

from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts.access.governance import can_follow_decision, can_read_decision
from faubourg.contracts.forms.decisions import CloseForm, DecisionForm, TellForm, filter_for
from faubourg.contracts.governance_listings import DECISIONS, MY_DECISIONS
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import DecisionItem, Meeting
from faubourg.contracts.queries.decisions import (
    decisions_of_contract,
    decisions_of_person,
    notes_of,
    tally_of,
)
from faubourg.contracts.queries.governance import organisations_to_suggest
from faubourg.contracts.queries.meetings import next_after
from faubourg.contracts.services import decisions as services
from faubourg.people.access import can_use_account
from faubourg.people.models import Person
from faubourg.rules.governance import promises

from .calendar_token import calendar_address
from .finding import asked_contract, tidy_address
from .people import actor_of
from .steering import Rights, asked_decision, asked_meeting, rights_over, sent, shown_in, told

DONE = {
    "done": gettext_lazy("La décision est close, sa preuve est gardée."),
    "dropped": gettext_lazy("La décision est abandonnée, son motif est gardé."),
    "open": gettext_lazy("La décision est rouverte."),
}
STALE = gettext_lazy(
    "Quelqu’un a modifié cette décision entre-temps : « %(text)s ». Votre saisie est gardée."
)


@require_safe
def my_decisions(request: HttpRequest) -> HttpResponse:
    """`/decisions/`: what somebody has in charge, whatever the contract."""
    require(can_use_account(request.user))
    person = cast(Person, request.user)
    context = {"calendar": request.build_absolute_uri(calendar_address(person))}
    return MY_DECISIONS.respond(
        request, decisions_of_person(person.ref), "contracts/my_decisions.html", context
    )


@require_safe
def contract_decisions(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/decisions/`: for the partners of the contract."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    require(Rights(request.user, contract).read)
    listing = replace(DECISIONS, filter_form=filter_for(contract))
    context = {
        "contract": contract,
        "tally": tally_of(contract, timezone.localdate()),
        "urls": {name: contract_url(contract, name) for name in ("contract", "contract_governance")},
    }
    return listing.respond(request, decisions_of_contract(contract), "contracts/decisions.html", context)


@require_safe
def decision(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/decisions/<pk>/`: where it comes from, what was said of it, what shows it done."""
    found = asked_decision(code, pk)
    require(can_read_decision(request.user, found))
    return _page(request, found, TellForm(), CloseForm())


def _page(
    request: HttpRequest, found: DecisionItem, tell: TellForm, close: CloseForm, status: int = 200
) -> HttpResponse:
    body, contract, today = found.meeting.body, found.meeting.body.contract, timezone.localdate()
    coming = next_after(body, timezone.now())
    is_open = found.state == DecisionItem.State.OPEN
    next_on = timezone.localdate(coming.starts_at) if coming else None
    context = {
        "contract": contract,
        "body": body,
        "decision": found,
        "is_open": is_open,
        "notes": [(note, _meeting_url(note.meeting, contract)) for note in notes_of(found)],
        "in_time": promises.in_time(found.due_on, today) if is_open else None,
        "before_next": promises.before_next(found.due_on, next_on) if is_open else None,
        "tell_form": tell,
        "close_form": close,
        "may_follow": can_follow_decision(request.user, found),
        "may_write": Rights(request.user, contract, body).write,
        "history": history_of("decision", str(found.pk)),
        "urls": {
            "contract": contract_url(contract),
            "contract_governance": contract_url(contract, "contract_governance"),
            "body": contract_url(contract, "body", body.pk),
            "meeting": contract_url(contract, "meeting", found.meeting_id),
            "next": _meeting_url(coming, contract),
            **{
                name: contract_url(contract, name, found.pk)
                for name in ("decision_edit", "decision_tell", "decision_close", "decision_evidence")
            },
        },
    }
    return render(request, "contracts/decision.html", context, status=status)


def _meeting_url(meeting: Meeting | None, contract: Any) -> str:
    return contract_url(contract, "meeting", meeting.pk) if meeting else ""


@require_http_methods(["GET", "HEAD", "POST"])
def decision_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What a meeting decides."""
    meeting = asked_meeting(code, pk)
    rights = rights_over(request, meeting.body)
    require(rights.write)
    form = DecisionForm(meeting.agenda.all(), rights.people, sent(request))
    back = contract_url(meeting.body.contract, "meeting", meeting.pk)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_decision(meeting=meeting, values=form.values(), by=actor_of(request))
        except Refused as refused:
            shown_in(form, refused)
        else:
            messages.success(request, _("La décision est notée : elle sera suivie jusqu’à sa clôture."))
            if request.POST.get("again"):
                return redirect(contract_url(meeting.body.contract, "decision_add", meeting.pk))
            return redirect(back + "#decisions")
    return _form_page(request, rights, form, title=_("Noter une décision"), back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Its words, who has it in charge, its day."""
    found = asked_decision(code, pk)
    rights = rights_over(request, found.meeting.body)
    require(rights.write)
    start = DecisionForm.values_of(found)
    form = DecisionForm(found.meeting.agenda.all(), rights.people, sent(request), initial=start)
    back = contract_url(rights.contract, "decision", found.pk)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            services.amend_decision(
                decision=found, values=form.values(), base_version=version, by=actor_of(request)
            )
        except Refused as refused:
            shown_in(form, refused)
        except Conflict:
            data = {**request.POST.dict(), "version": found.version}
            form = DecisionForm(found.meeting.agenda.all(), rights.people, data, initial=start)
            form.add_error(None, STALE % {"text": found.text})
        else:
            messages.success(request, _("La décision est enregistrée."))
            return redirect(back)
    return _form_page(request, rights, form, title=_("Modifier une décision"), back=back)


@require_POST
def decision_tell(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Where it stands, at a meeting or between two."""
    found = asked_decision(code, pk)
    require(can_follow_decision(request.user, found))
    form = TellForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, CloseForm(), 422)
    at = _meeting_of_note(found, form.cleaned_data["meeting"])
    try:
        services.tell_of(
            decision=found,
            text=form.cleaned_data["text"],
            on=timezone.localdate(),
            meeting=at,
            by=actor_of(request),
        )
    except Refused as refused:
        told(request, refused)
    else:
        messages.success(request, _("Le suivi est noté."))
    contract = found.meeting.body.contract
    if at is not None and Rights(request.user, contract, found.meeting.body).read.ok:
        return redirect(contract_url(contract, "meeting", at.pk) + "#suivi")
    return redirect(contract_url(contract, "decision", found.pk))


def _meeting_of_note(found: DecisionItem, pk: int | None) -> Meeting | None:
    return Meeting.objects.filter(pk=pk, body=found.meeting.body_id).first() if pk else None


@require_POST
def decision_close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Done with its evidence, given up or reopened with a reason."""
    found = asked_decision(code, pk)
    form = CloseForm(request.POST, request.FILES)
    if not form.is_valid():
        require(can_follow_decision(request.user, found))
        return _page(request, found, TellForm(), form, 422)
    end, said = form.cleaned_data["end"], form.cleaned_data["evidence"]
    rights = rights_over(request, found.meeting.body)
    require(can_follow_decision(request.user, found) if end == "done" else rights.write)
    today, by = timezone.localdate(), actor_of(request)
    try:
        if end == "done":
            upload = form.cleaned_data["document"]
            services.close_decision(decision=found, evidence=said, upload=upload, on=today, by=by)
        elif end == "dropped":
            services.drop_decision(decision=found, reason=said, on=today, by=by)
        else:
            services.reopen_decision(decision=found, reason=said, on=today, by=by)
    except Refused as refused:
        shown_in(form, refused)
        return _page(request, found, TellForm(), form, 422)
    messages.success(request, DONE[end])
    return redirect(contract_url(rights.contract, "decision", found.pk))


def _form_page(
    request: HttpRequest, rights: Rights, form: DecisionForm, *, title: str, back: str
) -> HttpResponse:
    context = {
        "contract": rights.contract,
        "form": form,
        "title": title,
        "overline": rights.body.name if rights.body else "",
        "cancel_url": back,
        "again": title == _("Noter une décision"),
        "organisations": organisations_to_suggest(),
        "people": rights.people,
        "urls": {name: contract_url(rights.contract, name) for name in ("contract", "contract_governance")},
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "contracts/governance_form.html", context, status=status)
