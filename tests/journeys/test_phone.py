"""A mayor with a phone, or with the page twice as large: everything fits, nothing scrolls sideways."""

import re

import pytest
from playwright.sync_api import expect

from .kinds import EVERY, NAMES

pytestmark = pytest.mark.browser
# A phone, the narrowest width that WCAG asks for, and a screen of 1280 at 200 %.
WIDTHS = (360, 320, 640)
# What sticks out of the window although nothing lets one scroll to it.
OUT_OF_SIGHT = """() => {
  const clips = (style) => style.overflowX !== "visible" || style.position === "fixed";
  const clipped = (node) => {
    for (let up = node.parentElement; up; up = up.parentElement) if (clips(getComputedStyle(up))) return true;
    return false;
  };
  const out = (node) => {
    const box = node.getBoundingClientRect();
    const apart = node.closest("svg, .visually-hidden") || clipped(node);
    return box.width && box.right > innerWidth + 1 && !apart;
  };
  const found = [...document.querySelectorAll("body *")].filter(out).slice(0, 3);
  return found.map((node) => `${node.tagName}.${node.className}: ${node.getBoundingClientRect().right}`);
}"""


@pytest.mark.parametrize(("name", "path", "person"), EVERY, ids=NAMES)
def test_nothing_scrolls_sideways(walk, name, path, person):
    page = walk(path, person=person, width=WIDTHS[0], device_scale_factor=2, color_scheme="dark")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px in {width}: {page.evaluate(OUT_OF_SIGHT)}"
        assert not page.evaluate(OUT_OF_SIGHT), f"at {width} px"


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
    page.get_by_role("main").get_by_role("button", name="Chercher").tap()
    page.locator(".hits > li").first.get_by_role("link").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saint-Jacques")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert sum(int(part) for part in re.findall(r"\d+", ground)[:3]) < 150, "dark, as the phone asks"
