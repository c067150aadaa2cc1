"""axe finds nothing on any kind of page, by day and by night."""

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


def violations(page, run_only):
    """One line for each rule broken: which, how grave, and where first."""
    options = {"runOnly": run_only, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("([outside, options]) => axe.run(outside, options)", [OUTSIDE, options])
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"][:2]
    ]


@pytest.mark.parametrize(("name", "path", "person"), EVERY, ids=NAMES)
def test_axe_finds_nothing(walk, name, path, person):
    page = walk(path, person=person)
    page.emulate_media(color_scheme="light")
    page.evaluate(AXE)
    by_day = violations(page, {"type": "tag", "values": TAGS})
    page.emulate_media(color_scheme="dark")
    by_night = violations(page, {"type": "rule", "values": OF_COLOUR})
    assert not by_day, "\n".join(by_day)
    assert not by_night, "\n".join(["in the dark:", *by_night])
