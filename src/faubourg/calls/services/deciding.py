"""What a jury decides of a dossier, in one transaction that locks the envelopes: no two decisions, of two
screens or of two juries, spend the same euro. The dossier moves by its circuit, funders get a proposal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.rules.calls import deliberation
from faubourg.rules.calls.circuits import APPLICATION
from faubourg.rules.calls.deliberation import GRANTING, Ask, Decision, Votes
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Envelope, JuryAmount, JuryItem, JurySession
from ..queries.applications import recused_among
from ..queries.jury_money import Key, drawn_on, held_of
from ..queries.sittings import Sitting, sitting_of
from .funder_proposals import propose_to_funders, take_back_from_funders
from .moving import locked, move
from .opinions import lock_opinions
from .sittings import save

ACTS = {
    Decision.RETAINED: "retain",
    Decision.WITH_RESERVES: "retain-with-reserves",
    Decision.ADJOURNED: "adjourn",
    Decision.REJECTED: "reject",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the jury says of one dossier. `words`: the reserves, or the reason of a no; cents by key."""

    decision: Decision
    words: str = ""
    votes: Votes | None = None
    amounts: Mapping[Key, int] = field(default_factory=dict)
    override_reason: str = ""
    override_by_name: str = ""


def decide_item(*, item: JuryItem, said: Said, base_version: int, by: Actor) -> JuryItem:
    """Record a decision. Raises Conflict when another screen wrote meanwhile, Refused with every reason.

    An overrun, an amount beyond what was asked, a rule that is not met are refused as long as no
    override says why and who decides it.
    """
    with transaction.atomic():
        session, held, application = _locked(item, base_version, by)
        if held.decision:
            raise Refused(Verdict.no("decision", _DECIDED))
        sitting = sitting_of(session)
        judged = sitting.quorum(application)
        asks = asks_of(application, said.amounts)
        refuse_unless(
            deliberation.judge(
                said.decision, voters=judged.present, votes=said.votes, asks=asks, words=said.words
            )
        )
        override = _override(application, said, asks)
        application.decided_on = None if said.decision is Decision.ADJOURNED else timezone.localdate()
        move(
            application,
            APPLICATION,
            ACTS[said.decision],
            by=by,
            given={"quorum"} if judged.verdict.ok else frozenset(),
            note=said.words,
        )
        _write(held, said, sitting, application, override=override, by=by)
        if said.decision is not Decision.ADJOURNED:
            lock_opinions(application=application, at=timezone.now())
        if said.decision in GRANTING:
            propose_to_funders(application=application, amounts=said.amounts, by=by)
        save(session)
        _told(held, said, asks, override=override, by=by)
    return held


def reconsider_item(*, item: JuryItem, reason: str, base_version: int, by: Actor) -> JuryItem:
    """Come back to a decision of the same session, while no funder has decided on it; amounts stay typed."""
    with transaction.atomic():
        session, held, application = _locked(item, base_version, by)
        if not held.decision:
            raise Refused(Verdict.no("decision", mark("Ce dossier n’est pas encore décidé.")))
        take_back_from_funders(application=application, by=by)
        before = {"decision": str(held.get_decision_display()), "override_by_name": held.override_by_name}
        application.decided_on = None
        move(application, APPLICATION, "reconsider", by=by, given={"sitting"}, note=reason)
        for name in ("decision", "reserves", "reason", "override_reason", "override_by_name"):
            setattr(held, name, "")
        held.votes_for = held.votes_against = held.abstentions = None
        held.recused, held.quorum = [], {}
        held.decided_at, held.decided_by, held.decided_by_name = None, None, ""
        held.version += 1
        held.save()
        application.opinions.update(locked_at=None)
        save(session)
        journal.record(
            by=by,
            act="jury.item.reconsidered",
            kind="application",
            ref=str(application.pk),
            before=before,
            reason=reason.strip()[:1000],
        )
    return held


_STANDS_BACK = mark(
    "Vous vous êtes déporté·e de ce dossier, ou il est celui de votre organisme : une autre personne "
    "enregistre la décision du jury."
)
_DECIDED = mark("Ce dossier est décidé : reprenez d’abord sa délibération.")


def _locked(item: JuryItem, base_version: int, by: Actor) -> tuple[JurySession, JuryItem, Application]:
    """Envelopes, then the session, its item, the dossier: always in that order, so that none waits twice."""
    call = item.session.jury.call_id
    list(Envelope.objects.select_for_update().filter(funder__call=call).order_by("pk"))
    session = locked(item.session)
    if session.state != JurySession.State.OPEN:
        raise Refused(Verdict.no("state", mark("Le jury ne décide que pendant une séance ouverte.")))
    held = locked(item, base_version)
    application = locked(held.application)
    if recused_among([application.pk], by):
        raise Refused(Verdict.no("stands_back", _STANDS_BACK))
    return session, held, application


def asks_of(application: Application, amounts: Mapping[Key, int]) -> list[Ask]:
    """Each amount beside what was asked; Refused for a funder of another call."""
    asked = {(one.funder_id, one.nature, one.year): one.cents for one in application.requests.all()}
    names = dict(application.call.funders.values_list("pk", "name"))
    unknown = {key[0] for key in amounts} - set(names)
    if unknown:
        raise Refused(Verdict.no("amounts", mark("Un financeur proposé n’est pas de cet appel.")))
    return [Ask(names[key[0]], key[1], key[2], asked.get(key, 0), cents) for key, cents in amounts.items()]


def _override(application: Application, said: Said, asks: Sequence[Ask]) -> bool:
    """Whether the decision passes over something; Refused when no override says why and who."""
    needs = needs_override(application, said.decision, said.amounts, asks)
    if needs.ok:
        return False
    asked = deliberation.judge_override(said.override_reason, said.override_by_name)
    if not asked.ok:
        raise Refused(Verdict((*needs.refusals(), *asked.refusals())))
    return True


def needs_override(
    application: Application, decision: Decision, amounts: Mapping[Key, int], asks: Sequence[Ask]
) -> Verdict:
    """What these amounts pass over, envelopes as they are now."""
    held = held_of(application.call_id)
    given: dict[int, int] = {}
    for key, cents in amounts.items():
        for one in drawn_on(held, application, key):
            given[one.envelope.pk] = given.get(one.envelope.pk, 0) + cents
    rooms = [one.room(given[one.envelope.pk]) for one in held if given.get(one.envelope.pk)]
    return deliberation.needs_override(decision, asks=asks, rooms=rooms, broken=broken_rules(application))


def broken_rules(application: Application) -> list[str]:
    """The sentences of the rules that the dossier did not meet when it was judged."""
    return [
        str(told.get("sentence") or told.get("code") or "")
        for told in application.verdict
        if isinstance(told, dict) and told.get("met") is False and told.get("decides", True)
    ]


def _write(
    held: JuryItem, said: Said, sitting: Sitting, application: Application, *, override: bool, by: Actor
) -> None:
    judged = sitting.quorum(application)
    held.decision = said.decision.value
    with_reserves = said.decision is Decision.WITH_RESERVES
    held.reserves = said.words if with_reserves else ""
    held.reason = "" if with_reserves else said.words
    if said.votes is not None:
        held.votes_for, held.votes_against = said.votes.in_favour, said.votes.against
        held.abstentions = said.votes.abstaining
    held.recused = [{"juror": juror.pk, "name": juror.name} for juror in sitting.recused(application)]
    held.quorum = {"seats": judged.seats, "needed": judged.needed, "present": judged.present}
    if override:
        held.override_reason = said.override_reason.strip()[:400]
        held.override_by_name = said.override_by_name.strip()[:150]
    held.decided_at = timezone.now()
    held.decided_by, held.decided_by_name = by.ref, by.name[:150]
    held.version += 1
    held.save()
    write_amounts(held, said.amounts if said.decision in GRANTING else {})


def write_amounts(item: JuryItem, amounts: Mapping[Key, int]) -> None:
    """The amounts of a dossier, replaced as a whole; an empty sum is no row."""
    item.amounts.all().delete()
    JuryAmount.objects.bulk_create(
        JuryAmount(item=item, funder_id=funder, nature=nature, year=year, cents=cents)
        for (funder, nature, year), cents in amounts.items()
        if cents
    )


def _told(held: JuryItem, said: Said, asks: Sequence[Ask], *, override: bool, by: Actor) -> None:
    after: dict[str, Any] = {
        "decision": str(held.get_decision_display()),
        "amounts": "; ".join(f"{ask.funder} {Cents(ask.given_cents)}" for ask in asks if ask.given_cents),
        "votes": f"{said.votes.in_favour}/{said.votes.against}/{said.votes.abstaining}" if said.votes else "",
    }
    journal.record(
        by=by,
        act="jury.item.decided",
        kind="application",
        ref=str(held.application_id),
        after=after | ({"override_by_name": held.override_by_name} if override else {}),
        reason=held.override_reason or said.words[:1000],
        personal={"after.override_by_name": held.override_by_name} if override else None,
    )
