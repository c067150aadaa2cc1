"""Every address of the room, walked by somebody who declared an interest: 403, or not a word of the dossier.

What an address names is filled with something of that dossier: its letter, its payment, its place in a
session. A new address that names an unknown thing fails here first.
"""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern

from faubourg.base import documents
from faubourg.calls import models as m
from faubourg.calls import urls
from faubourg.calls.services.standing_back import stand_back
from tests.factories.calls import (
    FunderDecisionFactory,
    IntentFactory,
    RecoveryFactory,
    ReportFactory,
    a_session,
)
from tests.factories.contracts import ContractFactory
from tests.factories.people import MembershipFactory, PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
TITLE = "Le jardin secret"
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
ROUTES = sorted(str(pattern.pattern) for pattern in urls.urlpatterns if isinstance(pattern, URLPattern))
# What is a thing of the dossier answers 403, to reading or to acting.
OF_THE_DOSSIER = re.compile(
    r"^(dossiers/<|aides/|courriers/<|versements/|reversements/|actes/|fiches/<|seances/<int:pk>/dossiers/<)"
)
ROLES = ("contract_officer", "funder_officer", "prefect_delegate", "evaluator", "elected")


def _granted(application, funder, session):
    """What hangs on a dossier once its money is decided; by the word that stands in an address."""
    decision = FunderDecisionFactory(
        application=application, funder=funder, state="voted", voted_on=date(2015, 3, 1), amount_cents=200_000
    )
    agreement = m.Agreement.objects.create(
        funder=funder, organisation=application.organisation, kind="convention", year=2015
    )
    decision.agreement = agreement
    decision.save()
    report = ReportFactory(application=application)
    recovery = RecoveryFactory(application=application, report=report, funder=funder, state="hearing")
    line = {"application": application.pk, "ref": "1", "retained": True, "amounts": [], "reasons": []}
    told = {
        "lines": [line | {"quality": 1}], "lowered": [], "left": [], "retained": 1, "value": 1,
        "ranking": {"refs": [], "retained": 0, "value": 0},
    }  # fmt: skip
    proposal = application.call.proposals.create(
        asked={"envelopes": [], "unmarked": [], "groups": 1}, told=told
    )
    return {
        "aides": decision.pk,
        "actes": agreement.pk,
        "versements": m.Payment.objects.create(decision=decision, cents=100).pk,
        "reversements": recovery.pk,
        "courriers": application.letters.create(kind="award", subject=TITLE, body=TITLE).pk,
        "gels": funder.envelopes.get()
        .events.create(kind="cut", amount_cents=100, on=date(2015, 5, 1), reason="P147")
        .pk,
        "repartition": proposal.pk,
        "seances": session.pk,
        "jurys": session.jury_id,
        "item": session.items.get(application=application).pk,
    }


@pytest.fixture
def world():
    """The dossier before an open session, with its pieces, its fiche, its money."""
    session = a_session()
    application = session.items.first().application
    contract = ContractFactory()
    call = session.jury.call
    call.contracts.add(contract)
    upload = SimpleUploadedFile("rib.pdf", b"%PDF-1.7 essai", "application/pdf")
    document = documents.keep(upload=upload, purpose="test", by=PersonFactory().actor)
    application.title, application.contract = TITLE, contract
    application.intent = IntentFactory(
        submitted=True, call=call, contract=contract, organisation=application.organisation, title=TITLE
    )
    application.save()
    funder = call.funders.get()
    return {
        "application": application,
        "dossiers": application.pk,
        "fiches": application.intent.pk,
        "porteurs": application.organisation_id,
        "organisation": application.organisation_id,
        "code": call.code,
        "contract": contract.pk,
        "funder": funder.pk,
        "jeux-de-regles": call.rule_set_id,
        "piece": application.pieces.create(code="rib", document=document).pk,
        "claim": application.claims.create(exclusion="double", justification="Besoin").pk,
        "document": uuid4(),
        **_granted(application, funder, session),
    }


@pytest.fixture(params=["application", "organisation"])
def recused(request, world, client):
    """Every role that could open it, a seat in its jury, and an interest declared."""
    application, person = world["application"], PersonFactory()
    for role in ROLES:
        RoleGrantFactory(person=person, role=role, scope_kind="call", scope_code=application.call.code)
    funder = application.call.funders.get()
    funder.organisation = MembershipFactory(person=person).organisation
    funder.save()
    stand_back(
        call=application.call,
        person=person,
        application=application if request.param == "application" else None,
        organisation=application.organisation if request.param == "organisation" else None,
        reason="Au conseil d’administration",
        by=person.actor,
    )
    client.force_login(person)
    return person


ACTS = {
    "aides": "vote",
    "versements": "order",
    "reversements": "answer",
    "actes": "funder",
    "dossiers": "validate",
    "fonds": "grant",
}
WORDS = {"slug": "project", "fmt": "csv", "year": 2015, "key": "clef", "side": "funder", "act": "close"}


def filled(route, world):
    """The address, of something of the dossier wherever it names one; 1 for what hangs on no dossier."""
    first = route.partition("/")[0]

    def told(place):
        name = place.group(1)
        if name == "pk":
            inner = "repartition" if "/repartition/" in route else first
            return str(world.get(inner, 1))
        if name == "act":
            return ACTS.get(first, "close")
        return str(world.get(name, WORDS.get(name, 1)))

    return "/" + _PLACE.sub(told, route)


def content_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


@pytest.mark.parametrize("first", sorted({route.partition("/")[0] for route in ROUTES}))
def test_no_address_says_a_word_of_it(client, world, recused, first):
    for route in ROUTES:
        if route.partition("/")[0] == first:
            _walk(client, route, filled(route, world))


def _walk(client, route, address):
    statuses = set()
    for query in ("", "?format=csv&q=jardin"):
        answer = client.get(address + query)
        assert answer.status_code < 500, address
        assert "Le jardin" not in content_of(answer), address
        statuses.add(answer.status_code)
    answer = client.post(address)
    assert answer.status_code < 500, address
    assert "Le jardin" not in content_of(answer), address
    statuses.add(answer.status_code)
    if OF_THE_DOSSIER.match(route):
        assert statuses <= {403, 405}, f"{address}: {statuses}"
        assert 403 in statuses, address


@pytest.mark.parametrize(
    "address", ["/chercher/?q=jardin", "/api/v1/projects/", "/journal/", "/", "/donnees/subventions.csv"]
)
def test_nor_do_the_search_the_exports_and_the_journal(client, world, recused, address):
    assert "Le jardin" not in content_of(client.get(address, follow=True))
