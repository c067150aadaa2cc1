"""The chargée de mission writes a sheet, mends a contour and brings figures: tried, written, undone."""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from faubourg.people.models import RoleGrant
from faubourg.territories.models import Figure, Perimeter
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import IndicatorFactory, SourceFactory, TerritoryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOW_TIE = [[3.10, 45.78], [3.11, 45.79], [3.11, 45.78], [3.10, 45.79], [3.10, 45.78]]
WRONG = "Code du territoire;Indicateur;Valeur;Millésime\nQN06302I;Population municipale;1.234;RP 2021\n"


def sign_in(page, live_server):
    """With the form, as anybody."""
    person = PersonFactory(email="chargee@exemple.fr", name="Nadège Lavaur")
    person.set_password("quartiers-en-essai")
    person.save()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    RoleGrantFactory(
        person=person, role=RoleGrant.Role.CONTRACT_OFFICER, scope_kind="neighbourhood", scope_code="QN06302I"
    )
    page.goto(live_server.url + reverse("account_login"))
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill("quartiers-en-essai")
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_text("Nadège Lavaur").first).to_be_attached()


def test_a_sheet_is_written_a_contour_mended_and_figures_brought(page, live_server, tmp_path):
    commune = TerritoryFactory(code="63113", name="Clermont-Ferrand", lon=3.08, lat=45.78)
    quarter = TerritoryFactory(neighbourhood=True, code="QN06302I", name="La Gauthière")
    quarter.communes.add(commune)
    IndicatorFactory()
    SourceFactory()
    sign_in(page, live_server)

    page.goto(live_server.url + "/quartiers/QN06302I/")
    page.get_by_role("link", name="Compléter ou corriger cette fiche").click()
    page.get_by_label("Présentation").fill("Un quartier au nord de la ville.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La fiche de La Gauthière est enregistrée.")).to_be_visible()

    page.goto(live_server.url + "/quartiers/QN06302I/perimetres/ajouter/")
    page.get_by_label("Ou collez un GeoJSON").fill(json.dumps({"type": "Polygon", "coordinates": [BOW_TIE]}))
    page.get_by_role("button", name="Voir le contour").click()
    expect(page.get_by_text("Le contour a été réparé : il se croisait lui-même.")).to_be_visible()
    assert not Perimeter.objects.exists()
    page.get_by_label("Nature du périmètre").select_option("lived")
    page.get_by_label("Source").first.select_option(index=1)
    page.get_by_role("button", name="Enregistrer ce périmètre").click()
    expect(page.get_by_text("Le périmètre est enregistré")).to_be_visible()
    assert Perimeter.objects.get().repaired

    sheet = tmp_path / "chiffres.csv"
    sheet.write_text(WRONG)
    _bring(page, live_server, sheet)
    expect(page.get_by_text("« 1.234 » se lit de deux façons")).to_be_visible()
    expect(page.get_by_role("button", name="Écrire les chiffres")).to_be_disabled()
    sheet.write_text(WRONG.replace("1.234", "1234"))
    _bring(page, live_server, sheet)
    page.get_by_role("button", name="Écrire 1 chiffre").click()
    expect(page.get_by_role("heading", name="Import écrit")).to_be_visible()
    assert Figure.objects.get().value == 1234
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.get_by_role("heading", name="Import annulé")).to_be_visible()
    assert Figure.objects.get().withdrawn_at


def _bring(page, live_server, sheet):
    page.goto(live_server.url + reverse("figures_import"))
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_label("Source").first.select_option(index=1)
    page.get_by_role("button", name="Essayer à blanc").click()
