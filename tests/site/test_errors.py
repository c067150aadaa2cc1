"""Pages for what goes wrong: they explain, they lose nothing, and they hold without the database."""

from unittest.mock import patch

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from faubourg.base.refusal import NotAllowed
from faubourg.rules.verdict import Verdict
from faubourg.site import urls as site_urls
from faubourg.site.views import errors
from tests.factories.people import PersonFactory

REASON = "Il faut un rôle de chargé·e de mission sur {contract}."


def _refuse(request: HttpRequest) -> HttpResponse:
    raise NotAllowed(Verdict.no("role", REASON, contract="CN99901N"))


def _break(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("cassé")


urlpatterns = [path("refus/", _refuse), path("casse/", _break), *site_urls.urlpatterns]
handler400, handler403 = errors.bad_request, errors.refused
handler404, handler500 = errors.not_found, errors.server_error

pytestmark = pytest.mark.urls(__name__)


@pytest.mark.django_db
def test_an_unknown_page_offers_the_search_with_the_words_of_the_address(client: Client) -> None:
    page = client.get("/nulle-part/")
    assert page.status_code == 404
    assert "Aucune page à cette adresse" in page.content.decode()
    page = client.get("/vers/rien-du-tout/")
    assert page.context["words"] == "rien du tout"


@pytest.mark.django_db
def test_a_refusal_shows_the_reasons_of_the_verdict_and_under_which_name(client: Client) -> None:
    client.force_login(PersonFactory(name="Camille Martin"))
    page = client.get("/refus/")
    text = page.content.decode()
    assert page.status_code == 403
    assert "Il faut un rôle de chargé·e de mission sur CN99901N." in text
    assert "Camille Martin" in text


@pytest.mark.django_db
def test_a_refusal_without_verdict_offers_the_way_in(client: Client) -> None:
    page = errors.refused(client.get("/").wsgi_request)
    assert page.status_code == 403
    assert "/compte/login/?next=/" in page.content.decode()


def test_a_broken_page_is_answered_without_the_database(client: Client) -> None:
    client.raise_request_exception = False
    page = client.get("/casse/")
    assert page.status_code == 500
    assert "cassé de notre côté" in page.content.decode()


def test_a_broken_page_is_answered_even_without_style_sheets() -> None:
    with patch("faubourg.site.views.errors.static", side_effect=ValueError("no manifest")):
        page = errors.server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert b"stylesheet" not in page.content


@pytest.mark.django_db
def test_a_refused_method_explains_itself_to_a_reader_and_stays_bare_for_a_programme(client: Client) -> None:
    page = client.get("/affichage/", headers={"accept": "text/html"})
    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert "ne s’ouvre pas de cette façon" in page.content.decode()
    assert client.get("/affichage/", headers={"accept": "application/json"}).content == b""


@pytest.mark.django_db
def test_an_expired_form_shows_again_what_was_typed_but_never_a_password() -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post("/affichage/", {"note": "Un long texte", "password": "secret", "theme": "dark"})
    text = page.content.decode()
    assert page.status_code == 403
    assert "Votre texte n’est pas perdu" in text
    assert "Un long texte" in text
    assert "secret" not in text


@pytest.mark.django_db
def test_an_unreadable_request_has_its_page(rf: RequestFactory, client: Client) -> None:
    request = client.get("/").wsgi_request
    page = errors.bad_request(request)
    assert page.status_code == 400
    assert "n’a pas pu être lue" in page.content.decode()
