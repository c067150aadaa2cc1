"""With a keyboard alone: every stop is seen, and everything is reached."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
# What tells where one is: an outline or a shadow of the element, or of the frame drawn around it.
SHOWN = """(node) => {
  const drawn = (one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  };
  const box = node.getBoundingClientRect();
  return {
    focus: drawn(node),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    name: node.outerHTML.slice(0, 120),
    last: node.tagName === "BODY",
  };
}"""


def stops(page, most=200):
    """Tab through the page; each stop as a fact, until the page ends."""
    told = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(f"({SHOWN})(document.activeElement)")
        if stop["last"]:
            break
        told.append(stop)
    return told


@pytest.mark.parametrize(
    "path",
    ["/", "/quartiers/?q=clermont", "/quartiers/QN06303I/", "/carte/?centre=QN06303I", "/compte/login/"],
)
def test_the_focus_is_seen_at_every_stop(visit, path):
    page = visit(path)
    found = stops(page)
    assert len(found) > 8
    assert not [stop["name"] for stop in found if not stop["focus"]], "no sign of where one is"
    assert not [stop["name"] for stop in found if not stop["seen"]], "out of the window"


def test_straight_to_the_content(visit):
    page = visit("/quartiers/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_suggestions_are_walked_with_arrows_and_left_with_escape(visit):
    page = visit("/")
    field = page.get_by_role("searchbox")
    field.focus()
    page.keyboard.type("gauthiere")
    suggestions = page.get_by_role("list", name="Suggestions")
    expect(suggestions).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(suggestions.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(suggestions).to_have_count(0)
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/recherche/\?q=gauthiere"))


def test_a_list_is_sorted_and_a_menu_closed(visit):
    page = visit("/quartiers/")
    header = page.get_by_role("columnheader").filter(has=page.get_by_role("link")).first
    header.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"tri="))
    expect(page.locator("[aria-sort=ascending], [aria-sort=descending]")).to_have_count(1)

    menu = page.get_by_role("banner").locator("details.menu").first
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("button", name="Sombre")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Sombre")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_the_map_is_doubled_by_a_list(visit):
    page = visit("/carte/?centre=QN06303I")
    line = page.locator("#map-items").get_by_role("link", name="La Gauthière").first
    expect(line).to_be_visible()
    line.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("La Gauthière")
