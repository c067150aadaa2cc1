"""Invented associations and their dossiers, written and submitted as anybody would, marked « exemple »."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation, Person

from ..models import Application, Call, Intent
from ..queries.writing import contracts_for, mark_of, objectives_for, places_for, values_of
from .applicants import Opening, open_space, write_applicant
from .charters import sign_charter
from .dossier_pieces import take_from_vault
from .example import AUTHORITY, LEAD
from .intents import start_intent, submit_intent, write_intent
from .submitting import submit_application
from .vault import Paper, keep_piece
from .writing import log_contact, save_step, start_application

PIECES = ("statutes", "bank")
# A page that says what it is.
PAPER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 46>>stream
BT /F 18 Tf 60 100 Td (Papier d'exemple) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A project, who carries it, and what is asked of the Région and as much of the Métropole; cents."""

    title: str
    organisation: Organisation
    president: Person
    cents: int


def contract_of(call: Call) -> Contract | None:
    """One of the call that has objectives for a project to serve."""
    return next((one for one in contracts_for(call) if objectives_for(one)), None)


def open_association(organisation: Organisation, president: Person) -> None:
    """Its space, its sheet, its charter and its papers."""
    by = president.actor
    opening = Opening(signs=True, quality="présidente")
    open_space(organisation=organisation, person=president, opening=opening, by=by)
    sheet = {
        "purpose": "Association inventée pour la démonstration.",
        "address": "1 rue de l’Exemple",
        "postcode": "63000",
        "city": "Clermont-Ferrand",
        "head_name": president.name,
        "head_title": "présidente",
        "email": president.email,
    }
    write_applicant(organisation=organisation, changes=sheet, base_version=1, by=by)
    sign_charter(organisation=organisation, quality="présidente", by=by)
    for kind in PIECES:
        upload = SimpleUploadedFile(f"{kind}-exemple.pdf", PAPER, "application/pdf")
        keep_piece(organisation=organisation, paper=Paper(kind), upload=upload, by=by)


def write_example_intent(call: Call, one: Asked) -> Intent:
    """A fiche, submitted."""
    by, contract = one.president.actor, contract_of(call)
    intent = start_intent(call=call, organisation=one.organisation, title=one.title, by=by)
    told = {
        "measure": "f1",
        "contract": contract,
        "summary": "Un projet inventé pour la démonstration.",
        "audience": "Les habitants du quartier.",
        "budget_cents": one.cents * 5 // 2,
        "requested_cents": one.cents,
        "territories": places_for(contract)[-1:],
    }
    written = write_intent(intent=intent, changes=told, base_version=intent.version, by=by)
    return submit_intent(intent=written, by=by)


def begin_example(call: Call, one: Asked) -> Application:
    """A draft of which little is said."""
    return start_application(
        call=call,
        organisation=one.organisation,
        title=one.title,
        contract=contract_of(call),
        by=one.president.actor,
    )


def write_example(call: Call, one: Asked) -> Application:
    """A whole dossier, that holds: a fifth of its budget is its own."""
    dossier, by = begin_example(call, one), one.president.actor
    for step, told in (_texts(dossier) | _money(dossier, one.cents)).items():
        dossier = save_step(
            application=dossier,
            step=step,
            changes=values_of(dossier, step) | told,
            seen=mark_of(dossier, step),
            by=by,
        )
    for party in ("commune", "epci"):
        log_contact(
            application=dossier,
            party=party,
            service="Service d’exemple",
            on=timezone.localdate() - timedelta(days=90),
            advice="Avis d’exemple.",
            by=by,
        )
    for kind in PIECES:
        vault = one.organisation.vault.get(kind=kind)
        take_from_vault(application=dossier, vault=vault, code=kind, by=by)
    return Application.objects.get(pk=dossier.pk)


def submit_example(dossier: Application, president: Person, at: datetime | None = None) -> Application:
    """Signed and submitted at that moment."""
    return submit_application(
        application=dossier, by=president.actor, at=at or timezone.now(), version=dossier.version
    )


def _texts(dossier: Application) -> dict[str, dict[str, Any]]:
    today = timezone.localdate()
    return {
        "project": {
            "measure": "f1",
            "themes": ["participation"],
            "summary": "Un projet inventé pour la démonstration.",
            "needs": "Besoin d’exemple.",
            "aims": "But d’exemple.",
        },
        "places": {
            "audience": "Les habitants du quartier.",
            "audience_count": 60,
            "territories": [place.pk for place in places_for(dossier.contract)[-2:]],
            "objectives": [row.pk for row, _depth in objectives_for(dossier.contract)[:1]],
        },
        "calendar": {
            "starts_on": today + timedelta(days=30),
            "ends_on": today + timedelta(days=200),
            "means": "Deux animatrices, une salle.",
        },
        "conditions": {"conditions": {}, "excluded": {"programme_activite": False}, "claims": {}},
        "indicators": {"rows": [["Participants", "60", "personnes", "feuilles de présence"]]},
    }


def _money(dossier: Application, cents: int) -> dict[str, dict[str, Any]]:
    year, own = dossier.call.year, cents // 2
    asked = dossier.call.funders.filter(name__in=[AUTHORITY[0], LEAD[0]])
    return {
        "funders": {
            "requests": {f"{funder.pk}-operating-{year}": cents for funder in asked},
            "standings": {},
            "others": [],
        },
        "budget": {"amounts": {"601": cents, "641": cents + own, "insufprevisionnel": own}},
    }
