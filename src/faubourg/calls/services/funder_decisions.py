"""What each funder decides of a dossier, for itself: opinion, vote, refusal, commitment, end.

A vote locks the envelopes of the call first: two votes at once never exceed what is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused, refuse_unless
from faubourg.rules.calls.circuits import FUNDER_DECISION
from faubourg.rules.calls.refusals import GROUNDS
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Call, Envelope, FunderDecision, FundingRequest
from ..queries.bound import convention_reason
from ..queries.voted import rooms_of
from .granted import ensure_action, follow_line, settle_application, start_action
from .moving import move
from .payment_moves import drop

RETAINED = ("retained", "retained_with_reserves", "funders_decided", "notified", "agreed", "running")
_NOT_RETAINED = mark("Ce dossier n’est pas retenu par le jury : aucun financeur n’y vote d’aide.")
_BEYOND = mark("{asked} sont demandés ou proposés par le jury : un vote n’en donne pas plus.")


@dataclass(frozen=True, slots=True)
class Ballot:
    """One decision under a vote: as it was read, and the sum to vote; None keeps the jury's."""

    pk: int
    version: int | None = None
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What decides: a deliberation or an order, its day, the conditions it sets."""

    reference: str
    on: date
    conditions: str = ""


def lock_envelopes(call_pk: int) -> None:
    """First of all locks, for whoever spends money of a call."""
    list(Envelope.objects.select_for_update().filter(funder__call=call_pk).order_by("pk"))


def lock_decisions(pks: Iterable[int]) -> list[FunderDecision]:
    """Their dossiers, then the decisions themselves, always in that order."""
    wanted = list(pks)
    dossiers = Application.objects.filter(decisions__in=wanted).order_by("pk").distinct()
    pks_of_dossiers = list(dossiers.values_list("pk", flat=True))
    list(Application.objects.select_for_update().filter(pk__in=pks_of_dossiers).order_by("pk"))
    return list(
        FunderDecision.objects.select_for_update(of=("self",))
        .select_related("funder__organisation", "funder__call", "line", "application__organisation")
        .select_related("application__contract", "application__action__objective", "agreement")
        .filter(pk__in=wanted)
        .order_by("pk")
    )


def lock_one(decision: FunderDecision, base_version: int | None) -> FunderDecision:
    """One decision with its dossier; Conflict when it is no longer the one that was read."""
    found = lock_decisions([decision.pk])[0]
    if base_version is not None and found.version != base_version:
        raise Conflict
    return found


def open_decisions(*, call: Call, by: Actor) -> int:
    """A decision to take for each request of a retained dossier that has none; how many were opened."""
    with transaction.atomic():
        lock_envelopes(call.pk)
        requests = FundingRequest.objects.filter(
            application__call=call, application__state__in=RETAINED[:2]
        ).select_related("application")
        known = set(
            FunderDecision.objects.filter(application__call=call).values_list(
                "application_id", "funder_id", "nature", "year"
            )
        )
        missing = [
            request
            for request in requests.order_by("pk")
            if (request.application_id, request.funder_id, request.nature, request.year) not in known
        ]
        for request in missing:
            decision = FunderDecision(
                application=request.application,
                funder_id=request.funder_id,
                nature=request.nature,
                year=request.year,
                state="",
                requested_cents=request.cents,
            )
            told = {"amount": str(Cents(request.cents))}
            move(decision, FUNDER_DECISION, "request", by=by, given={"amount"}, told=told)
    return len(missing)


def give_opinion(
    *, decision: FunderDecision, cents: int | None, reason: str, base_version: int, by: Actor
) -> FunderDecision:
    """Favourable with a sum; without one, unfavourable with its reason."""
    with transaction.atomic():
        lock_envelopes(decision.funder.call_id)
        found = lock_one(decision, base_version)
        before, found.amount_cents = found.amount_cents, cents or 0
        if cents:
            refuse_unless(_within(found, cents, before))
        step = {"cents_before": before, "cents_after": cents or 0}
        given = {"amount"} if cents else set()
        act = "favour" if cents else "disfavour"
        told = {"amount": str(Cents(cents or 0))}
        move(found, FUNDER_DECISION, act, by=by, given=given, note=reason, told=told, step=step)
    return found


def vote(*, call: Call, ballots: Sequence[Ballot], act: Act, by: Actor) -> list[FunderDecision]:
    """Vote these decisions by one act, all or none; each on its maquette line, its dossier in the plan.

    Raises Conflict when one changed since it was read, Refused when an envelope is short.
    """
    wanted = {ballot.pk: ballot for ballot in ballots}
    with transaction.atomic():
        lock_envelopes(call.pk)
        decisions = lock_decisions(wanted)
        if len(decisions) != len(wanted):
            raise Conflict
        rooms = rooms_of(call)
        for decision in decisions:
            ballot = wanted[decision.pk]
            if ballot.version is not None and decision.version != ballot.version:
                raise Conflict
            cents = decision.amount_cents if ballot.cents is None else ballot.cents
            refuse_unless(_may_vote(decision, cents))
            refuse_unless(rooms.take(decision, cents))
            _vote(decision, cents, act, by)
        for application in {decision.application.pk: decision.application for decision in decisions}.values():
            settle_application(application, by)
    return decisions


def _may_vote(decision: FunderDecision, cents: int) -> Verdict:
    if decision.application.state not in RETAINED:
        return Verdict.no("application", _NOT_RETAINED)
    return _within(decision, cents, decision.amount_cents)


def _within(decision: FunderDecision, cents: int, proposed: int) -> Verdict:
    asked = max(decision.requested_cents, proposed)
    return Verdict.yes() if cents <= asked else Verdict.no("cents", _BEYOND, asked=Cents(asked))


def _vote(decision: FunderDecision, cents: int, act: Act, by: Actor) -> None:
    before, decision.amount_cents = decision.amount_cents, cents
    decision.act, decision.voted_on = act.reference.strip()[:200], act.on
    decision.conditions = act.conditions.strip() or decision.conditions
    decision.reason = decision.ground = ""
    given = {"envelope"} | ({"amount"} if cents else set()) | ({"act"} if decision.act else set())
    step = {"cents_before": before, "cents_after": cents}
    told = {"amount": str(Cents(cents)), "act": decision.act, "funder": decision.funder.name}
    move(decision, FUNDER_DECISION, "vote", by=by, on=act.on, given=given, told=told, step=step)
    ensure_action(decision.application, by)
    follow_line(decision, by)


def refuse(
    *, decision: FunderDecision, ground: str, words: str, reference: str, base_version: int, by: Actor
) -> FunderDecision:
    """No, with its reason: that of the list, the funder's own words, or both."""
    with transaction.atomic():
        lock_envelopes(decision.funder.call_id)
        found = lock_one(decision, base_version)
        told = GROUNDS.get(ground)
        sentence = told.sentence if told and ground != "other" else ""
        found.reason = " ".join(part for part in (sentence, words.strip()) if part)
        found.ground, found.act = ground if told else "", reference.strip()[:200]
        step = {"cents_before": found.amount_cents, "cents_after": 0}
        found.amount_cents = 0
        move(found, FUNDER_DECISION, "refuse", by=by, note=found.reason, step=step)
        settle_application(found.application, by)
    return found


def commit(*, decision: FunderDecision, on: date, base_version: int, by: Actor) -> FunderDecision:
    """Engage the expense: beyond 23 000 € a year of one authority, a signed convention comes first."""
    with transaction.atomic():
        found = lock_one(decision, base_version)
        reason = convention_reason(found)
        if reason.met is False:
            raise Refused(Verdict((reason,)))
        found.committed_on = on
        told = {"amount": str(Cents(found.amount_cents))}
        move(found, FUNDER_DECISION, "commit", by=by, on=on, given={"convention"}, told=told)
        follow_line(found, by)
        start_action(found.application, by)
    return found


def cancel(*, decision: FunderDecision, reason: str, base_version: int, by: Actor) -> FunderDecision:
    """Take back a decision of which nothing left; what is paid is asked back another way."""
    with transaction.atomic():
        found = lock_one(decision, base_version)
        gone = found.payments.filter(state__in=["ordered", "paid"]).exists()
        step = {"cents_before": found.amount_cents, "cents_after": 0}
        given = set() if gone else {"untouched"}
        found.amount_cents = 0
        move(found, FUNDER_DECISION, "cancel", by=by, given=given, note=reason, step=step)
        for payment in found.payments.filter(state__in=["to_issue", "returned"]):
            drop(payment, reason, by)
        follow_line(found, by, reason)
    return found
