"""Lists: order, pages, filters and files, and a clear answer to an address that asks for nonsense."""

import io
from types import SimpleNamespace

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from faubourg.base import listing as lists
from faubourg.base.listing import Column, Listing
from faubourg.base.models import Document

TEMPLATE = "kinds/list.html"


class NameFilter(forms.Form):
    """By name, and by a size that must be a number."""

    nom = forms.CharField(required=False)
    taille = forms.IntegerField(required=False)

    def apply(self, queryset):
        return queryset.filter(name__contains=self.cleaned_data["nom"])


DOCUMENTS = Listing(
    title="Documents déposés",
    columns=[
        Column(
            name="nom", label="Nom", value="name", sort=("name",), url=lambda document: f"/d/{document.name}/"
        ),
        Column(name="taille", label="Taille", value="size", sort=("size",), numeric=True),
        Column(name="par", label="Par", value=lambda document: document.added_by, sort=("added_by",)),
        Column(name="usage", label="Usage", value="purpose", show=lambda document: document.purpose.upper()),
    ],
    default_sort="nom",
    filter_form=NameFilter,
    page_size=2,
    caption_lines=["Source : essai, 2024"],
)


def documents(*names, **values):
    for name in names:
        Document.objects.create(name=name, **({"size": 1000, "sha256": "0", "purpose": "essai"} | values))


def bound(address=""):
    return DOCUMENTS.bind(RequestFactory().get(f"/documents/{address}"), Document.objects.all())


def respond(address):
    return DOCUMENTS.respond(RequestFactory().get(f"/documents/{address}"), Document.objects.all(), TEMPLATE)


def names(bound_listing):
    return [row[0].text for row in bound_listing.rows]


@pytest.fixture
def _rendered(monkeypatch):
    """What the page would be given, without the page."""

    def render(request, template, context, status):
        return SimpleNamespace(listing=context["listing"], status_code=status)

    monkeypatch.setattr(lists, "render", render)


@pytest.mark.django_db
def test_a_page_shows_its_rows_and_knows_the_total():
    documents("b", "a", "c")
    page = bound()
    assert names(page) == ["a", "b"]
    assert page.total == 3
    assert page.page.paginator.num_pages == 2
    cell = page.rows[0][0]
    assert (cell.label, cell.url, cell.numeric) == ("Nom", "/d/a/", False)
    assert [str(cell.text).replace("\u202f", " ").replace("\xa0", " ") for cell in page.rows[0][1:]] == [
        "1 000",
        "—",
        "ESSAI",
    ]
    assert names(bound("?page=2")) == ["c"]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_two_queries_however_many_rows(rows, django_assert_num_queries):
    documents(*"abc"[:rows])
    with django_assert_num_queries(2):
        page = bound()
        assert page.rows
        assert page.total == page.total == rows
        assert page.page.paginator.num_pages
        assert page.headers
        assert page.export_links


@pytest.mark.django_db
def test_sorting_turns_and_the_header_says_so():
    documents("b", "a")
    turned = bound("?tri=-nom&nom=&page=1")
    assert names(turned) == ["b", "a"]
    name, size, _, usage = turned.headers
    assert (name.aria_sort, size.aria_sort, usage.aria_sort) == ("descending", None, None)
    assert name.sort_url == "/documents/?tri=nom&nom="
    assert bound().headers[0].sort_url == "/documents/?tri=-nom"
    assert usage.sort_url is None


@pytest.mark.django_db
def test_what_is_missing_comes_last_both_ways_and_ties_keep_one_order():
    documents("x", "y", "z")
    documents("known", added_by="00000000-0000-4000-8000-000000000001")
    first_ways = [[str(row[0].text) for row in bound(f"?tri={tri}").rows] for tri in ("par", "-par")]
    assert [way[0] for way in first_ways] == ["known", "known"]
    tied = [str(d.pk) for d in Document.objects.exclude(name="known").order_by("pk")]
    for tri in ("taille", "-taille"):
        pages = [str(d.pk) for page in (1, 2) for d in bound(f"?tri={tri}&page={page}").page]
        assert [pk for pk in pages if pk in tied] == tied


@pytest.mark.django_db
def test_filters_stay_in_every_link():
    documents("é1", "é2", "é3", "b")
    filtered = bound("?nom=%C3%A9&page=2&format=")
    assert filtered.total == 3
    links = [filtered.headers[1].sort_url, *(link.url for link in filtered.export_links)]
    assert len(links) == 5
    for link in links:
        query = QueryDict(link.split("?")[1])
        assert query["nom"] == "é"
        assert "page" not in query


@pytest.mark.django_db
@pytest.mark.usefixtures("_rendered")
@pytest.mark.parametrize(
    ("address", "status", "notice"),
    [
        ("?tri=mdp", 200, "Le tri « mdp » n’existe pas"),
        ("?tri=--nom", 200, "n’existe pas"),
        ("?tri=usage", 200, "n’existe pas"),
        ("?page=9", 200, "La page 9 n’existe pas : voici la dernière, la page 2."),
        ("?page=0", 200, "voici la première"),
        ("?page=-1", 200, "voici la première"),
        ("?page=deux", 200, "voici la première"),
        ("?page=²", 200, "voici la première"),
        (f"?page={'9' * 30}", 200, "voici la première"),
        ("?format=doc", 400, "Le format « doc » n’existe pas"),
        ("?taille=grand", 200, "filtre"),
    ],
)
def test_an_address_that_asks_for_nonsense_is_told_so(address, status, notice):
    documents("a", "b", "c")
    response = respond(address)
    assert response.status_code == status
    assert len(response.listing.rows) >= 1
    assert notice in response.listing.notices[0].replace("\xa0", " ")


@pytest.mark.django_db
@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods", "pdf"])
def test_a_file_holds_every_row_of_the_filter(fmt):
    documents("aa", "ab", "ac", "b")
    response = respond(f"?nom=a&tri=-nom&format={fmt}")
    assert response["Content-Disposition"].startswith('attachment; filename="documents-deposes-')
    assert response["Content-Disposition"].endswith(f'.{fmt}"')
    if fmt in ("xlsx", "ods"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        rows = book.get_sheet_by_index(0).to_python()
        assert [row[:2] for row in rows] == [["Nom", "Taille"], ["ac", 1000], ["ab", 1000], ["aa", 1000]]
        assert rows[1][3] == "essai"
        assert ["Source : essai, 2024"] in book.get_sheet_by_index(1).to_python()


@pytest.mark.django_db
def test_a_file_that_stops_says_so(monkeypatch):
    monkeypatch.setattr(lists, "MOST_ROWS", 2)
    documents("a", "b", "c")
    text = respond("?format=csv").content.decode("utf-8-sig")
    assert text.splitlines()[2].startswith("b;")
    assert "s’arrête à 2 lignes sur 3" in text
