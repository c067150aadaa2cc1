"""The design system: tags, theme, language, home with and without data, charts."""

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import Client, override_settings
from django.utils import translation

from faubourg.base import charts, numbers
from faubourg.contracts.models import Contract
from faubourg.rules.verdict import Reason
from faubourg.site.templatetags import faubourg as tags
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import FigureFactory, IndicatorFactory, PerimeterFactory, TerritoryFactory

SITE = Path(__file__).parents[2] / "src" / "faubourg" / "site"


def _figure(value: str | None, unit: str, decimals: int = 0, secrecy: str = "open") -> SimpleNamespace:
    kept = None if value is None else Decimal(value)
    return SimpleNamespace(value=kept, unit=unit, decimals=decimals, secrecy=secrecy)


@pytest.mark.parametrize(
    ("figure", "french", "english"),
    [
        (_figure("302259", "people"), "302\u202f259", "302,259"),
        (_figure("43.25", "percent", 1), "43,3\u202f%", "43.3%"),
        (_figure("13870.4", "euro"), "13\u202f870\u202f€", "€13,870"),
        (_figure("-3.5", "fte", 1), "−3,5\u00a0ETP", None),
        (_figure(None, "count", secrecy="secret"), "secret statistique", None),
        (_figure(None, "count", secrecy="missing"), "non publié", None),
        (None, "non publié", None),
    ],
)
def test_a_figure_is_written_as_the_language_writes_it(
    figure: SimpleNamespace | None, french: str, english: str | None
) -> None:
    with translation.override("fr"):
        assert tags.figure_text(figure) == french
    if english:
        with translation.override("en"):
            assert tags.figure_text(figure) == english


def test_money_is_integer_cents() -> None:
    with translation.override("fr"):
        assert numbers.cents(123450) == "1\u202f234,50\u202f€"
        assert numbers.cents(-5000000) == "−50\u202f000\u202f€"


@pytest.mark.django_db
def test_a_source_badge_names_the_source_and_the_vintage() -> None:
    figure = FigureFactory(indicator=IndicatorFactory())
    text = Template("{% load faubourg %}{% source_badge figure %}").render(Context({"figure": figure}))
    assert "Document d’essai" in text
    assert "RP 2021" in text
    assert "/sources/essai/" in text


def test_a_sentence_is_translated_before_its_places_are_filled() -> None:
    assert (
        tags.sentence(Reason("x", True, "Au moins {n} habitants.", {"n": 1000}))
        == "Au moins 1\u202f000 habitants."
    )


def test_a_badge_never_speaks_by_colour_alone() -> None:
    badge = tags.status_badge("<refusé>", "bad")
    assert "#circle-alert" in badge
    assert "&lt;refusé&gt;" in badge


@pytest.mark.django_db
def test_the_home_of_an_empty_installation_says_how_to_load(client: Client) -> None:
    text = client.get("/").content.decode()
    assert "faubourg load" in text
    assert "La carte se dessinera ici" in text


@pytest.mark.django_db
def test_the_home_counts_what_the_database_holds(client: Client, django_assert_max_num_queries) -> None:
    place = TerritoryFactory(neighbourhood=True, zone="metro", lon=3.1, lat=45.8)
    PerimeterFactory(territory=place)
    PerimeterFactory(territory=TerritoryFactory(neighbourhood=True, zone="drom"))
    ContractFactory()
    ContractFactory(generation=Contract.Generation.G2015)
    client.force_login(RoleGrantFactory(person=PersonFactory(name="Camille Martin")).person)
    with django_assert_max_num_queries(15):
        page = client.get("/")
    overview, plate = page.context["overview"], page.context["plate"]
    assert (overview.metro.count, overview.overseas.count) == (1, 1)
    assert [tally.count for tally in overview.contracts.values()] == [1, 1]
    assert plate.total == 1
    assert "Camille Martin" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_a_theme_is_kept_and_read_by_the_server(client: Client, theme: str) -> None:
    answer = client.post("/affichage/", {"theme": theme, "next": "/a-propos/"})
    assert answer.url == "/a-propos/"
    assert f'data-theme="{theme}"' in client.get("/a-propos/").content.decode()


@pytest.mark.django_db
def test_a_theme_that_does_not_exist_or_leads_elsewhere_is_ignored(client: Client) -> None:
    answer = client.post("/affichage/", {"theme": "rose", "next": "https://ailleurs.example/"})
    assert answer.url == "/"
    assert "theme" not in answer.cookies
    client.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in client.get("/a-propos/").content.decode()


@pytest.mark.django_db
def test_the_language_is_switched_and_kept(client: Client) -> None:
    client.post("/langue/", {"language": "en", "next": "/a-propos/"})
    assert '<html lang="en"' in client.get("/a-propos/").content.decode()


@pytest.mark.django_db
def test_the_page_of_components_is_for_the_demo_only(client: Client) -> None:
    with override_settings(DEMO=False, DEBUG=False):
        assert client.get("/style/").status_code == 404
    with override_settings(DEMO=True):
        page = client.get("/style/")
    text = page.content.decode()
    assert page.status_code == 200
    # Label, help, errors and control are tied together.
    assert 'aria-describedby="id_code_helptext id_code_error"' in text
    assert 'id="id_code_error"' in text
    assert 'aria-sort="ascending"' in text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/a-propos/", "/accessibilite/", "/compte/login/", "/style/"])
def test_no_page_carries_inline_script_or_style(client: Client, address: str) -> None:
    with override_settings(DEMO=True):
        text = client.get(address).content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*(\ssrc=|application/json))", text)


def test_a_missing_value_is_never_drawn_as_a_zero() -> None:
    drawing = charts.bars(
        "Logements", [charts.Bar("Avant 1946", 10), charts.Bar("Après <1990>", None, "non publié")]
    )
    assert drawing.count("<rect") == 1
    assert "non publié" in drawing
    assert "&lt;1990&gt;" in drawing
    assert 'role="img"' in drawing


def test_a_chart_of_nothing_still_stands() -> None:
    assert "<svg" in charts.bars("Rien", [])
    assert "<svg" in charts.timeline("Rien", [], until=2026)
    assert "<svg" in charts.comparison(
        "Rien", [charts.Compared("x", None, None, "non publié", "sans médiane")]
    )


def test_a_colour_is_said_in_the_tokens_and_used_by_name() -> None:
    """Outside tokens.css, a raw colour needs `light-dark`, so that no theme is forgotten."""
    for sheet in (SITE / "static" / "site" / "css").glob("*.css"):
        if sheet.name in ("tokens.css", "forced-and-print.css"):
            continue
        for line in sheet.read_text().splitlines():
            if re.search(r"#[0-9a-f]{3,8}\b", line):
                assert "light-dark(" in line, f"{sheet.name}: {line.strip()}"
