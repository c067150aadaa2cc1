"""Residents’ funds at ten times Nord-Pas-de-Calais: 1,150 associations, 38,000 micro-projects in a year.

Fills an empty database with a fund each, its committee, requests, voices and receipts (seeded, no name of
anybody), then what neighbours, members, the association and whoever set the funds ask: lists, a fund, its
requests, a committee, a request sent, a voice given. SQL is that of one warm request, CPU the least and the
median of 20; a fixed work of the processor is measured beside each page: compare runs by it.
    python benchmarks/funds.py [--times 10] [--filled]
    python tools/with_postgres.py python benchmarks/funds.py
"""

import argparse
import logging
import statistics
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from pages import CPU_LIMIT_MS, REQUESTS, SQL_LIMIT, fixed_work, measure, reader, signed_in, spent  # isort: skip (sets Django up)
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from filling.funds import THIS_YEAR, fill

from faubourg.base import planner
from faubourg.calls import models as m
from faubourg.people.models import Person
from faubourg.territories.models import Territory

# A year in Nord-Pas-de-Calais: associations that manage a fund, micro-projects.
MANAGERS, PROJECTS = 115, 3_800
PLACES = 60
SENT_SQL, SENT_MS = 60, 150
LISTS = (
    "", "?tri=accorde", "?tri=-accorde", "?tri=projets", "?tri=-projets&page=10", "?tri=tenu-par",
    "?q=habitants", "?q=rien", "?ouverts=on", "?page=20",
)  # fmt: skip


def holder(fund: m.ResidentFund) -> Client:
    """Who administers the association that holds this fund."""
    client = reader("tient")
    person = Person.objects.get(email="tient@exemple.fr")
    told = {"organisation": fund.manager, "person": person, "role": "administrator"}
    m.ApplicantRole.objects.get_or_create(**told, defaults={"since": date(THIS_YEAR, 1, 1)})
    return client


def member(fund: m.ResidentFund) -> Client:
    """Somebody of its committee, on a phone."""
    client = reader("membre")
    seat = fund.members.order_by("pk")[0]
    m.FundMember.objects.filter(pk=seat.pk).update(person=Person.objects.get(email="membre@exemple.fr"))
    return client


def read(who: str, client: Client, addresses: list[str]) -> int:
    """Print what each page costs; how many are beyond a limit."""
    beyond = 0
    print(f"{who:62} {'status':>6} {'SQL':>4} {'CPU ms':>7} {'median':>7} {'fixed work':>10}")
    for address in addresses:
        found = measure(client, address)
        fits = found.status == 200 and found.sql <= SQL_LIMIT and found.cpu <= CPU_LIMIT_MS
        beyond += not fits
        _line(address, found.status, found.sql, (found.cpu, found.median, found.work), fits=fits)
    return beyond


def _line(name: str, status: int, sql: int, spent_ms: tuple[float, float, float], *, fits: bool) -> None:
    """`spent_ms`: the least and the median of CPU, then the fixed work."""
    least, median, work = spent_ms
    flag = "" if fits else "  <-- beyond"
    print(f"{name:62.62} {status:6} {sql:4} {least:7.1f} {median:7.1f} {work:10.1f}{flag}")


def sent(name: str, act: Callable[[int], Any]) -> int:
    """What sending one thing costs; 1 when it is beyond a limit."""
    pages, works = [], []
    act(0)
    with CaptureQueriesContext(connection) as captured:
        status = act(1).status_code
    # Read at once: the next request empties the log.
    sql = len(captured)
    for rank in range(2, REQUESTS + 2):
        pages.append(spent(lambda rank=rank: act(rank)))
        works.append(spent(fixed_work))
    fits = status == 302 and sql <= SENT_SQL and min(pages) <= SENT_MS
    _line(name, status, sql, (min(pages), statistics.median(pages), min(works)), fits=fits)
    return int(not fits)


def fund_of_most() -> m.ResidentFund:
    """The one whose committee has most requests before it."""
    waiting = Count("microprojects", filter=Q(microprojects__state="before_committee"))
    return m.ResidentFund.objects.annotate(waiting=waiting).order_by("-waiting", "pk")[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="as many times Nord-Pas-de-Calais")
    parser.add_argument("--filled", action="store_true", help="measure what an earlier run has filled")
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    logging.getLogger("django.request").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0)
    if not options.filled:
        places = [
            Territory.objects.create(kind="neighbourhood", code=f"QN{n:06d}", name=f"Quartier {n}")
            for n in range(PLACES)
        ]
        fill(MANAGERS * options.times, PROJECTS * options.times, places)
    planner.count_rows()
    print(
        f"{connection.vendor}: {m.Microproject.objects.count():,} micro-projects of "
        f"{m.ResidentFund.objects.count():,} funds"
    )
    fund = fund_of_most()
    at, committee = f"/fonds/{fund.code}/", fund.committees.get()
    project = committee.microprojects.order_by("pk")[0]
    lists = [f"/fonds/{query}" for query in LISTS]
    beyond = read("a neighbour", Client(), [*lists, at, f"{at}demander/", f"/fonds/demande/{project.key}/"])
    beyond += read("who set the funds", signed_in(), ["/fonds/", f"{at}modifier/"])
    held = [at, f"{at}demandes/", f"{at}demandes/?q=jardin", f"{at}demandes/?tri=-accorde", f"{at}membres/"]
    held += [f"{at}comite/", f"/fonds/comites/{committee.pk}/", f"/fonds/demandes/{project.pk}/"]
    beyond += read("who holds the fund", holder(fund), held)
    voter = member(fund)
    beyond += read("a member of its committee", voter, [at, f"/fonds/comites/{committee.pk}/"])
    return beyond + _acts(fund, committee, project, voter)


def _acts(fund: m.ResidentFund, committee: m.Committee, project: m.Microproject, voter: Client) -> int:
    asking, place = reader("voisin"), fund.territories.get()

    def ask(rank: int) -> Any:
        told = {
            "title": f"Un repas {rank}", "collective": "Les voisins", "what": "Manger ensemble.",
            "asked": "450", "nature": "operating", "territory": place.pk, "contact": "06 00 00 00 00",
        }  # fmt: skip
        return asking.post(f"/fonds/{fund.code}/demander/", told)

    def vote(rank: int) -> Any:
        told = {"project": project.pk, "voice": "yes", "cents": str(300 + rank)}
        return voter.post(f"/fonds/comites/{committee.pk}/", told)

    return sent("POST /fonds/<code>/demander/", ask) + sent("POST /fonds/comites/<pk>/", vote)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
