"""A new neighbourhood in Clermont-Ferrand: foreseen, furnished, judged, entered; the others do not move."""

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
CHARGEE, PASSWORD = "chargee@demo.faubourg", "quartiers-en-demo"
BEFORE = ("QN06301M", "QN06302I", "QN06303I", "QN06304I")
SQUARE = [[3.080, 45.776], [3.086, 45.776], [3.086, 45.780], [3.080, 45.780], [3.080, 45.776]]
CONTOUR = json.dumps({"type": "Polygon", "coordinates": [SQUARE]}).encode()
DECREE = "décret n° 2023-1314 du 28 décembre 2023"


def plain(text):
    return re.sub(r"[\u00a0\u202f]", " ", text)


def signed_in(page):
    """By the names of the fields, whatever they are called on the page."""
    page.locator("main [name=login]").fill(CHARGEE)
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/compte/login/" not in url)
    return page


def describe_source(page):
    """Nobody adds to a source that was loaded: the town's own document, with its licence."""
    page.get_by_text("La source n’est pas dans la liste").click()
    page.get_by_label("Titre de la nouvelle source").fill("Délibération d’essai")
    page.get_by_label("Licence ou droit d’usage").fill("document public")


def add(page, sheet, part, fields):
    """One thing that hangs on the place, from its desk; a figure comes with its own source."""
    page.goto(f"{sheet}modifier/{part}/ajouter/")
    for name, value in fields.items():
        control = page.locator(f"main [name={name}]")
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    if part == "chiffres":
        describe_source(page)
    else:
        page.locator("main [name=source]").select_option(label="Délibération d’essai")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("C’est ajouté à la fiche de Centre bis.")).to_be_visible()


def foreseen(page):
    """« Centre bis », known since September 2023."""
    page.goto("/nouveau-quartier/?commune=63113")
    page.get_by_label("Nom du quartier").fill("Centre bis")
    page.get_by_label("Ce qu’il est").select_option("foreseen")
    page.get_by_label("Depuis le").fill("2023-09-01")
    describe_source(page)
    page.get_by_role("button", name="Créer le quartier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Centre bis")
    return page.url


def draw_lived(page, sheet):
    page.goto(f"{sheet}perimetres/ajouter/")
    page.locator("input[type=file]").set_input_files(
        {"name": "vecu.geojson", "mimeType": "application/geo+json", "buffer": CONTOUR}
    )
    page.get_by_role("button", name="Voir le contour").click()
    page.get_by_label("Nature du périmètre").select_option("lived")
    page.locator("main [name=source]").select_option(label="Délibération d’essai")
    page.get_by_role("button", name="Enregistrer ce périmètre").click()
    expect(page.get_by_text("Le périmètre est enregistré")).to_be_visible()


def draw_foreseen(page):
    """Its outline on the board of the métropole, under a decision; it has been foreseen since before."""
    code = page.locator(".overline").inner_text().split("·")[-1].strip()
    page.get_by_role("link", name="La géographie prioritaire de l’intercommunalité").click()
    page.get_by_role("link", name="Dessiner un périmètre").click()
    expect(page.locator("#geo-map[data-ready]")).to_be_visible()
    page.locator(".geo-text summary").click()
    page.locator("#id_contour").fill(CONTOUR.decode())
    page.locator("main [name=kind]").select_option("foreseen")
    page.locator("main [name=place]").select_option(code)
    page.locator("main [name=reference]").fill("note du COPIL")
    page.get_by_role("button", name="Enregistrer cette version").click()
    expect(page.get_by_text("Le périmètre de Centre bis est enregistré.")).to_be_visible()
    foreseen = page.get_by_role("group", name="Quartier pressenti")
    expect(foreseen).to_contain_text("Centre bis")
    expect(foreseen).to_contain_text("1er septembre 2023")
    expect(foreseen).to_contain_text("note du COPIL")


def standing_of(page, code):
    page.goto(f"/quartiers/{code}/")
    return page.get_by_role("region", name="Le parcours").inner_text()


def test_a_neighbourhood_is_foreseen_furnished_judged_and_enters(visit):
    page = signed_in(visit("/compte/login/"))
    before = {code: standing_of(page, code) for code in BEFORE}
    sheet = foreseen(page)
    add(page, sheet, "noms", {"name": "Hypercentre bis"})
    add(page, sheet, "ressources", {"kind": "equipment", "name": "Médiathèque d’essai", "place": "lived"})
    add(page, sheet, "chiffres", {"indicator": "population-imprimee", "value": "3000", "vintage": "2024"})
    draw_lived(page, sheet)
    page.goto(sheet)
    draw_foreseen(page)

    page.goto(sheet)
    main = page.get_by_role("main")
    for text in ("Hypercentre bis", "Médiathèque d’essai", "quartier vécu"):
        expect(main).to_contain_text(text)
    expect(page.get_by_role("region", name="Le parcours")).to_contain_text("Pressenti")
    why = page.get_by_role("region", name="Pourquoi ce quartier ?")
    told = plain(why.inner_text())
    assert "Le quartier compte 3 000 habitants ; il en faut au moins 1 000." in told
    assert "279 540 habitants, soit 279 600" in told

    with page.expect_navigation():
        why.get_by_role("link", name=re.compile("simulateur")).click()
    expect(page.locator("#reponse")).to_contain_text("On ne peut pas conclure")
    page.get_by_label("Habitants du quartier").fill("999")
    page.get_by_label("Habitants du quartier").press("Tab")
    expect(page.locator("#reponse h2")).to_contain_text("Non : un critère au moins n’est pas rempli")
    assert "habitants=999" in page.url

    page.goto(f"{sheet}parcours/")
    page.get_by_label("Faire entrer sur la liste").check()
    page.get_by_label("Depuis le").fill("2024-01-01")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Citez la loi ou le décret")).to_be_visible()
    page.locator("main [name=reference]").fill(DECREE)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("region", name="Le parcours")).to_contain_text("Entrant")
    expect(page.get_by_role("region", name="Le parcours")).to_contain_text(DECREE)

    assert {code: standing_of(page, code) for code in BEFORE} == before


def test_money_reserved_and_money_foreseen_stay_apart(visit):
    page = visit("/quartiers/QN06307N/")
    told = plain(page.get_by_role("main").inner_text())
    assert "10 000 €" in told
    assert "20 000 €" in told
    assert "30 000 €" not in told.replace("330 000 €", "")


@pytest.mark.parametrize("person", ["", CHARGEE])
def test_the_first_meeting_and_the_plan_are_read_by_anybody(visit, person):
    sheet = visit("/quartiers/QN06307N/", person=person)
    main = sheet.get_by_role("main")
    expect(main).to_contain_text(
        "Quartier prioritaire de la politique de la ville depuis le 1er janvier 2024"
    )
    expect(main).to_contain_text(
        "Quartier en cours d’observation et de diagnostic, était-il dit le 28 mars 2024"
    )
    contract = sheet.get_by_role("region", name="Le contrat de ville")
    expect(contract).to_contain_text("Première rencontre des acteurs du quartier, le 15 mars 2024")
    expect(contract).to_contain_text("une cinquantaine de personnes")
    plan = sheet.get_by_role("region", name="Les actions")
    expect(plan.locator("li", has_text="Quartiers d’été")).to_contain_text("court terme")

    contract.get_by_role("link", name="Première rencontre").click()
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Première rencontre des acteurs du quartier")
    expect(sheet.get_by_role("main")).to_contain_text("une cinquantaine de personnes")

    sheet.goto("/contrats/CN06302M/")
    met = sheet.get_by_role("region", name="Les acteurs se rencontrent").locator("li")
    expect(met).to_have_count(1)
    for text in ("quartier Centre", "Première rencontre", "15 mars 2024", "une cinquantaine de personnes"):
        expect(met).to_contain_text(text)
