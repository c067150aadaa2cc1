"""J4.3: residents submit a difficulty; it is read, followed, dated, and answered for everybody to see."""

import pytest
from playwright.sync_api import expect

from .kinds import CHARGEE, HABITANTE
from .test_accessible import AXE, TAGS, violations

pytestmark = pytest.mark.browser
TRACKER = "/contrats/CN06302M/interpellations/"
TITLE = "Le square n’est plus éclairé"


def quiet(page):
    """axe finds nothing on the page as it stands."""
    page.evaluate(AXE)
    found = violations(page, {"type": "tag", "values": TAGS})
    assert not found, "\n".join(found)


def step(page, name, words, label):
    """Take the next step, today."""
    page.get_by_role("link", name=name).click()
    page.get_by_label(label).fill(words)
    page.get_by_role("main").get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("L’étape est enregistrée et datée.")).to_be_visible()


def test_a_difficulty_goes_from_the_residents_to_the_assemblies(visit):
    visit.watch.expect("status of 422")
    resident = visit(TRACKER, person=HABITANTE)
    resident.get_by_role("link", name="Signaler une difficulté").first.click()
    quiet(resident)
    resident.get_by_label("La difficulté en une phrase").fill(TITLE)
    resident.get_by_label("Ce qui se passe").fill(
        "Depuis le printemps, on ne traverse plus le square le soir."
    )
    resident.get_by_label("Le conseil ou le groupe").fill("Conseil citoyen de Clermont Nord")
    resident.get_by_label("Le conseil ou le groupe").press("Enter")
    expect(resident.get_by_text("L’équipe du contrat la relit, puis elle est publique.")).to_be_visible()
    address = resident.url

    passer_by = visit(TRACKER)
    expect(passer_by.get_by_role("main")).not_to_contain_text(TITLE)

    officer = visit(TRACKER, person=CHARGEE)
    officer.get_by_role("link", name=TITLE).click()
    officer.get_by_role("button", name="Rendre publique").click()
    step(officer, "Transmettre au maire", "Mairie de Clermont-Ferrand, métropole, préfecture", "Transmise à")
    step(officer, "Rendre le diagnostic", "Une armoire électrique est hors d’usage.", "Le diagnostic")
    # The steering committee has not met: the next step waits for a meeting that was held.
    officer.get_by_role("link", name="Examiner en comité de pilotage").click()
    officer.get_by_role("main").get_by_role("button", name="Enregistrer", exact=True).click()
    expect(officer.locator(".field-wrong")).to_have_count(1)

    public = visit(address, width=360, color_scheme="dark")
    expect(public.get_by_role("main")).to_contain_text("Une armoire électrique est hors d’usage.")
    expect(public.get_by_role("listitem").filter(has_text="Diagnostic rendu")).to_be_visible()
    for name in ("Aline Romieu", "Nadège Lavaur"):
        expect(public.locator("body")).not_to_contain_text(name)
    quiet(public)
    assert public.evaluate("document.documentElement.scrollWidth") <= 360
    public.goto(TRACKER)
    quiet(public)
