"""Signing up and in, the lock-out, coming back to the page, carrying one's data away, closing."""

import json
import re

import pytest
from django.contrib.auth.hashers import get_hasher, make_password
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from faubourg.base.actor import FAUBOURG
from faubourg.base.journal import entries_for
from faubourg.base.models import Draft, PersonalValue
from faubourg.people.demo import ACCOUNTS
from faubourg.people.models import Person, RoleGrant
from faubourg.people.services import accounts
from faubourg.site import settings as product
from tests.factories.people import MembershipFactory, PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
PASSWORD = "rue-des-Lilas-42"


def try_in(client, email, password, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def test_sign_up_is_open_gives_no_right_and_waits_for_the_letter(client, mailoutbox):
    fields = {"name": "Zoé", "email": "Zoe@Exemple.fr", "password1": PASSWORD, "password2": PASSWORD}
    page = client.post(reverse("account_signup"), fields)
    assert page.url == reverse("account_email_verification_sent")
    person = Person.objects.get()
    assert (person.email, person.name, person.role_grants.count()) == ("zoe@exemple.fr", "Zoé", 0)
    assert entries_for("person", str(person.ref))[0].act == "account_opened"
    assert "_auth_user_id" not in client.session
    (letter,) = mailoutbox
    address = re.search(r"http://testserver(/compte/confirm-email/\S+)", letter.body)[1]
    client.post(address)
    try_in(client, "zoe@exemple.fr", PASSWORD)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_product_keeps_passwords_with_argon2(settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert make_password("x").startswith("argon2$argon2id$")
    assert get_hasher().algorithm == "argon2"


def test_the_sign_in_page_asks_for_an_e_mail_and_brings_back(client):
    PersonFactory(email="zoe@exemple.fr", password=PASSWORD)
    page = client.get(reverse("organisation_create"))
    assert page.url == f"{reverse('account_login')}?next=/organisations/nouvelle/"
    text = client.get(page.url).content.decode()
    assert 'type="email"' in text
    sent = client.post(
        page.url, {"login": "ZOE@exemple.fr", "password": PASSWORD, "next": "/organisations/nouvelle/"}
    )
    assert sent.url == "/organisations/nouvelle/"


def test_something_sent_after_the_session_ended_comes_back_to_its_page(client):
    address = reverse("organisation_create")
    page = client.post(address, {"name": "x"}, HTTP_REFERER=f"http://testserver{address}")
    assert page.url == f"{reverse('account_login')}?next={address}"
    assert "rien n’a été enregistré" in client.get(page.url).content.decode()
    elsewhere = client.post(address, {"name": "x"}, HTTP_REFERER="https://ailleurs.fr/piege/")
    assert elsewhere.url == f"{reverse('account_login')}?next=/"
    fragment = client.get(address, HTTP_HX_REQUEST="true")
    assert (fragment.status_code, fragment["HX-Redirect"]) == (
        401,
        f"{reverse('account_login')}?next={address}",
    )


def test_five_wrong_passwords_suspend_that_address_from_that_place_only(client):
    PersonFactory(email="zoe@exemple.fr", password=PASSWORD)
    PersonFactory(email="yann@exemple.fr", password=PASSWORD)
    statuses = [
        try_in(client, "Zoe@exemple.fr" if n % 2 else "zoe@exemple.fr", "faux").status_code for n in range(5)
    ]
    assert statuses == [200] * 4 + [429]
    page = try_in(client, "zoe@exemple.fr", PASSWORD)
    assert page.status_code == 429
    assert page["Retry-After"] == "900"
    text = page.content.decode()
    assert "15 minutes" in text
    assert reverse("account_reset_password") in text
    assert try_in(client, "yann@exemple.fr", PASSWORD).status_code == 302
    assert try_in(Client(REMOTE_ADDR="192.0.2.7"), "zoe@exemple.fr", PASSWORD).status_code == 302


def test_a_forged_forwarded_address_does_not_escape_the_count(client):
    PersonFactory(email="zoe@exemple.fr", password=PASSWORD)
    for n in range(5):
        page = try_in(client, "zoe@exemple.fr", "faux", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
    assert page.status_code == 429


def test_an_unknown_address_is_answered_like_a_known_one(client):
    PersonFactory(email="zoe@exemple.fr", password=PASSWORD)
    known, unknown = (try_in(client, f"{who}@exemple.fr", "faux") for who in ("zoe", "inconnue"))
    assert known.context["form"].errors == unknown.context["form"].errors


def test_i_carry_away_everything_that_is_held_about_me(client):
    member = MembershipFactory(person__email="zoe@exemple.fr", title="directrice")
    person = member.person
    RoleGrantFactory(person=person)
    Draft.objects.create(person_ref=person.ref, form_key="essai", content={"titre": "mon texte"})
    accounts.rename(person=person, name="Zoé", by=person.actor)
    client.force_login(person)
    page = client.get(reverse("my_data_export"))
    assert "attachment" in page["Content-Disposition"]
    told = json.loads(page.content)
    assert told["compte"]["adresse"] == "zoe@exemple.fr"
    assert told["appartenances"][0]["title"] == "directrice"
    assert told["roles"][0]["role"] == "contract_officer"
    assert told["brouillons"][0]["content"] == {"titre": "mon texte"}
    assert {"after.name", "actor.name"} <= {kept["path"] for kept in told["journal"]}
    assert "$" not in page.content.decode(), "no password, not even hashed"


def test_closing_leaves_no_name_behind_and_signs_out_everywhere(client):
    member = MembershipFactory(
        person=PersonFactory(email="zoe@exemple.fr", password=PASSWORD, name="Zoé Tastevin")
    )
    person = member.person
    accounts.rename(person=person, name="Zoé Tastevin-Roux", by=person.actor)
    elsewhere = Client()
    elsewhere.force_login(person)
    client.force_login(person)
    refused = client.post(reverse("account_close"), {"email": "autre@exemple.fr"})
    assert "rien n’a été fermé" in refused.content.decode()
    client.post(reverse("account_close"), {"email": "Zoe@exemple.fr"})
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("", False)
    assert "zoe" not in person.email
    assert PersonalValue.objects.filter(person_ref=person.ref).count() == 0
    assert not any("Tastevin" in entry.payload for entry in entries_for("person", str(person.ref)))
    member.refresh_from_db()
    assert (member.title, member.until is not None) == ("", True)
    assert elsewhere.get(reverse("my_data")).status_code == 302
    assert try_in(Client(), "zoe@exemple.fr", PASSWORD).status_code == 200


def test_the_last_administrator_cannot_close(client):
    person = RoleGrantFactory(role=RoleGrant.Role.ADMINISTRATOR).person
    client.force_login(person)
    page = client.post(reverse("account_close"), {"email": person.email})
    assert "dernière personne" in page.content.decode()
    person.refresh_from_db()
    assert person.is_active


def test_a_name_is_changed_and_the_chain_holds_no_name():
    person = PersonFactory(name="Avant")
    accounts.rename(person=person, name=" Après ", by=FAUBOURG)
    person.refresh_from_db()
    assert person.name == "Après"
    (entry,) = entries_for("person", str(person.ref))
    assert "Après" not in entry.payload


def test_demo_accounts_are_made_once_and_only_in_the_demonstration(settings, capsys, client):
    with pytest.raises(CommandError, match="FAUBOURG_DEMO"):
        call_command("demo_accounts")
    assert "quartiers-en-demo" not in client.get(reverse("account_login")).content.decode()
    settings.DEMO = True
    call_command("demo_accounts")
    call_command("demo_accounts")
    told = capsys.readouterr()
    assert told.out.count("chargee@demo.faubourg") == 2
    assert "sans rôle sur" in told.err
    assert Person.objects.count() == len(ACCOUNTS)
    assert RoleGrant.objects.count() == 2
    assert "admin@demo.faubourg" in client.get(reverse("account_login")).content.decode()
    assert try_in(client, "admin@demo.faubourg", "quartiers-en-demo").status_code == 302
