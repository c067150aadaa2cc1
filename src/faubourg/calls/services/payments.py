"""Instalments of a decision: planned, ordered, paid or back from the bank; never beyond what is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.calls.circuits import FUNDER_DECISION, PAYMENT_CIRCUIT
from faubourg.rules.calls.clocks import payment_due
from faubourg.rules.calls.shares import exact_shares
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Verdict, mark

from ..models import FunderDecision, Payment
from ..queries.bound import before_payment
from .funder_decisions import lock_one
from .granted import follow_line, start_action
from .moving import locked, move
from .payment_moves import drop

LEFT = ("ordered", "paid")
WAITING = ("to_issue", "returned")
REPLANNED = mark("Nouvel échéancier.")
LOWERED = mark("L’aide a été réduite.")


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of a decision: its weight, the fact that opens it, the day of that fact when it is known."""

    weight: int
    event: str
    happened_on: date | None = None


def plan_payments(
    *, decision: FunderDecision, parts: Sequence[Instalment], base_version: int, by: Actor
) -> list[Payment]:
    """A schedule for all that has not left yet; the former one is given up. Exact to the cent."""
    with transaction.atomic():
        found = lock_one(decision, base_version)
        notified = found.state in ("notified", "committed")
        left = found.amount_cents - _sum(found, LEFT)
        if not parts or left <= 0 or any(part.weight <= 0 for part in parts):
            raise Refused(Verdict.no("parts", mark("Il ne reste rien à verser, ou une part est vide.")))
        for payment in found.payments.filter(state__in=WAITING).order_by("rank"):
            drop(payment, REPLANNED, by)
        first = (found.payments.aggregate(rank=Max("rank"))["rank"] or 0) + 1
        shares = exact_shares(left, [part.weight for part in parts])
        made = []
        for rank, (part, cents) in enumerate(zip(parts, shares, strict=True), first):
            if not cents:
                continue
            payment = Payment(decision=found, rank=rank, cents=cents, state="", event=part.event[:200])
            # The first one answers the notification; the others, the fact that the agreement names.
            since = found.notified_on if rank == 1 else None
            payment.due_on = payment_due(since, part.happened_on)
            given = {"decision"} if notified else set()
            told = {"amount": str(Cents(cents)), "event": payment.event}
            move(payment, PAYMENT_CIRCUIT, "plan", by=by, given=given, told=told)
            made.append(payment)
        found.version += 1
        found.save(update_fields=["version"])
    return made


def start_clock(*, payment: Payment, happened_on: date, base_version: int, by: Actor) -> Payment:
    """The fact that opens this payment has happened: sixty days from that day."""
    with transaction.atomic():
        lock_one(payment.decision, None)
        found = locked(payment, base_version)
        if found.state not in WAITING or happened_on > timezone.localdate():
            raise Refused(
                Verdict.no("on", mark("Le fait générateur a un jour passé, et le versement n’est pas parti."))
            )
        found.due_on = payment_due(None, happened_on)
        found.version += 1
        found.save(update_fields=["due_on", "version"])
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a move: its day, the reference of the order, the reason of a return."""

    on: date
    reference: str = ""
    note: str = ""


def advance_payment(*, payment: Payment, act: str, told: Told, base_version: int, by: Actor) -> Payment:
    """Order, pay, return or drop. Raises Refused with every obstacle, Conflict when it moved meanwhile."""
    with transaction.atomic():
        decision = lock_one(payment.decision, None)
        found = locked(payment, base_version)
        found.decision = decision
        given: frozenset[str] = frozenset()
        if act == "order":
            given = _may_order(decision, found, told.on)
            found.ordered_on, found.reference = told.on, told.reference.strip()[:60]
        elif act == "pay":
            if found.ordered_on and told.on < found.ordered_on:
                raise Refused(Verdict.no("on", mark("Le versement ne précède pas son mandat.")))
            found.paid_on = told.on
        elif act == "return":
            found.ordered_on = None
        said = {"amount": str(Cents(found.cents)), "reference": found.reference}
        move(found, PAYMENT_CIRCUIT, act, by=by, on=told.on, given=given, note=told.note, told=said)
        _follow(decision, by)
    return found


def _may_order(decision: FunderDecision, payment: Payment, on: date) -> frozenset[str]:
    if decision.state != "committed":
        raise Refused(
            Verdict.no("committed", mark("La dépense n’est pas engagée : engagez-la, puis mandatez."))
        )
    if _sum(decision, LEFT) + payment.cents > decision.amount_cents:
        raise Refused(
            Verdict.no(
                "cents",
                mark("Ce versement dépasserait {amount} accordés : refaites l’échéancier."),
                amount=Cents(decision.amount_cents),
            )
        )
    before = before_payment(decision, on)
    if before.convention.met is False:
        raise Refused(Verdict((before.convention,)))
    return before.given


def _follow(decision: FunderDecision, by: Actor) -> None:
    if decision.state == "committed" and _sum(decision, ("paid",)) == decision.amount_cents:
        told = {"amount": str(Cents(decision.amount_cents))}
        move(decision, FUNDER_DECISION, "pay", by=by, given={"payments"}, told=told)
        follow_line(decision, by)
    start_action(decision.application, by)


def fit_payments(decision: FunderDecision, by: Actor) -> None:
    """After a cut, what was still to leave shrinks, the last instalment first; inside a transaction."""
    over = _sum(decision, (*LEFT, *WAITING)) - decision.amount_cents
    for payment in decision.payments.filter(state__in=WAITING).order_by("-rank"):
        if over <= 0:
            return
        less = min(over, payment.cents)
        over -= less
        if less == payment.cents:
            drop(payment, LOWERED, by)
        else:
            payment.cents -= less
            payment.version += 1
            payment.save(update_fields=["cents", "version"])


def _sum(decision: FunderDecision, states: Sequence[str]) -> int:
    return decision.payments.filter(state__in=states).aggregate(sum=Sum("cents"))["sum"] or 0
