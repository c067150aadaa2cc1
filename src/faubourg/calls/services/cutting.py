"""A freeze or a cut of the envelopes after the jury: recorded, simulated, validated by the COPIL, applied.

What is paid is never touched. Each decision keeps the step that says what it was before and after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.rules.calls.circuits import FUNDER_DECISION
from faubourg.rules.calls.cuts import Method, Reduction, cut_of
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Verdict, mark

from ..models import Envelope, EnvelopeEvent, FunderDecision
from ..queries.applications import recused_among
from ..queries.cuts import LOWERING, Simulation, simulate, touched
from .funder_decisions import lock_decisions, lock_envelopes
from .granted import follow_line
from .letters import draft_letter
from .moving import locked, move
from .payments import fit_payments

KIND = "envelope"


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced: a rate in basis points or a sum in cents, its day, its act, why."""

    kind: str
    on: date
    act: str
    reason: str
    rate_bp: int | None = None
    cents: int | None = None


def record_cut(*, envelopes: Sequence[Envelope], told: Announced, by: Actor) -> list[EnvelopeEvent]:
    """One event an envelope, the same rate for each; the envelope keeps what was announced at first."""
    if told.on > timezone.localdate():
        raise Refused(Verdict.no("on", mark("Ce jour n’est pas encore venu : enregistrez-le le jour venu.")))
    with transaction.atomic():
        rows = Envelope.objects.select_for_update(of=("self",)).select_related("funder")
        held = list(rows.filter(pk__in=[envelope.pk for envelope in envelopes]).order_by("pk"))
        return [event for envelope in held if (event := _record(envelope, told, by)) is not None]


def _record(envelope: Envelope, told: Announced, by: Actor) -> EnvelopeEvent | None:
    cents = told.cents if told.rate_bp is None else cut_of(envelope.amount_cents, told.rate_bp)
    if not cents:
        return None
    if told.kind in LOWERING and cents > envelope.amount_cents:
        raise Refused(
            Verdict.no(
                "cents",
                mark("L’enveloppe est de {amount} : on n’en gèle ni n’en annule pas davantage."),
                amount=Cents(envelope.amount_cents),
            )
        )
    event = EnvelopeEvent.objects.create(
        envelope=envelope,
        kind=told.kind,
        amount_cents=cents,
        rate_bp=told.rate_bp,
        on=told.on,
        act=told.act[:200],
        reason=told.reason[:300],
        by=by.ref,
        by_name=by.name[:150],
    )
    journal.record(
        by=by,
        act="calls.cut_recorded",
        kind=KIND,
        ref=str(envelope.pk),
        after={
            "funder": envelope.funder.name,
            "event": str(event.get_kind_display()),
            "amount": str(Cents(cents)),
            "act": event.act,
        },
        reason=event.reason,
    )
    return event


def apply_cut(
    *, event: EnvelopeEvent, method: Method, validated_on: date, digest: str, by: Actor
) -> list[FunderDecision]:
    """What the COPIL validated, all or nothing: amounts lowered, schedules fitted, letters drafted.

    Raises Conflict when a decision changed since the simulation (`digest`), Refused when it was done before
    or by who stands back from one of the dossiers.
    """
    with transaction.atomic():
        lock_envelopes(event.envelope.funder.call_id)
        held = locked(event)
        _may_apply(held, validated_on)
        lock_decisions([one.pk for one in touched(event)])
        simulation = simulate(event)
        if simulation.digest != digest:
            raise Conflict
        _may_validate(simulation, by)
        held.method, held.validated_on = method.value, validated_on
        held.save(update_fields=["method", "validated_on"])
        chosen = {decision.pk: reduction for decision, reduction in simulation.reductions(method)}
        changed = lock_decisions(chosen)
        for decision in changed:
            _lower(decision, chosen[decision.pk], held, by)
        for application in {one.application.pk: one.application for one in changed}.values():
            draft_letter(application=application, funder=event.envelope.funder, by=by)
        _applied(held, method, len(changed), sum(one.taken for one in chosen.values()), by)
    return changed


def _may_apply(held: EnvelopeEvent, validated_on: date) -> None:
    if held.validated_on is not None or held.kind not in LOWERING:
        raise Refused(Verdict.no("event", mark("Cet évènement est déjà appliqué, ou ne réduit rien.")))
    if not held.on <= validated_on <= timezone.localdate():
        raise Refused(
            Verdict.no(
                "validated_on",
                mark("La validation suit l’annonce du {since}, au plus tard aujourd’hui."),
                since=held.on,
            )
        )


def _may_validate(simulation: Simulation, by: Actor) -> None:
    """Choosing how a cut is spread decides on each dossier: never one’s own."""
    if recused_among((row.decision.application_id for row in simulation.rows), by):
        raise Refused(
            Verdict.no(
                "stands_back",
                mark(
                    "Cette réduction touche un dossier dont vous vous êtes déporté·e, ou celui de votre "
                    "organisme : une autre personne qui décide pour ce financeur la valide."
                ),
            )
        )


def _lower(decision: FunderDecision, reduction: Reduction, event: EnvelopeEvent, by: Actor) -> None:
    """A decision that loses everything is cancelled; the others wait for their new notification."""
    decision.amount_cents = reduction.after
    act = "freeze" if reduction.after else "cancel"
    step = {"cents_before": reduction.held.amount_cents, "cents_after": reduction.after, "event": event}
    told = {"amount": str(Cents(reduction.after)), "funder": decision.funder.name}
    move(
        decision,
        FUNDER_DECISION,
        act,
        by=by,
        given={"untouched"},
        note=event.reason,
        told=told,
        step=step,
    )
    fit_payments(decision, by)
    follow_line(decision, by, event.reason)


def _applied(event: EnvelopeEvent, method: Method, count: int, cents: int, by: Actor) -> None:
    journal.record(
        by=by,
        act="calls.cut_applied",
        kind=KIND,
        ref=str(event.envelope_id),
        after={
            "method": str(EnvelopeEvent.Method(method.value).label),
            "decisions": count,
            "amount": str(Cents(cents)),
            "validated_on": event.validated_on.isoformat() if event.validated_on else "",
        },
        reason=event.reason,
    )
