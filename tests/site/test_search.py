"""The search page: whole, as fragments for htmx, with facets and pages, whatever is typed."""

import pytest
from django.urls import reverse

from faubourg.base import search
from faubourg.base.search import Searchable


@pytest.fixture
def places(db):
    quarter = Searchable(
        "neighbourhood", "QN06303I", "La Gauthière", "Clermont-Ferrand · Puy-de-Dôme", "/quartiers/QN06303I/"
    )
    communes = [
        Searchable(
            "commune", f"63{n:03d}", f"Saint-Essai-{n}", "Puy-de-Dôme", f"/communes/63{n:03d}/", 900 - n
        )
        for n in range(45)
    ]
    search.announce([quarter, *communes])


def get(client, q, **headers):
    return client.get(reverse("search"), {"q": q}, headers=headers)


def test_the_page_shows_title_place_code_and_link(client, places):
    page = get(client, "gautiere clermont").content.decode()
    assert 'href="/quartiers/QN06303I/"' in page
    assert "Clermont-Ferrand · Puy-de-Dôme" in page
    assert "QN06303I" in page
    assert "Vouliez-vous dire" in page
    assert "« gauthière clermont »" in page


def test_facets_and_pages_keep_the_query(client, places):
    page = client.get(
        reverse("search"), {"q": "saint essai", "nature": "commune", "page": "2"}
    ).content.decode()
    assert 'start="21"' in page
    assert "q=saint+essai&amp;nature=commune&amp;page=3" in page
    assert 'href="?q=saint+essai"' in page


def test_htmx_receives_only_the_list(client, places):
    part = get(client, "gauthiere", HX_Request="true", HX_Target="resultats").content.decode()
    assert part.lstrip().startswith('<section id="resultats"')
    assert "<html" not in part


def test_suggestions_are_a_short_list_of_links(client, places):
    part = get(client, "saint", HX_Request="true", HX_Target="home-suggestions").content.decode()
    assert part.count("<li>") == 9
    assert "Voir les 45 résultats" in part


@pytest.mark.parametrize(
    "query",
    [
        "",
        "\x01",
        "😀",
        "' OR 1=1 --",
        "a" * 5_000,
        "%%%",
        "<script>alert(1)</script>",
        "saint " * 900,
        "\ufffd",
    ],
)
@pytest.mark.parametrize("page", ["", "0", "-1", "x", "99999999999", "²"])
def test_no_query_breaks_the_page(client, places, query, page):
    answer = client.get(reverse("search"), {"q": query, "page": page, "nature": page})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_sign_that_no_database_keeps_is_refused_in_a_sentence(client, places):
    answer = client.get(reverse("search"), {"q": "clermont\0"})
    assert answer.status_code == 400


def test_a_long_query_says_what_was_read(client, places):
    assert "Seuls les 200 premiers caractères" in get(client, "saint " * 100).content.decode()


def test_nothing_found_says_what_to_do(client, places):
    assert "Essayez avec moins de mots" in get(client, "xyzzyxyzzy").content.decode()
    assert "Tapez au moins une lettre" in get(client, "😀").content.decode()


def test_a_page_costs_few_queries(client, places, django_assert_max_num_queries):
    get(client, "saint")
    with django_assert_max_num_queries(6):
        get(client, "saint essai")


def test_no_form_can_be_posted(client, db):
    assert client.post(reverse("search")).status_code == 405
