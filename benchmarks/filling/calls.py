"""One call with its dossiers, seeded: organisations, budgets, requests, papers, opinions, ranks, a jury."""

import hashlib
import random
from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

from faubourg.base.models import Document
from faubourg.calls import models as m
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.rules.calls.presets import DATA
from faubourg.territories.models import Territory

STATES = ["submitted", "to_complete", "complete", "examined", "ranked", "before_jury", "retained", "rejected"]
WORDS = [
    *("jardin", "atelier", "cuisine", "vélo", "théâtre", "jeunesse", "couture", "mémoire", "emploi"),
    *("lecture", "santé", "sport", "musique", "cinéma", "numérique", "parentalité", "insertion"),
    *("médiation", "compost", "fresque", "chantier", "festival", "permanence"),
]
JUDGED = {"code": "window", "met": True, "sentence": "Déposé avant la clôture.", "source": "Règles"}
RECEIVED = date(2015, 1, 20)
ACCOUNTS = ["60x", "61x", "62x", "64x", "70x", "74etat", "74region", "74com", "756", "insufprevisionnel"]


def keep(rows: Iterable[Any]) -> list[Any]:
    """Insert them all at once."""
    found = list(rows)
    return type(found[0])._base_manager.bulk_create(found, batch_size=2000) if found else []


def call_of(contracts: list[Contract], lead: Organisation) -> m.Call:
    """Open, its rules frozen, with four funders, each its envelopes."""
    rules = m.RuleSetVersion.objects.create(
        code="mesure", name="Mesure", instrument="aap_dsdt", authority="Région", valid_from=date(2014, 9, 1),
        told=deepcopy(DATA["npdc-2014"]), status="frozen", frozen_at=datetime(2014, 9, 15, tzinfo=UTC),
    )  # fmt: skip
    call = m.Call.objects.create(
        code="mesure", title="Appel mesuré", year=2015, lead=lead, rule_set=rules, state="examination",
        published_at=datetime(2014, 9, 15, tzinfo=UTC),
    )  # fmt: skip
    call.contracts.add(*contracts)
    funders = keep(
        m.CallFunder(call=call, name=name, level=level, is_authority=level == "region", order=n)
        for n, (name, level) in enumerate(
            [("Région", "region"), ("État", "state"), ("Agglomération", "epci"), ("CAF", "social")]
        )
    )
    keep(
        m.Envelope(funder=funder, nature=nature, year=2015, amount_cents=500_000_000, level="voted")
        for funder in funders
        for nature in ("operating", "investment")
    )
    return call


def fill(call: m.Call, contracts: list[Contract], places: list[Territory], dossiers: int) -> None:
    """So many dossiers, each with its lines, requests, papers, opinions, indicators and steps."""
    chance = random.Random(2015)
    organisations = keep(
        Organisation(name=f"Association {n}", sort_key=f"association {n} ~", kind="association")
        for n in range(max(1, dossiers // 3))
    )
    rows = keep(_dossier(call, n, contracts, organisations, chance) for n in range(dossiers))
    funders = list(call.funders.all())
    keep(
        m.BudgetLine(application=row, account=account, cents=100_000 * (1 + n), standing="asked", order=n)
        for row in rows
        for n, account in enumerate(ACCOUNTS)
    )
    requests = keep(
        m.FundingRequest(
            application=row, funder=funder, nature="operating", year=2015,
            cents=chance.randrange(200_000, 3_000_000),
        )
        for row in rows
        for funder in chance.sample(funders, 3)
    )  # fmt: skip
    for request in requests:
        request.application.asked_cents += request.cents
    m.Application.objects.bulk_update(rows, ["asked_cents"], batch_size=2000)
    paper = _paper()
    keep(m.Piece(application=row, code=code, document=paper) for row in rows for code in ("rib", "statuts"))
    examined = [row for row in rows if row.state in STATES[3:]]
    keep(
        m.FunderOpinion(
            application=row, funder=funder, sense="favourable", text="Projet solide. " * 10,
            given_on=date(2015, 2, 10), given_by_name="Service",
        )
        for row in examined
        for funder in funders[:2]
    )  # fmt: skip
    keep(
        m.PromisedIndicator(application=row, name=f"Indicateur {n}", target="40", order=n)
        for row in rows
        for n in range(2)
    )
    keep(
        m.ApplicationStep(
            application=row, before="draft", after="submitted", move="submit", on=date(2015, 1, 20)
        )
        for row in rows
    )
    keep(
        m.Comment(
            application=row, text="Merci de préciser le calendrier.", by_name="Service", shared=n % 2 == 0
        )
        for row in rows
        for n in range(2)
    )
    through = m.Application.territories.through
    keep(through(application_id=row.pk, territory_id=chance.choice(places).pk) for row in rows)
    _jury(call, [row for row in rows if row.state == "before_jury"][:200])


def _dossier(
    call: m.Call, n: int, contracts: list[Contract], organisations: list[Organisation], chance: random.Random
) -> m.Application:
    state = STATES[n % len(STATES)]
    text = " ".join(chance.choices(WORDS, k=60))
    return m.Application(
        call=call,
        organisation=chance.choice(organisations),
        contract=contracts[n % len(contracts)],
        number=f"2015-{n:05d}",
        title=" ".join(chance.choices(WORDS, k=5)).capitalize(),
        measure=f"f{1 + n % 4}",
        state=state,
        summary=text,
        needs=text * 3,
        aims=text * 3,
        audience_count=40,
        starts_on=date(2015, 3, 1),
        ends_on=date(2015, 12, 31),
        submitted_at=datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=n),
        late=n % 20 == 0,
        signed_by_name="Signataire",
        verdict=[{"code": "window", "met": True, "sentence": "Déposé avant la clôture.", "source": "Règles"}]
        * 8,
        complete_on=date(2015, 2, 1) if state in STATES[2:] else None,
        jury_code="territorial",
        rank=1 + n // len(contracts) if state in ("ranked", "before_jury") else None,
    )


def _paper() -> Document:
    content = b"%PDF-1.7 mesure"
    return Document.objects.create(
        sha256=hashlib.sha256(content).hexdigest(), name="piece.pdf", media_type="application/pdf",
        size=len(content), file="documents/mesure.pdf", purpose="mesure",
    )  # fmt: skip


def _jury(call: m.Call, rows: list[m.Application]) -> None:
    jury = m.Jury.objects.create(call=call, code="territorial", name="Jury territorial")
    session = m.JurySession.objects.create(jury=jury, starts_at=datetime(2015, 3, 10, 9, tzinfo=UTC))
    jurors = keep(m.Juror(jury=jury, name=f"Élu {n}", order=n) for n in range(12))
    keep(m.JuryItem(session=session, application=row, order=n) for n, row in enumerate(rows))
    keep(
        m.Review(juror=juror, application=row, marks={}, comment="Lu.")
        for row in rows[:50]
        for juror in jurors[:3]
    )
