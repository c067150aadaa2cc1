"""The geography of an intercommunalité drawn in a browser: mouse, keyboard, two people, no script at all."""

import json
import re

import pytest
from playwright.sync_api import expect

from .hands import press
from .kinds import CHARGEE

pytestmark = pytest.mark.browser
BOARD = "/geographie/246300701/"
SQUARE = [[3.080, 45.776], [3.086, 45.776], [3.086, 45.780], [3.080, 45.780], [3.080, 45.776]]
TEXT = json.dumps({"type": "Polygon", "coordinates": [SQUARE]})


def ready(page):
    expect(page.locator("#geo-map[data-ready]")).to_be_visible()


def points(page):
    shape = json.loads(page.locator("#id_contour").input_value())
    return shape["coordinates"][0]


def decide(page, verb="Enregistrer cette version", **said):
    said = {
        "decided_on": "2025-03-12",
        "authority": "conseil métropolitain",
        "reference": "délibération n° 4",
        **said,
    }
    for name, value in said.items():
        page.locator(f"main [name={name}]").fill(value)
    press(page, verb)


def click_at(page, *spots):
    """Clicks on the map, in parts of its width and height."""
    box = page.locator("#geo-map").bounding_box()
    for x, y in spots:
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])


def test_an_outline_is_drawn_looked_at_and_decided_then_changed_by_keyboard(visit):
    page = visit("/epci/246300701/", person=CHARGEE)
    page.get_by_role("link", name=re.compile("La géographie prioritaire")).click()
    ready(page)
    page.get_by_role("link", name="Dessiner un périmètre").click()
    ready(page)
    page.locator("#geo-map").scroll_into_view_if_needed()
    click_at(page, (0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6), (0.3, 0.5))
    expect(page.locator("#geo-count")).to_have_text("5 points")
    page.get_by_role("button", name="Annuler", exact=True).click()
    expect(page.locator("#geo-count")).to_have_text("4 points")
    page.locator("main [name=kind]").select_option("local_p2")
    page.locator("main [name=name]").fill("Coteau d’essai")
    page.get_by_role("button", name="Voir ce que cela donne").click()
    expect(page.get_by_role("heading", name="Ce que cela donnerait")).to_be_visible()
    expect(page.locator("main [name=name]")).to_have_value("Coteau d’essai")
    page.locator("main [name=communes]").select_option("63113")
    decide(page)
    expect(page.get_by_text("Le périmètre de Coteau d’essai est enregistré.")).to_be_visible()

    page.get_by_role("link", name="Modifier le contour de Coteau d’essai").click()
    ready(page)
    before = points(page)
    vertex = page.locator(".geo-vertex").first
    vertex.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    after = points(page)
    assert after[0][1] > before[0][1]
    assert after[1:-1] == before[1:-1]
    page.locator("#geo-map").focus()
    page.keyboard.press("Enter")
    decide(page, reference="avenant n° 1")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Ce qui a changé")
    expect(main).to_contain_text("avenant n° 1")
    expect(main).to_contain_text("délibération n° 4")


def test_two_people_on_one_outline_lose_nothing(visit):
    page = visit(f"{BOARD}dessiner/", person=CHARGEE)
    ready(page)
    draw_by_text(page, "Deux mains")
    page.get_by_role("link", name="Modifier le contour de Deux mains").click()
    address = page.url
    other = visit(address, person=CHARGEE)
    ready(page)
    ready(other)
    redraw_to(other, 3.088)
    # The first is done before the second begins: else the second is told by what the first has begun.
    expect(other.get_by_text("Le nouveau contour de Deux mains est enregistré.")).to_be_visible()
    visit.watch.expect("status of 409")
    redraw_to(page, 3.09)
    expect(page.get_by_text("Rien n’est écrasé")).to_be_visible()
    assert "3.09" in page.locator("#id_contour").input_value()
    decide(page)
    expect(page.get_by_role("region", name="Les versions 3")).to_be_visible()


def redraw_to(page, east):
    page.locator("#id_contour").fill(TEXT.replace("3.086", str(east)))
    decide(page)


def draw_by_text(page, name, contour=TEXT):
    if page.locator(".geo-text:not([open]) summary").count():
        page.locator(".geo-text summary").click()
    page.locator("#id_contour").fill(contour)
    page.locator("main [name=kind]").select_option("local_p3")
    page.locator("main [name=name]").fill(name)
    page.locator("main [name=communes]").select_option("63113")
    decide(page)
    expect(page.get_by_text(f"Le périmètre de {name} est enregistré.")).to_be_visible()


def test_without_a_script_one_draws_cuts_joins_and_withdraws(visit):
    visit.watch.expect("status of 422")
    page = visit(f"{BOARD}dessiner/", person=CHARGEE, java_script_enabled=False)
    draw_by_text(page, "Sans script")
    page.get_by_role("link", name="Voir les versions de Sans script").click()
    page.get_by_role("link", name="Couper en deux").click()
    page.locator("main [name=line]").fill("3,082 45,70\n3,082 45,80")
    page.locator("main [name=name]").fill("Sans script, ouest")
    page.get_by_role("button", name="Voir ce que cela donne").click()
    expect(page.get_by_role("main")).to_contain_text("Sans script, ouest")
    decide(page, "Couper")
    expect(page.get_by_text("les versions d’avant restent lisibles")).to_be_visible()
    page.get_by_role("link", name="Réunir avec un autre").click()
    page.locator("main [name=other]").select_option(
        label="Sans script, ouest – géographie locale, priorité 3 (veille)"
    )
    decide(page, "Réunir")
    page.get_by_role("link", name="Simplifier").click()
    page.get_by_role("button", name="Voir ce que cela donne").click()
    expect(page.get_by_role("main")).to_contain_text("Proposé")
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Retirer", exact=True).click()
    decide(page, "Retirer ce périmètre")
    expect(page.get_by_text("Ce périmètre a été retiré.")).to_be_visible()


def test_a_line_drawn_on_the_map_cuts(visit):
    page = visit(f"{BOARD}dessiner/", person=CHARGEE)
    ready(page)
    draw_by_text(page, "À couper")
    page.get_by_role("link", name="Voir les versions de À couper").click()
    page.get_by_role("link", name="Couper en deux").click()
    ready(page)
    page.locator("#geo-map").scroll_into_view_if_needed()
    page.locator("main [name=line]").fill("3.083 45.77")
    page.locator("main [name=line]").dispatch_event("change")
    page.locator("main [name=line]").fill("3.083 45.77\n3.083 45.79")
    page.locator("main [name=line]").dispatch_event("change")
    expect(page.locator(".geo-vertex")).to_have_count(2)
    page.locator("main [name=name]").fill("À couper, est")
    decide(page, "Couper")
    expect(page.get_by_text("les versions d’avant restent lisibles")).to_be_visible()
