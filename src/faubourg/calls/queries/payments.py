"""Payments as they are read: those of a call, the late ones first; those of a dossier, with who holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from faubourg.people.access import Visitor
from faubourg.rules.calls.money_path import Clock, Money, Where, clock, where

from ..models import Application, Call, FunderDecision, Letter, Payment
from .applications import without_recused
from .bound import bank_missing, charter_missing, convention_reason
from .decisions import money_of_application

OPEN = ("to_issue", "ordered", "returned")
SHOWN = ("notified", "committed", "paid", "frozen", "cancelled")


def payments_of(call: Call, person: Visitor) -> "QuerySet[Payment]":
    """Every payment of a call: what is open first, by its last day; never of a dossier stood back from."""
    seen = without_recused(Application.objects.filter(call=call), person)
    return (
        Payment.objects.filter(decision__funder__call=call, decision__application__in=seen.values("pk"))
        .select_related("decision__application__organisation", "decision__funder")
        .annotate(
            closed=Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
        )
    )


def late_counts(payments: "QuerySet[Payment]", on: date) -> Mapping[str, int]:
    """How many are past sixty days, fifty, thirty; one query. `due_on` is the sixtieth day."""
    marks = {"late": (None, -1), "day_50": (0, 10), "day_30": (11, 30)}
    told = {}
    for name, (low, high) in marks.items():
        within = Q(state__in=OPEN, due_on__lte=date.fromordinal(on.toordinal() + high))
        if low is not None:
            within &= Q(due_on__gte=date.fromordinal(on.toordinal() + low))
        told[name] = Count("pk", filter=within)
    return payments.order_by().aggregate(**told)


def clock_of(payment: Payment, on: date | None = None) -> Clock:
    """Where one payment is in its sixty days; one that was given up has no clock."""
    due = None if payment.state == "dropped" else payment.due_on
    return clock(due, payment.paid_on, on or timezone.localdate())


@dataclass(frozen=True, slots=True)
class Line:
    """One decision as its applicant follows it. `told` is false as long as no letter said its sum."""

    decision: FunderDecision
    where: Where
    payments: Sequence[tuple[Payment, Clock]]
    told: bool

    @property
    def paid_cents(self) -> int:
        """What has arrived."""
        return sum(payment.cents for payment, _clock in self.payments if payment.state == "paid")


def lines_of(application: Application, *, workings: bool) -> list[Line]:
    """Where the money of a dossier is, funder by funder. `workings`: also what no letter has said yet."""
    today = timezone.localdate()
    decisions = money_of_application(application)
    for decision in decisions:
        decision.application = application
    letters = Letter.objects.filter(application=application, sent_at__isnull=False)
    sent = set(letters.values_list("funder", flat=True)) if decisions else set()
    open_ones = any(decision.state in ("notified", "committed") for decision in decisions)
    charter = open_ones and charter_missing(application.organisation, today)
    bank = open_ones and bank_missing(application.organisation, today)
    found = []
    for decision in decisions:
        told = workings or (decision.state in SHOWN and decision.notified_on is not None) or bool(
            decision.state in ("refused", "cancelled") and sent & {None, decision.funder_id}
        )  # fmt: skip
        payments = [(one, clock_of(one, today)) for one in decision.payments.all() if one.state != "dropped"]
        found.append(Line(decision, where(_money(decision, told, charter, bank)), payments, told))
    return found


def _money(decision: FunderDecision, told: bool, charter: bool, bank: bool) -> Money:
    live = decision.state in ("notified", "committed")
    states = {payment.state for payment in decision.payments.all()}
    state = decision.state
    if not told and state in ("refused", "cancelled", "frozen"):
        state = "voted"
    return Money(
        funder=decision.funder.name,
        state=state,
        convention_missing=live and convention_reason(decision).met is False,
        signed_by_beneficiary=bool(decision.agreement and decision.agreement.signed_by_beneficiary_on),
        bank_missing=bank,
        charter_missing=charter,
        ordered="ordered" in states,
        returned="returned" in states,
    )


def payment_by_pk(pk: int) -> Payment | None:
    """One payment with what its rights are read from."""
    return Payment.objects.select_related("decision__funder", "decision__application").filter(pk=pk).first()
