"""In a real browser: nothing typed is lost, whatever happens to the session, the network or the window."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from faubourg.base.models import Draft
from tests.factories.people import PersonFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.base.autosave_pages"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "fr-FR"}


@pytest.fixture
def sign_in(live_server, context):
    """Sign a person in, in this browser."""

    def enter(person):
        client = Client()
        client.force_login(person)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])

    return enter


@pytest.fixture
def person(sign_in):
    person = PersonFactory()
    sign_in(person)
    return person


@pytest.fixture
def note(live_server, page, person):
    """The form, open."""
    page.set_default_timeout(8000)
    page.goto(f"{live_server.url}/essai/")
    return page


def status(page):
    return page.locator("[data-autosave]")


def type_and_leave(page, text):
    page.get_by_label("Note").fill(text)
    page.get_by_label("Kind").focus()


def test_what_is_typed_is_saved_and_taken_back_after_closing(note, live_server, context):
    type_and_leave(note, "Un texte")
    note.get_by_label("Open").check()
    expect(status(note)).to_contain_text("brouillon gardé à ")
    expect(status(note)).to_be_visible()
    note.get_by_label("Note").focus()
    note.close()
    again = context.new_page()
    again.goto(f"{live_server.url}/essai/")
    again.get_by_role("button", name="Le reprendre").click()
    expect(again.get_by_label("Note")).to_have_value("Un texte")


def test_sending_ends_the_draft(note, live_server):
    type_and_leave(note, "Fini")
    note.get_by_role("button", name="Enregistrer").click()
    expect(note.locator("body")).to_contain_text("reçu : Fini")
    assert not Draft.objects.exists()
    note.goto(f"{live_server.url}/essai/")
    expect(status(note)).to_be_hidden()


def test_an_expired_session_loses_nothing(note, live_server, sign_in, person):
    Session.objects.all().delete()
    type_and_leave(note, "Écrit trop tard")
    expect(status(note)).to_contain_text("Votre session a expiré")
    note.get_by_role("button", name="Enregistrer").click()
    expect(note.get_by_label("Note")).to_have_value("Écrit trop tard")
    note.get_by_role("button", name="Se reconnecter").click()
    note.wait_for_url("**/compte/**next=%2Fessai%2F")
    sign_in(person)
    note.goto(f"{live_server.url}/essai/")
    note.get_by_role("button", name="Le reprendre").click()
    expect(note.get_by_label("Note")).to_have_value("Écrit trop tard")
    expect(status(note)).to_contain_text("brouillon gardé à ")
    note.get_by_role("button", name="Enregistrer").click()
    expect(note.locator("body")).to_contain_text("reçu : Écrit trop tard")


def test_without_a_network_the_text_waits_in_the_browser(note, context):
    context.set_offline(True)
    type_and_leave(note, "Dans le tramway")
    expect(status(note)).to_contain_text("Hors ligne")
    context.set_offline(False)
    expect(status(note)).to_contain_text("brouillon gardé à ")
    assert Draft.objects.get().content["note"] == ["Dans le tramway"]


def test_two_windows_notice_each_other(note, live_server, context):
    other = context.new_page()
    other.goto(f"{live_server.url}/essai/")
    type_and_leave(note, "Première fenêtre")
    expect(status(note)).to_contain_text("brouillon gardé à ")
    type_and_leave(other, "Seconde fenêtre")
    expect(status(other)).to_contain_text("rien n’a été écrasé")
    assert Draft.objects.get().content["note"] == ["Première fenêtre"]
    other.get_by_role("button", name="Garder mon texte").click()
    expect(status(other)).to_contain_text("brouillon gardé à ")
    assert Draft.objects.get().content["note"] == ["Seconde fenêtre"]
    type_and_leave(note, "Première, encore")
    note.get_by_role("button", name="Prendre l’autre").click()
    expect(note.get_by_label("Note")).to_have_value("Seconde fenêtre")


def test_somebody_else_in_the_same_browser_neither_reads_nor_writes_it(note, live_server, sign_in):
    sign_in(PersonFactory())
    type_and_leave(note, "Texte de la première")
    expect(status(note)).to_contain_text("Votre session a expiré")
    assert not Draft.objects.exists()
    note.goto(f"{live_server.url}/essai/")
    expect(status(note)).to_be_hidden()
    expect(note.get_by_label("Note")).to_have_value("")


def test_without_javascript_the_form_is_simply_sent(browser, live_server, person, context):
    signed_in = context.storage_state()
    plain = browser.new_context(java_script_enabled=False, locale="fr-FR", storage_state=signed_in)
    page = plain.new_page()
    page.goto(f"{live_server.url}/essai/")
    page.get_by_label("Note").fill("Sans script")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("body")).to_contain_text("reçu : Sans script")
    plain.close()
