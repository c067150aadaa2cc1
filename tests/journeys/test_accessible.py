"""On any kind of page, opened once: it fits a phone and a page twice as large, and axe finds nothing.

By night on the phone, then on a desk by night and by day: a page is loaded as a phone loads it.
"""

from pathlib import Path

import pytest

from .kinds import EVERY, NAMES

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()
# A sign of the map may hide another: the list beside it holds the same links (WCAG 2.5.8, « Equivalent »).
OUTSIDE = {"exclude": [".leaflet-marker-pane"]}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The dark theme changes colours and nothing else.
OF_COLOUR = ["color-contrast", "link-in-text-block"]

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


def violations(page, run_only):
    """One line for each rule broken: which, how grave, and where first."""
    options = {"runOnly": run_only, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("([outside, options]) => axe.run(outside, options)", [OUTSIDE, options])
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"][:2]
    ]


def quiet(page):
    """axe finds nothing on the page as it stands, once it has come with its style."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = violations(page, {"type": "tag", "values": TAGS})
    assert not found, "\n".join(found)


def out_of_the_window(page):
    """What one would have to scroll sideways for, at each width."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        wide, out = page.evaluate("document.documentElement.scrollWidth"), page.evaluate(OUT_OF_SIGHT)
        if wide > width or out:
            found.append(f"{wide} px in {width}: {out}")
    return found


@pytest.mark.parametrize(("name", "path", "person"), EVERY, ids=NAMES)
def test_a_page_fits_and_axe_finds_nothing(walk, name, path, person):
    page = walk(path, person=person, width=WIDTHS[0], color_scheme="dark")
    sideways = out_of_the_window(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate(AXE)
    by_night = violations(page, {"type": "rule", "values": OF_COLOUR})
    page.emulate_media(color_scheme="light")
    by_day = violations(page, {"type": "tag", "values": TAGS})
    # The next page of this person is opened as this one was.
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": WIDTHS[0], "height": 740})
    assert not sideways, "\n".join(sideways)
    assert not by_day, "\n".join(by_day)
    assert not by_night, "\n".join(["in the dark:", *by_night])
