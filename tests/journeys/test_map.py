"""The map says the same with a basemap, without one, and as a list."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_without_a_basemap_the_map_still_says_everything(visit):
    visit.watch.expect("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")
    page = visit()
    page.route("https://data.geopf.fr/**", lambda route: route.abort())
    page.goto("/carte/?centre=QP065003&generation=2015-2023")
    expect(page.get_by_text("Fond de carte injoignable")).to_be_visible()
    board = page.get_by_role("region", name="Carte. La liste qui suit dit la même chose.")
    expect(board.locator("path.shape-quartiers").first).to_be_visible()
    expect(page.locator("#map-items").get_by_role("link", name="Tarbes Ouest")).to_be_visible()

    page.unroute("https://data.geopf.fr/**")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_text("Fond de carte injoignable")).to_be_hidden()


def test_groups_open_and_a_layer_leaves(visit):
    page = visit("/carte/")
    board = page.get_by_role("region", name="Carte. La liste qui suit dit la même chose.")
    expect(board.locator(".sign-quartiers").first).to_be_visible()
    expect(board.locator(".sign-contrats")).to_have_count(0)
    page.get_by_label("Contrats de ville", exact=True).check()
    expect(board.locator(".sign-contrats").first).to_be_visible()
    before = page.url
    board.locator(".sign-quartiers").first.click()
    page.wait_for_url(lambda url: url != before)


def test_the_data_of_the_map_stay_small(visit):
    page = visit()
    with page.expect_response(lambda answer: "/carte/donnees.json" in answer.url) as asked:
        page.goto("/carte/?centre=Clermont-Ferrand")
    assert len(asked.value.body()) < 100_000
