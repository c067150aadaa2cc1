"""J2.1, J2.2: an association asks for a grant on a phone, from its idea to its money; or comes too late."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from faubourg.rules.calls.clocks import PAYMENT_DAYS, implicit_rejection

from .calls import LEAD, close_early, open_call
from .hands import press, sign_in
from .kinds import CHARGEE, HABITANTE
from .run_services import grant
from .test_accessible import quiet

pytestmark = pytest.mark.browser
NAME = "Les voisins de la Gauthière"
PROJECT = "Jardiner au pied des tours"
NEXT = "Enregistrer et continuer"


def seen(page):
    """As somebody on a phone: nothing for axe, nothing to scroll sideways."""
    quiet(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"{page.url} is {wide} wide"


def goto(page, address):
    """A page that is looked at before anything is typed, once autosave has read what waits."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    seen(page)


def open_organisation(page, name, rna):
    """She looks for it by its RNA; it is not known, she opens it and signs for it."""
    seen(page)
    page.get_by_label("SIRET, numéro RNA ou nom").fill(rna)
    press(page, "Chercher")
    seen(page)
    expect(page.get_by_label("Numéro RNA", exact=False).last).to_have_value(rna)
    page.get_by_label("Nom de l’organisation").fill(name)
    page.get_by_label("Je signe aussi ses dossiers").check()
    page.get_by_label("En quelle qualité").fill("Trésorière")
    press(page, "Inscrire et ouvrir l’espace")
    expect(page.get_by_text(f"L’espace de « {name} » est ouvert.")).to_be_visible()


def sign_charter(page, name):
    """Its sheet tells what a dossier will need; the seven commitments are signed in its name."""
    page.goto("/porteurs/")
    seen(page)
    page.get_by_role("link", name=name).click()
    expect(page.get_by_text("Le formulaire CERFA demande aussi")).to_be_visible()
    seen(page)
    page.get_by_role("link", name="Compléter la fiche").click()
    seen(page)
    told = {
        "Objet": "Cultiver ensemble.", "Adresse du siège": "1 rue du Square", "Ville": "Clermont-Ferrand",
        "Code postal": "63100", "Adresse électronique": "voisins@exemple.fr",
        "Représentant·e légal·e": "Camille Exemple", "Fonction": "Présidente",
    }  # fmt: skip
    for label, words in told.items():
        page.get_by_label(label).fill(words)
    press(page, "Enregistrer")
    page.get_by_role("link", name="Engagement républicain").click()
    seen(page)
    page.get_by_label("En quelle qualité vous signez").fill("Trésorière")
    page.get_by_label("J’ai lu les sept engagements").check()
    press(page, "Signer")
    expect(page.get_by_text("Le contrat d’engagement républicain est signé.")).to_be_visible()


def write_sheet(page, title=PROJECT):
    """One page: the project, for whom, where, how much; read again, then deposited. Its address."""
    page.get_by_role("radio", name=NAME).check()
    page.get_by_label("Le projet en une ligne").fill(title)
    press(page, "Commencer la fiche")
    seen(page)
    page.get_by_role("radio", name="Mobiliser tous les publics").check()
    page.get_by_label("Contrat de ville").select_option(label=LEAD)
    page.get_by_label("Le projet en quelques phrases").fill("Des bacs, de la terre et un goûter par mois.")
    page.get_by_label("À qui il s’adresse").fill("Les habitants de tous âges")
    page.get_by_role("checkbox", name="La Gauthière").check()
    page.get_by_label("Budget envisagé, en euros").fill("3 000")
    page.get_by_label("Demande envisagée, en euros").fill("2 000")
    press(page, "Garder, puis relire et déposer")
    expect(page.get_by_text("Chaque réponse attendue est donnée.")).to_be_visible()
    seen(page)
    press(page, "Déposer la fiche")
    expect(page.get_by_text("La fiche est déposée : voici son récépissé.")).to_be_visible()
    seen(page)
    return page.url


def note_talks(page, sheet):
    """What the technicians of the town and of the intercommunalité advised."""
    for party, service in (("commune", "Service vie associative"), ("epci", "Mission politique de la ville")):
        goto(page, f"{sheet}contacts/noter/")
        page.get_by_label("Avec qui").select_option(party)
        page.get_by_label("Quel service").fill(service)
        page.get_by_label("Le conseil donné").fill("Prévoyez un point d’eau.")
        press(page, "Enregistrer")
        expect(page.get_by_text("Le contact est noté.")).to_be_visible()


def judge_sheet(officer, call, title=PROJECT):
    """The officer finds it among those of the call and judges that it answers what is expected here."""
    officer.goto(f"{call}fiches/")
    quiet(officer)
    officer.get_by_role("main").get_by_role("link", name=title).click()
    officer.get_by_role("link", name="Rendre l’avis").click()
    officer.get_by_role("radio", name="conforme aux attentes locales").check()
    press(officer, "Enregistrer")
    expect(officer.get_by_text("L’avis est rendu")).to_be_visible()
    quiet(officer)


def convert(page, sheet):
    """The sheet becomes a dossier, with what it said and the talks; the dossier's address."""
    goto(page, sheet)
    expect(page.get_by_text("Avis conforme")).to_be_visible()
    press(page, "En faire un dossier complet")
    expect(page.get_by_text("avec ce que dit la fiche et vos contacts")).to_be_visible()
    return page.url.split("ecrire/")[0]


def follow(page, step):
    """Keep this step; the next one to mend opens by itself."""
    press(page, NEXT)
    page.wait_for_url(f"**/ecrire/{step}/")
    page.wait_for_load_state("networkidle")
    seen(page)


def fill_steps(page, dossier):
    """Step by step; the session ends in the middle of one, and the text comes back."""
    goto(page, f"{dossier}ecrire/lieux/")
    page.get_by_role("checkbox", name="Vivre-ensemble").check()
    page.get_by_label("Combien de personnes ?").fill("60")
    follow(page, "calendrier")
    year = timezone.localdate().year
    page.get_by_label("Début de l’action").fill(f"{year}-12-01")
    page.get_by_label("Fin de l’action").fill(f"{year + 1}-06-30")
    means = page.get_by_label("Moyens humains et matériels")
    means.fill("Dix bénévoles")
    page.context.clear_cookies(name="sessionid")
    means.press_sequentially(", six bacs.")
    means.press("Tab")
    expect(page.get_by_text("Votre session a expiré.")).to_be_visible()
    press(page, "Se reconnecter")
    sign_in(page, HABITANTE)
    page.get_by_role("button", name="Le reprendre").click()
    expect(means).to_have_value("Dix bénévoles, six bacs.")
    expect(page.get_by_label("Début de l’action")).to_have_value(f"{year}-12-01")
    follow(page, "conditions")
    page.get_by_role("radio", name="non", exact=True).check()
    follow(page, "indicateurs")
    page.get_by_label("Ce que l’on compte").first.fill("Participants réguliers")
    page.get_by_label("Cible").first.fill("40")
    follow(page, "budget")


def fill_money(page):
    """3 000 € of expenses; 2 000 € asked of the Région, 900 € of the metropolis but for a cent, 100 € own."""
    page.get_by_text("60 · Achats").click()
    page.get_by_label("Autres fournitures").fill("3 000")
    page.get_by_text("75 · Autres produits").click()
    page.get_by_label("756 Cotisations").fill("100")
    follow(page, "financeurs")
    ask(page, "Région", "2 000")
    ask(page, LEAD, "899,99")
    expect(page.locator("[data-balance-told]")).to_contain_text("il manque 0,01 €")
    follow(page, "pieces")


def ask(page, funder, sum_of_money):
    """What is asked of this funder of the call."""
    page.get_by_role("group", name=funder).get_by_label("fonctionnement").fill(sum_of_money)


def mend(page, dossier, funder, sum_of_money):
    """Another sum for one funder, kept; then what the rules say of the whole."""
    goto(page, f"{dossier}ecrire/financeurs/")
    ask(page, funder, sum_of_money)
    follow(page, "pieces")
    goto(page, f"{dossier}ecrire/verifier/")


def sign(page):
    """The attestation, then the signature of whoever signs for the organisation."""
    page.get_by_role("checkbox", name="J’atteste").check()
    press(page, "Signer et déposer")
    seen(page)


def refused(page, *sentences):
    """Nothing is submitted and nothing lost; why, in a sentence each."""
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Rien de ce qui est saisi n’est perdu.")
    for sentence in sentences:
        expect(alert).to_contain_text(sentence)


def receipt(page):
    """The number, what silence will mean, what was asked; the same in PDF."""
    main = page.get_by_role("main")
    expect(main).to_contain_text("Le dossier est déposé sous le numéro")
    number = page.locator("dl.facts dd").first.inner_text()
    assert number.startswith(f"{timezone.localdate().year}-"), number
    expect(main).to_contain_text("est réputée rejetée")
    expect(main.get_by_role("row", name="Région")).to_contain_text("2 000 €")
    address = main.get_by_role("link", name="En PDF").get_attribute("href")
    assert page.request.get(address).body().startswith(b"%PDF")
    page.goto("/mes-dossiers/")
    seen(page)
    expect(page.get_by_role("main")).to_contain_text(number)


def told_complete(officer, page, dossier):
    """The officer says that it is complete: the receipt now dates the rejection that silence would be."""
    officer.goto(f"{dossier}pieces/")
    press(officer, "Déclarer complet")
    goto(page, f"{dossier}recepisse/")
    day = date_format(implicit_rejection(timezone.localdate()), "DATE_FORMAT")
    expect(page.get_by_role("main")).to_contain_text(f"Ce dossier étant complet, ce sera le {day}.")


def granted(page, dossier):
    """What each funder gives, then where the sixty days of the first payment are; in plain French."""
    goto(page, "/mes-dossiers/")
    expect(page.get_by_role("main")).to_contain_text("La décision vous est notifiée")
    goto(page, f"{dossier}argent/")
    for funder, sum_of_money in (("Région", "2 000 €"), (LEAD, "900 €")):
        told = page.get_by_role("region", name=funder)
        expect(told).to_contain_text(f"Accordé : {sum_of_money}. Déjà versé : 0 €.")
        expect(told).to_contain_text("Notifié le")
    first = page.get_by_role("region", name="Région").get_by_role("listitem").filter(has_text="1 400 €")
    due = date_format(timezone.localdate() + timedelta(days=PAYMENT_DAYS), "DATE_FORMAT")
    expect(first).to_contain_text(f"Jour 0 sur 60 : versement au plus tard le {due}")


def test_from_an_idea_to_the_payment(visit, live):
    visit.watch.expect("status of 422", "status of 401")
    officer = visit(person=CHARGEE)
    call = open_call(officer, "Appel à projets du printemps")
    phone = visit(call, person=HABITANTE, width=360)
    seen(phone)
    expect(phone.get_by_role("link", name="Déposer une fiche")).to_be_visible()
    phone.goto("/porteurs/")
    phone.get_by_role("main").get_by_role("link", name="Ajouter une organisation").first.click()
    open_organisation(phone, NAME, "W631234567")
    sign_charter(phone, NAME)
    goto(phone, f"{call}fiches/nouvelle/")
    sheet = write_sheet(phone)
    note_talks(phone, sheet)
    judge_sheet(officer, call)
    dossier = convert(phone, sheet)

    fill_steps(phone, dossier)
    fill_money(phone)
    goto(phone, f"{dossier}ecrire/verifier/")
    sign(phone)
    refused(phone, "apportent 899,99 €", "il faut 30 % : il manque 0,01 €")
    mend(phone, dossier, LEAD, "900")
    mend(phone, dossier, "Région", "1 999,99")
    sign(phone)
    refused(phone, "La demande est de 1 999,99 €, sous le plancher de 2 000 €")
    mend(phone, dossier, "Région", "2 000")
    expect(phone.get_by_text("Rien ne retient plus ce dossier")).to_be_visible()
    sign(phone)
    receipt(phone)
    told_complete(officer, phone, dossier)
    grant(live, dossier)
    granted(phone, dossier)


def test_too_late_the_reason_is_told_and_the_draft_stays(visit):
    visit.watch.expect("status of 422")
    title = "Appel à projets de dernière minute"
    officer = visit(person=CHARGEE)
    call = open_call(officer, title)
    phone = visit("/porteurs/nouveau/", person=HABITANTE, width=360)
    open_organisation(phone, "La ronde des cerfs-volants", "W632345678")
    goto(phone, call)
    phone.get_by_role("main").get_by_role("link", name="Déposer un projet").click()
    seen(phone)
    phone.get_by_label("Pour quel organisme ?").select_option(label="La ronde des cerfs-volants")
    phone.get_by_label("Titre de l’action").fill("Un atelier de cerfs-volants")
    press(phone, "Commencer")
    phone.wait_for_url("**/ecrire/projet/")
    dossier = phone.url.split("ecrire/")[0]
    phone.get_by_label("L’action en quelques phrases").fill("Dix après-midi d’automne.")
    press(phone, "Enregistrer et rester")

    close_early(officer, call, title, closes=timezone.localtime() - timedelta(minutes=5))
    goto(phone, f"{dossier}ecrire/verifier/")
    expect(phone.get_by_role("main")).to_contain_text("Si vous déposiez maintenant")
    sign(phone)
    refused(phone, "hors délai, irrecevable")
    goto(phone, f"{dossier}ecrire/projet/")
    expect(phone.get_by_label("L’action en quelques phrases")).to_have_value("Dix après-midi d’automne.")
    goto(phone, call)
    expect(phone.get_by_role("main").get_by_role("link", name="Déposer un projet")).to_have_count(0)
    goto(phone, "/mes-dossiers/")
    # Incomplete at the end of the window, and never submitted: it is completed for nobody, it stays a draft.
    expect(phone.get_by_role("main")).to_contain_text("Un atelier de cerfs-volants")
    expect(phone.get_by_role("main")).to_contain_text("Ce qui est saisi reste là.")
    expect(phone.get_by_role("main")).not_to_contain_text("Des pièces vous sont demandées")
