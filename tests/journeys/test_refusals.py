"""A wrong address or a right that one has not: a sentence that helps, and a way out."""

import pytest
from playwright.sync_api import expect

from .kinds import HABITANTE, REFUSALS

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _a_refusal_is_the_story(visit):
    visit.watch.expect(*REFUSALS, "status of 400")


def test_an_unknown_page_leads_somewhere(visit):
    page = visit()
    assert page.goto("/rien-ici/").status == 404
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_be_visible()
    main.get_by_role("link", name="accueil").click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_an_unknown_code_says_which(visit):
    page = visit()
    assert page.goto("/quartiers/QN99999X/").status == 404
    expect(page.get_by_role("main")).to_contain_text("QN99999X")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()


def test_a_resident_is_told_why_she_may_not_edit(visit):
    page = visit(person=HABITANTE)
    assert page.goto("/quartiers/QN06307N/modifier/").status == 403
    main = page.get_by_role("main")
    expect(main).to_contain_text("Cette page ne vous est pas ouverte.")
    expect(main.get_by_role("heading", name="Pourquoi, et ce qui changerait la réponse")).to_be_visible()
    expect(main).to_contain_text("Aline Romieu")
    main.get_by_role("link", name="Revenir à l’accueil").click()
    expect(page.get_by_role("main")).to_contain_text("Aucun rôle ne vous est encore donné")


def test_somebody_unknown_signs_in_and_comes_back(visit):
    page = visit("/quartiers/QN06307N/modifier/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    assert "next=/quartiers/QN06307N/modifier/" in page.url


@pytest.mark.parametrize(
    "address",
    [
        "/carte/donnees.json?bbox=9,9,nord,9&zoom=6",
        "/quartiers/?page=9999999",
        "/quartiers/?tri=rien&departement=999",
        "/recherche/?q=%00%F0%9F%98%80" + "x" * 3000,
        "/contrats/CN06302M/?generation=1789-1799",
        "/quartiers/" + "Q" * 300 + "/",
    ],
)
def test_nonsense_in_an_address_breaks_nothing(visit, address):
    page = visit()
    assert page.goto(address).status < 500
