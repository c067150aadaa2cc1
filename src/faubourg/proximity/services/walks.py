"""A walk before it happens: its frame, its grid, its itinerary, until it is confirmed or taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.contracts.models import Contract
from faubourg.rules.proximity import itinerary
from faubourg.rules.proximity.circuits import WALK
from faubourg.rules.proximity.circuits.walk import FRAME, GUESTS, ITINERARY
from faubourg.rules.proximity.places import Point
from faubourg.rules.verdict import Reason, Verdict, mark
from faubourg.territories.models import Territory

from ..models import Area, ObservationGrid, Walk
from .grids import freeze_grid
from .moving import keep, locked, move

KIND = "walk"
MOST_STOPS = 40
# While new ranks are written, the old ones stand aside.
ASIDE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkWords:
    """What a walk is; `minutes_long` None lets Faubourg estimate it."""

    title: str
    kind: str
    by_night: bool = False
    starts_at: datetime | None = None
    minutes_long: int | None = None
    meeting_point: str = ""
    contract: Contract | None = None
    neighbourhood: Territory | None = None
    grid: ObservationGrid | None = None
    negotiable: str = ""
    not_negotiable: str = ""
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class StopWords:
    """A halt; `pk` None for a new one; degrees WGS 84, both or none."""

    name: str
    words: str = ""
    lon: float | None = None
    lat: float | None = None
    pk: int | None = None


def prepare_walk(*, area: Area, words: WalkWords, by: Actor) -> Walk:
    """A new walk, in preparation."""
    with transaction.atomic():
        walk = Walk(area=area, state="", version=0)
        _take(walk, words)
        walk.save()
        keep(walk, WALK, "prepare", by=by, on=timezone.localdate(), told={"title": walk.title})
    return walk


def edit_walk(*, walk: Walk, words: WalkWords, base_version: int, by: Actor) -> Walk:
    """Change what it is, while it is being prepared; Conflict, Refused."""
    with transaction.atomic():
        held = locked(walk, base_version)
        _refuse_unless_preparing(held)
        _take(held, words)
        held.version += 1
        held.save()
        journal.record(by=by, act="walk.edited", kind=KIND, ref=str(held.pk), after={"title": held.title})
    return held


def set_route(
    *, walk: Walk, stops: Sequence[StopWords], line: Sequence[tuple[float, float]], words: str,
    base_version: int, by: Actor,
) -> Walk:  # fmt: skip
    """The halts in their order, and the line between them: straight through the placed ones without one."""
    with transaction.atomic():
        held = locked(walk, base_version)
        _refuse_unless_preparing(held)
        if len(stops) > MOST_STOPS:
            sentence = mark("Une marche a {most} haltes au plus : faites-en deux.")
            raise Refused(Verdict.no("stops", sentence, most=MOST_STOPS))
        _write_stops(held, stops)
        placed = [
            Point(stop.lon, stop.lat) for stop in stops if stop.lon is not None and stop.lat is not None
        ]
        walked = [Point(*point) for point in line] or placed
        held.route = (
            {"type": "LineString", "coordinates": [list(point) for point in walked]}
            if len(walked) > 1
            else None
        )
        held.route_words = words
        held.version += 1
        held.save()
        told = {"stops": len(stops), "metres": itinerary.length_m(walked)}
        journal.record(by=by, act="walk.routed", kind=KIND, ref=str(held.pk), after=told)
    return held


def _write_stops(walk: Walk, stops: Sequence[StopWords]) -> None:
    """A halt that stays keeps its row: what was seen there hangs on it."""
    kept = {stop.pk for stop in stops if stop.pk}
    walk.stops.exclude(pk__in=kept).delete()
    walk.stops.update(order=F("order") + ASIDE)
    known = {stop.pk: stop for stop in walk.stops.all()}
    for rank, stop in enumerate(stops, start=1):
        row = known.get(stop.pk or 0) or walk.stops.model(walk=walk)
        row.order, row.name, row.words, row.lon, row.lat = rank, stop.name, stop.words, stop.lon, stop.lat
        row.save()


def line_of(walk: Walk) -> list[Point]:
    """The points of its line, (longitude, latitude)."""
    return [Point(lon, lat) for lon, lat, *_height in (walk.route or {}).get("coordinates", [])]


def estimate_of(walk: Walk) -> itinerary.Estimate:
    """Its length and what it takes."""
    return itinerary.estimate(line_of(walk), walk.stops.count())


def judge_confirmation(walk: Walk) -> Verdict:
    """Everything that still lacks before it is confirmed, for the page and for the act."""
    today = timezone.localdate()
    asked = WALK.may_move("confirm", walk.state, given=_given(walk), on=today, today=today)
    more = [
        Reason(
            "walk_start", walk.starts_at is not None, mark("Donnez le jour et l’heure du départ."), {},
        ),
        Reason("walk_grid", walk.grid_id is not None, mark("Choisissez la grille d’observation."), {}),
    ]  # fmt: skip
    return Verdict((*asked.reasons, *more))


def _given(walk: Walk) -> set[str]:
    framed = all(text.strip() for text in (walk.negotiable, walk.not_negotiable, walk.allowed))
    routed = walk.stops.count() > 1 and bool(walk.route or walk.route_words.strip())
    found = {FRAME: framed, ITINERARY: routed, GUESTS: walk.guests.exists()}
    return {guard for guard, met in found.items() if met}


def confirm_walk(*, walk: Walk, base_version: int, by: Actor) -> Walk:
    """It will take place: its frame is written, its itinerary known, its grid frozen."""
    with transaction.atomic():
        held = locked(walk, base_version)
        verdict = judge_confirmation(held)
        if not verdict.ok:
            raise Refused(verdict)
        if held.minutes_long is None:
            held.minutes_long = estimate_of(held).minutes
        if held.grid is not None:
            freeze_grid(grid=held.grid, by=by)
        move(held, WALK, "confirm", by=by, given=_given(held))
    return held


def take_back_walk(*, walk: Walk, reason: str, base_version: int, by: Actor) -> Walk:
    """Something changes: back to the preparation, with its reason."""
    with transaction.atomic():
        held = locked(walk, base_version)
        move(held, WALK, "take_back", by=by, note=reason)
        # Confirmed again, everybody is told what changed.
        held.guests.update(invited_at=None)
    return held


def _take(walk: Walk, words: WalkWords) -> None:
    for name in words.__slots__:
        setattr(walk, name, getattr(words, name))
    if walk.kind == Walk.Kind.NIGHT:
        walk.by_night = True
    if walk.grid is not None and walk.grid.area_id not in (None, walk.area_id):
        raise Refused(Verdict.no("grid", mark("Cette grille est celle d’un autre territoire.")))
    if walk.contract is not None and not walk.area.contracts.filter(pk=walk.contract.pk).exists():
        raise Refused(Verdict.no("contract", mark("Ce contrat n’est pas celui de ce territoire.")))


def _refuse_unless_preparing(walk: Walk) -> None:
    if walk.state != "preparing":
        sentence = mark("Une marche se change pendant sa préparation ; celle-ci est {state}.")
        raise Refused(Verdict.no("walk_state", sentence, state=WALK.states[walk.state]))
