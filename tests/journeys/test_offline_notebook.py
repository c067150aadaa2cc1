"""J6.3 in the field: notes taken on a walk without network; whatever goes wrong, each arrives once."""

import asyncio
import io
import json
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from faubourg.proximity.models import Observation, Photo
from faubourg.rules.proximity import grids
from tests.factories.people import PersonFactory
from tests.factories.proximity import (
    AreaSeatFactory,
    ObservationGridFactory,
    WalkFactory,
    WalkGuestFactory,
    WalkStopFactory,
)

from .notebook_field import play
from .notebook_proxy import Servers
from .test_accessible import quiet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE = {"latitude": 45.7797, "longitude": 3.0863, "accuracy": 12}
GRID = {
    "code": "essai", "version": 1, "kind": "general", "principles": [],
    "themes": [
        {"code": "cleanliness", "strand": "technical", "name": "Propreté", "question": "Est-ce propre ?"},
        {"code": "meeting", "strand": "social", "name": "Rencontre", "question": "Où se retrouve-t-on ?"},
    ],
}  # fmt: skip

# As a browser does when the disk is full: the transaction is undone and says why.
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  window.fullAgain = { room: () => { IDBObjectStore.prototype.put = put; } };
  IDBObjectStore.prototype.put = function (...told) {
    const asked = put.apply(this, told);
    const work = this.transaction;
    if (work.isFull) return asked;
    work.isFull = true;
    Object.defineProperty(work, "error", { get: () => new DOMException("full", "QuotaExceededError") });
    queueMicrotask(() => work.abort());
    return asked;
  };
}"""


def photograph(size=(400, 300), colour=(120, 60, 30), kind="JPEG", **more):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind, **more)
    return {"name": f"photo.{kind.lower()}", "mimeType": f"image/{kind.lower()}", "buffer": file.getvalue()}


def with_a_place():
    """A photograph that says where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x9C9D] = "Somebody".encode("utf-16le")
    exif.get_ifd(0x8825)[1] = "N"
    return photograph((3000, 2000), (10, 90, 200), exif=exif)


@pytest.fixture
def walk(transactional_db):
    assert grids.read(GRID).grid is not None
    walk = WalkFactory(
        title="Marche de la Gauthière",
        starts_at=timezone.now() + timedelta(hours=1),
        grid=ObservationGridFactory(content=GRID),
        negotiable="Les bancs, les arbres.",
        route={"type": "LineString", "coordinates": [[3.086, 45.779], [3.087, 45.78], [3.088, 45.7795]]},
    )
    WalkStopFactory(walk=walk, order=1, name="Le square")
    WalkStopFactory(walk=walk, order=2, name="Le hall du 12", lon=3.0875, lat=45.7799)
    return walk


@pytest.fixture
def phone(browser, live_server):
    """`phone(person)` or `phone(key=…)`: a fresh phone with the notebook open on its walk."""
    contexts, wrong = [], []
    # What is sent goes through a server that other tests keep busy too.
    expect.set_options(timeout=20_000)

    def taken(person=None, key="", **options):
        told = {"locale": "fr-FR", "viewport": {"width": 360, "height": 740}, "accept_downloads": True}
        context = browser.new_context(
            base_url=live_server.url, geolocation=PLACE, permissions=["geolocation"], **(told | options)
        )
        context.set_default_timeout(15_000)
        context.set_default_navigation_timeout(60_000)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        contexts.append(context)
        if person:
            sign_in(context, person, live_server.url)
        page = context.new_page()
        page.goto(f"/carnet/{key}/" if key else "/carnet/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        if key:
            # The walk itself is brought after the page: nobody leaves without it.
            expect(page.get_by_role("button", name="Noter une observation")).to_be_visible()
        return page

    yield taken
    for context in contexts:
        context.close()
    expect.set_options(timeout=5_000)
    assert wrong == []


def sign_in(context, person, url):
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


@pytest.fixture
def guest(walk):
    return WalkGuestFactory(walk=walk, takes_notes=True)


def note(page, text, *photos, keep=True):
    page.get_by_role("button", name="Noter une observation").click()
    page.get_by_label("Ce que vous voyez").fill(text)
    for rank, photo in enumerate(photos, 1):
        page.get_by_label("Photos").set_input_files(photo)
        expect(page.locator("#note-photos img")).to_have_count(rank)
    if keep:
        page.get_by_role("button", name="Garder la note").click()
        expect(page.get_by_text("Note gardée sur ce téléphone.")).to_be_visible()


def unsent(page):
    return page.locator("#waits")


def all_sent(page):
    expect(unsent(page)).to_have_text("Tout est envoyé")


def photos_on(page):
    return page.evaluate("""() => new Promise((done) => {
      const asked = indexedDB.open("faubourg-notebook");
      asked.onsuccess = () => {
        const kept = asked.result.transaction("kept").objectStore("kept");
        const counted = kept.count(IDBKeyRange.bound("photo:", "photo;"));
        counted.onsuccess = () => { asked.result.close(); done(counted.result); };
      };
    })""")


def test_a_walk_without_network_from_end_to_end(phone, walk):
    person = PersonFactory(name="Aline Romieu")
    WalkGuestFactory(walk=walk, person=person, takes_notes=True)
    page = phone(person)
    expect(page.get_by_text("Vous prenez des notes en tant que Aline Romieu.")).to_be_visible()
    page.get_by_role("link", name="Marche de la Gauthière").click()
    expect(page.get_by_role("img", name="Plan de l’itinéraire, haltes numérotées : 2")).to_be_visible()

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="Marche de la Gauthière")).to_be_visible()
    note(
        page,
        "Des cartons au pied de l’arbre",
        with_a_place(),
        photograph((900, 2400), kind="PNG"),
        keep=False,
    )
    page.get_by_label("Halte", exact=True).select_option(label="1. Le square")
    page.get_by_label("Ce qu’on regarde").select_option(label="Propreté")
    expect(page.get_by_text("Est-ce propre ?")).to_be_visible()
    page.get_by_role("radio", name="3, sérieux").check()
    page.get_by_label("Ce que vous proposez").fill("Une benne le jeudi")
    page.get_by_role("button", name="Prendre le lieu").click()
    expect(page.get_by_text("Lieu pris, à 12 m près.")).to_be_visible()
    page.get_by_role("button", name="Garder la note").click()
    expect(unsent(page)).to_have_text("À envoyer : 1 note, 2 photos")
    note(page, "On s’assoit volontiers ici")
    expect(unsent(page)).to_have_text("À envoyer : 2 notes, 2 photos")
    assert not Observation.objects.exists()

    page.context.set_offline(False)
    all_sent(page)
    first, second = Observation.objects.order_by("seen_at")
    assert (first.text, first.theme, first.criterion, first.severity, first.accuracy_m, first.lon) == (
        "Des cartons au pied de l’arbre", "cleanliness", "cleanliness", 3, 12, 3.0863,
    )  # fmt: skip
    assert (first.stop.name, first.proposal, first.taken_by) == (
        "Le square",
        "Une benne le jeudi",
        person.ref,
    )
    assert second.stop == first.stop, "the halt of the last note is proposed again"
    photos = list(first.photos.all())
    assert sorted((photo.width, photo.height) for photo in photos) == [(600, 1600), (1600, 1067)]
    for photo in photos:
        with Image.open(settings.MEDIA_ROOT / photo.document.file.name) as kept:
            assert not kept.getexif()
    assert photos_on(page) == 0


def test_answers_lost_after_commit_twice_and_two_windows(phone, guest):
    page = phone(key=guest.key)
    page.context.set_offline(True)
    for rank in range(3):
        note(page, f"Note {rank}", photograph(colour=(rank * 60, 20, 90)))
    lost = []

    def lose(route):
        """The server keeps what was sent; the phone hears nothing, twice for each address."""
        if route.request.method != "POST" or lost.count(route.request.url) >= 2:
            return route.continue_()
        lost.append(route.request.url)
        route.fetch()
        return route.abort()

    page.context.route("**/carnet/api/**", lose)
    page.context.set_offline(False)
    other = page.context.new_page()
    other.goto(f"/carnet/{guest.key}/")
    for _again in range(30):
        for window in (page, other):
            window.evaluate("document.getElementById('send').click()")
        page.wait_for_timeout(150)
        if unsent(page).get_attribute("data-count") == "0":
            break
    all_sent(page)
    all_sent(other)
    assert len(lost) >= 6
    assert sorted(one.text for one in Observation.objects.all()) == ["Note 0", "Note 1", "Note 2"]
    assert [one.photos.count() for one in Observation.objects.all()] == [1, 1, 1]


def test_a_session_that_ended_loses_nothing(phone, walk, live_server):
    person = PersonFactory()
    WalkGuestFactory(walk=walk, person=person, takes_notes=True)
    page = phone(person)
    page.get_by_role("link", name="Marche de la Gauthière").click()
    page.context.set_offline(True)
    note(page, "Un banc cassé", photograph())
    Session.objects.all().delete()
    page.context.set_offline(False)
    expect(page.get_by_text("Rien n’est perdu : reconnectez-vous")).to_be_visible()
    expect(unsent(page)).to_have_text("À envoyer : 1 note, 1 photo")
    assert not Observation.objects.exists()
    sign_in(page.context, person, live_server.url)
    page.get_by_role("button", name="Envoyer").click()
    all_sent(page)
    assert Photo.objects.count() == 1


def test_closed_in_the_middle_of_a_photo(phone, guest):
    page = phone(key=guest.key)
    page.context.set_offline(True)
    note(page, "Une flaque", photograph(), keep=False)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto("/carnet/")
    expect(unsent(page)).to_have_text("À finir : 1 brouillon")
    page.get_by_role("link", name="Marche de la Gauthière").click()
    page.get_by_role("link", name="Une flaque").click()
    expect(page.get_by_label("Ce que vous voyez")).to_have_value("Une flaque")
    expect(page.locator("#note-photos img")).to_have_count(1)
    page.get_by_role("button", name="Garder la note").click()
    context.set_offline(False)
    all_sent(page)
    assert Photo.objects.count() == 1


def test_a_full_phone_says_so_at_once_and_keeps_the_text(phone, guest):
    page = phone(key=guest.key)
    note(page, "Avant d’être plein")
    expect(page.locator("#notes [data-state=sent]")).to_have_count(1)
    page.get_by_role("button", name="Noter une observation").click()
    expect(page.get_by_label("Ce que vous voyez")).to_be_visible()
    page.evaluate(FULL)
    page.get_by_label("Ce que vous voyez").fill("Un texte long. " * 200)
    expect(page.get_by_role("alert")).to_contain_text("Le téléphone est plein")
    page.get_by_label("Photos").set_input_files(photograph())
    expect(page.get_by_role("alert")).to_contain_text("cette photo n’est pas gardée")
    page.get_by_role("button", name="Garder la note").click()
    expect(page.get_by_role("alert")).to_contain_text("votre texte reste à l’écran")
    expect(page.get_by_label("Ce que vous voyez")).to_have_value("Un texte long. " * 200)
    page.evaluate("window.fullAgain.room()")
    page.get_by_label("Photos").set_input_files(photograph())
    expect(page.locator("#note-photos img")).to_have_count(1)
    page.get_by_role("button", name="Garder la note").click()
    all_sent(page)
    assert Observation.objects.count() == 2


def test_a_file_brought_by_a_colleague(phone, guest, tmp_path, live_server):
    page = phone(key=guest.key)
    page.context.set_offline(True)
    note(page, "Un lampadaire éteint", photograph(), photograph(colour=(9, 200, 9)))
    page.get_by_role("link", name="Toutes les marches").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer ce qui attend dans un fichier").click()
    path = tmp_path / "carnet.json"
    download.value.save_as(path)
    assert len(json.loads(path.read_text())["notes"][0]["photos"]) == 2
    expect(unsent(page)).to_have_text("À envoyer : 1 note, 2 photos")

    officer = AreaSeatFactory(area=guest.walk.area).person
    colleague = phone(officer)
    colleague.get_by_label("Reprendre le fichier").set_input_files(path)
    expect(colleague.get_by_text("Repris du fichier : 1 note, 2 photos.")).to_be_visible()
    all_sent(colleague)
    kept = Observation.objects.get()
    assert (kept.taken_by, kept.taken_by_name, kept.photos.count()) == (None, guest.name, 2)

    colleague.goto(f"/marches/{guest.walk.pk}/carnet/")
    quiet(colleague)
    colleague.get_by_label("Fichier du carnet").set_input_files(path)
    colleague.get_by_role("button", name="Reprendre ces notes").click()
    expect(colleague.get_by_text("Notes gardées : 1. Photos gardées : 2.")).to_be_visible()
    page.context.set_offline(False)
    all_sent(page)
    assert (Observation.objects.count(), Photo.objects.count()) == (1, 2)


def test_what_is_refused_stays_with_its_reason(phone, guest):
    page = phone(key=guest.key)
    page.context.set_offline(True)
    note(page, "Un mur tagué")
    guest.takes_notes = False
    guest.save()
    page.context.set_offline(False)
    expect(page.get_by_text("Cette adresse n’ouvre plus le carnet")).to_be_visible()
    expect(unsent(page)).to_have_text("À envoyer : 1 note")
    guest.takes_notes = True
    guest.save()
    page.get_by_role("button", name="Envoyer (1)").click()
    all_sent(page)
    expect(page.get_by_text("Cette adresse n’ouvre plus le carnet")).to_be_hidden()


def test_two_wordings_become_two_notes(phone, guest):
    page = phone(key=guest.key)
    note(page, "Un banc", photograph())
    expect(page.locator("#notes [data-state=sent]")).to_have_count(1)
    Observation.objects.update(client_revision=2, client_sha256="0" * 64, text="Un autre banc")
    page.get_by_role("link", name="Un banc").click()
    page.get_by_label("Ce que vous voyez").fill("Un banc sans dossier")
    page.get_by_role("button", name="Garder la note").click()
    page.get_by_role("button", name="Envoyer comme une note de plus").click()
    all_sent(page)
    assert sorted(one.text for one in Observation.objects.all()) == ["Un autre banc", "Un banc sans dossier"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_it_is_readable_by_all(phone, guest, scheme):
    page = phone(key=guest.key, color_scheme=scheme)
    expect(page.get_by_role("heading", name="Marche de la Gauthière")).to_be_visible()
    quiet(page)
    note(page, "Un très long mot : " + "anticonstitutionnellement" * 5, photograph(), keep=False)
    quiet(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Garder la note").click()
    all_sent(page)
    quiet(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name="Toutes les marches").click()
    quiet(page)


def test_with_the_keyboard_alone_and_in_english(phone, guest):
    page = phone(key=guest.key)
    expect(page.get_by_role("heading", name="Marche de la Gauthière")).to_be_visible()
    page.get_by_role("button", name="Noter une observation").press("Enter")
    expect(page.get_by_label("Ce que vous voyez")).to_be_visible()
    page.get_by_label("Ce que vous voyez").press_sequentially("Au clavier")
    for _tab in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.get_by_label("Ce que vous proposez").press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#notes [data-state=sent]")).to_have_count(1)
    all_sent(page)
    page.get_by_role("link", name="Toutes les marches").press("Enter")
    page.get_by_role("button", name="English").press("Enter")
    expect(page.get_by_role("heading", name="Field notebook")).to_be_visible()
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Everything is sent")).to_be_visible()


def test_random_days_with_everything_going_wrong(tmp_path, transactional_db):
    """A handful; benchmarks/notebook_faults.py plays hundreds."""
    played(tmp_path, runs=2, seed=7)


@pytest.mark.slow
def test_many_random_days(tmp_path, transactional_db):
    played(tmp_path, runs=40, seed=5000)


def played(tmp_path, runs, seed):
    if connection.vendor != "sqlite":
        pytest.skip("the servers of this test open the file of the database")
    home = tmp_path / "home"
    home.mkdir()
    address = f"sqlite:///{connection.settings_dict['NAME']}"
    servers = Servers(
        {
            "FAUBOURG_HOME": str(home),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "faubourg.site.settings",
        },
        tmp_path / "servers.log",
    )
    told = []

    def days():
        try:
            told.append(asyncio.run(play(runs, seed, servers, home / "uploads")))
        finally:
            connection.close()

    servers.open()
    try:
        thread = threading.Thread(target=days)
        thread.start()
        thread.join()
    finally:
        servers.stop()
    assert told, "the days were not played"
    assert told[0].wrong == []
    assert sum(told[0].faults.values()) > runs
