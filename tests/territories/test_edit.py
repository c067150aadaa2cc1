"""Changing the sheet of a place: rights with their reasons, nothing lost, everything journalled."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from faubourg.base import search
from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.people.models import RoleGrant
from faubourg.territories import access
from faubourg.territories.models import Alias, Figure, Lineage, Perimeter, Territory
from faubourg.territories.services import edit_figures, edit_history, edit_names, edit_perimeters
from faubourg.territories.services.edit_sheet import edit_sheet
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import (
    FigureFactory,
    IndicatorFactory,
    PerimeterFactory,
    SourceFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role


@pytest.fixture
def town():
    departement = TerritoryFactory(kind="departement", code="63", name="Puy-de-Dôme")
    epci = TerritoryFactory(epci=True, code="246300701", name="Clermont Auvergne Métropole")
    # `epci` is a trait of the factory, so the link is made after.
    commune = TerritoryFactory(code="63113", name="Clermont-Ferrand", departement=departement)
    commune.epci = epci
    commune.save()
    quarter = TerritoryFactory(neighbourhood=True, code="QN06302I", name="La Gauthière")
    quarter.communes.add(commune)
    return quarter


def granted(role=Role.CONTRACT_OFFICER, kind="instance", code=""):
    return RoleGrantFactory(role=role, scope_kind=kind, scope_code=code).person


@pytest.mark.parametrize(
    ("role", "scope", "allowed"),
    [
        (Role.CONTRACT_OFFICER, ("instance", ""), True),
        (Role.CONTRACT_OFFICER, ("epci", "246300701"), True),
        (Role.CONTRACT_OFFICER, ("commune", "63113"), True),
        (Role.CONTRACT_OFFICER, ("neighbourhood", "QN06302I"), True),
        (Role.CONTRACT_OFFICER, ("departement", "63"), True),
        (Role.CONTRACT_OFFICER, ("epci", "200000000"), False),
        (Role.COMMUNE_REFERENT, ("commune", "63113"), True),
        (Role.COMMUNE_REFERENT, ("commune", "63014"), False),
        (Role.PREFECT_DELEGATE, ("departement", "63"), False),
        (Role.PREFECT_DELEGATE, ("instance", ""), False),
        (Role.ADMINISTRATOR, ("instance", ""), False),
        (Role.RESOURCE_OFFICER, ("instance", ""), False),
    ],
)
def test_who_may_edit_a_neighbourhood(town, role, scope, allowed):
    verdict = access.can_edit_territory(granted(role, *scope), town)
    assert verdict.ok is allowed
    if not allowed:
        assert "La Gauthière" in verdict.refusals()[0].sentence


def test_a_referent_of_the_commune_does_not_write_the_epci(town):
    person = granted(Role.COMMUNE_REFERENT, "commune", "63113")
    assert access.can_edit_territory(person, Territory.objects.get(code="246300701")).ok is False


def test_a_role_that_ended_opens_nothing(town):
    person = RoleGrantFactory(scope_kind="instance", until=date(2024, 6, 30)).person
    assert access.can_edit_territory(person, town).ok is False


def test_an_edit_is_journalled_with_before_and_after(town):
    by = granted().actor
    edit_sheet(territory=town, version=1, description="Un quartier au nord.", by=by)
    entry = entries_for("neighbourhood", "QN06302I")[0]
    assert (entry.act, entry.before, entry.after) == (
        "territory_edited",
        {"description": ""},
        {"description": "Un quartier au nord."},
    )
    assert entry.actor_ref == by.ref


def test_two_people_on_one_sheet_meet_and_lose_nothing(town):
    by = granted().actor
    edit_sheet(territory=town, version=1, description="Premier", by=by)
    with pytest.raises(Conflict):
        edit_sheet(territory=town, version=1, description="Second", by=by)
    town.refresh_from_db()
    assert town.description == "Premier"


def test_the_conflict_page_shows_both_texts(client, town):
    person = granted()
    client.force_login(person)
    edit_sheet(territory=town, version=1, description="Texte de l’autre", by=person.actor)
    url = reverse("territory_edit", args=["neighbourhood", town.code])
    page = client.post(url, {"description": "Mon texte à moi", "version": 1})
    assert page.status_code == 409
    body = page.content.decode()
    assert "Texte de l’autre" in body
    assert "Mon texte à moi" in body
    assert 'name="version" value="2"' in body
    again = client.post(url, {"description": "Les deux ensemble", "version": 2})
    assert again.status_code == 302
    town.refresh_from_db()
    assert town.description == "Les deux ensemble"


def test_an_official_name_stays_and_a_local_one_changes(town):
    by = granted().actor
    with pytest.raises(Refused, match="nom officiel"):
        edit_sheet(territory=town, version=1, description="", name="Autre", by=by)
    local = TerritoryFactory(neighbourhood=True, code="LOC-1", code_origin="local", name="Le Coteau")
    edit_sheet(territory=local, version=1, description="", name="Le Côteau", by=by)
    local.refresh_from_db()
    assert local.name == "Le Côteau"


def test_an_alias_is_found_at_once_and_lost_when_withdrawn(town):
    by = granted().actor
    alias = edit_names.add_alias(territory=town, name="Les Zouzous", source=None, by=by)
    assert [hit.ref for hit in search.find("zouzous")] == [town.code]
    with pytest.raises(Refused, match="déjà un nom"):
        edit_names.add_alias(territory=town, name="Les Zouzous", source=None, by=by)
    edit_names.withdraw_alias(alias=alias, reason="erreur", by=by)
    assert search.find("zouzous") == []
    assert not Alias.objects.exists()
    assert [entry.act for entry in entries_for("neighbourhood", town.code)] == [
        "alias_withdrawn",
        "alias_added",
    ]


def given(**said):
    return edit_figures.GivenFigure(
        **{
            "indicator": IndicatorFactory(),
            "value": Decimal(1200),
            "secrecy": "open",
            "vintage": "RP 2021",
            "year": 2021,
            "source": SourceFactory(),
            **said,
        }
    )


def test_the_same_figure_twice_is_refused_and_a_new_vintage_is_not(town):
    by = granted().actor
    edit_figures.add_figure(territory=town, given=given(), by=by)
    with pytest.raises(Refused, match="autre millésime"):
        edit_figures.add_figure(territory=town, given=given(value=Decimal(5)), by=by)
    edit_figures.add_figure(territory=town, given=given(vintage="RP 2015", year=2015), by=by)
    assert Figure.objects.count() == 2


def test_a_withdrawn_figure_stays_with_its_reason(town):
    by = granted().actor
    figure = edit_figures.add_figure(territory=town, given=given(), by=by)
    edit_figures.withdraw_figure(figure=figure, reason="mauvais îlot", by=by)
    edit_figures.withdraw_figure(figure=figure, reason="deux fois", by=by)
    figure.refresh_from_db()
    assert figure.withdrawn_at
    assert [e.reason for e in entries_for("neighbourhood", town.code)] == ["mauvais îlot", ""]
    edit_figures.add_figure(territory=town, given=given(value=Decimal(1100)), by=by)


def test_nothing_is_added_by_hand_under_a_source_of_the_loader(client, town):
    official = SourceFactory(slug="officielle", title="Populations légales", loaded=True)
    with pytest.raises(Refused, match="Décrivez votre propre source"):
        edit_figures.add_figure(territory=town, given=given(source=official), by=granted().actor)
    client.force_login(granted())
    said = {
        "indicator": IndicatorFactory().pk,
        "value": "302259",
        "vintage": "RP 2021",
        "source": "officielle",
    }
    page = client.post(reverse("territory_part_add", args=["neighbourhood", town.code, "chiffres"]), said)
    assert "Décrivez votre propre source" in page.context["form"].errors["source"][0]
    assert not Figure.objects.exists()


def test_what_the_loader_brought_is_corrected_and_never_withdrawn(client, town):
    by, other = granted().actor, TerritoryFactory(neighbourhood=True)
    source = SourceFactory(slug="officielle", loaded=True)
    figure = FigureFactory(territory=town, value=302_259, source=source)
    perimeter = PerimeterFactory(territory=town, source=source)
    alias = Alias.objects.create(territory=town, name="LA GAUTHIERE", source=source)
    link = Lineage.objects.create(predecessor=other, successor=town, basis=Lineage.Basis.NAME, source=source)
    for withdraw, said in (
        (edit_figures.withdraw_figure, {"figure": figure}),
        (edit_perimeters.withdraw_perimeter, {"perimeter": perimeter}),
        (edit_names.withdraw_alias, {"alias": alias}),
        (edit_history.withdraw_lineage, {"link": link}),
    ):
        with pytest.raises(Refused, match="enregistrez une correction"):
            withdraw(**said, reason="je n’en veux pas", by=by)
    client.force_login(granted())
    desk = client.get(reverse("territory_edit", args=["neighbourhood", town.code]))
    rows = [row for section in desk.context["sections"] for row in section.rows]
    assert [row.withdraw_url for row in rows] == [""] * 4
    url = reverse("territory_part_withdraw", args=["neighbourhood", town.code, "chiffres", figure.pk])
    assert "enregistrez une correction" in client.post(url, {"reason": "non"}).content.decode()
    figure.refresh_from_db()
    assert figure.withdrawn_at is None
    edit_history.record_correction(
        territory=town, subject="Population municipale", printed="302 259", corrected="302 295",
        printed_in=source, evidence="décret", on=date(2026, 3, 1), by=by,
    )  # fmt: skip
    page = client.get(f"/quartiers/{town.code}/").content.decode()
    assert "302 295" in page
    assert "302 259" in page


def test_a_figure_brought_by_hand_says_so_without_naming_anybody(client, town):
    person, said = granted(), "saisi par une personne habilitée"
    FigureFactory(territory=town, vintage="RP 2015", vintage_year=2015)
    assert said not in client.get(f"/quartiers/{town.code}/").content.decode()
    edit_figures.add_figure(territory=town, given=given(), by=person.actor)
    page = client.get(f"/quartiers/{town.code}/").content.decode()
    assert f"{said} le" in page
    assert person.name not in page


@pytest.mark.parametrize("text", ["Les \u202eolletuaG", "Nord \u2066a", "Îlot ١٢", "RP ２０２１"])
def test_signs_that_deceive_the_eye_are_refused(client, town, text):
    person = granted()
    for write in (
        lambda: edit_names.add_alias(territory=town, name=text, source=None, by=person.actor),
        lambda: edit_figures.add_figure(territory=town, given=given(vintage=text), by=person.actor),
        lambda: edit_sheet(
            territory=TerritoryFactory(neighbourhood=True, code="LOC-1", code_origin="local"), version=1,
            description="", name=text, by=person.actor,
        ),
    ):  # fmt: skip
        with pytest.raises(Refused, match=r"retapez-le|de 0 à 9"), transaction.atomic():
            write()
        Territory.objects.filter(code="LOC-1").delete()
    client.force_login(person)
    url = reverse("territory_part_add", args=["neighbourhood", town.code, "noms"])
    client.post(url, {"name": text})  # the invisible signs may be taken off at the door
    assert not Alias.objects.filter(name=text).exists()


def test_a_filiation_is_told_on_both_sheets(town):
    by, other = granted().actor, TerritoryFactory(neighbourhood=True)
    link = edit_history.link_places(
        predecessor=other, successor=town, since=None, source=None, note_text="", by=by
    )
    edit_history.withdraw_lineage(link=link, reason="erreur", by=by)
    for place in (town, other):
        acts = [entry.act for entry in entries_for("neighbourhood", place.code)]
        assert acts == ["lineage_withdrawn", "lineage_added"]


def test_a_correction_names_who_decided(town):
    by = granted().actor
    correction = edit_history.record_correction(
        territory=town,
        subject="orthographe",
        printed="Gautière",
        corrected="Gauthière",
        printed_in=SourceFactory(),
        evidence="plaque de rue",
        on=date(2026, 3, 1),
        by=by,
    )
    assert (correction.decided_by, correction.decided_by_ref) == (by.name, by.ref)


def test_a_filiation_never_turns_in_a_circle(town):
    by, other = granted().actor, TerritoryFactory(neighbourhood=True)
    said = {"since": None, "source": None, "note_text": "", "by": by}
    edit_history.link_places(predecessor=town, successor=other, **said)
    with pytest.raises(Refused, match="tournerait en rond"):
        edit_history.link_places(predecessor=other, successor=town, **said)
    with pytest.raises(Refused, match="lui-même"):
        edit_history.link_places(predecessor=town, successor=town, **said)
    assert Lineage.objects.count() == 1


def test_a_new_neighbourhood_has_a_code_visibly_ours(client, town):
    client.force_login(granted(kind="commune", code="63113"))
    said = {
        "name": "Les Jardins",
        "communes": "63113",
        "kind": "foreseen",
        "new_title": "Délibération du 3 mars 2026",
        "new_licence": "document interne",
    }
    answer = client.post(reverse("neighbourhood_add"), said)
    place = Territory.objects.get(name="Les Jardins")
    assert answer.status_code == 302
    assert place.code.startswith("LOC-63113-")
    assert place.code_origin == "local"
    assert place.epci.code == "246300701"
    assert place.perimeters.get().kind == Perimeter.Kind.FORESEEN
    twice = client.post(reverse("neighbourhood_add"), {**said, "name": "LES JARDINS"})
    assert "existe déjà dans cette commune" in twice.content.decode()


def test_a_neighbourhood_is_not_created_in_another_town(client, town):
    TerritoryFactory(code="63014", name="Aubière")
    client.force_login(granted(kind="commune", code="63113"))
    said = {"name": "X", "communes": "63014", "kind": "foreseen", "source": SourceFactory().pk}
    answer = client.post(reverse("neighbourhood_add"), said)
    assert answer.status_code == 403
    assert "Aubière" in answer.content.decode()


PAGES = [
    ("territory_edit", []),
    ("territory_part_add", ["noms"]),
    ("territory_part_add", ["chiffres"]),
    ("territory_part_add", ["corrections"]),
    ("territory_part_add", ["filiation"]),
    ("territory_part_add", ["ressources"]),
    ("perimeter_add", []),
]


@pytest.mark.parametrize(("name", "rest"), PAGES)
def test_every_page_says_why_it_is_refused_and_opens_to_who_may(client, town, name, rest):
    url = reverse(name, args=["neighbourhood", town.code, *rest])
    assert client.get(url)["Location"].startswith(reverse("account_login"))
    client.force_login(PersonFactory())
    refused = client.get(url)
    assert refused.status_code == 403
    assert "périmètre de vos rôles" in refused.content.decode()
    client.force_login(granted(kind="epci", code="246300701"))
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("part", "said", "stands"),
    [
        ("noms", {"name": "La Gautière"}, lambda p: p.aliases.count()),
        ("ressources", {"kind": "service", "name": "PMI", "place": "inside"}, lambda p: p.resources.count()),
        (
            "chiffres",
            {"indicator": "population-municipale", "value": "1 234", "vintage": "RP 2021"},
            lambda p: p.figures.get().value == 1234,
        ),
        (
            "chiffres",
            {"indicator": "population-municipale", "value": "s", "vintage": "RP 2021"},
            lambda p: p.figures.get().secrecy == "secret",
        ),
        (
            "corrections",
            {"subject": "nom", "printed": "a", "corrected": "b", "evidence": "c"},
            lambda p: p.corrections.count(),
        ),
        ("filiation", {"direction": "from", "other": "QN99999Z"}, lambda p: p.origins.count()),
    ],
)
def test_each_nature_is_added_then_withdrawn_by_its_page(client, town, part, said, stands):
    IndicatorFactory()
    TerritoryFactory(neighbourhood=True, code="QN99999Z")
    client.force_login(granted())
    source = {} if part == "filiation" else {"source": SourceFactory().pk}
    url = reverse("territory_part_add", args=["neighbourhood", town.code, part])
    answer = client.post(url, {**said, **source})
    assert answer.status_code == 302, answer.content.decode()
    assert stands(town)
    desk = client.get(reverse("territory_edit", args=["neighbourhood", town.code]))
    section = next(s for s in desk.context["sections"] if s.part.slug == part)
    assert client.get(section.rows[0].withdraw_url).status_code == 200
    assert client.post(section.rows[0].withdraw_url, {"reason": ""}).status_code == 200
    assert client.post(section.rows[0].withdraw_url, {"reason": "essai"}).status_code == 302
    desk = client.get(reverse("territory_edit", args=["neighbourhood", town.code]))
    assert next(s for s in desk.context["sections"] if s.part.slug == part).rows == []
    assert entries_for("neighbourhood", town.code)[0].reason == "essai"


@pytest.mark.parametrize(
    ("value", "vintage", "sentence"),
    [
        ("1.234", "RP 2021", "se lit de deux façons"),
        ("douze", "RP 2021", "n’est pas un nombre"),
        ("-4", "RP 2021", "ne peut pas être négatif"),
        ("1200", "31/02/2021", "n’existe pas dans le calendrier"),
        ("1200", "RP 2921", "n’est pas un millésime possible"),
    ],
)
def test_a_bad_figure_is_said_beside_its_field(client, town, value, vintage, sentence):
    client.force_login(granted())
    said = {
        "indicator": IndicatorFactory().pk,
        "value": value,
        "vintage": vintage,
        "source": SourceFactory().pk,
    }
    page = client.post(reverse("territory_part_add", args=["neighbourhood", town.code, "chiffres"]), said)
    assert sentence in page.content.decode()
    assert not Figure.objects.exists()


def test_a_figure_without_source_is_refused(client, town):
    client.force_login(granted())
    said = {"indicator": IndicatorFactory().pk, "value": "12", "vintage": "2021"}
    page = client.post(reverse("territory_part_add", args=["neighbourhood", town.code, "chiffres"]), said)
    assert "un chiffre ne va pas sans elle" in page.content.decode()


def test_posting_without_token_is_refused(town):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(granted())
    url = reverse("territory_edit", args=["neighbourhood", town.code])
    assert client.post(url, {"description": "x", "version": 1}).status_code == 403
    town.refresh_from_db()
    assert town.description == ""


def test_the_desk_asks_the_same_questions_for_one_and_three_rows(client, town):
    client.force_login(granted(kind="epci", code="246300701"))
    url = reverse("territory_edit", args=["neighbourhood", town.code])
    client.get(url)

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(url)
        return len(asked)

    for rank in range(1):
        _fill(town, rank)
    one = count()
    for rank in range(1, 4):
        _fill(town, rank)
    assert count() == one


def _fill(town, rank):
    FigureFactory(territory=town, vintage=f"RP 20{rank:02d}")
    PerimeterFactory(territory=town)
    Alias.objects.create(territory=town, name=f"Nom {rank}", source=SourceFactory())


def test_unknown_places_and_parts_are_not_found(client, town):
    client.force_login(granted())
    assert client.get("/quartiers/RIEN/modifier/").status_code == 404
    assert client.get(f"/quartiers/{town.code}/modifier/rien/ajouter/").status_code == 404
    assert client.get("/regions/84/modifier/").status_code == 404


def test_a_withdrawn_perimeter_keeps_its_figures(town):
    by = granted().actor
    perimeter = PerimeterFactory(territory=town, added_by=by.ref)
    figure = FigureFactory(territory=town, perimeter=perimeter)
    edit_perimeters.withdraw_perimeter(perimeter=perimeter, reason="doublon", by=by)
    figure.refresh_from_db()
    assert figure.perimeter == perimeter
