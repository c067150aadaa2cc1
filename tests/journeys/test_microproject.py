"""J2.4: neighbours without legal form ask 450 € on a phone; a committee votes on phones; receipts; closed."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from PIL import Image
from playwright.sync_api import expect

from .hands import press
from .kinds import CHARGEE, HABITANTE
from .test_accessible import quiet

pytestmark = pytest.mark.browser
FUND = "Fonds des habitants de Clermont"
OWN = "Fleurir le palier"


def open_fund(officer):
    """The officer adds the association that will hold it, then the fund, then one member with an account."""
    officer.goto("/organisations/nouvelle/")
    officer.get_by_label("Nom").fill("Les Amis du square")
    officer.get_by_label("Nature").select_option("association")
    press(officer, "Enregistrer")
    officer.goto("/fonds/nouveau/")
    quiet(officer)
    officer.get_by_label("Nom du fonds").fill(FUND)
    officer.get_by_label("Association qui le tient").fill("Les Amis du square")
    officer.get_by_label("Contrat de ville").select_option(label="Clermont Auvergne Métropole, CN06302M")
    officer.get_by_label("Quartiers, par leurs codes").fill("QN06302I")
    officer.get_by_label("Enveloppe de l’année").fill("15 000")
    officer.get_by_label("Plafond par projet").fill("600")
    officer.get_by_label("Quorum du comité").fill("1")
    press(officer, "Enregistrer")
    expect(officer.get_by_role("heading", name="Membres du comité", level=1)).to_be_visible()
    officer.get_by_label("Nom", exact=True).fill("Aline Romieu")
    officer.get_by_label("Adresse du compte").fill(HABITANTE)
    press(officer, "Nommer")
    expect(officer.get_by_role("button", name="Quitte le comité : Aline Romieu")).to_be_visible()
    return officer.url.removesuffix("membres/")


def ask(neighbour, fund):
    """On a phone, without an account; too much and to keep first, and nothing typed is lost."""
    neighbour.goto(f"{fund}demander/")
    quiet(neighbour)
    neighbour.get_by_label("Votre projet en quelques mots").fill("Un repas dans le hall")
    neighbour.get_by_label("Votre groupe ou association").fill("Les voisins du 12")
    neighbour.get_by_label("Que voulez-vous faire ?").fill("Manger ensemble, chacun apporte un plat.")
    neighbour.get_by_label("Dans quel quartier ?").select_option(index=1)
    neighbour.get_by_label("Ce sera surtout").select_option("investment")
    neighbour.get_by_label("Combien demandez-vous ?").fill("700")
    neighbour.get_by_label("Comment vous joindre").fill("06 00 00 00 00")
    press(neighbour, "Envoyer la demande")
    expect(neighbour.get_by_text("le plafond de ce fonds")).to_be_visible()
    expect(neighbour.get_by_text("ne paie que des dépenses de fonctionnement")).to_be_visible()
    neighbour.get_by_label("Ce sera surtout").select_option("operating")
    neighbour.get_by_label("Combien demandez-vous ?").fill("450")
    press(neighbour, "Envoyer la demande")
    expect(neighbour.get_by_text("Gardez l’adresse de cette page").first).to_be_visible()
    assert neighbour.evaluate("document.documentElement.scrollWidth") <= 360
    return neighbour.url


def ask_for_oneself(member, fund):
    """Whoever sits on the committee asks as anybody; its vote will be without them."""
    member.goto(f"{fund}demander/")
    told = {
        "Votre projet en quelques mots": OWN, "Votre groupe ou association": "Le palier du 3",
        "Que voulez-vous faire ?": "Trois bacs de fleurs.", "Combien demandez-vous ?": "120",
        "Comment vous joindre": "06 00 00 00 01",
    }  # fmt: skip
    for label, words in told.items():
        member.get_by_label(label).fill(words)
    member.get_by_label("Dans quel quartier ?").select_option(index=1)
    press(member, "Envoyer la demande")


def stand_back(member):
    """A yes to one’s own request is not kept; standing back is."""
    own = member.get_by_role("region", name=OWN)
    expect(own).to_contain_text("Ce projet est le vôtre : vous vous retirez")
    own.get_by_label("pour", exact=True).check()
    press(member, f"Voter : {OWN}")
    expect(member.get_by_text("vous vous retirez du vote")).to_be_visible()
    own.get_by_label("se retire").check()
    press(member, f"Voter : {OWN}")
    expect(own).to_contain_text("0 voix, quorum 1. 1 membre se retire.")


def photograph():
    file = io.BytesIO()
    Image.new("RGB", (80, 60), (120, 60, 30)).save(file, "JPEG")
    return {"name": "ticket.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_from_an_idea_to_its_receipts(visit):
    visit.watch.expect("status of 422")
    officer = visit(person=CHARGEE)
    fund = open_fund(officer)
    neighbour = visit(width=360)
    own = ask(neighbour, fund)
    member = visit(person=HABITANTE, width=360, color_scheme="dark")
    ask_for_oneself(member, fund)

    officer.goto(f"{fund}comite/")
    for title in ("Un repas dans le hall", OWN):
        officer.get_by_label(title).check()
    officer.get_by_label("Vote clos le").fill((timezone.localdate() + timedelta(days=2)).isoformat())
    press(officer, "Ouvrir le vote")
    committee = officer.url

    member.goto(committee)
    quiet(member)
    stand_back(member)
    meal = member.get_by_role("region", name="Un repas dans le hall")
    meal.get_by_label("pour", exact=True).check()
    meal.get_by_label("Si oui, combien ?").fill("400")
    press(member, "Voter : Un repas dans le hall")
    expect(member.get_by_text("est gardée")).to_be_visible()
    press(officer, "Clore le vote maintenant")
    expect(officer.get_by_text("Le vote est clos, ses décisions sont enregistrées.")).to_be_visible()

    neighbour.goto(own)
    due = date_format(timezone.localdate() + timedelta(days=5), "DATE_FORMAT")
    expect(neighbour.get_by_text("Accordé : 400")).to_contain_text(f"L’avance arrive avant le {due}")
    officer.goto(f"{fund}demandes/")
    officer.get_by_role("link", name="Un repas dans le hall").click()
    expect(officer.get_by_role("main")).to_contain_text(f"à verser avant le {due}")
    officer.get_by_label("Avance versée, en euros").fill("400")
    press(officer, "Avance versée")

    neighbour.reload()
    neighbour.get_by_label("Photo du justificatif").set_input_files(photograph())
    neighbour.get_by_label("Qu’avez-vous acheté ?").fill("Le pain et les boissons")
    neighbour.get_by_label("Montant payé").fill("400")
    press(neighbour, "Ajouter ce ticket")
    expect(neighbour.get_by_text("Le justificatif est gardé.")).to_be_visible()
    quiet(neighbour)
    neighbour.get_by_label("Comment cela s’est passé").fill("Quarante voisins, jusqu’à minuit.")
    press(neighbour, "Remettre mes justificatifs")

    officer.reload()
    press(officer, "Accepter")
    press(officer, "Clore")
    expect(officer.get_by_role("main")).to_contain_text("clos")
    quiet(officer)
    public = visit(fund, width=360)
    expect(public.get_by_role("main")).to_contain_text("Un repas dans le hall")
    expect(public.locator("body")).not_to_contain_text("06 00 00 00 00")
    quiet(public)
