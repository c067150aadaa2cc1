"""A call of 10,000 dossiers: pages within 15 queries and 60 ms of CPU, a submission within 60 and 150.

Fills an empty database with one call, its dossiers, lines, requests, papers, opinions, ranks and a jury
(seeded, no name of anybody), then asks, as who runs the call, every address of the room `calls` that they can
fill; then, as a member of its jury, what a reviewer reads; then twenty whole dossiers are submitted by their
signatories through the address that the page posts to. SQL is that of one warm request, CPU the least and
the median of 20; a fixed work of the processor is measured beside each page: compare runs by it.
    python benchmarks/calls.py [--dossiers 10000] [--filled] [--only dossiers]
    python tools/with_postgres.py python benchmarks/calls.py
"""

import argparse
import logging
import re
import statistics
import sys
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from pages import (  # isort: skip (sets Django up)
    CPU_LIMIT_MS,
    REQUESTS,
    SQL_LIMIT,
    fixed_work,
    measure,
    reader,
    signed_in,
    spent,
)
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from filling.calls import call_of, fill
from filling.drafts import draft_of, signatory

from faubourg.base import planner
from faubourg.calls import models as m
from faubourg.calls import urls
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation, Person
from faubourg.territories.models import Source, Territory

CONTRACTS, PLACES = 20, 60
# A whole submission: locked, judged, numbered, kept, told in the journal.
SUBMISSION_SQL, SUBMISSION_MS = 60, 150
IN_TIME = datetime(2015, 1, 20, 10, tzinfo=ZoneInfo("Europe/Paris"))
# Beside the plain list: its orders, its filters, a page far away.
QUERIES = (
    "?tri=montant", "?tri=-rang", "?tri=titre", "?q=jardin", "?etat=ranked", "?retard=on", "?page=150",
    "?mesure=f1&etat=complete", "?quartier=QN000001",
)  # fmt: skip
_PLACE = re.compile(r"(?:([a-z-]+)/)?<(?:\w+:)?(\w+)>")
# An address names an object by its key, after the word that says what it is.
WORDS: dict[str, Any] = {
    "dossiers": m.Application.objects.filter(state="before_jury"),
    "jurys": m.Jury.objects,
    "seances": m.JurySession.objects,
    "jeux-de-regles": m.RuleSetVersion.objects,
    "avis": m.CallFunder.objects,
    "priorisation": Contract.objects,
    "enveloppes": m.Envelope.objects,
}


def ground() -> tuple[list[Contract], list[Territory], Organisation]:
    """Contracts and places that the dossiers name."""
    lead = Organisation.objects.create(name="Région", kind="region")
    places = [
        Territory.objects.create(kind="neighbourhood", code=f"QN{n:06d}", name=f"Quartier {n}")
        for n in range(PLACES)
    ]
    source = Source.objects.create(slug="mesure", title="Mesure")
    above = Territory.objects.create(kind="departement", code="59", name="Département")
    contracts = [
        Contract.objects.create(
            code=f"CV{n:03d}", name=f"Contrat {n}", generation="2024", source=source, departement=above
        )
        for n in range(CONTRACTS)
    ]
    for n, contract in enumerate(contracts):
        epci = Territory.objects.create(
            kind="epci", code=f"2459{n:05d}", name=f"Agglomération {n}", departement=above
        )
        contract.bearers.create(printed_code=epci.code, territory=epci)
    return contracts, places, lead


def addresses(call: m.Call) -> tuple[list[str], list[str]]:
    """Every address of the room that this call can fill; those that it cannot."""
    asked: list[str] = []
    unknown: list[str] = []
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        address = filled(route, call)
        (asked if address else unknown).append(address or route)
    at = asked.index(f"/appels/{call.code}/dossiers/")
    asked[at + 1 : at + 1] = [f"{asked[at]}{query}" for query in QUERIES]
    return asked, unknown


def filled(route: str, call: m.Call) -> str:
    """The address that this call gives to a route; empty when it has nothing to name there."""
    for place in _PLACE.finditer(route):
        word, name = place.groups()
        if word == "dossiers" and name == "item":
            item = m.JuryItem.objects.values_list("pk", flat=True).first()
            route = route.replace(place.group(0), f"dossiers/{item}", 1)
            continue
        value: Any = call.code if word == "appels" else None
        if value is None and name == "year":
            value = call.year
        if value is None and word in WORDS:
            value = WORDS[word].values_list("pk", flat=True).first()
        if value is None:
            return ""
        route = route.replace(place.group(0), f"{word}/{value}" if word else str(value), 1)
    return "/" + route


def reviewer(call: m.Call) -> tuple[Client, list[str]]:
    """A member of the jury whose interests are declared, and what they open."""
    client = reader("jure")
    person = Person.objects.get(email="jure@exemple.fr")
    seat = m.Juror.objects.filter(jury__call=call).order_by("pk")[0]
    m.Juror.objects.filter(pk=seat.pk).update(person=person, declared_at=timezone.now())
    session = m.JurySession.objects.filter(jury=seat.jury_id)[0]
    item = session.items.order_by("order")[0]
    pages = ("", f"dossiers/{item.pk}/", "cahier/", "notes/", f"?dossier={item.pk}", "direct/")
    return client, [f"/seances/{session.pk}/{page}" for page in pages]


def at_hand() -> None:
    """The session sits, its first dossier is on every screen, an envelope is kept for a territory."""
    session = m.JurySession.objects.order_by("pk")[0]
    item = session.items.order_by("order")[0]
    m.JurySession.objects.filter(pk=session.pk).update(state="open", at_hand=item)
    funder = m.CallFunder.objects.order_by("pk")[0]
    place = Territory.objects.filter(kind="epci").order_by("pk").first()
    kept = {"funder": funder, "nature": "operating", "year": 2015, "territory": place}
    if not m.Envelope.objects.filter(**kept).exists():
        m.Envelope.objects.create(**kept, amount_cents=50_000_000, level="voted")


def submissions(call: m.Call) -> int:
    """Twenty dossiers are signed and submitted; 1 when one of them, or their least, is beyond a limit."""
    m.Call.objects.filter(pk=call.pk).update(state="applications_open")
    queries, pages, works = 0, [], []
    with time_machine.travel(IN_TIME, tick=True):
        for rank in range(REQUESTS + 1):
            draft = draft_of(call, rank)
            client, said = signatory(draft), {"sworn": "on", "version": draft.version}
            client.get("/mes-dossiers/")
            if rank == 0:
                with CaptureQueriesContext(connection) as captured:
                    client.post(f"/dossiers/{draft.pk}/deposer/", said)
                queries = len(captured)
            else:
                pages.append(spent(partial(client.post, f"/dossiers/{draft.pk}/deposer/", said)))
                works.append(spent(fixed_work))
            draft.refresh_from_db()
            if draft.state != "submitted":
                raise SystemExit("A whole dossier was refused: these numbers would be a refusal's.")
    m.Call.objects.filter(pk=call.pk).update(state=call.state)
    fits = queries <= SUBMISSION_SQL and min(pages) <= SUBMISSION_MS
    print(
        f"{'POST /dossiers/<pk>/deposer/':62} {302:6} {queries:4} {min(pages):7.1f} "
        f"{statistics.median(pages):7.1f} {min(works):10.1f}{'' if fits else '  <-- beyond'}"
    )
    return int(not fits)


def report(client: Client, asked: list[str], unknown: list[str], who: str = "who runs the call") -> int:
    """Print the table; how many pages are beyond a limit."""
    beyond, absent = 0, []
    works: list[float] = []
    print(f"{who:62} {'status':>6} {'SQL':>4} {'CPU ms':>7} {'median':>7} {'fixed work':>10}")
    for address in asked:
        status = client.get(address).status_code
        if status in (302, 404, 405):
            absent += [address] if status == 404 else []
            continue
        found = measure(client, address)
        works.append(found.work)
        fits = found.status < 500 and found.sql <= SQL_LIMIT and found.cpu <= CPU_LIMIT_MS
        beyond += not fits
        print(
            f"{address:62.62} {found.status:6} {found.sql:4} {found.cpu:7.1f} {found.median:7.1f} "
            f"{found.work:10.1f}{'' if fits else '  <-- beyond'}"
        )
    print(f"{beyond} beyond {SQL_LIMIT} SQL or {CPU_LIMIT_MS} ms of CPU (least of 20 warm requests)")
    print(f"fixed work: median {statistics.median(works):.1f} ms" if works else "")
    print(f"asked, but nothing there: {', '.join(absent)}" if absent else "")
    print(f"not asked, nothing to name there: {', '.join(unknown)}" if unknown else "")
    return beyond


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=10_000)
    parser.add_argument("--filled", action="store_true", help="measure what an earlier run has filled")
    parser.add_argument("--only", default="", help="words of the addresses, commas between")
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    logging.getLogger("django.request").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0)
    if not options.filled:
        contracts, places, lead = ground()
        fill(call_of(contracts, lead), contracts, places, options.dossiers)
    call = m.Call.objects.get(code="mesure")
    planner.count_rows()
    print(f"{connection.vendor}: {m.Application.objects.count():,} dossiers of one call")
    at_hand()
    client = signed_in()
    asked, unknown = addresses(call)
    words = options.only.split(",")

    def wanted(pages: list[str]) -> list[str]:
        return [one for one in pages if any(word in one for word in words)]

    beyond = report(client, wanted(asked), unknown)
    juror, theirs = reviewer(call)
    beyond += report(juror, wanted(theirs), [], "a member of its jury")
    return beyond + (submissions(call) if wanted(["/dossiers/deposer/"]) else 0)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
