"""J2.4: neighbours without legal form ask 450 € on a phone; a committee votes on phones; receipts; closed."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from .calls import press
from .kinds import CHARGEE, HABITANTE
from .test_interpellation import quiet

pytestmark = pytest.mark.browser
FUND = "Fonds des habitants de Clermont"


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
    """On a phone, without an account; too much first, and nothing typed is lost."""
    neighbour.goto(f"{fund}demander/")
    quiet(neighbour)
    neighbour.get_by_label("Votre projet en quelques mots").fill("Un repas dans le hall")
    neighbour.get_by_label("Votre groupe ou association").fill("Les voisins du 12")
    neighbour.get_by_label("Que voulez-vous faire ?").fill("Manger ensemble, chacun apporte un plat.")
    neighbour.get_by_label("Dans quel quartier ?").select_option(index=1)
    neighbour.get_by_label("Combien demandez-vous ?").fill("700")
    neighbour.get_by_label("Comment vous joindre").fill("06 00 00 00 00")
    press(neighbour, "Envoyer la demande")
    expect(neighbour.get_by_text("le plafond de ce fonds")).to_be_visible()
    neighbour.get_by_label("Combien demandez-vous ?").fill("450")
    press(neighbour, "Envoyer la demande")
    expect(neighbour.get_by_text("Gardez l’adresse de cette page").first).to_be_visible()
    assert neighbour.evaluate("document.documentElement.scrollWidth") <= 360
    return neighbour.url


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

    officer.goto(f"{fund}comite/")
    officer.get_by_label("Un repas dans le hall").check()
    officer.get_by_label("Vote clos le").fill((timezone.localdate() + timedelta(days=2)).isoformat())
    press(officer, "Ouvrir le vote")
    committee = officer.url

    member = visit(committee, person=HABITANTE, width=360, color_scheme="dark")
    quiet(member)
    member.get_by_label("pour", exact=True).check()
    member.get_by_label("Si oui, combien ?").fill("400")
    press(member, "Voter : Un repas dans le hall")
    expect(member.get_by_text("est gardée")).to_be_visible()
    press(officer, "Clore le vote maintenant")
    expect(officer.get_by_text("Le vote est clos, ses décisions sont enregistrées.")).to_be_visible()

    neighbour.goto(own)
    expect(neighbour.get_by_text("Accordé : 400")).to_be_visible()
    officer.goto(f"{fund}demandes/")
    officer.get_by_role("link", name="Un repas dans le hall").click()
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
