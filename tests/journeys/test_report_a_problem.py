"""J6.1, J6.2: a report without an account, from a code in a hall to before and after; one by telephone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from faubourg.proximity.data.resident_texts.ar import TEXTS as ARABIC

from .conftest import Visit
from .hands import press
from .kinds import CHARGEE, HABITANTE
from .proximity import (
    AGENT,
    HALL,
    REFERENT,
    SERVICE,
    act,
    fits,
    open_town,
    photograph,
    picture,
    told_by_sms,
)

pytestmark = pytest.mark.browser
NUMBER = "0639981234"
BULKY = "Un gros objet est abandonné : un matelas, un meuble, un frigo."
TYPED = "Un canapé devant l’ascenseur, demandez Mme Bréchard au 3e."
SHOWN = "Un canapé barre le hall."
REFERENCE = re.compile(r"[2-9A-Z]{3}-[2-9A-Z]{3}")


@pytest.fixture(scope="module")
def town(browser, live, sessions):
    """Cournon, opened and set by the team of its contract."""
    opened = Visit(browser, live.address, sessions)
    found = open_town(opened.phone(person=CHARGEE))
    opened.close()
    complaints = opened.complaints() + live.faults()
    assert not complaints, "\n".join(complaints)
    return found


def report(phone, reader):
    """What and a photograph: the code said where. A number too short is asked again, nothing is lost."""
    expect(phone.get_by_role("main")).to_contain_text(f"Le lieu : {HALL}")
    fits(phone, reader=reader)
    press(phone, BULKY)
    expect(phone.get_by_label("Non merci")).to_be_checked()
    fits(phone, reader=reader)
    press(phone, "Où")
    expect(phone.get_by_label(f"{HALL}, point connu")).to_be_checked()
    fits(phone, reader=reader)
    press(phone, "Continuer")
    phone.get_by_label("Photo du problème").set_input_files(photograph((150, 40, 40)))
    phone.get_by_label("Un mot de plus").fill(TYPED)
    phone.get_by_label("Par SMS").check()
    phone.get_by_label("Courriel ou numéro de téléphone").fill("06 39")
    press(phone, "Envoyer")
    expect(phone.get_by_role("alert")).to_contain_text("dix chiffres")
    expect(phone.get_by_text("Votre photo est gardée.")).to_be_visible()
    expect(phone.get_by_label("Un mot de plus")).to_have_value(TYPED)
    fits(phone, reader=reader)
    phone.get_by_label("Courriel ou numéro de téléphone").fill("06 39 98 12 34")
    press(phone, "Envoyer")
    expect(phone.get_by_text("Merci. Votre signalement est reçu.")).to_be_visible()
    fits(phone, reader=reader)
    reference = REFERENCE.search(phone.get_by_role("heading", level=1).inner_text())
    assert reference
    return reference[0], phone.url.partition("?")[0]


def in_arabic(page, **reader):
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    fits(page, **reader)


def same_in_arabic(visit, town, reference):
    """A neighbour touches the map, is shown the first report before sending, and says that it is the same."""
    neighbour = visit.phone(f"/signaler/{town.code}/", locale="ar")
    in_arabic(neighbour)
    press(neighbour, "أغراض كبيرة متروكة")
    neighbour.locator("#plan .leaflet-tile-loaded").first.wait_for()
    neighbour.locator("#plan").click()
    expect(neighbour.get_by_label(ARABIC["where.point"])).to_be_checked()
    in_arabic(neighbour)
    press(neighbour, ARABIC["next"])
    expect(neighbour.get_by_role("heading", name=ARABIC["same.heading"])).to_be_visible()
    expect(neighbour.get_by_label(ARABIC["contact.none"])).to_be_checked()
    in_arabic(neighbour)
    press(neighbour, f"{ARABIC['same.yes']} ({reference})")
    expect(neighbour.get_by_text(ARABIC["own.follows"])).to_be_visible()
    expect(neighbour.get_by_text(ARABIC["own.silent"])).to_be_visible()
    in_arabic(neighbour)
    return neighbour


def qualify(officer, town, reference, words):
    """Read, said for everybody, and given to a service: one form."""
    officer.goto(f"{town.address}signalements/")
    officer.get_by_role("main").get_by_role("link", name=re.compile(reference)).first.click()
    form = officer.locator("form").filter(has=officer.get_by_role("button", name="Qualifier", exact=True))
    form.get_by_label("Texte public").fill(words)
    form.get_by_label("Attribuer à").select_option(label=SERVICE)
    form.get_by_label("Gravité").select_option("2")
    press(officer, "Qualifier")
    expect(officer.get_by_text("Le signalement est qualifié.")).to_be_visible()
    fits(officer)


def repair(referent, reference, colour):
    """Declared done with a photograph, by whoever answers for the service."""
    referent.goto(f"/signalements/{reference}/")
    after = ("Photo après", photograph(colour))
    act(referent, "Déclarer fait", files=after, Ce_qui_a_été_fait="Le canapé est parti.")
    expect(referent.get_by_text("un·e habitant·e le vérifie")).to_be_visible()


def validate(officer, town, reference):
    """Each photograph is looked at; on the first one a corner is hidden in the file."""
    for rank, moment in enumerate(("avant", "après", "doute", "après")):
        officer.goto(f"{town.address}photos/")
        fits(officer)
        queue = officer.get_by_role("main").get_by_role("listitem").filter(has_text=reference)
        expect(queue).to_have_count(4 - rank)
        queue.first.get_by_role("link").click()
        officer.get_by_label("Ce qu’on y voit").fill(f"Le hall, {moment}")
        if not rank:
            officer.get_by_label("Rectangles à masquer").fill("0 0 50 50")
            fits(officer)
        press(officer, "Valider : rendre publique")
        expect(officer.get_by_text("La photo est publique")).to_be_visible()


def test_from_the_code_in_the_hall_to_before_and_after(visit, live, town):
    visit.watch.expect("status of 422")
    phone = visit.phone(town.door, java_script_enabled=False)
    reader = visit.phone(f"/signaler/{town.code}/")
    reference, own = report(phone, reader)
    told_by_sms(live, NUMBER, f"Votre numéro est {reference}")
    neighbour = same_in_arabic(visit, town, reference)

    officer = visit.phone(person=CHARGEE)
    qualify(officer, town, reference, SHOWN)
    told_by_sms(live, NUMBER, "est confié à un service")
    referent = visit.phone("/mes-signalements/", person=REFERENT)
    fits(referent)
    referent.get_by_role("main").get_by_role("link", name=re.compile(reference)).first.click()
    act(referent, "Planifier", Jour_prévu=timezone.localdate().isoformat())
    told_by_sms(live, NUMBER, "travaux prévus le")
    repair(referent, reference, (40, 150, 40))
    told_by_sms(live, NUMBER, "le service dit que c’est fait")

    phone.goto(own)
    phone.get_by_label("Photo du problème").set_input_files(photograph((160, 90, 20)))
    phone.get_by_label("Un mot").fill("Il est resté sur le palier.")
    fits(phone, reader=reader)
    press(phone, "Non, toujours pas")
    expect(phone.get_by_text("Merci, c’est noté.")).to_be_visible()
    told_by_sms(live, NUMBER, "est rouvert")
    repair(referent, reference, (30, 120, 160))
    neighbour.reload()
    expect(neighbour.get_by_role("heading", name=ARABIC["own.done"])).to_be_visible()
    in_arabic(neighbour)
    phone.goto(own)
    press(phone, "Oui, c’est fait")
    expect(phone.get_by_role("listitem").filter(has_text="Terminé")).to_be_visible()
    fits(phone, reader=reader)
    phone.goto(f"{own}?langue=ar")
    in_arabic(phone, reader=reader)
    told_by_sms(live, NUMBER, "est terminé")

    validate(officer, town, reference)
    public_after(visit, town, reference)


def public_after(visit, town, reference):
    """What everybody sees: before, after, the second try; nothing of who told it, nothing as it was typed."""
    public = visit.phone(town.address)
    public.get_by_role("link", name=SHOWN).click()
    expect(public).to_have_url(re.compile(f"/signalements/{reference}/"))
    main = public.get_by_role("main")
    for shown in (SHOWN, "rouvert 1 fois", SERVICE, "clos"):
        expect(main).to_contain_text(shown)
    for hidden in (TYPED, "Bréchard", NUMBER, "0639", "06 39", "Il est resté", "Samia Delorme", "Nadège"):
        expect(public.locator("body")).not_to_contain_text(hidden)
    pictures = main.get_by_role("img", name=re.compile("Le hall, "))
    expect(pictures).to_have_count(4)
    expect(main.get_by_role("img", name=re.compile("^Avant"))).to_have_count(1)
    expect(main.get_by_role("img", name=re.compile("^Après"))).to_have_count(2)
    fits(public)
    first = main.get_by_role("img", name=re.compile("^Avant")).get_attribute("src")
    shown = picture(public.request.get(first).body())
    assert not shown.getexif()
    assert max(shown.getpixel((40, 40))) < 60 < max(shown.getpixel((280, 200)))
    assert b"JFIF" not in public.request.get(f"{first}privee/").body()


def test_for_an_older_resident_on_the_telephone(visit, town):
    agent = visit.phone(f"{town.address}saisir/", person=AGENT)
    fits(agent)
    agent.get_by_label("Que se passe-t-il").select_option(label="Éclairage")
    agent.get_by_label("Où, avec ses mots").fill("la lampe au-dessus des boîtes, hall B")
    press(agent, "Chercher")
    agent.get_by_label(HALL).check()
    agent.get_by_label("Ce que la personne dit").fill("On ne voit plus la serrure le soir.")
    agent.get_by_label("Lettre").check()
    agent.get_by_label("Nom", exact=True).fill("Odette Varenne")
    agent.get_by_label("Adresse postale").fill("12, rue des Lilas\n63800 Cournon-d’Auvergne")
    press(agent, "Relire")
    read = agent.get_by_role("main")
    for said in ("Éclairage", HALL, "On ne voit plus la serrure", "Odette Varenne", "63800"):
        expect(read).to_contain_text(said)
    fits(agent)
    press(agent, "C’est bien cela : envoyer")
    said = agent.get_by_text("Dites le numéro").inner_text()
    reference = REFERENCE.search(said)[0]
    post(agent, town, reference, "Reçu")

    officer = visit.phone(person=CHARGEE)
    qualify(officer, town, reference, "La lampe du hall est éteinte.")
    post(agent, town, reference, "Confié à un service")
    repair(visit.phone(person=REFERENT), reference, (200, 200, 90))
    post(agent, town, reference, "Le service dit que c’est fait")
    relay = visit.phone(f"/signalements/{reference}/", person=HABITANTE)
    check = relay.get_by_role("region", name="Est-ce réparé ?")
    check.get_by_label("Oui").check()
    fits(relay)
    press(relay, "Répondre")
    expect(relay.get_by_text("Merci : votre réponse est notée.")).to_be_visible()
    expect(relay.get_by_role("main")).to_contain_text("Clos")
    for hidden in ("Odette", "Varenne", "63800"):
        expect(relay.locator("body")).not_to_contain_text(hidden)
    post(agent, town, reference, "Terminé")


def post(agent, town, reference, state):
    """A letter of this step waits, is printed, and is posted once."""
    agent.goto(f"{town.address}courriers/")
    letter = agent.get_by_role("region", name=f"Signalement {reference} : {state}")
    expect(letter).to_contain_text("Odette Varenne")
    fits(agent)
    printed = agent.request.get(letter.get_by_role("link", name="Imprimer la lettre").get_attribute("href"))
    assert printed.body().startswith(b"%PDF")
    with agent.expect_navigation():
        letter.get_by_role("button", name="Elle est postée").click()
    expect(agent.get_by_text("C’est noté.")).to_be_visible()
    expect(letter).to_have_count(0)
