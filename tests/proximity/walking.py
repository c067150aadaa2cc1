"""A small walk for tests: an area, whoever runs it, and the words of a frame."""

from datetime import UTC, datetime
from uuid import uuid4

from faubourg.proximity.models import Area, Observation, Walk
from faubourg.proximity.services import observing, walk_guests, walk_minutes, walks
from faubourg.proximity.services.grids import shipped_grids
from faubourg.proximity.services.observing import Seen
from faubourg.proximity.services.walk_guests import GuestWords
from faubourg.proximity.services.walk_minutes import MinutesWords
from faubourg.proximity.services.walks import StopWords, WalkWords
from tests.factories.proximity import LAT, LON

NIGHT = datetime(2026, 3, 12, 20, tzinfo=UTC)
FRAME = {
    "negotiable": "L’éclairage des passages.",
    "not_negotiable": "Le budget voté.",
    "allowed": "Photographier les lieux, jamais les personnes.",
}
STOPS = (
    StopWords("Arrêt de bus", "la lumière", LON, LAT),
    StopWords("Passage sous la tour", "", LON + 0.002, LAT),
    StopWords("Square", "", LON + 0.002, LAT + 0.001),
)


def grid(kind: str = "exploratory"):
    return next(one for one in shipped_grids() if one.kind == kind)


def words(**more) -> WalkWords:
    told = {"title": "Marche du soir", "kind": Walk.Kind.EXPLORATORY, "by_night": True, "starts_at": NIGHT}
    return WalkWords(**{**told, "grid": grid(), **FRAME, **more})


def prepared(area: Area, by, *, stops=STOPS, guests=1, **more) -> Walk:
    walk = walks.prepare_walk(area=area, words=words(**more), by=by)
    walk = walks.set_route(walk=walk, stops=stops, line=[], words="", base_version=walk.version, by=by)
    for rank in range(guests):
        told = GuestWords(
            name=f"Fatoumata Ouvrard {rank}", email=f"invitee{rank}@exemple.fr", role="resident"
        )
        walk_guests.add_guest(walk=walk, words=told, by=by)
    return walk


def confirmed(area: Area, by, **more) -> Walk:
    walk = prepared(area, by, **more)
    return walks.confirm_walk(walk=walk, base_version=walk.version, by=by)


def held(area: Area, by, *, people_count: int = 12, **more) -> Walk:
    walk = confirmed(area, by, **more)
    return walk_minutes.hold_walk(walk=walk, came=[], people_count=people_count, by=by)


def seen(walk: Walk, by, **more) -> Observation:
    told = {
        "stop": walk.stops.first(),
        "criterion": "lighting",
        "principle": "seeing",
        "nature": "dysfunction",
        "severity": 3,
        "text": "Deux lampes sur trois sont éteintes.",
        "seen_at": NIGHT,
    }
    return observing.note(walk=walk, seen=Seen(**{**told, **more}), client_id=uuid4(), by=by)


def validated(area: Area, by, *, observations: int = 1, **more) -> Walk:
    walk = held(area, by, **more)
    for _one in range(observations):
        seen(walk, by)
    told = MinutesWords(
        summary="Un tour d’une heure.", public_summary="Le groupe a vu des lampes.", people_count=12
    )
    walk = walk_minutes.write_minutes(walk=walk, words=told, base_version=walk.version, by=by)
    return walk_minutes.validate_minutes(walk=walk, by=by)


def reread_all(walk: Walk, by, *, public: bool = True) -> None:
    for row in walk.observations.filter(merged_into__isnull=True):
        walk_minutes.reread(
            observation=row,
            public=public,
            public_text="Des lampes sont éteintes." if public else "",
            base_version=row.version,
            by=by,
        )


def restored(area: Area, by, **more) -> Walk:
    walk = validated(area, by, **more)
    reread_all(walk, by)
    return walk_minutes.restore(walk=walk, by=by)
