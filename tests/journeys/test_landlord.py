"""J5.1, all on phones: a plan before its signature, a walk's reports answered, a resident who verifies, a
review that town and State sign.
"""

import json
import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from .hands import press
from .kinds import HABITANTE
from .landlord_scene import ACTIONS, LANDLORD, TOWN
from .proximity import fits, photograph, picture
from .server import served

pytestmark = pytest.mark.browser
STATE = "delegue@demo.faubourg"
SCENE = "from tests.journeys.landlord_scene import make; make()"


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A server of this module's own."""
    with served(tmp_path_factory.mktemp("landlord") / "home") as server:
        yield server


@pytest.fixture(scope="module")
def sessions():
    """Who is signed in on that server."""
    return {}


@pytest.fixture(scope="module")
def scene(live):
    """A walk of twelve observations, a plan that nobody settled: see `landlord_scene`."""
    return json.loads(live.run("shell", "-c", SCENE).partition("KEYS")[2])


INVOICE = {"name": "facture.csv", "mimeType": "text/csv", "buffer": b"date;montant\n2026-03-02;12000\n"}


def open_act(page, label):
    """The form of an act, unfolded when it is not the first one."""
    folded = page.locator("details.ticket-act > summary").get_by_text(label, exact=True)
    if folded.count():
        folded.first.click()
    return page.locator("form", has=page.get_by_role("button", name=label, exact=True)).first


def sign_the_plan(landlord, town, scene):
    """Nobody signs before the three-year plan is settled; then every party did, and it is carried out."""
    agreement = f"/tfpb/{scene['tfpb']}/"
    _record_signatures(town, agreement, date(scene["year"] - 1, 12, 15))
    expect(town.get_by_text("On signe une convention dotée de son plan triennal")).to_be_visible()
    landlord.goto(agreement)
    press(landlord, "Arrêter le plan triennal")
    expect(landlord.get_by_text("les parties peuvent signer")).to_be_visible()
    fits(landlord)
    _record_signatures(town, agreement, date(scene["year"] - 1, 12, 15))
    press(town, "Commencer l’exécution")
    expect(town.get_by_text("L’exécution commence.")).to_be_visible()


def _record_signatures(town, agreement, day):
    town.goto(f"{agreement}signatures/")
    for party in ("Le bailleur", "La commune", "L’intercommunalité", "L’État"):
        town.get_by_label(party).fill(day.isoformat())
    press(town, "Enregistrer")


def contest(landlord, town, references):
    """Not their ground: the arbitration gives it to somebody else."""
    for reference in references:
        landlord.goto(f"/signalements/{reference}/")
        form = open_act(landlord, "Ce n’est pas à nous : contester")
        form.get_by_label("Motif").fill("Ce sol est à la ville.")
        press(landlord, "Ce n’est pas à nous : contester")
        expect(landlord.get_by_text("La contestation part en arbitrage.")).to_be_visible()
        town.goto(f"/signalements/{reference}/")
        form = open_act(town, "Arbitrer")
        form.get_by_label("Partenaire", exact=True).select_option(label="Voirie (exemple)")
        form.get_by_label("Décision et motif").fill("C’est une rue.")
        press(town, "Arbitrer")
        expect(town.get_by_text("L’arbitrage est rendu.")).to_be_visible()


def refer(town, reference):
    """A dwelling is no litter: the right desk, once the person accepts."""
    town.goto(f"/signalements/{reference}/")
    form = open_act(town, "Transmettre au bon guichet")
    form.get_by_label("La personne accepte").check()
    press(town, "Transmettre au bon guichet")
    expect(town.get_by_text("Le signalement est transmis.")).to_be_visible()


def repair(landlord, reference):
    """A day, then done, with a photograph; closed only by who lives there."""
    landlord.goto(f"/signalements/{reference}/")
    form = open_act(landlord, "Planifier")
    form.get_by_label("Jour prévu").fill(timezone.localdate().isoformat())
    press(landlord, "Planifier")
    form = open_act(landlord, "Déclarer fait")
    form.get_by_label("Ce qui a été fait").fill("Repris ce matin.")
    form.get_by_label("Photo après").set_input_files(photograph((40, 150, 40)))
    press(landlord, "Déclarer fait")
    expect(landlord.get_by_text("un·e habitant·e le vérifie").first).to_be_visible()
    expect(landlord.get_by_text("Est-ce réparé ?")).to_have_count(0)
    after = landlord.get_by_role("img", name=re.compile("^Après"))
    return served_at(landlord, after.get_attribute("src"))


def served_at(page, address):
    """A photograph as the site gives it: nothing in it says where it was taken."""
    assert picture(photograph((0, 0, 0))["buffer"]).getexif()
    shown = picture(page.request.get(address).body())
    assert not shown.getexif()
    return shown


def blur(town, reference):
    """Looked at before everybody sees it: what shows a face is hidden in the file."""
    town.goto(f"/signalements/{reference}/")
    town.get_by_role("link", name="Masquer et valider").click()
    town.get_by_label("Rectangles à masquer").fill("0 0 50 50")
    press(town, "Valider : rendre publique")
    town.goto(f"/signalements/{reference}/")
    shown = served_at(town, town.get_by_role("img", name=re.compile("^Après")).get_attribute("src"))
    assert max(shown.getpixel((40, 40))) < 60 < max(shown.getpixel((280, 200)))


def verify(resident, reference):
    resident.goto(f"/signalements/{reference}/")
    resident.get_by_label("Oui", exact=True).check()
    press(resident, "Répondre")
    expect(resident.get_by_text("votre réponse est notée")).to_be_visible()
    expect(resident.get_by_role("main")).to_contain_text("Clos")


def cost(landlord, line, reference, *proofs):
    """Twelve thousand euros, two of them spent anywhere; files and a closed report prove it.

    With two files, all of it is counted first, which is refused.
    """
    landlord.goto(f"/tfpb/lignes/{line}/")
    landlord.get_by_label("Coût réel, en euros").fill("12 000")
    landlord.get_by_label("Dont gestion ordinaire").fill("2 000")
    if len(proofs) > 1:
        landlord.get_by_label("Valorisé au titre de l’abattement").fill("12 000")
        press(landlord, "Enregistrer")
        expect(landlord.get_by_text("dépassent la gestion ordinaire")).to_be_visible()
    landlord.get_by_label("Valorisé au titre de l’abattement").fill("10 000")
    press(landlord, "Enregistrer")
    for proof in proofs:
        landlord.get_by_label("Pièce ou photo").set_input_files(proof)
        press(landlord, "Joindre cette preuve")
    landlord.get_by_label("Ou un signalement clos").select_option(reference)
    press(landlord, "Joindre cette preuve")
    expect(landlord.get_by_text("La preuve est jointe.")).to_be_visible()


def sign(page, review, name):
    page.goto(review)
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()
    fits(page)
    press(page, "Signer")
    expect(page.get_by_text("Votre signature est enregistrée.")).to_be_visible()


def test_from_a_walk_to_a_signed_review(visit, scene):
    visit.watch.expect("status of 422")
    references, review = scene["tickets"], f"/tfpb/{scene['tfpb']}/annees/{scene['year']}/"
    assert len(references) == 12
    landlord, town = visit.phone(person=LANDLORD), visit.phone(person=TOWN)
    sign_the_plan(landlord, town, scene)
    landlord.goto("/mes-signalements/")
    mine = landlord.get_by_role("table").get_by_role("link", name=re.compile("|".join(references)))
    expect(mine).to_have_count(11)
    fits(landlord)
    contest(landlord, town, references[9:11])
    refer(town, references[11])
    resident = visit.phone(person=HABITANTE)
    proofs = ([INVOICE], [INVOICE], [INVOICE, photograph((90, 90, 200))])
    for line, reference, files in zip(scene["lines"], references[:3], proofs, strict=True):
        repair(landlord, reference)
        verify(resident, reference)
        cost(landlord, line, reference, *files)
    served_at(landlord, landlord.get_by_role("link", name="photo.jpg").get_attribute("href"))
    fits(landlord)
    blur(town, references[0])

    landlord.goto(f"{review}chiffres/")
    landlord.get_by_label("Logements concernés").fill("400")
    landlord.get_by_label("Abattement, en euros").fill("30 000")
    landlord.get_by_label("D’après").fill("Avis d’imposition")
    press(landlord, "Enregistrer")
    main = landlord.get_by_role("main")
    for _axis, title in ACTIONS:
        expect(main.get_by_role("link", name=title)).to_be_visible()
    expect(main.get_by_text("Soit 100,0")).to_be_visible()
    fits(landlord)
    press(landlord, "Remettre le bilan")
    expect(landlord.get_by_text("Le bilan est remis")).to_be_visible()

    town.goto(f"{review}visite/")
    for who in ("le bailleur", "la collectivité", "des habitants"):
        town.get_by_label(who, exact=True).check()
    press(town, "Enregistrer")
    sign(town, review, "Signer pour la collectivité")
    state = visit.phone(person=STATE, color_scheme="dark")
    sign(state, review, "Signer pour l’État")

    public = visit.phone(review)
    expect(public.get_by_role("main")).to_contain_text("30\u202f000\u202f€ justifiés sur 30\u202f000\u202f€")
    fits(public)
    assert public.request.get(f"{review}bilan.pdf").body().startswith(b"%PDF")
    # The other landlord never signed: it is told to the State on its first page.
    state.goto("/")
    expect(state.get_by_role("main").get_by_text("pas d’abattement").first).to_be_visible()
    state.goto(f"/proximite/{scene['area']}/tfpb/")
    fits(state)
