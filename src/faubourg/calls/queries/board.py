"""What waits in a call: counts of things to do, each with the page where it is done; envelopes beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faubourg.people.access import Visitor

from ..models import (
    Application,
    Call,
    CompletionRequest,
    FunderDecision,
    Intent,
    JurySession,
    Payment,
    Report,
)
from .applications import without_recused

Words = str | Promise
TO_CHECK = ("submitted",)
IN_HAND = ("complete", "examined", "ranked", "before_jury")
TO_NOTIFY = ("retained", "retained_with_reserves", "rejected", "adjourned", "funders_decided")


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many of something; `late` of them are past their day. `url` is empty when no page serves it yet."""

    label: Words
    count: int
    late: int
    url: str


def waiting_in(call: Call, person: Visitor, today: date) -> list[Waiting]:
    """In the order of the circuit, nothing that counts zero; one query a kind, none of what one recuses."""
    dossiers = without_recused(Application.objects.filter(call=call), person)
    states = dict(dossiers.order_by().values_list("state").annotate(n=Count("pk")))
    rows = [
        *_before_the_jury(call, states, today),
        _of(states, _("décisions à notifier"), TO_NOTIFY, call, ""),
        *_after_the_jury(call, today),
    ]
    return [row for row in rows if row.count]


def _before_the_jury(call: Call, states: dict[str, int], today: date) -> list[Waiting]:
    intents = Intent.objects.filter(call=call, state__in=("submitted", "late"))
    pieces = CompletionRequest.objects.filter(application__call=call, answered_on__isnull=True)
    sessions = JurySession.objects.filter(jury__call=call).exclude(state=JurySession.State.SIGNED)
    late, passed = Q(due_on__lt=today), Q(starts_at__date__lt=today)
    unanswered = _url(call, "call_applications", "etat=to_complete")
    return [
        _late(_("fiches à juger"), intents, Q(opinion_due_on__lt=today), _url(call, "call_intents")),
        _of(states, _("dossiers à vérifier"), TO_CHECK, call, "submitted"),
        _late(_("demandes de pièces sans réponse"), pieces, late, unanswered),
        _of(states, _("dossiers en instruction"), IN_HAND, call, "complete"),
        _late(_("séances de jury à tenir ou à signer"), sessions, passed, _url(call, "call_juries")),
    ]


def _after_the_jury(call: Call, today: date) -> list[Waiting]:
    decisions = FunderDecision.objects.filter(application__call=call, state="voted")
    payments = Payment.objects.filter(
        decision__application__call=call, state__in=("to_issue", "ordered", "returned")
    )
    reports = Report.objects.filter(application__call=call, state__in=("awaited", "reminded", "to_complete"))
    late, page = Q(due_on__lt=today), _url(call, "call_decisions")
    return [
        Waiting(_("votes à notifier"), decisions.count(), 0, page),
        _late(_("versements à faire"), payments, late, page),
        _late(_("bilans attendus"), reports, late, _url(call, "call_reports")),
    ]


def _late(label: Words, found: "QuerySet[Any]", late: Q, url: str) -> Waiting:
    """How many, and how many of them past their day: one query."""
    told = found.order_by().aggregate(n=Count("pk"), late=Count("pk", filter=late))
    return Waiting(label, told["n"], told["late"], url)


def _of(states: dict[str, int], label: Words, wanted: Iterable[str], call: Call, state: str) -> Waiting:
    count = sum(states.get(one, 0) for one in wanted)
    return Waiting(label, count, 0, _url(call, "call_applications", f"etat={state}" if state else ""))


def _url(call: Call, name: str, query: str = "") -> str:
    try:
        address = reverse(name, args=[call.code])
    except NoReverseMatch:
        return ""
    return f"{address}?{query}" if query else address
