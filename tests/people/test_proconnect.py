"""ProConnect, against an issuer that runs here with real keys: who is believed, who is not."""

from datetime import date

import pytest
from django.urls import reverse

from faubourg.people.models import Membership, Person
from tests.factories.people import OrganisationFactory, PersonFactory

from .issuer import CLIENT, SECRET, Issuer

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"


@pytest.fixture
def issuer(settings):
    found = Issuer()
    found.userinfo = {
        "email": "Agente@Ville.fr",
        "email_verified": True,
        "given_name": "Zoé",
        "usual_name": "Tastevin",
        "siret": SIRET,
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "proconnect": {
            "APP": {
                "client_id": CLIENT,
                "secret": SECRET,
                "settings": {"issuer": found.url, "acr_values": ["eidas1", "eidas2"]},
            }
        }
    }
    yield found
    found.close()


def sign_in(client, issuer, **back):
    """The whole way: our button, ProConnect, and back."""
    going = client.post(reverse("proconnect_login"), query_params={"next": "/organisations/"})
    assert going.status_code == 302
    _, query = issuer.authorize(going.url)
    return client.get(reverse("proconnect_callback"), query | back)


def signed_in(client):
    return Person.objects.filter(pk=client.session.get("_auth_user_id")).first()


def test_a_signed_userinfo_opens_an_account_without_rights_and_comes_back_to_the_page(client, issuer):
    page = sign_in(client, issuer)
    assert page.url == "/organisations/"
    person = signed_in(client)
    assert (person.email, person.name) == ("agente@ville.fr", "Zoé Tastevin")
    assert person.role_grants.count() == 0
    assert not person.has_usable_password()


def test_what_is_asked_of_proconnect(client, issuer):
    going = client.post(
        reverse("proconnect_login"), query_params={"scope": "phone", "auth_params": "acr_values=eidas0"}
    )
    asked, _ = issuer.authorize(going.url)
    assert going.url.startswith(issuer.url)
    assert set(asked["scope"].split()) == {"openid", "given_name", "usual_name", "email", "siret"}
    assert asked["acr_values"] == "eidas1 eidas2"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) >= 32


def test_the_siret_links_to_the_organisation_once(client, issuer):
    organisation = OrganisationFactory(siret=SIRET)
    sign_in(client, issuer)
    client.logout()
    issuer.claims = {}
    sign_in(client, issuer)
    assert Membership.objects.get().organisation == organisation


def test_a_membership_that_was_ended_does_not_begin_again_by_signing_in(client, issuer):
    OrganisationFactory(siret=SIRET)
    sign_in(client, issuer)
    ended = Membership.objects.get()
    ended.since, ended.until = date(2024, 1, 1), date(2024, 12, 31)
    ended.save()
    client.logout()
    issuer.claims = {}
    sign_in(client, issuer)
    assert Membership.objects.get().until == date(2024, 12, 31)


def test_an_unknown_siret_says_what_to_do_and_invents_nothing(client, issuer):
    sign_in(client, issuer)
    assert Membership.objects.count() == 0
    assert SIRET in client.get(reverse("organisations")).content.decode()


REFUSED = {
    "another issuer signs the ID token": {"claims": {"iss": "https://ailleurs.fr"}},
    "an ID token for another service": {"claims": {"aud": "autre-service"}},
    "an ID token of another request": {"claims": {"nonce": "autre"}},
    "an ID token without nonce": {"claims": {"nonce": None}},
    "an ID token that has expired": {"claims": {"exp": 1_600_000_000}},
    "an ID token without end": {"claims": {"exp": None}},
    "an assurance that is too weak": {"claims": {"acr": "eidas0"}},
    "an assurance that is not said": {"claims": {"acr": None}},
    "an ID token signed by a stranger": {"tamper": {"key": "id_token"}},
    "an unsigned ID token": {"tamper": {"alg": ("id_token", "none")}},
    "an ID token signed with a shared secret": {"tamper": {"alg": ("id_token", "HS256")}},
    "another issuer signs the userinfo": {"userinfo": {"iss": "https://ailleurs.fr"}},
    "a userinfo for another service": {"userinfo": {"aud": "autre-service"}},
    "a userinfo about somebody else": {"userinfo": {"sub": "personne-2"}},
    "a userinfo signed by a stranger": {"tamper": {"key": "userinfo"}},
    "an unsigned userinfo": {"tamper": {"alg": ("userinfo", "none")}},
    "a configuration of another issuer": {"tamper": {"issuer": "https://ailleurs.fr"}},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_believed_opens_nothing(client, issuer, change):
    issuer.claims = change.get("claims", {})
    issuer.userinfo |= change.get("userinfo", {})
    if "issuer" in change.get("tamper", {}):
        issuer.tamper = change["tamper"]
        assert client.post(reverse("proconnect_login")).status_code == 401
    else:
        issuer.tamper = change.get("tamper", {})
        page = sign_in(client, issuer)
        assert page.status_code in {200, 401}
    assert signed_in(client) is None
    assert Person.objects.count() == 0


def test_a_way_back_that_nobody_asked_for_opens_nothing(client, issuer):
    page = sign_in(client, issuer, state="autre")
    assert page.status_code in {200, 401}
    assert Person.objects.count() == 0


def test_a_proconnect_that_is_down_gets_a_page_and_not_a_server_error(client, issuer):
    _, back = issuer.authorize(client.post(reverse("proconnect_login")).url)
    issuer.close()
    assert client.post(reverse("proconnect_login")).status_code == 401
    assert client.get(reverse("proconnect_callback"), back).status_code == 401


@pytest.mark.parametrize("verified", [None, False])
def test_an_address_that_is_not_vouched_for_takes_nobody_s_account(client, issuer, verified):
    mine = PersonFactory(email="agente@ville.fr", password="un mot de passe")
    issuer.userinfo["email_verified"] = verified
    sign_in(client, issuer)
    assert signed_in(client) is None
    assert Person.objects.get() == mine


def test_a_verified_address_finds_the_account_that_exists(client, issuer):
    mine = PersonFactory(email="agente@ville.fr", password="un mot de passe")
    sign_in(client, issuer)
    assert signed_in(client) == mine


def test_without_its_settings_proconnect_is_not_there(client):
    assert client.get(reverse("proconnect_login")).status_code == 404
    assert client.get(reverse("proconnect_callback")).status_code == 404
    assert "ProConnect" not in client.get(reverse("account_login")).content.decode()
