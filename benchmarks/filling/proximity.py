"""One town with its reports, seeded: 60 neighbourhoods, 300 partners and pieces of land, four years.

Three quarters fall around 900 places where reports come back, by day and by night; most of what is old is
settled. Nobody's name is in it.
"""

import random
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import shapely
from django.utils import timezone
from shapely import to_geojson, to_wkb

from faubourg.base.actor import Actor
from faubourg.base.models import Document
from faubourg.people.models import Organisation, Person
from faubourg.proximity import models as m
from faubourg.proximity.services.opening import open_area
from faubourg.territories.models import Perimeter, Source, Territory

LON, LAT, HALF = 3.087, 45.779, 0.05
PLACES, PARTNERS, SPOTS_OF_TROUBLE = 60, 300, 900
DAYS, RECENT = 1460, 60
LOT = 2000
# Where what is older than two months stands, and what is newer; in percent.
OLD = {"closed": 80, "duplicate": 8, "refused": 4, "referred": 1, "assigned": 3, "planned": 1, "unowned": 1,
       "in_progress": 1, "declared_done": 1}  # fmt: skip
NEW = {"new": 12, "qualified": 6, "unowned": 4, "assigned": 22, "planned": 10, "in_progress": 8,
       "declared_done": 12, "verified": 2, "closed": 18, "duplicate": 4, "refused": 2}  # fmt: skip
_TO = ["new", "qualified", "assigned", "planned", "in_progress", "declared_done", "verified", "closed"]
# The moves that led to each state.
WAYS = {
    **{state: _TO[: rank + 1] for rank, state in enumerate(_TO)},
    "closed": ["new", "qualified", "assigned", "declared_done", "closed"],
    "unowned": ["new", "qualified", "unowned"],
    "duplicate": ["new", "duplicate"],
    "refused": ["new", "refused"],
    "referred": ["new", "referred"],
}
MOVES = {"new": "file", "qualified": "qualify", "assigned": "assign", "planned": "plan",
         "in_progress": "start", "declared_done": "declare_done", "verified": "verify",
         "closed": "close_silence", "unowned": "find_no_owner", "duplicate": "mark_duplicate",
         "refused": "refuse", "referred": "refer"}  # fmt: skip
WORDS = [
    "banc",
    "lampe",
    "dépôt",
    "trottoir",
    "hall",
    "sacs",
    "grille",
    "arbre",
    "panneau",
    "voiture",
    "rats",
]


def keep(rows: Iterable[Any]) -> list[Any]:
    """Insert them a lot at a time."""
    kept, waiting = [], iter(rows)
    while lot := list(islice(waiting, LOT)):
        kept += type(lot[0])._base_manager.bulk_create(lot)
    return kept


def square(west: float, south: float, side: float) -> Any:
    """A polygon of Shapely."""
    return shapely.box(west, south, west + side, south + side)


def ground(person: Person) -> m.Area:
    """The town, its contours, its partners with a referent each, their land; one table of one route."""
    town = Territory.objects.create(kind="commune", code="63999", name="Ville mesurée", lon=LON, lat=LAT)
    source = Source.objects.create(slug="mesure", title="Mesure")
    area = open_area(territory=town, by=person.actor)
    places = keep(
        Territory(kind="neighbourhood", code=f"QN{n:06d}", name=f"Quartier {n}", sort_key=f"quartier {n:03}")
        for n in range(PLACES)
    )
    side = HALF / 4
    squares = [
        square(LON - HALF + side * (n % 8), LAT - HALF + side * (n // 8), side * 0.9) for n in range(PLACES)
    ]
    keep(_perimeter(place, "qpv_2024", drawn, source) for place, drawn in zip(places, squares, strict=True))
    whole = square(LON - HALF, LAT - HALF, HALF * 2)
    keep([_perimeter(town, Perimeter.Kind.ADMINISTRATIVE, whole, source)])
    lead = Organisation.objects.create(name="Ville mesurée", kind="commune")
    partners = keep(
        m.Partner(area=area, organisation=lead, name=f"Service {n:03}", kind="town") for n in range(PARTNERS)
    )
    keep(m.Referent(partner=one, name="Référent·e", since=date(2020, 1, 1)) for one in partners)
    keep(_land(area, one, n) for n, one in enumerate(partners))
    m.Route.objects.create(area=area, order=1)
    return area


def _perimeter(place: Territory, kind: str, drawn: Any, source: Source) -> Perimeter:
    west, south, east, north = drawn.bounds
    return Perimeter(
        territory=place, kind=kind, valid_from=date(2024, 1, 1), source=source, wkb=to_wkb(drawn),
        outline=to_geojson(drawn), west=west, south=south, east=east, north=north,
    )  # fmt: skip


def _land(area: m.Area, partner: m.Partner, n: int) -> m.Land:
    """Three hundred squares side by side: a piece of land for each partner."""
    side = HALF * 2 / 18
    drawn = square(LON - HALF + side * (n % 18), LAT - HALF + side * (n // 18), side)
    west, south, east, north = drawn.bounds
    return m.Land(
        area=area, partner=partner, name=f"Sol {n}", use="street", geometry=shapely.geometry.mapping(drawn),
        west=west, south=south, east=east, north=north,
    )  # fmt: skip


def fill(area: m.Area, reports: int, by: Actor) -> None:
    """So many reports with their steps, a tenth of them with photographs, arbitrations for the unowned."""
    chance = random.Random(2026)
    file = Document.objects.create(
        sha256="0" * 64, name="photo.jpg", media_type="image/jpeg", size=1,
    )  # fmt: skip
    waiting, rank = _reports(area, reports, chance), 0
    while lot := keep(islice(waiting, LOT)):
        keep(step for one in lot for step in _steps(one))
        keep(_arbitration(one) for one in lot if one.state == "unowned")
        keep(photo for n, one in enumerate(lot) if n % 10 == 0 for photo in _photos(one, file, rank + n))
        rank += LOT


def _arbitration(one: m.Ticket) -> m.Arbitration:
    return m.Arbitration(
        ticket=one,
        opened_on=one.created_at.date(),
        due_on=one.due_on or one.created_at.date(),
        reason="Personne ne répond ici.",
    )


def _reports(area: m.Area, reports: int, chance: random.Random) -> Iterator[m.Ticket]:
    categories = list(area.categories.all())
    partners = list(area.partners.order_by("pk"))
    places = list(Territory.objects.filter(kind="neighbourhood").order_by("code"))
    trouble = [(chance.uniform(-HALF, HALF), chance.uniform(-HALF, HALF)) for _ in range(SPOTS_OF_TROUBLE)]
    first = _report(area, reports, timezone.now() - timedelta(days=DAYS), (0, 0), "closed", chance,
                    categories, partners, places)  # fmt: skip
    first.save()
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    for n in range(reports):
        age = DAYS * (reports - n) // reports
        came = midnight - timedelta(days=age) + timedelta(minutes=chance.randrange(1440 if age else 1))
        x, y = _somewhere(chance, trouble)
        state = chance.choices(*zip(*(OLD if age > RECENT else NEW).items(), strict=True))[0]
        one = _report(area, n, came, (x, y), state, chance, categories, partners, places)
        one.original = first if state == "duplicate" else None
        yield one


def _somewhere(chance: random.Random, trouble: list[tuple[float, float]]) -> tuple[float, float]:
    if chance.random() < 0.75:
        x, y = chance.choice(trouble)
        x, y = x + chance.gauss(0, 0.0003), y + chance.gauss(0, 0.0002)
    else:
        x, y = chance.uniform(-HALF, HALF), chance.uniform(-HALF, HALF)
    return (min(max(one, -HALF * 0.999), HALF * 0.999) for one in (x, y))  # type: ignore[return-value]


def _report(  # noqa: PLR0917 (drawn at one place)
    area: m.Area, n: int, came: datetime, at: tuple[float, float], state: str, chance: random.Random,
    categories: list[m.Category], partners: list[m.Partner], places: list[Territory],
) -> m.Ticket:  # fmt: skip
    x, y = at
    column, row = int((x + HALF) / (HALF / 4)), int((y + HALF) / (HALF / 4))
    place = row * 8 + column
    side = HALF * 2 / 18
    owner = int((y + HALF) / side) * 18 + int((x + HALF) / side)
    way = WAYS[state]
    done = came + timedelta(days=chance.randrange(1, 40)) if "declared_done" in way else None
    return m.Ticket(
        area=area, client_id=uuid.UUID(int=chance.getrandbits(128)), reference=f"M{n:07d}", state=state,
        category=chance.choice(categories), lon=LON + x, lat=LAT + y,
        accuracy_m=chance.choice([5, 12, 30, 60, 150]),
        text="Ce que quelqu’un a écrit. " * 6, public_text=f"{chance.choice(WORDS)} {chance.choice(WORDS)}"
        if state != "new" else "", by_night=not 6 <= came.hour < 22, severity=chance.randrange(1, 5),
        channel=chance.choice(["web", "qr", "phone", "open311"]), place_words="Devant l’entrée",
        neighbourhood=places[place] if place < PLACES else None,
        partner=partners[owner % PARTNERS] if "assigned" in way else None,
        routing={"answer": "routed", "reasons": [{"code": "sol", "met": True, "sentence": "Sol." * 8}] * 3},
        due_on=came.date() + timedelta(days=chance.choice([3, 7, 14])),
        planned_on=came.date() + timedelta(days=9) if state == "planned" else None,
        declared_done_at=done, closed_at=done + timedelta(days=15) if done and state == "closed" else None,
        reopened=int(chance.random() < 0.05) if done else 0, public_reason="Voir ailleurs"
        if state in ("refused", "referred") else "", created_at=came,
    )  # fmt: skip


def _steps(one: m.Ticket) -> Iterator[m.TicketStep]:
    way, before = WAYS[one.state], ""
    end = one.closed_at or one.declared_done_at or one.created_at + timedelta(days=6)
    for rank, state in enumerate(way):
        on = one.created_at + (end - one.created_at) * rank / max(len(way) - 1, 1)
        yield m.TicketStep(
            ticket=one, before=before, after=state, move=MOVES[state], on=on.date(), by_name="Mesure",
            public=True,
        )  # fmt: skip
        before = state


def _photos(one: m.Ticket, file: Document, n: int) -> Iterator[m.Photo]:
    """Before, and after when it is done; two thirds were looked at."""
    moments = ["before", "after"] if one.declared_done_at else ["before"]
    looked = one.created_at + timedelta(days=2) if n % 30 else None
    for rank, moment in enumerate(moments):
        yield m.Photo(
            ticket=one, sent_sha256=f"{n:063d}{rank}", document=file, redacted=file if looked else None,
            validated_at=looked, width=800, height=600, moment=moment, words="la rue",
        )  # fmt: skip
