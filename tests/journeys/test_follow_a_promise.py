"""J3.2: from a decision of a steering committee to what shows it done, before the next one meets."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from faubourg.contracts.models import DecisionItem, Meeting
from faubourg.people.models import RoleGrant
from tests.factories.contracts import ContractFactory
from tests.factories.governance import BodyFactory, MandateFactory, MeetingFactory, SeatFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "quartiers-en-essai"
PROMISE = "Publier la liste des référents de chaque service"


def sign_in(page, live_server, person):
    """With the form, as anybody; whoever was signed in leaves first."""
    page.context.clear_cookies()
    page.goto(live_server.url + reverse("account_login"))
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_text(person.name).first).to_be_attached()


def test_a_promise_is_followed_from_meeting_to_meeting_until_it_is_shown_done(page, live_server, tmp_path):
    epci = TerritoryFactory(epci=True)
    contract = ContractFactory(borne_by=[epci])
    officer = PersonFactory(email="chargee@exemple.fr", name="Nadège Lavaur", password=PASSWORD)
    owner = PersonFactory(email="elue@exemple.fr", name="Dominique Faure", password=PASSWORD)
    scope = {"scope_kind": "epci", "scope_code": epci.code}
    RoleGrantFactory(person=officer, role=RoleGrant.Role.CONTRACT_OFFICER, **scope)
    copil = BodyFactory(contract=contract, name="Comité de pilotage")
    MandateFactory(
        seat=SeatFactory(body=copil, title="Présidence"), person_ref=owner.ref, person_name=owner.name
    )
    held = MeetingFactory(body=copil, title="COPIL de printemps", past=True)
    MeetingFactory(body=copil, title="COPIL d’été", starts_at=timezone.now() + timedelta(days=20))

    # The officer notes what the meeting decides: who, and by when.
    sign_in(page, live_server, officer)
    page.goto(live_server.url + reverse("meeting", args=[contract.code, held.pk]))
    page.get_by_role("link", name="Noter une décision").click()
    page.get_by_label("Décision", exact=True).fill(PROMISE)
    page.get_by_label("Responsable").fill("dominique faure")
    page.get_by_label("Pour le").fill((timezone.localdate() + timedelta(days=10)).isoformat())
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("elle sera suivie jusqu’à sa clôture")).to_be_visible()
    assert DecisionItem.objects.get().owner_ref == owner.ref

    # It waits for its owner on their home page, and they say where it stands.
    sign_in(page, live_server, owner)
    page.goto(live_server.url + "/")
    page.get_by_role("link", name=PROMISE).click()
    expect(page.get_by_text("À livrer avant la prochaine réunion")).to_be_visible()
    page.get_by_label("Où en est-elle ?").fill("Quatre services sur sept ont répondu.")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_text("Le suivi est noté.")).to_be_visible()

    # The next meeting shows it open, without anybody copying it; a word without evidence closes nothing.
    sign_in(page, live_server, officer)
    coming = Meeting.objects.get(title="COPIL d’été")
    page.goto(live_server.url + reverse("meeting", args=[contract.code, coming.pk]))
    before = page.get_by_role("region", name="Ce que les réunions d’avant avaient décidé")
    expect(before.get_by_role("link", name=PROMISE)).to_be_visible()
    before.get_by_role("link", name=PROMISE).click()
    page.get_by_role("button", name="C’est fait").click()
    expect(page.get_by_text("Montrez ce qui est fait")).to_be_visible()

    # The owner shows it: words and a document; it leaves the desk and the meetings to come.
    sign_in(page, live_server, owner)
    page.goto(live_server.url + "/decisions/")
    page.get_by_role("link", name=PROMISE).click()
    evidence = tmp_path / "referents.pdf"
    evidence.write_bytes(b"%PDF-1.7 liste")
    page.get_by_label("Preuve ou motif").fill("Liste publiée sur le site de la Ville.")
    page.get_by_label("Document").set_input_files(evidence)
    page.get_by_role("button", name="C’est fait").click()
    expect(page.get_by_text("sa preuve est gardée")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="referents.pdf").click()
    assert download.value.path().read_bytes() == b"%PDF-1.7 liste"
    page.goto(live_server.url + "/")
    expect(page.get_by_role("link", name=PROMISE)).to_have_count(0)
    promise = DecisionItem.objects.get()
    assert (promise.state, promise.closed_by) == ("done", owner.ref)
    assert promise.closed_on < timezone.localdate(coming.starts_at)
