"""J6.3, all on phones: women walk at night: invited, on paper and web, six principles noted without network,
voted, restored, reviewed later.
"""

import time
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from .hands import press
from .kinds import CHARGEE
from .proximity import fits

pytestmark = pytest.mark.browser
TITLE = "Marche du soir à La Gauthière"
GUEST = "Yamina Bréchard"
FRAME = {
    "Ce qui se discute": "L’éclairage des passages.",
    "Ce qui ne se discute pas": "Le budget déjà voté.",
    "Ce qui est permis": "Photographier les lieux, jamais les personnes.",
}
STOPS = (("Arrêt de tram", "3.1180 45.8020"), ("Passage sous la tour", "3.1195 45.8026"))


def open_area(officer):
    """The town becomes an area of proximity, run by the team of its contract."""
    officer.goto("/proximite/nouveau/")
    officer.get_by_label("Commune ou intercommunalité").fill("Clermont-Ferrand")
    press(officer, "Ouvrir")
    officer.goto("/proximite/")
    officer.get_by_role("main").get_by_role("link", name="Clermont-Ferrand").first.click()
    officer.get_by_role("link", name="Marches", exact=True).first.click()
    fits(officer)


def prepare(officer):
    """Itinerary and frame; nothing is confirmed before everything is known."""
    officer.get_by_role("link", name="Préparer une marche").first.click()
    officer.get_by_label("Titre").fill(TITLE)
    officer.get_by_label("marche exploratoire de femmes").check()
    fits(officer)
    press(officer, "Enregistrer")
    for n, (name, point) in enumerate(STOPS):
        row = officer.get_by_role("group", name=f"Halte {n + 1}", exact=True)
        row.get_by_label("Lieu").fill(name)
        row.get_by_label("Longitude et latitude").fill(point)
    fits(officer)
    press(officer, "Enregistrer l’itinéraire")
    press(officer, "Confirmer la marche")
    expect(officer.get_by_text("Écrivez le cadre").first).to_be_visible()
    officer.get_by_role("link", name="Écrire le cadre, la date, la grille").click()
    for label, words in FRAME.items():
        officer.get_by_label(label).fill(words)
    officer.get_by_role("textbox", name="Jour").fill((timezone.localdate() - timedelta(days=1)).isoformat())
    officer.get_by_label("Heure du départ").fill("21:00")
    officer.get_by_label("Elle se fait de nuit").check()
    officer.get_by_label("Grille d’observation").select_option(label="marche exploratoire, version 1")
    press(officer, "Enregistrer")
    walk = officer.url
    officer.goto(f"{walk}invites/")
    officer.get_by_label("Nom", exact=True).fill(GUEST)
    officer.get_by_label("Adresse électronique").fill("yamina@exemple.fr")
    officer.get_by_label("Prend des notes", exact=True).check()
    press(officer, "Ajouter à la liste")
    fits(officer)
    officer.goto(walk)
    press(officer, "Confirmer la marche")
    expect(officer.get_by_text("La marche est confirmée")).to_be_visible()
    fits(officer)
    officer.goto(f"{walk}invites/")
    press(officer, "Envoyer 1 invitation")
    expect(officer.get_by_text("1 invitation est partie.")).to_be_visible()
    assert officer.request.get(f"{walk}itineraire.pdf").body().startswith(b"%PDF")
    return walk


def note(guest):
    """On the way, without network, in the notebook taken along: what was seen at a halt, under one of the six
    principles; sent once there is a network again.
    """
    guest.get_by_role("link", name="Le carnet sur téléphone").click()
    expect(guest.get_by_role("img", name="Plan de l’itinéraire, haltes numérotées : 2")).to_be_visible()
    guest.evaluate("navigator.serviceWorker.ready.then(() => true)")
    guest.context.set_offline(True)
    guest.reload()
    guest.get_by_role("button", name="Noter une observation").click()
    guest.get_by_label("Ce que vous voyez").fill(f"{GUEST} ne voit rien : deux lampes éteintes.")
    guest.get_by_role("radio", name="3, sérieux").check()
    guest.get_by_label("Halte", exact=True).select_option(label=f"2. {STOPS[1][0]}")
    guest.get_by_label("Principe").select_option(label="Voir et être vue")
    guest.get_by_label("Thème").select_option(label="éclairage")
    guest.get_by_role("button", name="Garder la note").click()
    expect(guest.locator("#waits")).to_have_text("À envoyer : 1 note")
    fits(guest)
    guest.context.set_offline(False)
    expect(guest.locator("#waits")).to_have_text("Tout est envoyé", timeout=20_000)


def hold(officer, walk):
    """It took place; what the notebook sent is there once."""
    officer.goto(f"{walk}realisee/")
    officer.get_by_label("Combien en tout ?").fill("11")
    press(officer, "Enregistrer")
    officer.goto(f"{walk}observations/")
    seen = officer.get_by_role("main")
    expect(seen.get_by_text("deux lampes éteintes")).to_have_count(1)
    for told in ("Voir et être vue", STOPS[1][0]):
        expect(seen).to_contain_text(told)
    fits(officer)


def propose(officer, walk):
    """Voted by show of hands; the most wanted goes to the participatory budget."""
    for title, voices in (("Rallumer le passage", "9"), ("Un banc au tram", "4")):
        officer.goto(f"{walk}propositions/nouvelle/")
        officer.get_by_label("Proposition", exact=True).fill(title)
        press(officer, "Enregistrer")
        officer.get_by_label(f"Mains levées : {title}").fill(voices)
        press(officer, f"Compter : {title}")
    press(officer, "L’envoyer au budget participatif : Rallumer le passage")
    officer.get_by_text("Ne pas la retenir : Un banc au tram").click()
    officer.get_by_label("Motif, public").last.fill("Un banc est déjà prévu.")
    press(officer, "Ne pas la retenir")
    fits(officer)


def publish(officer, walk):
    """The minutes, then each text read again: a name is refused, and nothing typed is lost."""
    officer.goto(f"{walk}compte-rendu/")
    officer.get_by_label("Compte rendu").fill("Une heure, onze femmes.")
    officer.get_by_label("Restitution publique").fill("Le groupe a trouvé le passage trop sombre.")
    press(officer, "Enregistrer")
    press(officer, "Valider le compte rendu")
    officer.get_by_role("link", name="Relire ce qui sera public").click()
    officer.get_by_label("Elle est").select_option("public")
    press(officer, "Enregistrer la relecture")
    expect(officer.get_by_text("sans le nommer")).to_be_visible()
    officer.get_by_label("Texte public").fill("Deux lampes sont éteintes sous la tour.")
    press(officer, "Enregistrer la relecture")
    expect(officer.get_by_text("La relecture est enregistrée.")).to_be_visible()
    fits(officer)
    officer.goto(walk)
    press(officer, "Restituer publiquement")
    expect(officer.get_by_text("Bilan prévu le").first).to_be_visible()
    officer.get_by_role("link", name="deux lampes éteintes").first.click()
    officer.get_by_label("Suite donnée, ou motif").fill("La ville remplace les lampes en juin.")
    press(officer, "Enregistrer la suite")
    officer.goto(walk)
    press(officer, "Suivre le plan d’actions")
    expect(officer.get_by_text("Le plan d’actions est suivi.")).to_be_visible()
    officer.goto(f"{walk}bilan/")
    expect(officer.get_by_role("main")).to_contain_text("La ville remplace les lampes en juin.")
    fits(officer)


def invitation_of(live):
    """The address in the message, which the worker of the demonstration wrote in a file."""
    folder = live.log.parent / "mail"
    for _wait in range(60):
        for path in folder.glob("*.log") if folder.exists() else ():
            text = message_from_bytes(path.read_bytes(), policy=default).get_body().get_content()
            if "/marches/invitation/" in text:
                return f"/marches/invitation/{text.split('/marches/invitation/')[1].split('/')[0]}/"
        time.sleep(0.5)
    pytest.fail("no invitation was written")


def answer(guest):
    """On her phone, without an account: when, where, the frame, and yes."""
    expect(guest.get_by_role("main")).to_contain_text("Le budget déjà voté.")
    expect(guest.get_by_role("main")).to_contain_text("Passage sous la tour")
    press(guest, "Je viens")
    expect(guest.get_by_text("Vous avez répondu que vous venez.")).to_be_visible()
    fits(guest)


def test_a_walk_at_night_from_its_frame_to_its_plan(visit, live):
    visit.watch.expect("status of 422", "ERR_INTERNET_DISCONNECTED")
    officer = visit.phone(person=CHARGEE)
    open_area(officer)
    walk = prepare(officer)
    guest = visit.phone(invitation_of(live), color_scheme="dark")
    answer(guest)
    note(guest)
    hold(officer, walk)
    propose(officer, walk)
    publish(officer, walk)
    public = visit.phone(f"{walk}restitution/")
    main = public.get_by_role("main")
    for shown in (
        "un groupe de 11 femmes",
        "Deux lampes sont éteintes",
        "Rallumer le passage",
        "budget participatif",
        "Un banc est déjà prévu.",
        "La ville remplace",
        "Bilan prévu le",
    ):
        expect(main).to_contain_text(shown)
    for hidden in ("Yamina", "Bréchard", "Une heure, onze femmes."):
        expect(public.locator("body")).not_to_contain_text(hidden)
    fits(public)
    assert public.request.get(f"{walk}restitution.pdf").body().startswith(b"%PDF")
