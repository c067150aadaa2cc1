"""A town of 100,000 reports: what residents, agents and the public ask, within the limits of each promise.

Fills an empty database with one area, 300 partners, 300 pieces of land and its reports over four years
(seeded, no name of anybody), then: a report sent through the address that residents post to; what is likely
the same nearby; every list of reports as the coordinator reads it; the referent's day; the map of the town at
five zooms, and a new report on it at once; feeds and Open311. SQL is that of one warm request, CPU the least
and the median of 20 (of this process: on SQLite the database is in it, and may cost twice); a fixed work of
the processor is measured beside each: compare runs by it.
    python benchmarks/proximity.py [--reports 100000] [--filled] [--only carte,signalements] [--times 20]
    python tools/with_postgres.py python benchmarks/proximity.py
"""

import argparse
import logging
import statistics
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from pages import fixed_work, spent  # isort: skip (sets Django up)
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from filling.proximity import HALF, LAT, LON, fill, ground

from faubourg.base import planner
from faubourg.base.models import Pace
from faubourg.people.models import Person
from faubourg.proximity import models as m
from faubourg.proximity.queries.alike import alike_near
from faubourg.rules.proximity.deadlines import day_in_paris

LIST = (12, 60)
PAGE = (15, 60)
TIMES = {"sqlite": 2}
# How often each is asked.
TIMES_ASKED = [20]
STATUS_FOUND, STATUS_REFUSED = 302, 400
# Orders, filters and far pages of the agents' list.
ASKED = (
    "", "?page=2", "?page=500", "?page=2000", "?tri=reference", "?tri=-reference", "?tri=quoi", "?tri=-quoi",
    "?tri=lieu", "?tri=-lieu", "?tri=etat", "?tri=-etat", "?tri=qui", "?tri=-qui", "?tri=signale",
    "?tri=avant", "?tri=-avant", "?tri=qui&page=500", "?tri=-lieu&page=1500", "?retard=on",
    "?retard=on&page=50", "?retard=on&tri=avant", "?q=banc", "?q=banc+lampe", "?q=M00", "?q=rien", "?nuit=on",
    "?nuit=on&page=200", "?etat=ouverts", "?etat=closed", "?etat=closed&tri=avant&page=900", "?etat=new",
    "?quoi=halls", "?quoi=halls&etat=ouverts&tri=qui", "?qui={partner}",
    "?qui={partner}&tri=avant&etat=ouverts",
)  # fmt: skip


@dataclass(frozen=True)
class Promise:
    """`sql` and `cpu` ms at most, `size` bytes at most (0: any)."""

    name: str
    address: str
    sql: int
    cpu: float
    size: int = 0


def area_of() -> m.Area:
    """The one that was filled."""
    return m.Area.objects.get(territory__code="63999")


def somebody(email: str) -> Client:
    """Signed in, as whoever holds that address."""
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(email=email))
    return client


def people(area: m.Area) -> None:
    """A coordinator, and a referent who answers for three services."""
    for email in ("coordination@exemple.fr", "referent@exemple.fr"):
        if not Person.objects.filter(email=email).exists():
            Person.objects.create_user(email)
    by_email = {one.email: one for one in Person.objects.all()}
    m.AreaSeat.objects.get_or_create(
        area=area, person=by_email["coordination@exemple.fr"], task="coordinator", since="2020-01-01"
    )
    busiest = area.partners.filter(tickets__isnull=False).distinct().order_by("pk")[:3]
    m.Referent.objects.filter(partner__in=list(busiest)).update(person=by_email["referent@exemple.fr"])


def lists(area: m.Area) -> list[Promise]:
    """What the team reads."""
    here = f"/proximite/{area.code}/"
    partner = area.partners.filter(tickets__isnull=False).first()
    told = [one.format(partner=partner.pk if partner else 0) for one in ASKED]
    return [
        *(Promise("liste", f"{here}signalements/{one}", *LIST) for one in told),
        Promise("arbitrages", f"{here}sans-responsable/", *LIST),
        Promise("arbitrages", f"{here}sans-responsable/?tri=-lieu&page=5", *LIST),
        Promise("semaine", f"{here}semaine/", *PAGE),
        Promise("accueil", "/", *PAGE),
    ]


def public(area: m.Area) -> list[Promise]:
    """What everybody reads."""
    here = f"/proximite/{area.code}/"
    kilobytes = 100_000
    frames = [(1.2, 12), (0.6, 13), (0.3, 14), (0.12, 16), (0.04, 17), (0.01, 19)]
    boxes = [
        (
            ",".join(
                f"{edge:.4f}" for edge in (LON - HALF * w, LAT - HALF * w, LON + HALF * w, LAT + HALF * w)
            ),
            z,
        )
        for w, z in frames
    ]
    data = [f"{here}carte/donnees.json?bbox={box}&zoom={zoom}" for box, zoom in boxes]
    return [
        *(Promise("carte", one, 8, 50, kilobytes) for one in data),
        Promise("carte, réparés", f"{data[0]}&etat=repares", 8, 50, kilobytes),
        Promise("carte, de nuit", f"{data[0]}&nuit=on", 8, 50, kilobytes),
        Promise("carte, page", f"{here}carte/", *PAGE),
        Promise("avant-après", f"{here}avant-apres/", *PAGE),
        Promise("avant-après", f"{here}avant-apres/?page=20", *PAGE),
        Promise("fil", f"{here}signalements.atom", *PAGE),
        Promise("accueil du territoire", here, *PAGE),
        Promise("quartier", "/quartiers/QN000012/", *PAGE),
        Promise("Open311", f"/open311/v2/requests.json?jurisdiction_id={area.jurisdiction_id}", *PAGE),
        Promise("Open311", f"/open311/v2/requests.xml?jurisdiction_id={area.jurisdiction_id}", *PAGE),
    ]


def told(name: str, what: str, sql: int, pages: list[float], works: list[float], fits: bool) -> int:  # noqa: PLR0917
    """One line of the table; 1 when it is beyond."""
    print(
        f"{name[:14]:14} {what[:64]:64} {sql:4} {min(pages):7.1f} {statistics.median(pages):7.1f} "
        f"{min(works):6.1f}{'' if fits else '  <-- beyond'}",
        flush=True,
    )
    return int(not fits)


def within(cpu: float, limit: float) -> bool:
    """SQLite works in this process: it may cost twice."""
    return cpu <= limit * TIMES.get(connection.vendor, 1)


def ask(client: Client, promise: Promise) -> int:
    """Ask a page warm, twenty times; 1 when a limit is passed."""
    answer = client.get(promise.address)
    if answer.status_code >= STATUS_REFUSED:
        return told(promise.name, f"{promise.address}  {answer.status_code}", 0, [0], [0], False)
    with CaptureQueriesContext(connection) as captured:
        client.get(promise.address)
    sql, pages, works = len(captured), [], []
    for _ in range(TIMES_ASKED[0]):
        pages.append(spent(lambda: client.get(promise.address)))
        works.append(spent(fixed_work))
    size = 0 if answer.streaming else len(answer.content)
    fits = (
        sql <= promise.sql and within(min(pages), promise.cpu) and (not promise.size or size < promise.size)
    )
    return told(promise.name, f"{size / 1000:6.1f} kB {promise.address}", sql, pages, works, fits)


def posted(area: m.Area, n: int) -> dict[str, str]:
    """The last step of a report, somewhere in the busiest part."""
    x, y = (n * 7919 % 1000 / 1000 - 0.5) * HALF, (n * 104_729 % 1000 / 1000 - 0.5) * HALF
    return {
        "go": "send", "step": "photo", "client_id": str(uuid.uuid4()), "category": "halls", "place": "point",
        "lon": f"{LON + x:.6f}", "lat": f"{LAT + y:.6f}", "accuracy": "12", "text": "La porte ne ferme plus.",
        "answer_by": "email", "address": "quelquun@exemple.fr",
    }  # fmt: skip


def reports(area: m.Area) -> int:
    """Twenty reports through the address of residents."""
    client, sql, pages, works = Client(raise_request_exception=False), 0, [], []
    for n in range(TIMES_ASKED[0] + 2):
        Pace.objects.all().delete()  # one address may not send so many in an hour
        data = posted(area, n)
        with CaptureQueriesContext(connection) as captured:
            if n == 1:
                client.post(f"/signaler/{area.code}/", data)
        if n == 1:
            sql = len(captured)
            continue
        cost = spent(lambda data=data: client.post(f"/signaler/{area.code}/", data))
        if not m.Ticket.objects.filter(client_id=data["client_id"]).exists():
            raise SystemExit("A report was refused: these numbers would be a refusal's.")
        if n:
            pages.append(cost)
            works.append(spent(fixed_work))
    fits = sql <= PAGE[0] and within(min(pages), PAGE[1])
    return told("signaler", f"POST /signaler/{area.code}/", sql, pages, works, fits)


def nearby(area: m.Area) -> int:
    """What may be the same, around twenty places where much was reported."""
    category = area.categories.get(code="halls")
    found = m.Ticket.objects.filter(category=category).order_by("-pk")[: TIMES_ASKED[0]]
    places = list(found.values_list("lon", "lat"))
    today = day_in_paris(timezone.now())

    def once(lon: float, lat: float) -> object:
        return alike_near(category, lon, lat, 12, on=today)

    once(*places[0])
    with CaptureQueriesContext(connection) as captured:
        once(*places[0])
    pages = [spent(lambda at=at: once(*at)) for at in places]
    works = [spent(fixed_work)]
    return told(
        "déjà signalé", "alike_near", len(captured), pages, works, within(statistics.median(pages), 10)
    )


def at_once(area: m.Area) -> int:
    """A report is on the map with the next question; 1 when it is not."""
    client = Client()
    data = posted(area, 77)
    Pace.objects.all().delete()
    client.post(f"/signaler/{area.code}/", data)
    ticket = m.Ticket.objects.get(client_id=data["client_id"])
    w = 0.0005
    box = f"{ticket.lon - w},{ticket.lat - w},{ticket.lon + w},{ticket.lat + w}"
    answer = client.get(f"/proximite/{area.code}/carte/donnees.json?bbox={box}&zoom=19")
    seen = ticket.reference in answer.content.decode()
    print(f"a new report on the map with the next question: {'yes' if seen else 'NO  <-- beyond'}")
    return int(not seen)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--filled", action="store_true", help="measure what an earlier run has filled")
    parser.add_argument("--only", default="", help="words of the names and addresses, commas between")
    parser.add_argument("--times", type=int, default=20, help="how often each is asked")
    options = parser.parse_args()
    TIMES_ASKED[0] = options.times
    settings.ALLOWED_HOSTS = ["testserver"]
    logging.getLogger("django.request").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0)
    if not options.filled:
        person = Person.objects.create_user("mesure@exemple.fr")
        area = ground(person)
        fill(area, options.reports, person.actor)
    area = area_of()
    people(area)
    planner.count_rows()
    words = options.only.split(",")
    print(f"{connection.vendor}: {m.Ticket.objects.count():,} reports of one town")
    print(f"{'':14} {'':64} {'SQL':>4} {'CPU ms':>7} {'median':>7} {'fixed':>6}")
    return min(asked_for(area, lambda text: any(word in text for word in words)), 1)


def asked_for(area: m.Area, wanted: Callable[[str], bool]) -> int:
    """What is asked for, measured; how many are beyond a limit."""
    beyond = 0
    if wanted("signaler"):
        beyond += reports(area) + at_once(area)
    if wanted("nearby"):
        beyond += nearby(area)
    mine = [
        Promise("mes rapports", f"/mes-signalements/{one}", *LIST)
        for one in ("", f"?lon={LON}&lat={LAT}", "?tri=-qui")
    ]
    readers = [
        (somebody("coordination@exemple.fr"), lists(area)),
        (somebody("referent@exemple.fr"), [*mine, Promise("accueil", "/", *PAGE)]),
        (Client(raise_request_exception=False), public(area)),
    ]
    for client, promises in readers:
        beyond += sum(ask(client, one) for one in promises if wanted(one.name + one.address))
    print(f"{beyond} beyond their limit")
    return beyond


if __name__ == "__main__":
    sys.exit(main())
