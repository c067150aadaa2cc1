"""J1.4: a year is told, submitted a month for opinion, deliberated and published to everybody."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from .hands import press
from .kinds import CHARGEE
from .test_accessible import quiet

pytestmark = pytest.mark.browser
REPORTS = "/contrats/CN06302M/rapports/"
# A year that nothing else of the run tells.
YEAR = 2019
REPORT = f"{REPORTS}{YEAR}/"
# Carcassonne, 2015-2023: the published indicators of its neighbourhoods hold cells under statistical secrecy.
SECRET_REPORTS = "/contrats/CV037/rapports/"
# Its officer for a day, an action and two lines of money of two levels.
SCENE = """
from django.utils.timezone import localdate
from faubourg.contracts.models import Action, Contract, FundingLine
from faubourg.people.models import Person, RoleGrant
contract = Contract.objects.get(code="CV037")
day = localdate()
RoleGrant.objects.create(person=Person.objects.get(email="chargee@demo.faubourg"), role="contract_officer",
    scope_kind="contract", scope_code=contract.code, since=day, until=day)
Action.objects.create(contract=contract, title="Médiation de nuit", state="running")
for level, cents in (("reserved", 1_000_000), ("foreseen", 2_000_000)):
    FundingLine.objects.create(contract=contract, year=2020, level=level, amount_cents=cents,
        territory=contract.bearers.first().territory, origin="specific", nature="unstated", funder="Ville",
        label="Enveloppe", source=contract.source)
"""


def give(page, name, sense, text):
    """Record the opinion of one of those consulted."""
    page.get_by_role("link", name=f"Enregistrer l’avis {name}").click()
    page.get_by_role("radio", name=sense, exact=True).check()
    page.get_by_role("textbox", name="Texte de l’avis").fill(text)
    press(page, "Enregistrer")
    expect(page.get_by_text("L’avis est enregistré et annexé.")).to_be_visible()


def send(page, sent_on, proof=""):
    """Submit the project, the delay being one month from that day."""
    page.get_by_role("link", name="Soumettre pour avis").click()
    page.get_by_label("Envoyé le").fill(sent_on.isoformat())
    page.get_by_label("Envoyé avant aujourd’hui").fill(proof)
    page.get_by_label("Réponse attendue jusqu’au").fill((sent_on + timedelta(31)).isoformat())
    page.get_by_label("Conseils citoyens").fill("Conseil citoyen de Clermont Nord")
    press(page, "Soumettre pour avis")
    expect(page.get_by_text("Le projet est soumis pour avis.")).to_be_visible()


def test_a_year_is_told_heard_and_published(visit):
    page = visit(REPORTS, person=CHARGEE)
    page.get_by_label("Année racontée").fill(str(YEAR))
    press(page, "Ouvrir")
    quiet(page)
    page.get_by_role("textbox", name="Articulation").fill("Le renouvellement urbain continue.")
    page.get_by_role("textbox", name="Perspectives").fill("Mobiliser d’abord le droit commun.")
    press(page, "Enregistrer")
    expect(page.get_by_text("Le rapport est enregistré.")).to_be_visible()

    today = date.today()
    send(page, today)
    # Before the month, the button says until when it waits.
    expect(page.get_by_role("button", name="Clore la consultation")).to_be_disabled()
    expect(page.get_by_text("la consultation dure un mois au moins")).to_be_visible()
    quiet(page)

    # The project had in fact left by letter two months ago: it is taken back and its true day is given.
    page.get_by_role("link", name="Reprendre le projet").click()
    page.get_by_label("Pourquoi le projet est repris").fill("Le jour d’envoi était faux.")
    press(page, "Reprendre le projet")
    send(page, today - timedelta(60), "Courrier recommandé")
    give(page, "Conseil municipal : Clermont-Ferrand", "favorable avec réserves", "La desserte manque.")
    press(page, "Clore la consultation")
    expect(page.get_by_text("réputé favorable", exact=True)).to_have_count(2)

    page.get_by_role("link", name="Enregistrer la délibération").click()
    page.get_by_role("textbox", name="Délibération", exact=True).fill("Conseil métropolitain, n° 12")
    page.get_by_role("textbox", name="Suites données").fill("Une ligne de soirée est étudiée.")
    press(page, "Enregistrer")
    press(page, "Publier")
    expect(page.get_by_text("Le rapport est public, avec ses annexes.")).to_be_visible()

    public = visit(REPORT, width=360, color_scheme="dark")
    expect(public.get_by_role("main")).to_contain_text("La desserte manque.")
    expect(public.get_by_role("main")).to_contain_text("Mobiliser d’abord le droit commun.")
    quiet(public)
    assert public.evaluate("document.documentElement.scrollWidth") <= 360
    for name in ("rapport.pdf", "rapport.csv"):
        assert public.request.get(f"{REPORT}{name}").ok


def test_a_project_is_not_read_by_a_passer_by(visit):
    page = visit(REPORTS, person=CHARGEE)
    page.get_by_label("Année racontée").fill("2018")
    press(page, "Ouvrir")
    passer_by = visit(f"{REPORTS}2018/")
    expect(passer_by.get_by_role("heading", level=1)).to_contain_text("Se connecter")


def test_the_facts_of_a_year_fill_themselves_and_a_secret_cell_is_masked(visit, live):
    live.run("shell", "-c", SCENE)
    page = visit(SECRET_REPORTS, person=CHARGEE)
    page.get_by_label("Année racontée").fill("2020")
    press(page, "Ouvrir")
    page.goto(f"{SECRET_REPORTS}2020/")
    # Nothing was typed: figures with their vintage, actions, money level by level.
    figures = page.get_by_role("group", name="Les chiffres connus à la fin de l’année").get_by_role("row")
    secret = figures.filter(has_text="Grazailles").filter(has_text="secret statistique")
    expect(secret.first).to_contain_text("2016-2019")
    assert not re.search(r"\d+[,.]?\d*\s*%", secret.first.inner_text())
    expect(figures.filter(has_text="Grazailles").filter(has_text="%").first).to_contain_text("2016-2019")
    expect(page.get_by_role("row").filter(has_text="Médiation de nuit")).to_be_visible()
    for amount in ("10 000", "20 000"):
        expect(page.get_by_role("main")).to_contain_text(amount)
    expect(page.get_by_role("main")).not_to_contain_text("30 000")
    quiet(page)
    cells = list(
        csv.reader(io.StringIO(page.request.get(f"{SECRET_REPORTS}2020/rapport.csv").text()), delimiter=";")
    )
    masked = [row for row in cells if "secret statistique" in row]
    assert masked
    assert all("" in row for row in masked)
