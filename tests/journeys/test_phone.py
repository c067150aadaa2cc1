"""A mayor with a phone: two lines of header, and a neighbourhood found with one thumb."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 320])
def test_the_header_of_a_phone_is_two_lines(visit, width):
    page = visit("/quartiers/QN06307N/", width=width, has_touch=True)
    bar = page.get_by_role("banner")
    sign_in = bar.get_by_role("link", name="Se connecter")
    expect(sign_in).to_be_visible()
    top = bar.get_by_role("link", name="Faubourg, accueil").bounding_box()
    icon = sign_in.bounding_box()
    assert abs((top["y"] + top["height"] / 2) - (icon["y"] + icon["height"] / 2)) < 12, "on the first line"
    assert icon["width"] >= 24, "a finger finds it"
    assert icon["height"] >= 24


def test_a_mayor_finds_a_neighbourhood_with_one_thumb(visit):
    page = visit("/", width=360, has_touch=True, is_mobile=True, color_scheme="dark")
    page.get_by_role("searchbox").fill("Saint-Jacques Clermont")
    # The finger is slower than what is suggested, which must not come under it.
    expect(page.get_by_role("list", name="Suggestions")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Chercher").tap()
    page.locator(".hits > li").first.get_by_role("link").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saint-Jacques")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert sum(int(part) for part in re.findall(r"\d+", ground)[:3]) < 150, "dark, as the phone asks"
