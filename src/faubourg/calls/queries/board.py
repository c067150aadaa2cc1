"""What waits in a call: counts of things to do, each with the page where it is done; envelopes beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value
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
    """In the order of the circuit, nothing that counts zero; two queries, none of what one recuses."""
    dossiers = without_recused(Application.objects.filter(call=call), person)
    states = dict(dossiers.order_by().values_list("state").annotate(n=Count("pk")))
    told = _counted(call, today)

    def late(label: Words, name: str, page: str, query: str = "") -> Waiting:
        return Waiting(label, *told.get(name, (0, 0)), _url(call, page, query))

    rows = [
        late(_("fiches à juger"), "intents", "call_intents"),
        _of(states, _("dossiers à vérifier"), TO_CHECK, call, "submitted"),
        late(_("demandes de pièces sans réponse"), "pieces", "call_applications", "etat=to_complete"),
        _of(states, _("dossiers en instruction"), IN_HAND, call, "complete"),
        late(_("séances de jury à tenir ou à signer"), "sessions", "call_juries"),
        _of(states, _("décisions à notifier"), TO_NOTIFY, call, ""),
        late(_("votes à notifier"), "votes", "call_decisions"),
        late(_("versements à faire"), "payments", "call_decisions"),
        late(_("bilans attendus"), "reports", "call_reports"),
    ]
    return [row for row in rows if row.count]


def _counted(call: Call, today: date) -> dict[str, tuple[int, int]]:
    """How many of each kind, and how many of them past their day; one aggregate a table, in one query."""
    due = Q(due_on__lt=today)
    to_judge = Intent.objects.filter(call=call, state__in=("submitted", "late"))
    pieces = CompletionRequest.objects.filter(application__call=call, answered_on__isnull=True)
    sessions = JurySession.objects.filter(jury__call=call).exclude(state=JurySession.State.SIGNED)
    votes = FunderDecision.objects.filter(application__call=call, state="voted")
    payments = Payment.objects.filter(
        decision__application__call=call, state__in=("to_issue", "ordered", "returned")
    )
    reports = Report.objects.filter(application__call=call, state__in=("awaited", "reminded", "to_complete"))
    first, *others = [
        _kind("intents", to_judge, "call", Q(opinion_due_on__lt=today)),
        _kind("pieces", pieces, "application__call", due),
        _kind("sessions", sessions, "jury__call", Q(starts_at__date__lt=today)),
        _kind("votes", votes, "application__call", Q(pk__isnull=True)),
        _kind("payments", payments, "decision__application__call", due),
        _kind("reports", reports, "application__call", due),
    ]
    return {name: (count, late) for name, count, late in first.union(*others, all=True)}


def _kind(name: str, found: "QuerySet[Any]", call: str, late: Q) -> "QuerySet[Any]":
    counted = found.order_by().values(call).annotate(n=Count("pk"), late=Count("pk", filter=late))
    told = Value(name, output_field=CharField())
    return counted.annotate(kind=told).values_list("kind", "n", "late")


def _of(states: dict[str, int], label: Words, wanted: Iterable[str], call: Call, state: str) -> Waiting:
    count = sum(states.get(one, 0) for one in wanted)
    return Waiting(label, count, 0, _url(call, "call_applications", f"etat={state}" if state else ""))


def _url(call: Call, name: str, query: str = "") -> str:
    try:
        address = reverse(name, args=[call.code])
    except NoReverseMatch:
        return ""
    return f"{address}?{query}" if query else address
