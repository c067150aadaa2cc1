"""500 contracts with ten years of meetings: every page of a contract within 15 queries and 60 ms of CPU.

Fills the loaded contracts with bodies, seats, meetings, agendas, attendance, decisions, phases, deliverables,
diagnoses, objectives, actions, money, parties, articles and conventions (seeded), then asks, signed in,
every address that names a contract or one of its objects. Same measure as `benchmarks/pages.py`.
    python benchmarks/contract_life.py [--contracts 500] [--years 10]
    python tools/with_postgres.py python benchmarks/contract_life.py
"""

import argparse
import random
import re
import sys
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pages import measure, signed_in, CPU_LIMIT_MS, SQL_LIMIT  # isort: skip (sets Django up)
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from faubourg.base.progress import bar
from faubourg.contracts import models as m
from faubourg.evaluation.models import AnnualReport
from faubourg.people.models import Person

LAST = date(2026, 11, 1)
KINDS = ["steering", "technical", "project_team", *["thematic"] * 6, "commune_steering", "commune_technical"]
SEATS, POINTS, DECISIONS = 8, 4, 3


def keep(rows: Iterable[Any]) -> list[Any]:
    """Insert them all at once."""
    found = list(rows)
    return type(found[0])._base_manager.bulk_create(found, batch_size=1000) if found else []


def govern(contract: m.Contract, years: int, chance: random.Random, owner: uuid.UUID) -> None:
    """Bodies with seats and mandates, a meeting of each every second month or so."""
    bodies = keep(
        m.Body(contract=contract, kind=kind, name=f"Instance {n}", order=n, quorum_bp=5000)
        for n, kind in enumerate(KINDS)
    )
    seats = keep(m.Seat(body=body, title=f"Siège {n}", order=n) for body in bodies for n in range(SEATS))
    keep(
        m.Mandate(seat=seat, rank="titular", person_name=f"Titulaire {n}", starts_on=date(2016, 1, 1))
        for n, seat in enumerate(seats)
        if n % 9
    )
    starts = datetime(LAST.year - years, 11, 3, 9, tzinfo=UTC)
    meetings = keep(
        m.Meeting(
            body=body,
            title=f"Réunion {n}",
            state="held",
            starts_at=starts + timedelta(days=n * 60, hours=body.order),
            ends_at=starts + timedelta(days=n * 60, hours=body.order + 2),
            minutes="Compte rendu. " * 30,
        )
        for body in bodies
        for n in range(years * 6 if body.order == 0 else years)
    )
    keep(
        m.AgendaItem(
            meeting=meeting,
            part="technical" if n < 2 else "social",
            order=n,
            title=f"Point {n}",
            minutes_planned=20,
        )
        for meeting in meetings
        for n in range(POINTS)
    )
    by_body = {body.pk: [seat for seat in seats if seat.body_id == body.pk] for body in bodies}
    keep(
        m.Attendance(
            meeting=meeting, seat=seat, person_name="Titulaire", status=chance.choice(["present", "excused"])
        )
        for meeting in meetings
        for seat in by_body[meeting.body_id]
    )
    keep(
        _decision(meeting, n, owner if chance.random() < 0.02 else None, open_=chance.random() < 0.1)
        for meeting in meetings
        for n in range(DECISIONS)
    )


def _decision(meeting: m.Meeting, n: int, owner: uuid.UUID | None, *, open_: bool) -> m.DecisionItem:
    due = meeting.starts_at.date() + timedelta(days=60)
    return m.DecisionItem(
        meeting=meeting,
        order=n,
        text=f"Décision {n}",
        owner_ref=owner,
        owner_name="Responsable",
        due_on=due,
        state="open" if open_ else "done",
        closed_on=None if open_ else due,
    )


def build(contract: m.Contract, chance: random.Random) -> None:
    """Phases, deliverables, diagnoses, objectives, actions, parties, articles, a convention."""
    places = [link.neighbourhood for link in contract.neighbourhood_links.select_related("neighbourhood")[:8]]
    phases = keep(
        m.Phase(
            contract=contract,
            order=n,
            name=f"Phase {n}",
            planned_start=date(2023, 1 + 3 * n, 1),
            planned_end=date(2023, 4 + 3 * n, 28),
        )
        for n in range(3)
    )
    keep(
        m.Deliverable(
            contract=contract,
            phase=phases[n % 3],
            name=f"Livrable {n}",
            owed_by="Commune",
            due_on=date(2023, 6, 1) + timedelta(days=n),
            delivered_on=date(2023, 6, 20) if n % 4 else None,
        )
        for n in range(60)
    )
    axes = keep(m.Objective(contract=contract, rank="axis", title=f"Axe {n}", order=n) for n in range(4))
    aims = keep(
        m.Objective(contract=contract, rank="strategic", parent=axis, title=f"Objectif {n}", order=n)
        for axis in axes
        for n in range(4)
    )
    leaves = keep(
        m.Objective(contract=contract, rank="operational", parent=aim, title=f"Opérationnel {n}", order=n)
        for aim in aims
        for n in range(3)
    )
    actions = keep(
        m.Action(
            contract=contract, objective=chance.choice(leaves), title=f"Action {n}", line=f"Volet {n % 6}"
        )
        for n in range(150)
    )
    if places:
        keep(
            m.Action.neighbourhoods.through(action_id=action.pk, territory_id=chance.choice(places).pk)
            for action in actions
        )
        keep(
            m.FundingLine(
                contract=contract,
                territory=places[0],
                label=f"Ligne {n}",
                funder=f"Financeur {n % 6}",
                year=2024 + n % 7,
                amount_cents=chance.randrange(100_000, 10_000_000),
                nature="operating",
                origin="specific" if n % 2 else "ordinary",
                level=chance.choice(["foreseen", "voted", "paid"]),
                objective=axes[n % 4],
                added_by_name="Mesure",
            )
            for n in range(40)
        )
    agree(contract)


def agree(contract: m.Contract) -> None:
    """Ten years of agreements: parties, articles, an amendment, commitments, interpellations."""
    keep(
        m.Signatory(
            contract=contract, name=f"Partie {n}", signed_on=date(2024, 7, 10) if n % 5 else None, order=n
        )
        for n in range(25)
    )
    articles = keep(
        m.Article(contract=contract, number=str(n), title=f"Article {n}", body="Le texte. " * 80, order=n)
        for n in range(1, 21)
    )
    amendment = m.Amendment.objects.create(contract=contract, number=1, title="Avenant", signed_on=LAST)
    keep(
        m.AmendedArticle(
            amendment=amendment, article=article, number=article.number, title=article.title, body="Neuf."
        )
        for article in articles[:5]
    )
    keep(
        m.Convention(contract=contract, kind="gup", title=f"Convention {n}", ends_on=date(2027, 1 + n, 1))
        for n in range(5)
    )
    keep(m.Post(contract=contract, title="Coordination", ends_on=date(2027, 3, 1)) for _ in range(2))
    keep(
        m.Commitment(
            contract=contract, partner_printed=f"Partenaire {n % 8}", text=f"Engagement {n}", due_on=LAST
        )
        for n in range(40)
    )
    keep(
        m.OrdinaryMeans(
            contract=contract, partner_printed=f"Partenaire {n % 8}", kind="service", label=f"Moyen {n}"
        )
        for n in range(60)
    )
    keep(
        m.Interpellation(
            contract=contract, title=f"Question {n}", text="Exposé", submitted_by="Conseil citoyen"
        )
        for n in range(10)
    )
    AnnualReport.objects.create(contract=contract, year=2025)
    grid = m.DiagnosisGrid.objects.create(contract=contract, name="Grille")
    questions = keep(
        m.GridQuestion(grid=grid, section=f"Rubrique {n // 5}", order=n, text=f"Question {n} ?")
        for n in range(25)
    )
    groups = m.Body.objects.filter(contract=contract, kind="thematic")
    diagnoses = keep(m.Diagnosis(grid=grid, body=group, due_on=LAST) for group in groups)
    keep(
        m.DiagnosisAnswer(diagnosis=diagnosis, question=question, text="Réponse. " * 20)
        for diagnosis in diagnoses
        for question in questions
    )
    keep(
        m.DiagnosisPoint(
            diagnosis=diagnosis,
            side="strength" if n % 2 else "weakness",
            theme=f"Thème {n % 8}",
            text="Constat",
        )
        for diagnosis in diagnoses
        for n in range(40)
    )


# An address names an object by its key, after the word that says what it is.
WORDS: dict[str, tuple[Any, str]] = {
    "instances": (m.Body, "contract"),
    "sieges": (m.Seat, "body__contract"),
    "mandats": (m.Mandate, "seat__body__contract"),
    "reunions": (m.Meeting, "body__contract"),
    "decisions": (m.DecisionItem, "meeting__body__contract"),
    "livrables": (m.Deliverable, "contract"),
    "objectifs": (m.Objective, "contract"),
    "actions": (m.Action, "contract"),
    "lignes": (m.FundingLine, "contract"),
    "interpellations": (m.Interpellation, "contract"),
    "conventions": (m.Convention, "contract"),
    "avenants": (m.Amendment, "contract"),
    "articles": (m.Article, "contract"),
    "signataires": (m.Signatory, "contract"),
    "parties": (m.Signatory, "contract"),
    "postes": (m.Post, "contract"),
    "engagements": (m.Commitment, "contract"),
    "moyens": (m.OrdinaryMeans, "contract"),
    "grilles": (m.DiagnosisGrid, "contract"),
    "diagnostics": (m.Diagnosis, "grid__contract"),
}
_PLACE = re.compile(r"(?:([a-z-]+)/)?<(?:\w+:)?(\w+)>")


def filled(route: str, contract: m.Contract) -> str:
    """The address that this contract gives to a route; empty when it has nothing to name there."""
    told = {"code": contract.code, "year": "2025"}
    for place in _PLACE.finditer(route):
        word, name = place.groups()
        value = told.get(name)
        if value is None and word in WORDS:
            model, path = WORDS[word]
            value = model.objects.filter(**{path: contract}).values_list("pk", flat=True).first()
        if value is None:
            return ""
        route = route.replace(place.group(0), f"{word}/{value}" if word else str(value), 1)
    return "/" + route


def addresses(contract: m.Contract) -> tuple[list[str], list[str]]:
    """Every page of the rooms `contracts` and `evaluation` that this contract can fill; those it cannot."""
    asked: list[str] = []
    unknown: list[str] = []
    for route, pattern in _patterns(get_resolver()):
        if pattern.callback.__module__.split(".")[1] in ("contracts", "evaluation"):
            address = filled(route, contract)
            (asked if address else unknown).append(address or route)
    return asked, unknown


def _patterns(resolver: URLResolver, before: str = "") -> Iterable[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route)
        elif hasattr(entry.callback, "__module__") and entry.callback.__module__.startswith("faubourg."):
            yield route, entry


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=500)
    parser.add_argument("--years", type=int, default=10)
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("load")
    client = signed_in()
    owner = Person.objects.get(email="bench@exemple.fr").ref
    chance = random.Random(2026)
    # The demo tells the lives of two of them: those stay as they are.
    blank = m.Contract.objects.filter(template="", state="", phases=None, bodies=None, objectives=None)
    chosen = list(blank.order_by("-generation", "code")[: options.contracts])
    for contract in bar(chosen, "Dix ans de vie"):
        govern(contract, options.years, chance, owner)
        build(contract, chance)
    m.Contract.objects.filter(pk__in=[c.pk for c in chosen]).update(state="in_force", template="2024")
    meetings, presences = m.Meeting.objects.count(), m.Attendance.objects.count()
    print(f"{len(chosen)} contracts, {meetings:,} meetings, {presences:,} presences")
    return _report(client, *addresses(max(chosen, key=lambda c: c.neighbourhood_links.count())))


def _report(client: Any, asked: list[str], unknown: list[str]) -> int:
    beyond = 0
    print(f"{'page':70} {'status':>6} {'SQL':>4} {'CPU ms':>7}")
    for address in asked:
        if client.get(address).status_code in (302, 405):
            continue
        status, sql, cpu, _size = measure(client, address)
        # Nothing there, or not for this person: no page, but it must not cost more than one.
        flag = (
            "" if status in (200, 403, 404) and sql <= SQL_LIMIT and cpu <= CPU_LIMIT_MS else "  <-- beyond"
        )
        beyond += bool(flag)
        print(f"{address:70} {status:6} {sql:4} {cpu:7.1f}{flag}")
    print(f"{beyond} beyond {SQL_LIMIT} SQL or {CPU_LIMIT_MS} ms; not asked, nothing to fill them: {unknown}")
    return beyond


if __name__ == "__main__":
    sys.exit(min(main(), 1))
