"""J4.3: residents submit a difficulty; it is read, followed, dated, and answered for everybody to see."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from .hands import press
from .kinds import CHARGEE, HABITANTE
from .test_accessible import quiet

pytestmark = pytest.mark.browser
TRACKER = "/contrats/CN06302M/interpellations/"
TITLE = "Le square n’est plus éclairé"


def steering_committee_meets(page):
    """A committee, a meeting of today with its one point, held."""
    page.goto("/contrats/CN06302M/instances/ajouter/")
    page.get_by_label("Nature").select_option(label="comité de pilotage")
    page.get_by_label("Nom", exact=True).fill("Comité de pilotage")
    press(page, "Enregistrer")
    page.get_by_role("main").get_by_role("link", name=re.compile("réunion")).first.click()
    page.get_by_label("Objet").fill("Examen des difficultés signalées")
    page.get_by_label("Jour").fill(date.today().isoformat())
    press(page, "Enregistrer")
    page.get_by_role("button", name=re.compile("[Cc]lôturer la séance")).click()
    expect(page.get_by_role("main")).to_contain_text("tenue")


def step(page, name, words, label):
    """Take the next step, today."""
    page.get_by_role("link", name=name).click()
    page.get_by_label(label).fill(words)
    press(page, "Enregistrer")
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
    press(officer, "Enregistrer")
    expect(officer.locator(".field-wrong")).to_have_count(1)
    steering_committee_meets(officer)
    officer.goto(address)
    officer.get_by_role("link", name="Examiner en comité de pilotage").click()
    officer.get_by_label("Réunion du comité de pilotage").select_option(index=1)
    press(officer, "Enregistrer")
    step(officer, "Inscrire à l’ordre du jour", "Conseil municipal du mois prochain", "Les assemblées")
    step(officer, "Répondre publiquement", "Le square est rééclairé depuis lundi.", "La réponse publique")

    public = visit(address, width=360, color_scheme="dark")
    expect(public.get_by_role("main")).to_contain_text("Une armoire électrique est hors d’usage.")
    expect(public.get_by_role("main")).to_contain_text("Le square est rééclairé depuis lundi.")
    # Each of the six steps has its day in the public tracker.
    steps = public.locator("main ol li:has(time)")
    expect(steps).to_have_count(6)
    expect(steps.filter(has_text="Diagnostic rendu")).to_be_visible()
    for name in ("Aline Romieu", "Nadège Lavaur"):
        expect(public.locator("body")).not_to_contain_text(name)
    quiet(public)
    assert public.evaluate("document.documentElement.scrollWidth") <= 360
    public.goto(TRACKER)
    quiet(public)
