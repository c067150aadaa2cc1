"""What is seen on a walk: noted on a computer, corrected, gathered when several people saw the same thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.proximity.circuits import WALK
from faubourg.rules.verdict import Verdict, mark

from ..access.walks import NOTING
from ..models import Category, Observation, Walk, WalkStop
from .moving import locked

KIND = "observation"
Theme = Category.Theme
# Where a theme of the shipped grids leads among the themes of reports; another one is « other ».
THEME_OF = {
    "cleanliness": Theme.CLEANLINESS,
    "waste": Theme.BULKY,
    "lighting": Theme.LIGHTING,
    "shadows": Theme.LIGHTING,
    "roads": Theme.STREETS,
    "ways-home": Theme.LIGHTING,
    "parking": Theme.VEHICLES,
    "greenery": Theme.GREEN,
    "equipment": Theme.GREEN,
    "halls": Theme.BUILDINGS,
    "fronts": Theme.BUILDINGS,
    "tranquillity": Theme.TRANQUILLITY,
    "noise": Theme.TRANQUILLITY,
}
AFTER_VALIDATION = mark(
    "Les observations se notent jusqu’à la validation du compte rendu ; cette marche est {state}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one note-taker saw; degrees WGS 84, both or none; `severity` of 1 to 4, None for an asset."""

    stop: WalkStop | None
    criterion: str
    nature: str
    seen_at: datetime
    principle: str = ""
    severity: int | None = None
    text: str = ""
    proposal: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy_m: int | None = None


def note(*, walk: Walk, seen: Seen, client_id: UUID, by: Actor) -> Observation:
    """Keep an observation; the same one sent twice is one. Where it has no point, it has its halt’s."""
    with transaction.atomic():
        held = locked(walk)
        known = Observation.objects.filter(client_id=client_id).first()
        if known is not None:
            return _own(known, held)
        _refuse_when_validated(held)
        row = Observation(walk=held, client_id=client_id, taken_by=by.ref, taken_by_name=by.name)
        _take(row, seen)
        row.save()
        _record(by, row, act="walk.observed")
    return row


def _own(known: Observation, walk: Walk) -> Observation:
    if known.walk_id != walk.pk:
        raise Refused(Verdict.no("client_id", mark("Cette observation est celle d’une autre marche.")))
    return known


def edit_observation(*, observation: Observation, seen: Seen, base_version: int, by: Actor) -> Observation:
    """Correct it until the minutes are validated; Conflict, Refused."""
    with transaction.atomic():
        walk = locked(observation.walk)
        held = locked(observation, base_version)
        _refuse_when_validated(walk)
        _take(held, seen)
        held.version += 1
        # What was read again is not what is written now.
        held.reread_at, held.public = None, False
        held.save()
        _record(by, held, act="walk.observation_edited")
    return held


def merge(*, keep: Observation, others: Sequence[Observation], by: Actor) -> Observation:
    """Several saw the same thing at the same place: one stands for all, each keeps its words."""
    with transaction.atomic():
        walk = locked(keep.walk)
        _refuse_when_validated(walk)
        rows = {row.pk: row for row in walk.observations.select_for_update()}
        kept = rows.get(keep.pk)
        found = [rows[one.pk] for one in others if one.pk in rows and one.pk != keep.pk]
        if kept is None or not found or len(found) < len(others):
            sentence = mark("Choisissez au moins deux observations de cette marche.")
            raise Refused(Verdict.no("merge", sentence))
        _refuse_wrong_merge(rows.values(), kept, found)
        for one in found:
            one.merged_into = kept
            one.version += 1
            one.save(update_fields=["merged_into", "version"])
        told = {"observations": len(found) + 1}
        journal.record(by=by, act="walk.merged", kind=KIND, ref=str(kept.pk), after=told)
    return kept


def _refuse_wrong_merge(rows: Iterable[Observation], kept: Observation, found: Sequence[Observation]) -> None:
    """Neither chains of merges, nor an asset with what has to be mended, nor what became a report."""
    parents = {row.merged_into_id for row in rows}
    if kept.merged_into_id or any(one.merged_into_id or one.pk in parents for one in found):
        sentence = mark("Une observation choisie est déjà réunie à d’autres : séparez-les d’abord.")
    elif any(one.nature != kept.nature for one in found):
        sentence = mark("Un atout et un dysfonctionnement ne se réunissent pas.")
    elif any(one.ticket_id for one in found):
        sentence = mark("Gardez celle qui est déjà un signalement : les autres s’y réunissent.")
    else:
        return
    raise Refused(Verdict.no("merge", sentence))


def unmerge(*, observation: Observation, by: Actor) -> Observation:
    """It was something else after all: it stands alone again, as it was."""
    with transaction.atomic():
        _refuse_when_validated(locked(observation.walk))
        held = locked(observation)
        if held.merged_into_id is not None:
            told = {"observations": 1}
            journal.record(by=by, act="walk.unmerged", kind=KIND, ref=str(held.pk), after=told)
            held.merged_into = None
            held.version += 1
            held.save(update_fields=["merged_into", "version"])
    return held


def _take(row: Observation, seen: Seen) -> None:
    for name in seen.__slots__:
        setattr(row, name, getattr(seen, name))
    if row.nature == Observation.Nature.ASSET:
        row.severity = None
    if row.stop is not None and row.stop.walk_id != row.walk_id:
        raise Refused(Verdict.no("stop", mark("Cette halte est celle d’une autre marche.")))
    if row.lon is None and row.stop is not None:
        row.lon, row.lat = row.stop.lon, row.stop.lat
    row.theme = THEME_OF.get(row.criterion, Theme.OTHER)


def _refuse_when_validated(walk: Walk) -> None:
    if walk.state not in NOTING:
        raise Refused(Verdict.no("walk_state", AFTER_VALIDATION, state=WALK.states[walk.state]))


def _record(by: Actor, row: Observation, *, act: str) -> None:
    nature = str(Observation.Nature(row.nature).label)
    told = {"theme": str(Theme(row.theme).label), "nature": nature}
    journal.record(by=by, act=act, kind=KIND, ref=str(row.pk), after=told)


def place_words(observation: Observation) -> str:
    """Where it was seen, in words: its halt, or what the walk says."""
    if observation.stop is not None:
        return observation.stop.name
    return gettext("en chemin, « %(walk)s »") % {"walk": observation.walk.title}
