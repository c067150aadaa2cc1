"""Ten years in the life of a contract, drawn from a seeded chance: what `contract_life.py` measures on."""

import random
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from faubourg.contracts import models as m
from faubourg.evaluation.models import AnnualReport, Opinion

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
                year=2024 + n // 24,
                amount_cents=chance.randrange(100_000, 10_000_000),
                nature="operating",
                origin="specific" if n % 2 else "ordinary",
                level=chance.choice(["foreseen", "voted", "paid"]),
                objective=axes[n % 4],
                added_by_name="Mesure",
            )
            # Seven years, six funders, four axes.
            for n in range(168)
        )
        keep(
            m.FundingEvent(
                line=line, kind="freeze", amount_cents=1_000, on=LAST, reason="Gel", by_name="Mesure"
            )
            for line in m.FundingLine.objects.filter(contract=contract)[::10]
        )
    keep(m.ActionNote(action=action, on=LAST, text="Nouvelle") for action in actions[:10] for _ in range(6))
    keep(
        m.ObjectiveIndicator(objective=leaf, label="Indicateur local", unit="jours", target=10)
        for leaf in leaves
    )
    agree(contract)
    promise(contract)
    diagnose(contract)
    review(contract)


def agree(contract: m.Contract) -> None:
    """Parties, articles, an amendment and posts, of the contract and of the first of its conventions."""
    keep(
        m.ContractStep(contract=contract, before="project", after="project", on=LAST, by_name="Mesure")
        for _ in range(8)
    )
    conventions = keep(
        m.Convention(contract=contract, kind="gup", title=f"Convention {n}", ends_on=date(2027, 1 + n, 1))
        for n in range(5)
    )
    for of in ({"contract": contract}, {"convention": conventions[0]}):
        keep(
            m.Signatory(**of, name=f"Partie {n}", signed_on=date(2024, 7, 10) if n % 5 else None, order=n)
            for n in range(25)
        )
        articles = keep(
            m.Article(**of, number=str(n), title=f"Article {n}", body="Le texte. " * 80, order=n)
            for n in range(1, 21)
        )
        amendment = m.Amendment.objects.create(**of, number=1, title="Avenant", signed_on=LAST)
        keep(
            m.AmendedArticle(
                amendment=amendment, article=article, number=article.number, title=article.title, body="Neuf."
            )
            for article in articles[:5]
        )
        m.Amendment.objects.create(**of, number=2, title="Avenant en projet")
        posts = keep(
            m.Post(**of, title=f"Coordination {n}", person_name="Titulaire", ends_on=date(2027 + n, 3, 1))
            for n in range(2)
        )
        keep(
            m.PostFunder(post=post, name=f"Cofinanceur {n}", share_bp=2500)
            for post in posts
            for n in range(4)
        )
        keep(m.LinkedPlan(**of, name=f"Plan {n}", ends_on=date(2027, 6, 1)) for n in range(6))


def promise(contract: m.Contract) -> None:
    """What partners already do and commit to; what residents asked."""
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


def review(contract: m.Contract) -> None:
    """A report that is being written, and one that councils were asked about."""
    AnnualReport.objects.create(contract=contract, year=2025)
    sent = AnnualReport.objects.create(
        contract=contract,
        year=2024,
        state="consulted",
        round=1,
        frozen_at=datetime(2026, 9, 1, tzinfo=UTC),
        sent_on=date(2026, 9, 1),
    )
    keep(
        Opinion(
            report=sent,
            kind="residents",
            name=f"Instance {n}",
            order=n,
            sent_on=date(2026, 9, 1),
            reply_by=date(2026, 12, 1),
        )
        for n in range(12)
    )


def diagnose(contract: m.Contract) -> None:
    """A shared grid filled by the six groups, the stakes drawn from it."""
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
    points = keep(
        m.DiagnosisPoint(
            diagnosis=diagnosis,
            side="strength" if n % 2 else "weakness",
            theme=f"Thème {n % 8}",
            text="Constat",
        )
        for diagnosis in diagnoses
        for n in range(40)
    )
    stakes = keep(m.Stake(contract=contract, title=f"Enjeu {n}", order=n) for n in range(12))
    keep(
        m.Stake.points.through(stake_id=stake.pk, diagnosispoint_id=point.pk)
        for rank, stake in enumerate(stakes)
        for point in points[rank::20]
    )
