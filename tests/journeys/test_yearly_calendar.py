"""J5.2: a convention ends within the year: announced, bridged in two clicks, followed by the next one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from faubourg.contracts.models import Convention
from faubourg.contracts.services.signing import add_party, sign_party
from faubourg.people.models import RoleGrant
from faubourg.rules.expiry import add_months
from tests.factories.agreement import ConventionFactory
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

from .hands import press
from .test_follow_a_promise import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE, NEXT = "Convention de gestion urbaine", "Convention de gestion urbaine, mandat suivant"


@pytest.fixture
def contract():
    return ContractFactory(borne_by=[TerritoryFactory(epci=True)])


@pytest.fixture
def officer(contract):
    person = PersonFactory(email="chargee@exemple.fr", name="Nadège Lavaur", password=PASSWORD)
    scope = {"scope_kind": "epci", "scope_code": contract.bearers.get().territory.code}
    RoleGrantFactory(person=person, role=RoleGrant.Role.CONTRACT_OFFICER, **scope)
    return person


def test_what_ends_within_the_year_is_announced_bridged_then_followed(page, live_server, contract, officer):
    today = timezone.localdate()
    last = add_months(today, 12)
    ending = ConventionFactory(
        contract=contract, title=TITLE, state="active", starts_on=today, signed_on=today, ends_on=last
    )
    ends = live_server.url + reverse("contract_ends", args=[contract.code])
    main = page.get_by_role("main")

    # Twelve months before, to the day, the desk says it; nothing was configured.
    sign_in(page, live_server, officer)
    page.goto(live_server.url + "/")
    page.get_by_role("link", name=TITLE).click()
    expect(page).to_have_url(ends)
    expect(main.get_by_text("moins de 12 mois")).to_be_visible()

    # Two clicks: the bridge is proposed for a year, then said to be signed.
    press(page, f"Proposer un avenant-pont pour {TITLE}")
    press(page, "Enregistrer sa signature")
    ending.refresh_from_db()
    assert ending.ends_on == add_months(last, 12)
    page.goto(ends)
    expect(main).not_to_contain_text(TITLE)

    # A year goes by: the convention that is aligned on the next mandate takes over, and silences the alert.
    Convention.objects.filter(pk=ending.pk).update(ends_on=today + timedelta(30))
    page.goto(ends)
    expect(main.get_by_text("moins de 3 mois")).to_be_visible()
    page.goto(live_server.url + reverse("contract_convention_add", args=[contract.code]))
    page.get_by_label("Titre").fill(NEXT)
    main.locator("[name=starts_on]").fill((today + timedelta(31)).isoformat())
    main.locator("[name=ends_on]").fill(add_months(today, 72).isoformat())
    page.get_by_label("Pourquoi cette durée").fill("alignée sur le mandat municipal")
    page.get_by_label("Prend la suite de").select_option(label=TITLE)
    press(page, "Enregistrer")
    expect(main).to_contain_text("alignée sur le mandat municipal")
    page.goto(ends)
    expect(main).to_contain_text(TITLE)
    party = add_party(agreement=Convention.objects.get(title=NEXT), name="Ville", by=officer.actor)
    sign_party(party=party, on=today, by=officer.actor)
    page.goto(ends)
    expect(main).not_to_contain_text(TITLE)
