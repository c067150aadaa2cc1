"""A committee of residents: what is before it, its voices, its count, never beyond the fund’s envelope."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import FAUBOURG, Actor
from faubourg.base.refusal import refuse_unless
from faubourg.rules.calls import fund as rules
from faubourg.rules.calls.circuits import MICROPROJECT
from faubourg.rules.verdict import Verdict, mark

from ..access.funds import CONCERNED, is_concerned
from ..models import Committee, CommitteeVote, FundMember, Microproject, ResidentFund
from ..queries.funds import left_in, voices_in
from .moving import keep, locked, move


def gather(
    *, fund: ResidentFund, projects: Sequence[Microproject], closes_at: datetime, by: Actor
) -> Committee:
    """Open a vote on these requests until a moment; Refused without any, or for a moment that is past."""
    now = timezone.now()
    with transaction.atomic():
        locked(fund)
        if closes_at <= now:
            refuse_unless(Verdict.no("committee_past", mark("Choisissez une clôture à venir.")))
        if not projects:
            refuse_unless(Verdict.no("committee_empty", mark("Choisissez au moins une demande.")))
        committee = fund.committees.create(opens_at=now, closes_at=closes_at)
        for project in sorted(projects, key=lambda each: each.pk):
            held = locked(project)
            held.committee = committee
            move(held, MICROPROJECT, "enrol", by=by)
        journal.record(
            by=by, act="fund.committee_gathered", kind="resident_fund", ref=fund.code,
            after={"projects": len(projects), "closes_at": closes_at.isoformat()},
        )  # fmt: skip
    return committee


def vote(
    *, committee: Committee, project: Microproject, member: FundMember, voice: str, cents: int | None,
    comment: str = "",
) -> CommitteeVote:  # fmt: skip
    """One voice, changed as often as wished until the close; whoever is concerned can only stand back."""
    with transaction.atomic():
        held = locked(committee)
        if held.state != Committee.State.OPEN or timezone.now() >= held.closes_at:
            refuse_unless(Verdict.no("vote_closed", mark("Le vote est clos : votre voix n’est pas comptée.")))
        before_it = held.microprojects.filter(pk=project.pk).exists()
        if not before_it or member.fund_id != held.fund_id:
            refuse_unless(Verdict.no("vote_elsewhere", mark("Cette demande n’est pas devant ce comité.")))
        if voice != CommitteeVote.Voice.STANDS_BACK and is_concerned(member, project):
            refuse_unless(Verdict.no("vote_concerned", CONCERNED))
        if cents is not None and not 0 < cents <= project.asked_cents:
            refuse_unless(Verdict.no("vote_amount", mark("Proposez au plus ce qui est demandé.")))
        kept, _created = CommitteeVote.objects.update_or_create(
            committee=held,
            microproject=project,
            member=member,
            defaults={"voice": voice, "amount_cents": cents, "comment": comment},
        )
    return kept


def close_due(now: datetime | None = None) -> int:
    """Close every vote whose moment has come; returns how many. Safe to run twice, or at once."""
    late = Committee.objects.filter(state=Committee.State.OPEN, closes_at__lte=now or timezone.now())
    closed = 0
    for committee in late.select_related("fund"):
        closed += count(committee=committee, by=FAUBOURG) is not None
    return closed


def count(*, committee: Committee, by: Actor) -> Committee | None:
    """Close a vote and do what it says: granted within the envelope, refused, or put off. None when it
    was already closed. In the order of the requests; one that the envelope cannot pay is put off.
    """
    with transaction.atomic():
        fund = locked(committee.fund)
        held = locked(committee)
        if held.state != Committee.State.OPEN:
            return None
        voices = voices_in(held)
        left = left_in(fund)
        result = {}
        for project in held.microprojects.filter(state="before_committee").select_for_update().order_by("pk"):
            said = [rules.Voice(one.voice, one.amount_cents) for one in voices.get(project.pk, [])]
            told = rules.tally(said, quorum=fund.quorum, asked_cents=project.asked_cents)
            left -= _decide(project, told, left, by)
            result[str(project.pk)] = {
                "yes": told.yes, "no": told.no, "abstain": told.abstain,
                "stood_back": told.stood_back, "heard": told.heard, "quorum": fund.quorum,
                "granted": told.granted, "cents": project.granted_cents or 0,
            }  # fmt: skip
        held.state, held.result = Committee.State.CLOSED, result
        held.version += 1
        held.save()
        journal.record(
            by=by, act="fund.committee_closed", kind="resident_fund", ref=fund.code,
            after={"projects": len(result)},
        )  # fmt: skip
    return held


def _decide(project: Microproject, told: rules.Tally, left: int, by: Actor) -> int:
    """Apply one count; returns the cents that were granted."""
    day = timezone.localdate()
    sentence = told.reason.sentence
    project.decided_on, project.reason = day, sentence
    if told.granted and told.cents <= left:
        project.granted_cents = told.cents
        keep(project, MICROPROJECT, "grant", by=by, on=day, note=sentence)
        return told.cents
    if told.granted is False:
        project.closed_on = day
        keep(project, MICROPROJECT, "refuse", by=by, on=day, note=sentence)
        return 0
    project.decided_on, project.committee = None, None
    if told.granted:
        project.reason = rules.short(told.cents, left).sentence
    keep(project, MICROPROJECT, "put-off", by=by, on=day, note=project.reason)
    return 0
