"""The chargée de mission writes a presentation: nothing that she types is lost."""

import re

import pytest
from playwright.sync_api import expect

from .hands import press, sign_in
from .kinds import CHARGEE

pytestmark = pytest.mark.browser
CENTRE, NORD = "/quartiers/QN06307N/", "/quartiers/QN06302I/"
FONTAINE_DU_BAC, COURNON = "/quartiers/QN06304I/", "/quartiers/QN06305M/"


@pytest.fixture
def page(visit):
    """Signed in with the form, in a session of its own."""
    opened = visit("/compte/login/")
    sign_in(opened, CHARGEE)
    return opened


def open_form(page, sheet):
    """The form, once autosave has read what waits on the server."""
    with page.expect_response(lambda answer: "/brouillons/" in answer.url):
        page.goto(f"{sheet}modifier/")
    expect(page.get_by_role("button", name="Le reprendre")).to_be_hidden()
    return page.get_by_role("textbox", name="Présentation")


def test_what_waits_for_her_then_a_presentation_then_out(page):
    page.goto("/")
    desk = page.get_by_role("region", name="Bonjour Nadège Lavaur, ce qui vous attend")
    expect(desk).to_contain_text("Clermont Auvergne Métropole")
    text = open_form(page, CENTRE)
    text.fill("Un quartier entré sur la liste en 2024, entre la gare et le centre.")
    press(page, "Enregistrer")
    expect(page).to_have_url(re.compile(f"{CENTRE}$"))
    expect(page.get_by_role("main")).to_contain_text("La fiche de Centre est enregistrée.")
    expect(page.get_by_role("main")).to_contain_text("entre la gare et le centre")
    page.get_by_role("banner").get_by_text("Nadège Lavaur").click()
    page.get_by_role("banner").get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Se connecter")).to_be_visible()


def test_an_expired_session_gives_the_text_back(page, visit):
    visit.watch.expect("status of 401")
    text = open_form(page, NORD)
    text.fill("Commencé avant la fin de la session")
    page.context.clear_cookies(name="sessionid")
    text.press_sequentially(", fini après.")
    text.press("Tab")
    expect(page.get_by_text("Votre session a expiré.")).to_be_visible()
    press(page, "Se reconnecter")
    sign_in(page, CHARGEE)
    expect(page).to_have_url(re.compile(f"{NORD}modifier/"))
    page.get_by_role("button", name="Le reprendre").click()
    expect(text).to_have_value("Commencé avant la fin de la session, fini après.")
    press(page, "Enregistrer")
    expect(page.get_by_role("main")).to_contain_text("fini après.")


def test_a_text_begun_leads_back_to_its_form(page):
    text = open_form(page, FONTAINE_DU_BAC)
    text.fill("Un texte laissé en plan.")
    text.press("Tab")
    expect(page.get_by_text("brouillon gardé à")).to_be_visible()
    page.goto("/")
    begun = page.get_by_role("heading", name="Textes commencés, pas encore envoyés").locator("xpath=..")
    begun.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(f"{FONTAINE_DU_BAC}modifier/"))
    page.get_by_role("button", name="L’effacer").click()
    expect(page.get_by_role("button", name="L’effacer")).to_be_hidden()


def test_two_windows_lose_nothing(page, visit):
    visit.watch.expect("status of 409")
    mine = open_form(page, COURNON)
    other = page.context.new_page()
    theirs = open_form(other, COURNON)
    theirs.fill("Le texte de la seconde fenêtre.")
    press(other, "Enregistrer")
    expect(other).to_have_url(re.compile(f"{COURNON}$"))

    mine.fill("Le texte de la première fenêtre.")
    press(page, "Enregistrer")
    warned = page.get_by_role("alert").filter(has_text="Rien n’est écrasé")
    expect(warned).to_contain_text("Le texte de la seconde fenêtre.")
    expect(mine).to_have_value("Le texte de la première fenêtre.")
    mine.fill("Le texte de la première fenêtre. Le texte de la seconde fenêtre.")
    press(page, "Enregistrer")
    expect(page.get_by_role("main")).to_contain_text(
        "Le texte de la première fenêtre. Le texte de la seconde fenêtre."
    )
