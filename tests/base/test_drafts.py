"""Drafts: saved as they are typed, given back, never overwritten in silence."""

import json

import pytest
from django.urls import reverse

from faubourg.base import drafts
from faubourg.base.models import Draft
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

URL = "/brouillons/territory:QN06303I/"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def post(client, data, url=URL):
    body = data if isinstance(data, str | bytes) else json.dumps(data)
    return client.post(url, body, content_type="application/json")


def test_what_is_typed_is_saved_and_given_back(client, person):
    assert client.get(URL).json() == {"version": 0}
    saved = post(client, {"content": {"name": ["Gauthière"]}, "seen": 0, "base_version": 4}).json()
    assert saved["version"] == 1
    again = client.get(URL).json()
    assert (again["content"], again["base_version"]) == ({"name": ["Gauthière"]}, 4)
    assert drafts.load(person_ref=person.ref, form_key="territory:QN06303I").version == 1
    assert post(client, {"content": {"name": ["Autre"]}, "seen": 1}).json()["version"] == 2
    assert client.delete(URL).status_code == 200
    assert not Draft.objects.exists()


def test_another_window_is_never_overwritten(client, person):
    post(client, {"content": {"name": ["a"]}, "seen": 0})
    post(client, {"content": {"name": ["b"]}, "seen": 1})
    conflict = post(client, {"content": {"name": ["c"]}, "seen": 1})
    assert conflict.status_code == 409
    assert (conflict.json()["content"], conflict.json()["version"]) == ({"name": ["b"]}, 2)
    assert post(client, {"content": {"name": ["b"]}, "seen": 1}).status_code == 200
    assert post(client, {"content": {"name": ["c"]}, "seen": 2}).json()["version"] == 3


def test_a_draft_belongs_to_one_person(client, person):
    post(client, {"content": {"name": ["a"]}, "seen": 0})
    client.force_login(PersonFactory())
    assert client.get(URL).json() == {"version": 0}


def test_an_ended_session_or_another_account_saves_nothing(client):
    assert post(client, {"content": {}, "seen": 0}).status_code == 401
    someone = PersonFactory()
    client.force_login(PersonFactory())
    answer = post(client, {"content": {"a": ["b"]}, "seen": 0, "owner": str(someone.ref)})
    assert answer.status_code == 401
    assert "session" in answer.json()["sentence"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "3", '{"seen": 0}', '{"content": [], "seen": 0}', '{"content": {}, "seen": -1}',
     '{"content": {}, "seen": 99999999999}', '{"content": {"a": "\\u0000"}, "seen": 0}', b"\xff", "null",
     '{"content": {"a": NaN}, "seen": 0}', '{"content": {"a": 1e999}, "seen": 0}',
     '{"content": {"a": ["\\ud800"]}, "seen": 0}', '{"content": {"\\udfff": "a"}, "seen": 0}',
     '{"content": {"a": {"b": "c"}}, "seen": 0}', '{"content": {"a": 1.5}, "seen": 0}',
     '{"content": {"a": "b"}, "seen": 0, "base_version": NaN}', '{"content": {"a": "b"}, "seen": 1e999}',
     '{"content": {"a": "b"}, "seen": 0, "owner": "\\u0000"}',
     '{"content": {"a": ' + "[" * 100_000 + "]" * 100_000 + '}, "seen": 0}',
     '{"content": {"a": ' + "[" * 900 + "]" * 900 + '}, "seen": 0}'],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(client, person, body):
    answer = post(client, body)
    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_too_much_is_refused(client, person):
    assert post(client, {"content": {"a": ["x" * 1_100_000]}, "seen": 0}).status_code == 413
    long = reverse("draft", args=["k" * 200])
    assert post(client, {"content": {}, "seen": 0}, long).status_code == 400


def test_the_browser_proves_the_form_is_ours(person):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert post(strict, {"content": {}, "seen": 0}).status_code == 403


def test_a_backslash_and_five_signs_are_text_like_any_other(client, person):
    typed = r"on écrit \u0000 pour le signe nul"
    assert post(client, {"content": {"a": [typed]}, "seen": 0}).json()["content"] == {"a": [typed]}


def typed_on(title, page):
    return {"content": {"name": ["Un texte"]}, "seen": 0, "title": title, "page": page}


def test_a_draft_is_called_as_the_page_it_was_typed_on(client, person):
    post(client, typed_on("Modifier La Gauthière", "/quartiers/QN06303I/modifier/?generation=2015-2023"))
    kept = drafts.begun_by(person.ref).get()
    assert (kept.title, kept.page) == (
        "Modifier La Gauthière",
        "/quartiers/QN06303I/modifier/?generation=2015-2023",
    )
    post(client, {"content": {"name": ["Un autre"]}, "seen": 1})
    assert drafts.begun_by(person.ref).get().title == "Modifier La Gauthière"


@pytest.mark.parametrize(
    "page",
    ["//ailleurs.example/", "https://ailleurs.example/", "javascript:alert(1)", "/nulle-part-ici/", "",
     "/" * 600, "/\\ailleurs.example/", "contrats/", "/contrats/\ud800"],
)  # fmt: skip
def test_a_page_that_is_not_ours_is_never_led_to_and_the_text_is_kept(client, person, page):
    assert post(client, typed_on("Titre", page)).status_code == 200
    assert Draft.objects.get().content == {"name": ["Un texte"]}
    assert not drafts.begun_by(person.ref).exists()


def test_a_long_title_is_cut(client, person):
    post(client, typed_on("é" * 900, "/contrats/"))
    assert drafts.begun_by(person.ref).get().title == "é" * 200


def test_a_made_up_key_names_nothing(client, person):
    post(client, {"content": {}, "seen": 0}, "/brouillons/letter:1/")
    assert client.get("/").status_code == 200
    assert not drafts.begun_by(person.ref).exists()


def test_what_may_no_longer_be_read_is_no_longer_named(person):
    where = drafts.Where("Le titre", "/contrats/")
    for key in ("letter:1", "letter:12", "opinion:1:3", "opinion:12:3"):
        drafts.save(person_ref=person.ref, form_key=key, content={"a": "b"}, where=where)
    drafts.unname(person_ref=person.ref, about=["letter:1", "opinion:1"])
    assert {each.form_key for each in drafts.begun_by(person.ref)} == {"letter:12", "opinion:12:3"}
    drafts.unname(person_ref=person.ref, about=[])
    assert drafts.load(person_ref=person.ref, form_key="letter:1").content == {"a": "b"}
    assert drafts.begun_by(person.ref).count() == 2


def test_the_desk_leads_back_to_the_form_and_a_text_can_be_given_up(client, person):
    page = "/quartiers/QN06303I/modifier/"
    post(client, typed_on("Modifier « La Gauthière »", page))
    desk = client.get("/").text
    assert f'href="{page}"' in desk
    assert "Modifier « La Gauthière »" in desk
    assert f'href="{URL}effacer/"' in desk
    assert "Un texte" in client.get(f"{URL}effacer/").text
    assert Draft.objects.exists()
    assert client.post(f"{URL}effacer/").status_code == 302
    assert not Draft.objects.exists()
    assert client.get(f"{URL}effacer/").status_code == 404


def test_nobody_reads_or_erases_the_text_of_another(client, person):
    post(client, typed_on("Titre", "/contrats/"))
    client.force_login(PersonFactory())
    assert client.get(f"{URL}effacer/").status_code == 404
    assert client.post(f"{URL}effacer/").status_code == 404
    assert Draft.objects.exists()


def test_the_desk_asks_as_much_for_eight_texts_as_for_one(client, person, django_assert_max_num_queries):
    asked = []
    for begun in (1, 3, 8):
        for rank in range(begun):
            drafts.save(
                person_ref=person.ref,
                form_key=f"dossier:{rank}:project",
                content={"a": "b"},
                where=drafts.Where(f"Titre {rank}", f"/dossiers/{rank}/ecrire/projet/"),
            )
        client.get("/")
        with django_assert_max_num_queries(15) as told:
            assert client.get("/").text.count("Titre ") >= begun or begun > 5
        asked.append(len(told))
    assert len(set(asked)) == 1
