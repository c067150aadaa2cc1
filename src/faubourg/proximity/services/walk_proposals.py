"""What the group of a walk asks for: written, voted by show of hands, and what becomes of it."""

from collections.abc import Iterable

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.contracts.models import Contract
from faubourg.contracts.services.actions import propose_action
from faubourg.rules.proximity.circuits import WALK
from faubourg.rules.verdict import Verdict, mark

from ..models import Observation, Proposal, Walk
from .moving import locked
from .naming import judge_public_words

KIND = "proposal"
# By value: how the action remembers where it comes from.
ORIGIN = "walk_proposal"
# From the walk itself to its review; a proposal is voted when the group meets again.
ALIVE = ("done", "minutes_draft", "minutes_validated", "restored", "followed")
MOST_VOICES = 1_000
Fate = Proposal.Fate


def propose(*, walk: Walk, title: str, text: str, observations: Iterable[Observation], by: Actor) -> Proposal:
    """A proposal of the group, with what it was seen from; the same title twice is one."""
    with transaction.atomic():
        held = locked(walk)
        _refuse_unless_alive(held)
        _refuse_names(held, {"title": title, "text": text})
        known = held.proposals.filter(title=title).first()
        if known is not None:
            return known
        proposal = held.proposals.create(title=title, text=text)
        pks = [one.pk for one in observations]
        proposal.observations.set(held.observations.filter(pk__in=pks))
        _record(by, proposal, act="walk.proposed")
    return proposal


def edit_proposal(
    *, proposal: Proposal, title: str, text: str, observations: Iterable[Observation],
    base_version: int, by: Actor,
) -> Proposal:  # fmt: skip
    """Other words; what became an action or went to the budget keeps those that were voted."""
    with transaction.atomic():
        walk = locked(proposal.walk)
        held = locked(proposal, base_version)
        _refuse_unless_alive(walk)
        _refuse_unless_open(held)
        _refuse_names(walk, {"title": title, "text": text})
        held.title, held.text = title, text
        held.observations.set(walk.observations.filter(pk__in=[one.pk for one in observations]))
        _save(held, by, act="walk.proposed")
    return held


def count_voices(*, proposal: Proposal, voices: int, base_version: int, by: Actor) -> Proposal:
    """How many hands were raised; never more than the people who were there."""
    with transaction.atomic():
        walk = locked(proposal.walk)
        held = locked(proposal, base_version)
        _refuse_unless_alive(walk)
        most = walk.people_count or MOST_VOICES
        if not 0 <= voices <= most:
            sentence = mark(
                "Ce groupe a {most} voix au plus : corrigez le nombre, ou celui des participants."
            )
            raise Refused(Verdict.no("voices", sentence, most=most))
        held.voices = voices
        _save(held, by, act="walk.voted", voices=voices)
    return held


def become_action(*, proposal: Proposal, contract: Contract, by: Actor) -> Proposal:
    """An action proposed in a contract of this area; asked twice, it is the same action."""
    with transaction.atomic():
        walk = locked(proposal.walk)
        held = locked(proposal)
        _refuse_unless_alive(walk)
        if held.fate == Fate.ACTION and held.action_id is not None:
            return held
        if not walk.area.contracts.filter(pk=contract.pk).exists():
            raise Refused(Verdict.no("contract", mark("Ce contrat n’est pas celui de ce territoire.")))
        held.action = propose_action(
            contract=contract,
            title=held.title,
            text=held.text,
            by=by,
            origin_kind=ORIGIN,
            origin_ref=str(held.pk),
            neighbourhoods=[walk.neighbourhood] if walk.neighbourhood else [],
        )
        held.fate, held.reason = Fate.ACTION, ""
        _save(held, by, act="walk.fate")
    return held


def send_to_budget(*, proposal: Proposal, base_version: int, by: Actor) -> Proposal:
    """Flagged for the participatory budget, which looks for such proposals."""
    with transaction.atomic():
        walk = locked(proposal.walk)
        held = locked(proposal, base_version)
        _refuse_unless_alive(walk)
        _refuse_unless_open(held)
        held.fate, held.reason = Fate.BUDGET, ""
        _save(held, by, act="walk.fate")
    return held


def drop_proposal(*, proposal: Proposal, reason: str, base_version: int, by: Actor) -> Proposal:
    """Not taken up, and why: read by everybody."""
    with transaction.atomic():
        walk = locked(proposal.walk)
        held = locked(proposal, base_version)
        _refuse_unless_alive(walk)
        _refuse_unless_open(held)
        if not reason.strip():
            raise Refused(Verdict.no("reason", mark("Écrivez le motif : il est communiqué.")))
        _refuse_names(walk, {"reason": reason})
        held.fate, held.reason = Fate.DROPPED, reason
        _save(held, by, act="walk.fate")
    return held


def reopen_proposal(*, proposal: Proposal, base_version: int, by: Actor) -> Proposal:
    """Examined again; an action that exists already is dropped where it lives."""
    with transaction.atomic():
        walk = locked(proposal.walk)
        held = locked(proposal, base_version)
        _refuse_unless_alive(walk)
        if held.fate == Fate.ACTION:
            sentence = mark(
                "Cette proposition est devenue une action : c’est elle qui s’abandonne, avec son motif."
            )
            raise Refused(Verdict.no("fate", sentence))
        held.fate, held.reason = Fate.OPEN, ""
        _save(held, by, act="walk.fate")
    return held


def _save(held: Proposal, by: Actor, *, act: str, **told: object) -> None:
    held.version += 1
    held.save()
    _record(by, held, act=act, **told)


def _refuse_unless_alive(walk: Walk) -> None:
    if walk.state not in ALIVE:
        sentence = mark("Les propositions se font entre la marche et son bilan ; celle-ci est {state}.")
        raise Refused(Verdict.no("walk_state", sentence, state=WALK.states[walk.state]))


def _refuse_unless_open(proposal: Proposal) -> None:
    if proposal.fate != Fate.OPEN:
        sentence = mark("Cette proposition a déjà une suite : reprenez d’abord son examen.")
        raise Refused(Verdict.no("fate", sentence))


def _refuse_names(walk: Walk, texts: dict[str, str]) -> None:
    for field, text in texts.items():
        refuse_unless(judge_public_words(walk, text, field))


def _record(by: Actor, proposal: Proposal, *, act: str, **told: object) -> None:
    said = {"title": proposal.title, "fate": str(Fate(proposal.fate).label), **told}
    journal.record(by=by, act=act, kind=KIND, ref=str(proposal.pk), after=said, reason=proposal.reason)
