"""After a walk: it took place, its minutes, what may be read by everybody, its restitution and its review."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.proximity import deadlines
from faubourg.rules.proximity.circuits import WALK
from faubourg.rules.proximity.circuits.walk import PLAN, REDACTION, SIX_MONTHS
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import Observation, Photo, Proposal, Walk
from .moving import locked, move
from .naming import judge_public_words
from .walk_guests import note_who_came

KIND = "walk"
MINUTES = ("minutes_draft",)
REREADING = ("minutes_draft", "minutes_validated")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesWords:
    """What the team writes, and what everybody will read."""

    summary: str
    public_summary: str
    people_count: int | None = None


def hold_walk(*, walk: Walk, came: Sequence[int], people_count: int | None, by: Actor) -> Walk:
    """It took place: who came, how many they were."""
    with transaction.atomic():
        held = locked(walk)
        if held.state == "confirmed" and held.starts_at and held.starts_at > timezone.now():
            raise Refused(Verdict.no("walk_start", mark("Cette marche n’a pas encore commencé.")))
        note_who_came(walk=held, came=came)
        held.people_count = len(came) if people_count is None else people_count
        move(held, WALK, "hold", by=by)
    return held


def write_minutes(*, walk: Walk, words: MinutesWords, base_version: int, by: Actor) -> Walk:
    """The minutes as they are being written; opens them when the walk was only held."""
    with transaction.atomic():
        held = locked(walk, base_version)
        if held.state == "done":
            move(held, WALK, "draft_minutes", by=by)
        if held.state not in MINUTES:
            sentence = mark("Le compte rendu ne s’écrit pas sur une marche {state}.")
            raise Refused(Verdict.no("walk_state", sentence, state=WALK.states[held.state]))
        _refuse_unless_anonymous(held, words.public_summary, "public_summary")
        held.summary, held.public_summary = words.summary, words.public_summary
        held.people_count = words.people_count
        held.version += 1
        held.save()
        journal.record(by=by, act="walk.minutes", kind=KIND, ref=str(held.pk))
    return held


def validate_minutes(*, walk: Walk, by: Actor) -> Walk:
    """The minutes are those of the walk; observations do not change any more."""
    with transaction.atomic():
        held = locked(walk)
        if held.state in MINUTES and not held.summary.strip():
            raise Refused(Verdict.no("summary", mark("Écrivez le compte rendu avant de le valider.")))
        move(held, WALK, "validate_minutes", by=by)
    return held


def rework_minutes(*, walk: Walk, reason: str, by: Actor) -> Walk:
    """A mistake in the minutes, before they are public."""
    with transaction.atomic():
        held = locked(walk)
        move(held, WALK, "rework_minutes", by=by, note=reason)
    return held


def reread(
    *, observation: Observation, public: bool, public_text: str, base_version: int, by: Actor
) -> Observation:
    """Somebody read it again: in the restitution with these words, or kept for the team."""
    with transaction.atomic():
        walk = locked(observation.walk)
        held = locked(observation, base_version)
        if walk.state not in REREADING:
            sentence = mark("On relit entre la marche et sa restitution ; celle-ci est {state}.")
            raise Refused(Verdict.no("walk_state", sentence, state=WALK.states[walk.state]))
        if public and not public_text.strip():
            raise Refused(Verdict.no("public_text", mark("Écrivez le texte que tout le monde lira.")))
        _refuse_unless_anonymous(walk, public_text, "public_text")
        held.public, held.public_text, held.reread_at = public, public_text, timezone.now()
        held.version += 1
        held.save()
        told = {"public": "oui" if public else "non"}
        journal.record(by=by, act="walk.reread", kind="observation", ref=str(held.pk), after=told)
    return held


def judge_restitution(walk: Walk) -> Verdict:
    """Everything that still lacks before everybody reads it: texts, pictures, the summary."""
    rows = walk.observations.filter(merged_into__isnull=True)
    unread = rows.filter(reread_at__isnull=True).count()
    shown = Photo.objects.filter(observation__walk=walk, observation__public=True)
    unseen = shown.filter(validated_at__isnull=True, purged_on__isnull=True).count()
    given = {REDACTION} if not unread and not unseen else set()
    today = timezone.localdate()
    asked = WALK.may_move("restore", walk.state, given=given, on=today, today=today)
    counted = {"texts": unread, "photos": unseen}
    left = mark("Il reste à relire {texts} observation(s) et {photos} photo(s).")
    return Verdict(
        (
            *asked.reasons,
            Reason("unread", not unread and not unseen, left, counted),
            Reason(
                "public_summary", bool(walk.public_summary.strip()),
                mark("Écrivez la restitution que tout le monde lira, dans le compte rendu."), {},
            ),
        )
    )  # fmt: skip


def restore(*, walk: Walk, by: Actor) -> Walk:
    """Everybody reads it; its review is due six months later."""
    with transaction.atomic():
        held = locked(walk)
        verdict = judge_restitution(held)
        if not verdict.ok:
            raise Refused(verdict)
        # Names may have been added since it was written.
        for text in (held.public_summary, *_public_texts(held)):
            _refuse_unless_anonymous(held, text, "public_text")
        held.restored_on = timezone.localdate()
        held.review_due_on = deadlines.review_from(held.restored_on)
        move(held, WALK, "restore", by=by, given={REDACTION})
    return held


def _public_texts(walk: Walk) -> list[str]:
    seen = walk.observations.filter(public=True, merged_into__isnull=True)
    asked = walk.proposals.values_list("title", "text", "reason")
    return [*seen.values_list("public_text", flat=True), *(" ".join(words) for words in asked)]


def judge_plan(walk: Walk) -> Verdict:
    """Whether each thing to mend and each proposal has what becomes of it."""
    waiting = walk.observations.filter(
        merged_into__isnull=True, nature=Observation.Nature.DYSFUNCTION, ticket__isnull=True, outcome=""
    )
    waiting = waiting.exclude(proposals__fate__in=[Proposal.Fate.ACTION, Proposal.Fate.BUDGET])
    unread = waiting.distinct().count()
    open_ones = walk.proposals.filter(fate=Proposal.Fate.OPEN).count()
    begun = walk.observations.exists() or walk.proposals.exists()
    given = {PLAN} if begun and not unread and not open_ones else set()
    today = timezone.localdate()
    asked = WALK.may_move("follow", walk.state, given=given, on=today, today=today)
    left = mark("Il reste {seen} observation(s) et {proposals} proposition(s) sans suite.")
    counted = {"seen": unread, "proposals": open_ones}
    return Verdict((*asked.reasons, Reason("plan", not unread and not open_ones, left, counted)))


def follow(*, walk: Walk, by: Actor) -> Walk:
    """The plan of actions is made, and followed."""
    with transaction.atomic():
        held = locked(walk)
        verdict = judge_plan(held)
        if not verdict.ok:
            raise Refused(verdict)
        move(held, WALK, "follow", by=by, given={PLAN})
    return held


def set_outcome(*, observation: Observation, words: str, base_version: int, by: Actor) -> Observation:
    """What became of it, or why nothing will; read by everybody when the observation is."""
    with transaction.atomic():
        walk = locked(observation.walk)
        held = locked(observation, base_version)
        _refuse_unless_anonymous(walk, words, "outcome")
        held.outcome = words
        held.version += 1
        held.save(update_fields=["outcome", "version"])
        journal.record(by=by, act="walk.outcome", kind="observation", ref=str(held.pk))
    return held


def review(*, walk: Walk, words: str, by: Actor) -> Walk:
    """Six months later: what was done, what was not."""
    with transaction.atomic():
        held = locked(walk)
        today = timezone.localdate()
        if not words.strip():
            raise Refused(
                Verdict.no("review_words", mark("Écrivez le bilan : ce qui est fait, ce qui ne l’est pas."))
            )
        _refuse_unless_anonymous(held, words, "review_words")
        given = {SIX_MONTHS} if held.review_due_on and held.review_due_on <= today else set()
        held.review_words = words
        move(held, WALK, "review", by=by, given=given)
    return held


def _refuse_unless_anonymous(walk: Walk, text: str, field: str) -> None:
    verdict = judge_public_words(walk, text, field)
    if not verdict.ok:
        raise Refused(verdict)
