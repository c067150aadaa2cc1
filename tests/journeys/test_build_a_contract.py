"""A contract from its first day to its last signature, as Saint-Étienne made one from 2013 to 2015.

Phases that overlap, two communes of which one is late, six groups, objectives, droit commun, a maquette,
a circuit that refuses what comes out of order, a partial then a full signature, one document.
"""

import io
import re

import pikepdf
import pytest
from playwright.sync_api import expect

from .hands import press
from .kinds import CHARGEE
from .test_geography import TEXT, decide

pytestmark = pytest.mark.browser
NAME = "Contrat d’agglomération 2014-2020"
GENERATION = "generation=2015-2023"


@pytest.fixture(scope="module")
def made():
    """What the steps leave to each other: the address of the contract."""
    return {}


@pytest.fixture
def page(visit):
    return visit(person=CHARGEE)


def go(page, made, path=""):
    page.goto(f"{made['contract']}{path}?{GENERATION}")


def fill(page, **said):
    """Fields by their name in the form."""
    for name, value in said.items():
        field = page.locator(f"main [name={name}]:not([type=hidden])").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def test_1_created_from_its_template_and_two_phases_overlap(page, made):
    page.goto("/contrats/nouveau/")
    page.get_by_label("2014-2020, trois piliers").check()
    fill(page, name=NAME, begins_on="2013-04-01", planned_signature_on="2014-12-31", ends_on="2020-12-31")
    page.get_by_label("C’est un autre contrat").check()
    press(page, "Créer le contrat")
    main = page.get_by_role("main")
    expect(main).to_contain_text(f"{NAME} est créé")
    expect(main).to_contain_text("se chevauchent du 1er septembre 2014 au 31 octobre 2014")
    made["contract"] = re.sub(r"calendrier/.*$", "", page.url)


def test_2_milestones_keep_their_words(page, made):
    for name, printed, due in (
        ("Préfiguration de la géographie locale", "décembre 2013", "31 décembre 2013"),
        ("Entrée en vigueur du contrat", "janvier 2015", "31 janvier 2015"),
    ):
        go(page, made, "calendrier/jalons/ajouter/")
        fill(page, name=name, due_printed=printed)
        press(page, "Ajouter")
        expect(page.get_by_role("main")).to_contain_text(f"« {printed} »")
        expect(page.get_by_role("main")).to_contain_text(due)


def test_2b_communes_come_with_their_quarters_and_three_levels_of_local_priority(page, made):
    """Whatever the national list says of these places: the levels are those of the agglomeration."""
    go(page, made)
    page.get_by_role("link", name=re.compile("géographie prioritaire")).click()
    board = page.url
    for level, name in ((1, "Cumul d’essai"), (2, "Développement d’essai"), (3, "Veille d’essai")):
        page.goto(f"{board}dessiner/")
        # The script folds the text for those who draw.
        expect(page.locator(".geo-text:not([open])")).to_be_visible()
        page.locator(".geo-text summary").click()
        page.locator("#id_contour").fill(TEXT)
        page.locator("main [name=kind]").select_option(f"local_p{level}")
        page.locator("main [name=name]").fill(name)
        page.locator("main [name=communes]").select_option("63113")
        decide(page, decided_on="2013-12-20", reference="préfiguration, décembre 2013")
        expect(page.get_by_text(f"Le périmètre de {name} est enregistré.")).to_be_visible()
    page.goto(board)
    for title in ("priorité 1", "priorité 2", r"priorité 3 \(veille\)"):
        expect(
            page.get_by_role("main").get_by_text(re.compile(f"géographie locale, {title}", re.I)).first
        ).to_be_attached()
    go(page, made, "signature/")
    for commune in ("Clermont-Ferrand", "Cournon-d'Auvergne"):
        expect(page.get_by_role("main").get_by_role("link", name=commune, exact=True)).to_be_attached()


def test_3_one_commune_delivers_the_other_is_late(page, made):
    go(page, made, "livrables/")
    page.get_by_role("row", name=re.compile("Bilan-diagnostic communal.*Clermont-Ferrand")).get_by_role(
        "link"
    ).first.click()
    page.get_by_role("main").get_by_role("link", name="Remettre", exact=True).click()
    fill(page, delivered_on="2014-03-28")
    press(page, "Remettre")
    expect(page.get_by_role("main")).to_contain_text("28 mars 2014")
    go(page, made, "livrables/")
    late = page.get_by_role("row", name=re.compile("Bilan-diagnostic communal.*Cournon"))
    expect(late).to_contain_text("de retard")
    in_time = page.get_by_role("row", name=re.compile("Bilan-diagnostic communal.*Clermont-Ferrand"))
    expect(in_time).not_to_contain_text("retard")


def test_4_a_shared_grid_is_published_to_communes_and_groups(page, made):
    go(page, made, "diagnostics/")
    fill(page, name="Bilan-diagnostic partagé")
    press(page, "Partir du modèle")
    page.get_by_role("link", name="Publier la grille enregistrée").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Cournon-d'Auvergne")
    asked = [
        "Clermont-Ferrand",
        "Cournon-d'Auvergne",
        *(f"Groupe de travail thématique {n}" for n in (1, 2, 3)),
    ]
    for name in asked:
        main.get_by_label(name, exact=True).check()
    main.get_by_label("Mots du calendrier, pour les communes").fill("mi-avril 2014")
    main.get_by_label("Mots du calendrier, pour les groupes").fill("fin mai 2014")
    press(page, "Publier et demander")
    go(page, made, "diagnostics/")
    expect(main.get_by_role("row").filter(has_text="Cournon-d'Auvergne").first).to_contain_text("0 %")


def test_5_three_groups_more_make_six(page, made):
    for theme in ("Santé", "Éducation", "Sécurité"):
        go(page, made, "instances/ajouter/")
        fill(page, kind="groupe de travail thématique", name=f"Groupe {theme}", theme=theme)
        press(page, "Enregistrer")
    go(page, made, "instances/")
    expect(page.get_by_role("row", name=re.compile("Santé|Éducation|Sécurité"))).to_have_count(3)
    page.get_by_role("main").get_by_role("link", name="Groupe Santé").first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile("siège")).first.click()
    fill(page, title="Copilote pour la métropole", part="copilotage")
    press(page, "Enregistrer")
    expect(page.get_by_role("main")).to_contain_text("Copilote pour la métropole")


def test_6_objectives_and_what_droit_commun_already_does(page, made):
    go(page, made, "objectifs/")
    page.get_by_role("main").locator("summary").first.click()
    page.get_by_role("main").locator("a[href*='sous=']").first.click()
    fill(page, title="Anticiper le pilotage du contrat avec les communes")
    press(page, "Enregistrer")
    expect(page.get_by_role("main")).to_contain_text("Anticiper le pilotage")
    go(page, made, "droit-commun/ajouter/")
    fill(page, label="Centre social de quartier", kind="service", partner_printed="Ville")
    press(page, "Enregistrer")
    expect(page.get_by_role("main")).to_contain_text("Centre social de quartier")
    # Crossed: what a partner promises of its droit commun is read beside the objective that it serves.
    go(page, made, "droit-commun/engagements/ajouter/")
    promise = "Ouvrir le centre social le samedi"
    fill(page, text=promise, partner_printed="Ville")
    objective = page.locator("main [name=objective] option", has_text="Anticiper le pilotage")
    page.locator("main [name=objective]").select_option(value=objective.get_attribute("value"))
    press(page, "Enregistrer")
    expect(page.get_by_role("main")).to_contain_text(promise)
    go(page, made, "objectifs/")
    expect(page.get_by_role("main").locator("li", has_text="Anticiper le pilotage").last).to_contain_text(
        promise
    )


def test_7_the_maquette_never_adds_levels_or_origins(page, made):
    for label, origin, level in (
        ("Postes", "droit commun", "envisagé"),
        ("Actions", "crédits spécifiques", "voté"),
    ):
        go(page, made, "maquette/ligne/")
        fill(page, label=label, funder="État", origin=origin, level=level, nature="fonctionnement")
        page.locator("main [name^=y20]").first.fill("10 000,50")
        press(page, "Enregistrer")
        expect(page.get_by_role("main")).to_contain_text("La ligne est ajoutée")
    main = page.get_by_role("main")
    for kind in ("Envisagé · droit commun", "Voté · crédits spécifiques"):
        expect(main.get_by_role("row", name=re.compile(kind))).to_contain_text(re.compile(r"10\s000,50"))
    expect(main).not_to_contain_text(re.compile(r"20\s001"))


def advance(page, made, act, **said):
    go(page, made, "signature/avancer/")
    page.get_by_role("main").get_by_label(act).check()
    fill(page, **said)
    press(page, "Enregistrer")
    expect(page).to_have_url(re.compile(r"/signature/\?"))


def test_8_the_circuit_refuses_what_comes_out_of_order(page, visit, made):
    """A greyed choice says why; sent all the same, it is refused in the same words."""
    visit.watch.expect("status of 422")
    advance(page, made, "Commencer le diagnostic", on="2013-04-01")
    advance(page, made, "Passer au projet", on="2014-04-01")
    advance(page, made, "Ouvrir la concertation", on="2014-05-01")
    advance(page, made, "Valider par l’intercommunalité", on="2014-09-15", cited="délibération n° 1")
    go(page, made, "signature/avancer/")
    main, why = page.get_by_role("main"), "Le comité de pilotage valide après toutes les communes"
    expect(main).to_contain_text(why)
    choice = main.get_by_label("Valider par le comité de pilotage")
    expect(choice).to_be_disabled()
    choice.evaluate("choice => { choice.disabled = false; choice.checked = true }")
    fill(page, on="2014-10-01", cited="relevé n° 2")
    press(page, "Enregistrer")
    expect(main).to_contain_text(why)
    for insee, on in (("63113", "2014-10-06"), ("63124", "2014-11-04")):
        go(page, made, f"signature/communes/{insee}/")
        fill(page, on=on, cited="délibération du conseil municipal")
        page.get_by_role("main").locator("form button.button").first.click()
        expect(page).to_have_url(re.compile(r"/signature/\?"))
    expect(main).to_contain_text("2 sur 2")
    advance(page, made, "Valider par le comité de pilotage", on="2014-12-10", cited="relevé n° 2")


def answer_of(page, party):
    row = page.get_by_role("main").get_by_role("row").filter(has_text=party).first
    row.get_by_role("link").first.click()
    fill(page, on="2015-07-01")
    page.get_by_role("main").locator("form button.button").first.click()
    expect(page).to_have_url(re.compile(r"/signature/\?"))


def test_9_signed_in_part_then_in_full_with_its_document(page, made):
    go(page, made, "signature/")
    main = page.get_by_role("main")
    parties = [
        "représentant de l’État",
        "porteur du contrat",
        "Clermont-Ferrand",
        "Cournon-d'Auvergne",
        "Conseil départemental",
        "Conseil régional",
    ]
    for count, party in enumerate(parties, start=1):
        answer_of(page, party)
        expect(main).to_contain_text(f"{count} sur 6")
        expect(main).to_contain_text("en signature partielle" if count < 6 else "le contrat est signé")
    go(page, made, "calendrier/")
    expect(main.get_by_role("row", name=re.compile("Signature du contrat")).first).to_contain_text(
        "182 jours"
    )
    document = page.request.get(f"{made['contract']}texte.pdf?{GENERATION}")
    assert document.ok
    with pikepdf.open(io.BytesIO(document.body())) as read:
        assert bool(read.Root.MarkInfo.Marked)
        assert read.Root.StructTreeRoot


def test_10_every_step_has_its_day_and_its_author_and_the_journal_is_whole(page, live, made):
    go(page, made, "signature/")
    trail = page.get_by_role("region", name="La trace, étape par étape").get_by_role("listitem")
    # Opened, diagnosed, drafted, consulted; four validations and that of all communes; two of signatures.
    expect(trail).to_have_count(11)
    for step in trail.all():
        expect(step).to_contain_text("enregistré par Nadège Lavaur")
        expect(step.locator("time")).to_have_count(1)
    live.run("journal", "verify")
