"""500 contracts with ten years of meetings: every page of a contract within 15 queries and 60 ms of CPU.

Fills the loaded contracts with bodies, seats, meetings, agendas, attendance, decisions, phases, deliverables,
diagnoses, objectives, actions, money, parties, articles, conventions and reports (seeded), then asks every
address of the rooms `contracts` and `evaluation`, home and a neighbourhood, for the contract that has most.
CPU is the least of 20 warm requests of whoever sees most (a PDF is told once more, as it is made the first
time); SQL is the most that any of five readers costs. A fixed work of the processor is measured beside each
page: compare two runs by their ratios to it.
    python benchmarks/contract_life.py [--contracts 500] [--years 10] [--filled] [--only signature]
    python tools/with_postgres.py python benchmarks/contract_life.py
"""

import argparse
import logging
import random
import re
import statistics
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pages import CPU_LIMIT_MS, SQL_LIMIT, Measured, measure, queries, reader, signed_in, spent  # isort: skip (sets Django up)
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver
from filling.contract_years import build, govern

from faubourg.base import drafts, pdf, planner
from faubourg.base.progress import bar
from faubourg.contracts import models as m
from faubourg.contracts.views.calendar_token import calendar_address
from faubourg.evaluation.models import Opinion
from faubourg.evaluation.queries.facts import facts_of
from faubourg.people.models import Person

# An address names an object by its key, after the word that says what it is.
WORDS: dict[str, tuple[Any, str]] = {
    "instances": (m.Body, "contract"),
    "sieges": (m.Seat, "body__contract"),
    "mandats": (m.Mandate, "seat__body__contract"),
    "reunions": (m.Meeting, "body__contract"),
    "decisions": (m.DecisionItem, "meeting__body__contract"),
    "phases": (m.Phase, "contract"),
    "jalons": (m.Milestone, "contract"),
    "livrables": (m.Deliverable, "contract"),
    "objectifs": (m.Objective, "contract"),
    "indicateurs": (m.ObjectiveIndicator, "objective__contract"),
    "actions": (m.Action, "contract"),
    "lignes": (m.FundingLine, "contract"),
    "interpellations": (m.Interpellation, "contract"),
    "conventions": (m.Convention, "contract"),
    "avenants": (m.Amendment, "contract"),
    "articles": (m.Article, "contract"),
    "parties": (m.Signatory, "contract"),
    "plans": (m.LinkedPlan, "contract"),
    "postes": (m.Post, "contract"),
    "etapes": (m.ContractStep, "contract"),
    "droit-commun": (m.OrdinaryMeans, "contract"),
    "engagements": (m.Commitment, "contract"),
    "grilles": (m.DiagnosisGrid, "contract"),
    "diagnostics": (m.Diagnosis, "grid__contract"),
    "enjeux": (m.Stake, "contract"),
    "avis": (Opinion, "report__contract"),
}
# What hangs on a convention is that of the convention, not of its contract.
OF_CONVENTION = {"avenants", "articles", "parties", "plans", "postes"}
_PLACE = re.compile(r"(?:([a-z-]+)/)?<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Filled:
    """What addresses are made of: the contract, a neighbourhood, a commune, the person's own calendar."""

    contract: m.Contract
    neighbourhood: str
    commune: str
    mark: str

    def told(self, word: str, name: str, route: str) -> Any:
        """What stands for `<name>` after `word` in a route; None when this contract has nothing to put."""
        if name == "code" and word in ("quartiers", "analyses"):
            return self.neighbourhood
        known = {
            "code": self.contract.code,
            "year": "2024" if "avis" in route else "2025",
            "insee": self.commune,
            "mark": self.mark,
            "step": 1,
            "slug": "auvergne-2016",
        }
        if name in known:
            return known[name]
        if word not in WORDS:
            return None
        model, path = WORDS[word]
        if word in OF_CONVENTION and route.startswith("conventions/"):
            path = "convention__contract"
        rows = model.objects.filter(**{path: self.contract})
        # An amendment is still edited when it is not signed.
        rows = rows.filter(signed_on=None) if word == "avenants" else rows
        return rows.order_by("pk").values_list("pk", flat=True).first()

    def address(self, route: str) -> str:
        """The address that this contract gives to a route; empty when it has nothing to name there."""
        whole = route
        for place in _PLACE.finditer(route):
            word, name = place.group(1) or "", place.group(2)
            value = self.told(word, name, whole)
            if value is None:
                return ""
            route = route.replace(place.group(0), f"{word}/{value}" if word else str(value), 1)
        return "/" + route


def addresses(filled: Filled) -> tuple[list[str], list[str]]:
    """Every address of both rooms that this contract can fill, home and a neighbourhood; the others."""
    asked: list[str] = ["/", f"/quartiers/{filled.neighbourhood}/", f"/communes/{filled.commune}/"]
    unknown: list[str] = []
    for route, pattern in _patterns(get_resolver()):
        if pattern.callback.__module__.split(".")[1] not in ("contracts", "evaluation"):
            continue
        # One route for three kinds of step.
        kinds = ("phases", "jalons", "livrables") if "<step_kind:kind>" in route else ("",)
        for kind in kinds:
            written = route.replace("<step_kind:kind>", kind)
            address = filled.address(written)
            (asked if address else unknown).append(address or written)
    year = f"/contrats/{filled.contract.code}/rapports/2024/"
    return [*dict.fromkeys(asked), year, f"{year}rapport.pdf"], unknown


def _patterns(resolver: URLResolver, before: str = "") -> Iterable[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route)
        elif hasattr(entry.callback, "__module__") and entry.callback.__module__.startswith("faubourg."):
            yield route, entry


def fill(contracts: int, years: int, owner: Person) -> None:
    """Ten years of life for so many contracts; the demo tells the lives of two: those stay as they are."""
    chance = random.Random(2026)
    blank = m.Contract.objects.filter(template="", state="", phases=None, bodies=None, objectives=None)
    chosen = list(blank.order_by("-generation", "code")[:contracts])
    for rank, contract in enumerate(bar(chosen, "Dix ans de vie")):
        with transaction.atomic():
            # Somebody follows the decisions of three contracts, not of five hundred.
            govern(contract, years, chance, owner.ref if rank % (contracts // 3 + 1) == 0 else None)
            build(contract, chance)
    m.Contract.objects.filter(pk__in=[c.pk for c in chosen]).update(state="in_force", template="2024")
    for n in range(6):
        where = drafts.Where(f"Proposer une action {n}", f"/contrats/?brouillon={n}")
        drafts.save(person_ref=owner.ref, form_key=f"action-{n}", content={"title": "Brouillon"}, where=where)


def fullest(owner: Person) -> Filled:
    """The contract of the filled ones that has most neighbourhoods, its second report with its facts."""
    lives = m.Contract.objects.filter(template="2024", bodies__name="Instance 0").distinct()
    contract = max(lives, key=lambda c: (c.neighbourhood_links.count(), c.code))
    place = contract.neighbourhood_links.order_by("pk")[0].neighbourhood
    sent = contract.annual_reports.get(year=2024)
    sent.facts = facts_of(contract, 2024)
    sent.save()
    mark = calendar_address(owner).removeprefix("/calendrier/").removesuffix(".ics")
    return Filled(contract, place.code, place.communes.order_by("pk")[0].code, mark)


def readers(filled: Filled) -> dict[str, Client]:
    """Who asks, from whoever writes here to somebody who passes by."""
    elsewhere = m.Contract.objects.filter(template="2024").exclude(pk=filled.contract.pk)[0]
    return {
        "officer of this contract": reader("here", "contract", filled.contract.code),
        "officer of elsewhere": reader("elsewhere", "contract", elsewhere.code),
        "signed in, no role": reader("nothing"),
        "visitor": Client(raise_request_exception=False),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=500)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--filled", action="store_true", help="measure what an earlier run has filled")
    parser.add_argument("--only", default="", help="the addresses that hold this word")
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    # A page that is not there is counted below, not told at each request.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0)
    if not options.filled:
        call_command("load")
    client = signed_in()
    owner = Person.objects.get(email="bench@exemple.fr")
    if not options.filled:
        fill(options.contracts, options.years, owner)
    planner.count_rows()
    filled = fullest(owner)
    lives = m.Contract.objects.filter(template="2024", bodies__name="Instance 0").count()
    meetings, presences = m.Meeting.objects.count(), m.Attendance.objects.count()
    print(f"{connection.vendor}: {lives} contracts, {meetings:,} meetings, {presences:,} presences")
    asked, unknown = addresses(filled)
    return _report(client, readers(filled), [one for one in asked if options.only in one], unknown)


def _report(client: Client, others: dict[str, Client], asked: list[str], unknown: list[str]) -> int:
    beyond, works, absent, first = 0, [], [], []
    print(f"{'page':62} {'status':>6} {'SQL':>4} {'CPU ms':>7} {'median':>7} {'fixed work':>10}")
    for address in asked:
        status = client.get(address).status_code
        if status in (302, 405):
            continue
        if address.endswith(".pdf"):
            first.append(f"{address} {_made_anew(client, address):.0f} ms")
        found = measure(client, address)
        if found.status != 200:
            absent.append(f"{address} ({status})")
        most, who = _most(others, address, found)
        works.append(found.work)
        flag = (
            "" if found.status < 500 and most <= SQL_LIMIT and found.cpu <= CPU_LIMIT_MS else "  <-- beyond"
        )
        beyond += bool(flag)
        print(
            f"{address:62.62} {found.status:6} {most:4} {found.cpu:7.1f} {found.median:7.1f} "
            f"{found.work:10.1f}{flag}{who}"
        )
    print(f"{beyond} beyond {SQL_LIMIT} SQL or {CPU_LIMIT_MS} ms of CPU (least of 20 warm requests)")
    print(f"PDFs, the first time in a process: {', '.join(first)}")
    print(f"fixed work: {min(works):.1f} ms at least, median {statistics.median(works):.1f} ms")
    print(f"asked, but nothing there for this person or this object: {', '.join(absent)}")
    print(f"not asked, this contract has nothing to name there: {', '.join(unknown)}")
    return beyond


def _made_anew(client: Client, address: str) -> float:
    """The least of five times that nothing was kept of it."""
    times = []
    for _ in range(5):
        pdf.made.forget()
        times.append(spent(lambda: client.get(address)))
    return min(times)


def _most(others: dict[str, Client], address: str, found: Measured) -> tuple[int, str]:
    """The most queries that any reader costs, and who, when it is not whoever sees most."""
    costs = {who: queries(client, address) for who, client in others.items()}
    who = max(costs, key=lambda one: costs[one])
    return (costs[who], f"  ({who})") if costs[who] > found.sql else (found.sql, "")


if __name__ == "__main__":
    sys.exit(min(main(), 1))
