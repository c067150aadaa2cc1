"""The field notebook on the server: each note and photo once, acknowledged only for what is kept."""

import hashlib
import io
import json
import threading
import uuid
from base64 import b64encode
from dataclasses import asdict, replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from faubourg.base.models import JournalEntry
from faubourg.proximity.models import Observation, Photo
from faubourg.proximity.queries import notebook_files
from faubourg.proximity.services import notebook as services
from faubourg.proximity.services import photos
from faubourg.rules.proximity import notes as rules
from tests.factories.people import PersonFactory
from tests.factories.proximity import (
    AreaSeatFactory,
    ObservationFactory,
    WalkFactory,
    WalkGuestFactory,
    WalkStopFactory,
)

pytestmark = pytest.mark.django_db
THEMES = ("cleanliness", "other")


def note_of(walk, **changes):
    return replace(
        rules.Note(
            accuracy_m=8,
            client_id=str(uuid.uuid4()),
            criterion="",
            lat="45.779700",
            lon="3.086300",
            nature="dysfunction",
            principle="",
            proposal="",
            revision=1,
            seen_at="2026-03-15T14:20:00.123Z",
            severity=3,
            stop=None,
            text="Un banc cassé.",
            theme="cleanliness",
            walk=walk.pk,
        ),
        **changes,
    )


def photograph(colour=(120, 60, 30), size=(80, 60)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def guest(db):
    """Takes notes without an account."""
    return WalkGuestFactory(takes_notes=True)


def send(client, note, key="", **told):
    return client.post(
        reverse("notebook_note", args=[note.walk]),
        json.dumps({"note": asdict(note), "noted_by": "", **told}),
        content_type="application/json",
        headers={"X-Carnet-Key": key},
    )


def send_photo(client, note, content, key="", sha256=None):
    return client.post(
        reverse("notebook_photo", args=[note.client_id]),
        content,
        content_type="image/jpeg",
        headers={"X-Carnet-Key": key, "X-Content-SHA256": sha256 or hashlib.sha256(content).hexdigest()},
    )


class TestANote:
    def test_is_acknowledged_with_its_hash_and_again_word_for_word(self, client, guest):
        note = note_of(guest.walk)
        first = send(client, note, guest.key)
        again = send(client, note, guest.key)
        assert first.json() == again.json()
        assert first.json()["sha256"] == rules.hash_of(note)
        kept = Observation.objects.get()
        assert (kept.text, kept.lon, kept.severity, kept.taken_by_name) == (note.text, 3.0863, 3, guest.name)
        assert JournalEntry.objects.filter(act="observation.noted").count() == 1

    def test_a_later_wording_replaces_an_earlier_one_changes_nothing(self, client, guest):
        first = note_of(guest.walk)
        later = replace(first, revision=3, text="Deux bancs cassés.")
        send(client, first, guest.key)
        send(client, later, guest.key)
        late = send(client, replace(first, revision=2, text="Un vieux texte."), guest.key).json()
        assert Observation.objects.get().text == "Deux bancs cassés."
        assert (late["superseded"], late["revision"], late["sha256"]) == (True, 3, rules.hash_of(later))

    def test_two_wordings_of_one_revision_are_never_chosen_between(self, client, guest):
        note = note_of(guest.walk)
        send(client, note, guest.key)
        refused = send(client, replace(note, text="Autre chose."), guest.key)
        assert refused.status_code == 409
        assert "comme une note de plus" in refused.json()["sentence"]
        assert Observation.objects.get().text == note.text

    def test_what_the_team_wrote_meanwhile_stays(self, client, guest):
        note = note_of(guest.walk)
        send(client, note, guest.key)
        Observation.objects.update(public_text="Un banc à réparer.", public=True)
        send(client, replace(note, revision=2, severity=4), guest.key)
        kept = Observation.objects.get()
        assert (kept.public_text, kept.public, kept.severity, kept.version) == (
            "Un banc à réparer.",
            True,
            4,
            2,
        )

    def test_a_halt_removed_meanwhile_leaves_its_note(self, client, guest):
        stop = WalkStopFactory(walk=guest.walk)
        note = note_of(guest.walk, stop=stop.pk)
        stop.delete()
        assert send(client, note, guest.key).json()["sha256"] == rules.hash_of(note)
        assert Observation.objects.get().stop is None

    def test_it_cannot_move_to_another_walk(self, client, guest):
        other = WalkGuestFactory(takes_notes=True)
        note = note_of(guest.walk)
        send(client, note, guest.key)
        refused = send(client, replace(note, walk=other.walk.pk, revision=2), other.key)
        assert refused.status_code == 409
        assert Observation.objects.get().walk == guest.walk

    def test_a_walk_has_room_for_so_many(self, client, guest, monkeypatch):
        monkeypatch.setattr(services, "MOST_NOTES", 1)
        note = note_of(guest.walk)
        send(client, note, guest.key)
        assert send(client, note_of(guest.walk), guest.key).status_code == 409
        assert send(client, note, guest.key).status_code == 200

    def test_a_crash_before_the_commit_leaves_nothing_and_the_next_sending_keeps_it(self, guest, monkeypatch):
        def crash(*_told, **_more):
            raise RuntimeError

        client = Client(raise_request_exception=False)
        note = note_of(guest.walk)
        with monkeypatch.context() as broken:
            broken.setattr(services.journal, "record", crash)
            assert send(client, note, guest.key).status_code == 500
        assert not Observation.objects.exists()
        assert send(client, note, guest.key).status_code == 200
        assert Observation.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "a" * 4001),
        ("text", "nul\x00"),
        ("text", "demi \ud800"),
        ("text", 3),
        ("proposal", "b" * 2001),
        ("theme", "astronomie"),
        ("theme", ["other"]),
        ("nature", "miracle"),
        ("severity", 5),
        ("severity", True),
        ("severity", "3"),
        ("lon", "3.0863"),
        ("lon", None),
        ("lat", "95.000000"),
        ("accuracy_m", -1),
        ("seen_at", "hier"),
        ("seen_at", "2026-02-31T14:20:00.123Z"),
        ("revision", 0),
        ("revision", 10**9),
        ("client_id", "1234"),
        ("stop", "un"),
        ("walk", 2.5),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(client, guest, name, value):
    told = asdict(note_of(guest.walk)) | {name: value}
    answer = client.post(
        reverse("notebook_note", args=[guest.walk.pk]),
        json.dumps({"note": told}),
        content_type="application/json",
        headers={"X-Carnet-Key": guest.key},
    )
    assert answer.status_code == 422
    assert len(answer.json()["sentence"]) > 20
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"note": 3}', b"[" * 5000, b"\xff\xfe", b'"' + b"x" * 70_000]
)
def test_a_body_that_is_no_note_is_refused(client, guest, body):
    answer = client.post(
        reverse("notebook_note", args=[guest.walk.pk]),
        body,
        content_type="application/json",
        headers={"X-Carnet-Key": guest.key},
    )
    assert answer.status_code in {400, 422}
    assert answer.json()["sentence"]


class TestAPhoto:
    def test_is_acknowledged_by_the_hash_of_what_was_sent_once(self, client, guest, settings):
        note, content = note_of(guest.walk), photograph()
        send(client, note, guest.key)
        first = send_photo(client, note, content, guest.key)
        again = send_photo(client, note, content, guest.key)
        assert (
            first.json()
            == again.json()
            == {"client_id": note.client_id, "sha256": hashlib.sha256(content).hexdigest()}
        )
        photo = Photo.objects.get()
        assert (settings.MEDIA_ROOT / photo.document.file.name).stat().st_size == photo.document.size

    def test_altered_on_the_way_is_refused(self, client, guest):
        note = note_of(guest.walk)
        send(client, note, guest.key)
        answer = send_photo(client, note, photograph()[:-5], guest.key, sha256="0" * 64)
        assert (answer.status_code, Photo.objects.count()) == (422, 0)

    def test_before_its_note_waits(self, client, guest):
        assert send_photo(client, note_of(guest.walk), photograph(), guest.key).status_code == 404

    @pytest.mark.parametrize(
        "content", [b"", b"<svg onload='x()'/>", b"\xff\xd8\xff" + b"0" * 500, b"%PDF-1.4"]
    )
    def test_that_is_no_photo_is_refused(self, client, guest, content):
        note = note_of(guest.walk)
        send(client, note, guest.key)
        answer = send_photo(client, note, content, guest.key)
        assert (answer.status_code, Photo.objects.count()) == (422, 0)
        assert answer.json()["sentence"]

    def test_too_heavy_is_refused_before_it_is_read_whole(self, client, guest, settings):
        settings.MAX_UPLOAD_BYTES = 1000
        note = note_of(guest.walk)
        send(client, note, guest.key)
        assert send_photo(client, note, b"\xff\xd8\xff" + b"0" * 2000, guest.key).status_code == 413

    def test_a_note_carries_so_many(self, client, guest, monkeypatch):
        monkeypatch.setattr(photos, "MOST_PHOTOS", 1)
        note, first = note_of(guest.walk), photograph()
        send(client, note, guest.key)
        send_photo(client, note, first, guest.key)
        assert send_photo(client, note, photograph((1, 2, 3)), guest.key).status_code == 422
        assert send_photo(client, note, first, guest.key).status_code == 200

    def test_a_crash_between_the_file_and_its_row_is_mended_by_the_next_sending(self, guest, monkeypatch):
        def crash(*_told, **_more):
            raise RuntimeError

        client = Client(raise_request_exception=False)
        note, content = note_of(guest.walk), photograph()
        send(client, note, guest.key)
        with monkeypatch.context() as broken:
            broken.setattr("faubourg.base.documents.Document.objects.create", crash)
            assert send_photo(client, note, content, guest.key).status_code == 500
        assert not Photo.objects.exists()
        assert send_photo(client, note, content, guest.key).status_code == 200
        assert Photo.objects.count() == 1


class TestWhoMay:
    def test_a_key_that_was_withdrawn_says_so(self, client, guest):
        guest.takes_notes = False
        guest.save()
        answer = send(client, note_of(guest.walk), guest.key)
        assert answer.status_code == 403
        assert "le fichier de vos notes" in answer.json()["sentence"]

    def test_nobody_signed_in_is_told_to_sign_in(self, client, guest):
        assert send(client, note_of(guest.walk)).status_code == 401

    def test_somebody_else_is_refused_the_coordinator_is_not(self, client, guest):
        client.force_login(PersonFactory())
        assert send(client, note_of(guest.walk)).status_code == 403
        seat = AreaSeatFactory(area=guest.walk.area)
        client.force_login(seat.person)
        assert send(client, note_of(guest.walk)).status_code == 200

    def test_a_note_sent_by_a_colleague_keeps_its_authors_name(self, client, guest):
        seat = AreaSeatFactory(area=guest.walk.area)
        client.force_login(seat.person)
        send(client, note_of(guest.walk), noted_by="Une habitante")
        kept = Observation.objects.get()
        assert (kept.taken_by, kept.taken_by_name) == (None, "Une habitante")

    def test_without_its_proof_nothing_is_kept(self, guest):
        client = Client(enforce_csrf_checks=True)
        note = note_of(guest.walk)
        assert send(client, note, guest.key).status_code == 403
        proof = client.get(reverse("notebook_start"), headers={"X-Carnet-Key": guest.key}).json()["csrf"]
        answer = client.post(
            reverse("notebook_note", args=[guest.walk.pk]),
            json.dumps({"note": asdict(note)}),
            content_type="application/json",
            headers={"X-Carnet-Key": guest.key, "X-CSRFToken": proof},
        )
        assert answer.status_code == 200


class TestWhatIsTakenAlong:
    @pytest.mark.parametrize("walks", [1, 3])
    def test_the_walks_of_a_note_taker(self, client, walks, django_assert_max_num_queries):
        person = PersonFactory()
        for _ in range(walks):
            WalkGuestFactory(person=person, takes_notes=True, walk=WalkFactory(starts_at=None))
        WalkGuestFactory(person=person)
        client.force_login(person)
        with django_assert_max_num_queries(8):
            told = client.get(reverse("notebook_start")).json()
        assert (told["known"], len(told["walks"])) == (True, walks)

    @pytest.mark.parametrize("stops", [1, 3])
    def test_a_walk_with_its_halts(self, client, guest, stops, django_assert_max_num_queries):
        for rank in range(stops):
            WalkStopFactory(walk=guest.walk, order=rank)
        with django_assert_max_num_queries(4):
            told = client.get(
                reverse("notebook_prepared", args=[guest.walk.pk]), headers={"X-Carnet-Key": guest.key}
            ).json()
        assert len(told["stops"]) == stops
        assert "key" not in told

    def test_whoever_runs_the_area_sees_its_walks(self, client):
        seat = AreaSeatFactory()
        WalkFactory(area=seat.area, starts_at=None)
        client.force_login(seat.person)
        assert len(client.get(reverse("notebook_start")).json()["walks"]) == 1

    def test_nobody_gets_an_empty_list_and_a_proof(self, client):
        told = client.get(reverse("notebook_start")).json()
        assert (told["known"], told["walks"], len(told["csrf"])) == (False, [], 64)


class TestTheApplication:
    def test_its_worker_lists_files_that_exist_and_rules_the_notebook_only(self, client):
        answer = client.get("/sw.js")
        assert answer["Service-Worker-Allowed"] == "/carnet/"
        assert answer["Cache-Control"] == "no-cache"
        told = json.loads(answer.content.decode().split("\n", 1)[0].removeprefix("const NOTEBOOK = ")[:-1])
        assert told["version"] == notebook_files.version()
        for path in [*told["files"], *told["pages"].values()]:
            found = client.get(path)
            assert found.status_code == 200, path
            found.close()

    def test_every_module_that_is_imported_is_in_the_list(self):
        for name in notebook_files.MODULES:
            text = notebook_files._found(f"proximity/notebook/{name}.js").decode()
            for imported in [part.split('"')[0] for part in text.split('from "./')[1:]]:
                assert imported.removesuffix(".js") in notebook_files.MODULES

    def test_its_page_is_the_same_for_everybody(self, client, guest):
        before = client.get("/carnet/").content
        client.force_login(PersonFactory())
        assert client.get("/carnet/").content == before == client.get(f"/carnet/{guest.key}/").content

    def test_it_speaks_both_languages(self, client):
        assert "Garder la note" in client.get("/carnet/page/fr/").content.decode()
        assert "Keep the note" in client.get("/carnet/page/en/").content.decode()
        assert client.get("/carnet/page/xx/").status_code == 404

    def test_it_can_be_installed(self, client):
        told = client.get("/carnet/manifeste.webmanifest").json()
        assert (told["scope"], told["display"]) == ("/carnet/", "standalone")
        for icon in told["icons"]:
            found = client.get(icon["src"])
            assert found.status_code == 200
            found.close()


def file_of(*notes, photos=(), **changes):
    """As the notebook saves it: the photos go with the first note."""
    told, hashes = [], []
    for rank, note in enumerate(notes):
        with_it = photos if rank == 0 else ()
        shown = [
            {"type": "image/jpeg", "sha256": hashlib.sha256(one).hexdigest(), "data": b64encode(one).decode()}
            for one in with_it
        ]
        told.append(
            {
                "note": asdict(note),
                "sha256": rules.hash_of(note),
                "noted_by": "Une habitante",
                "photos": shown,
            }
        )
        hashes += [told[-1]["sha256"], *(one["sha256"] for one in shown)]
    whole = hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    return {"format": "faubourg-carnet", "version": 1, "sha256": whole, "notes": told} | changes


class TestTheFileOfAColleague:
    @pytest.fixture
    def officer(self, client, guest):
        client.force_login(AreaSeatFactory(area=guest.walk.area).person)
        return client

    def bring(self, client, walk, file):
        content = file if isinstance(file, bytes) else json.dumps(file).encode()
        upload = SimpleUploadedFile("carnet.json", content, "application/json")
        return client.post(reverse("notebook_import", args=[walk.pk]), {"file": upload})

    def test_brings_everything_once(self, officer, guest):
        file = file_of(note_of(guest.walk), note_of(guest.walk), photos=[photograph(), photograph((9, 9, 9))])
        for _twice in range(2):
            assert (
                "Notes gardées : 2. Photos gardées : 2."
                in self.bring(officer, guest.walk, file).content.decode()
            )
        assert (Observation.objects.count(), Photo.objects.count()) == (2, 2)
        assert {one.taken_by_name for one in Observation.objects.all()} == {"Une habitante"}

    def test_what_was_already_sent_by_the_phone_is_not_doubled(self, officer, guest):
        note = note_of(guest.walk)
        send(Client(), note, guest.key)
        self.bring(officer, guest.walk, file_of(note, photos=[photograph()]))
        assert (Observation.objects.count(), Photo.objects.count()) == (1, 1)

    def test_a_damaged_part_is_named_and_the_rest_is_kept(self, officer, guest):
        file = file_of(note_of(guest.walk), note_of(guest.walk), photos=[photograph()])
        file["notes"][0]["photos"][0]["data"] = "AAAA"
        file["notes"][1]["note"]["text"] = "Récrit à la main"
        page = self.bring(officer, guest.walk, file).content.decode()
        assert "Notes gardées : 1. Photos gardées : 0." in page
        assert "La note 2 du fichier est abîmée" in page
        assert "Une photo de la note 1" in page

    def test_a_missing_part_is_seen(self, officer, guest):
        file = file_of(note_of(guest.walk), note_of(guest.walk))
        file["notes"].pop()
        assert "Il manque une partie du fichier" in self.bring(officer, guest.walk, file).content.decode()

    def test_notes_of_another_walk_are_left_aside(self, officer, guest):
        page = self.bring(officer, guest.walk, file_of(note_of(WalkFactory()))).content.decode()
        assert "Notes d’une autre marche, laissées de côté : 1" in page
        assert not Observation.objects.exists()

    @pytest.mark.parametrize(
        "content", [b"", b"{}", b"[1]", b"\xff\xd8", b'{"format": "faubourg-carnet"}', b"[" * 9000]
    )
    def test_another_file_is_refused(self, officer, guest, content):
        assert self.bring(officer, guest.walk, content).status_code == 422

    def test_an_odd_file_breaks_nothing(self, officer, guest):
        odd = [1, {}, {"note": 3, "photos": 4}, {"note": asdict(note_of(guest.walk)), "photos": [1, {}]}]
        assert self.bring(officer, guest.walk, file_of(notes=odd)).status_code == 200
        assert not Observation.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def together(self, work, times=6):
        errors = []

        def one():
            try:
                work()
            except Exception as error:
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=one) for _ in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []

    def test_the_same_note_sent_six_times_at_once_is_one(self):
        guest = WalkGuestFactory(takes_notes=True)
        note = note_of(guest.walk)
        answers = []
        self.together(lambda: answers.append(send(Client(), note, guest.key).json()))
        assert Observation.objects.count() == 1
        assert answers == [answers[0]] * 6

    def test_the_same_photo_sent_six_times_at_once_is_one(self):
        guest = WalkGuestFactory(takes_notes=True)
        note, content = note_of(guest.walk), photograph()
        send(Client(), note, guest.key)
        answers = []
        self.together(lambda: answers.append(send_photo(Client(), note, content, guest.key).json()))
        assert Photo.objects.count() == 1
        assert answers == [answers[0]] * 6

    def test_wordings_that_cross_leave_the_last(self):
        guest = WalkGuestFactory(takes_notes=True)
        first = note_of(guest.walk)
        wordings = iter([replace(first, revision=rank, text=f"Texte {rank}") for rank in (3, 1, 5, 2, 4, 5)])
        self.together(lambda: send(Client(), next(wordings), guest.key))
        assert Observation.objects.get().text == "Texte 5"


def test_an_observation_typed_elsewhere_has_no_wording_of_a_phone():
    assert (ObservationFactory().client_revision, Observation.objects.get().client_sha256) == (0, "")
