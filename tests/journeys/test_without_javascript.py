"""Without JavaScript everything is read, searched, listed and written."""

import re

import pytest
from playwright.sync_api import expect

from .hands import sign_in
from .kinds import CHARGEE

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit):
    return visit("/", java_script_enabled=False)


def test_search_sheet_and_map(page):
    page.get_by_role("searchbox").fill("gautiere clermont")
    page.get_by_role("main").get_by_role("button", name="Chercher").click()
    first = page.locator(".hits > li").first
    expect(first).to_contain_text("QN06303I")
    first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La Gauthière")
    page.get_by_role("link", name="Voir sur la carte").click()
    expect(page.locator("#map-items").get_by_role("link", name="La Gauthière").first).to_be_visible()


def test_a_list_filters_sorts_and_turns_its_pages(page):
    page.goto("/quartiers/")
    page.get_by_label("Département").select_option("13")
    page.get_by_role("main").get_by_role("button", name="Filtrer").click()
    expect(page).to_have_url(re.compile("departement=13"))
    page.get_by_role("columnheader").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("departement=13.*tri=|tri=.*departement=13"))
    first = page.locator("tbody tr").first.inner_text()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Suivante").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page).to_have_url(re.compile("departement=13"))
    assert page.locator("tbody tr").first.inner_text() != first


def test_language_and_theme_are_plain_forms(page):
    page.get_by_role("banner").get_by_text("Affichage").click()
    page.get_by_role("banner").get_by_role("button", name="Sombre").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("banner").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_sheet_is_written(page):
    page.goto("/quartiers/QN06301M/modifier/")
    sign_in(page, CHARGEE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Saint-Jacques")
    page.get_by_role("textbox", name="Présentation").fill("Écrit sans JavaScript.")
    page.get_by_role("main").get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("La fiche de Saint-Jacques est enregistrée.")
    expect(page.get_by_role("main")).to_contain_text("Écrit sans JavaScript.")
