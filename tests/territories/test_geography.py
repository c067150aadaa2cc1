"""The local geography: each act ends versions and makes others, under a decision; nobody is overwritten."""

from datetime import date, timedelta

import pytest
import shapely
from django.utils import timezone
from shapely.geometry import LineString, Polygon

from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.people.models import RoleGrant
from faubourg.rules.neighbourhood_path import State
from faubourg.territories import access
from faubourg.territories.geo.shapes import shape_of
from faubourg.territories.models import Lineage, Perimeter, PerimeterChange, Territory
from faubourg.territories.queries.geography import board_of
from faubourg.territories.queries.path import path_of
from faubourg.territories.queries.versions import compared, versions_of
from faubourg.territories.reading.contour import contour_of, hectares
from faubourg.territories.services import draw_perimeters as drawing
from faubourg.territories.services.drawing_decisions import Decision
from faubourg.territories.services.edit_perimeters import GivenPerimeter, create_neighbourhood
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import PerimeterFactory, SourceFactory, TerritoryFactory, member_of

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role
SQUARE = Polygon([(3.08, 45.77), (3.09, 45.77), (3.09, 45.78), (3.08, 45.78)])
BESIDE = Polygon([(3.09, 45.77), (3.10, 45.77), (3.10, 45.78), (3.09, 45.78)])
FAR = Polygon([(3.12, 45.77), (3.13, 45.77), (3.13, 45.78), (3.12, 45.78)])
DECISION = Decision(date(2025, 3, 12), "conseil métropolitain", "délibération n° 4", "")


@pytest.fixture
def area():
    departement = TerritoryFactory(kind="departement", code="63", name="Puy-de-Dôme")
    return TerritoryFactory(
        epci=True, code="246300701", name="Clermont Auvergne Métropole", departement=departement
    )


@pytest.fixture
def commune(area):
    return member_of(area, code="63113", name="Clermont-Ferrand", lon=3.0819, lat=45.7867)


@pytest.fixture
def officer(area):
    return RoleGrantFactory(role=Role.CONTRACT_OFFICER, scope_kind="epci", scope_code=area.code).person


def draw(area, commune, officer, name="Centre bis", shape=SQUARE, kind="local_p1", **more):
    given = {"place": None, "name": name, "communes": [commune], **more}
    return drawing.draw_perimeter(
        area=area, kind=kind, contour=contour_of([shape]), decision=DECISION, by=officer.actor, **given
    )


@pytest.mark.parametrize(
    ("role", "scope", "allowed"),
    [
        (Role.CONTRACT_OFFICER, ("epci", "246300701"), True),
        (Role.CONTRACT_OFFICER, ("instance", ""), True),
        (Role.CONTRACT_OFFICER, ("commune", "63113"), False),
        (Role.CONTRACT_OFFICER, ("epci", "200000000"), False),
        (Role.PREFECT_DELEGATE, ("departement", "63"), True),
        (Role.PREFECT_DELEGATE, ("departement", "15"), False),
        (Role.COMMUNE_REFERENT, ("commune", "63113"), False),
        (Role.ELECTED, ("epci", "246300701"), False),
        (Role.ADMINISTRATOR, ("instance", ""), False),
    ],
)
def test_who_draws(area, commune, role, scope, allowed):
    person = RoleGrantFactory(role=role, scope_kind=scope[0], scope_code=scope[1]).person
    assert access.can_draw(person, area).ok is allowed


def test_a_resident_is_told_who_draws(area):
    verdict = access.can_draw(PersonFactory(), area)
    assert "Clermont Auvergne Métropole" in verdict.refusals()[0].sentence


def test_a_first_outline_makes_a_neighbourhood_with_its_decision(area, commune, officer):
    made = draw(area, commune, officer)
    place = made.territory
    assert (place.name, place.code_origin, place.point_basis != "commune") == ("Centre bis", "local", True)
    assert list(place.perimeters.all()) == [made]
    change = made.made_in
    assert (change.act, change.authority, change.reference) == (
        "drawn",
        "conseil métropolitain",
        "délibération n° 4",
    )
    assert change.recorded_by == officer.actor.name
    assert made.valid_from == date(2025, 3, 12)
    assert shape_of(made).equals(SQUARE)
    assert {entry.act for entry in entries_for("neighbourhood", place.code)} == {
        "neighbourhood_created",
        "perimeter_drawn",
    }


def test_a_second_outline_of_a_kind_is_a_change_of_the_first(area, commune, officer):
    place = draw(area, commune, officer).territory
    with pytest.raises(Refused, match="a déjà un périmètre de cette nature"):
        draw(area, commune, officer, place=place, shape=BESIDE)
    other = draw(area, commune, officer, place=place, shape=BESIDE, kind="lived")
    assert other.territory == place


@pytest.mark.parametrize("kind", ["qpv_2024", "qpv_2015", "qva", "administrative"])
def test_what_a_decree_fixes_is_not_drawn(area, commune, officer, kind):
    place = TerritoryFactory(neighbourhood=True)
    with pytest.raises(Refused, match="fixée par décret"):
        draw(area, commune, officer, place=place, kind=kind)


def test_redrawing_keeps_the_version_of_before(area, commune, officer):
    first = draw(area, commune, officer)
    later = Decision(date(2025, 6, 1), reason="La rue d’en face en est.")
    second = drawing.redraw_perimeter(
        perimeter=first,
        contour=contour_of([shapely.union_all([SQUARE, BESIDE])]),
        decision=later,
        by=officer.actor,
    )
    first.refresh_from_db()
    assert first.withdrawn_at
    assert first.ended_in == second.made_in
    assert shape_of(first).equals(SQUARE)
    assert second.kind == "local_p1"
    found = versions_of(second, None)
    assert [one.perimeter.pk for one in found] == [second.pk, first.pk]
    told = compared(found[1], found[0], None)
    assert told.gained == pytest.approx(hectares(BESIDE), rel=1e-6)
    assert told.lost == 0
    assert told.drawing is not None


def test_what_a_place_is_since_does_not_move_with_its_outline(area, commune, officer):
    place = create_neighbourhood(
        name="Centre",
        communes=[commune],
        description="",
        given=GivenPerimeter(kind="foreseen", source=SourceFactory(), valid_from=date(2023, 9, 1)),
        by=officer.actor,
    )
    first = draw(area, commune, officer, place=place, kind="foreseen")
    second = drawing.redraw_perimeter(
        perimeter=first, contour=contour_of([BESIDE]), decision=DECISION, by=officer.actor
    )
    assert first.valid_from == second.valid_from == date(2023, 9, 1)
    assert place.perimeters.filter(withdrawn_at__isnull=True).get() == second
    path = path_of(place, timezone.localdate())
    assert (path.state, path.since) == (State.FORESEEN, date(2023, 9, 1))


def test_two_people_on_one_outline_meet_and_lose_nothing(area, commune, officer):
    first = draw(area, commune, officer)
    mine, theirs = contour_of([BESIDE]), contour_of([FAR])
    drawing.redraw_perimeter(perimeter=first, contour=theirs, decision=DECISION, by=officer.actor)
    with pytest.raises(Conflict):
        drawing.redraw_perimeter(perimeter=first, contour=mine, decision=DECISION, by=officer.actor)
    standing = Perimeter.objects.get(withdrawn_at__isnull=True)
    assert shape_of(standing).equals(FAR)
    assert PerimeterChange.objects.count() == 2


def test_an_outline_that_did_not_change_makes_no_version(area, commune, officer):
    first = draw(area, commune, officer)
    with pytest.raises(Refused, match="n’a pas changé"):
        drawing.redraw_perimeter(
            perimeter=first, contour=contour_of([SQUARE]), decision=DECISION, by=officer.actor
        )


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision(date(2025, 1, 1)), "Citez le texte"),
        (Decision(date(2025, 1, 1), reference="   ", reason=" "), "Citez le texte"),
    ],
)
def test_a_decision_is_justified(area, commune, officer, decision, said):
    with pytest.raises(Refused, match=said):
        drawing.draw_perimeter(
            area=area,
            place=None,
            name="Centre",
            communes=[commune],
            kind="local_p2",
            contour=contour_of([SQUARE]),
            decision=decision,
            by=officer.actor,
        )
    assert not Territory.objects.filter(kind="neighbourhood").exists()


def test_a_decision_to_come_is_refused(area, commune, officer):
    first = draw(area, commune, officer)
    tomorrow = Decision(timezone.localdate() + timedelta(days=1), reason="Plus tard")
    with pytest.raises(Refused, match="à venir"):
        drawing.end_perimeter(perimeter=first, decision=tomorrow, by=officer.actor)


def test_cutting_conserves_the_surface_and_says_where_the_half_comes_from(area, commune, officer):
    first = draw(area, commune, officer)
    line = LineString([(3.083, 45.76), (3.083, 45.79)])
    kept, made = drawing.split_perimeter(
        perimeter=first, line=line, name="La petite moitié", decision=DECISION, by=officer.actor
    )
    assert kept.territory == first.territory
    assert made.territory.name == "La petite moitié"
    surfaces = [hectares(shape_of(one)) for one in (kept, made)]
    assert sum(surfaces) == pytest.approx(hectares(SQUARE), rel=1e-6)
    assert surfaces[0] > surfaces[1]
    assert kept.made_in == made.made_in
    link = Lineage.objects.get()
    assert (link.predecessor, link.successor) == (first.territory, made.territory)


def test_a_line_that_does_not_cross_changes_nothing(area, commune, officer):
    first = draw(area, commune, officer)
    with pytest.raises(Refused, match="ne traverse pas"):
        drawing.split_perimeter(
            perimeter=first,
            line=LineString([(3.085, 45.775), (3.1, 45.775)]),
            name="Moitié",
            decision=DECISION,
            by=officer.actor,
        )
    first.refresh_from_db()
    assert first.withdrawn_at is None


def test_cut_then_joined_again_gives_back_the_outline(area, commune, officer):
    first = draw(area, commune, officer)
    line = LineString([(3.083, 45.76), (3.083, 45.79)])
    kept, made = drawing.split_perimeter(
        perimeter=first, line=line, name="Moitié", decision=DECISION, by=officer.actor
    )
    again = drawing.merge_perimeters(kept=kept, absorbed=made, decision=DECISION, by=officer.actor)
    assert again.territory == first.territory
    assert shape_of(again).area == pytest.approx(SQUARE.area, rel=1e-9)
    assert Perimeter.objects.filter(withdrawn_at__isnull=True).get() == again
    assert again.made_in.ended.count() == 2


def test_what_is_apart_is_joined_only_when_confirmed(area, commune, officer):
    one, other = draw(area, commune, officer), draw(area, commune, officer, name="Là-bas", shape=FAR)
    with pytest.raises(Refused, match="ne se touchent pas"):
        drawing.merge_perimeters(kept=one, absorbed=other, decision=DECISION, by=officer.actor)
    whole = drawing.merge_perimeters(
        kept=one, absorbed=other, decision=DECISION, apart=True, by=officer.actor
    )
    assert shape_of(whole).geom_type == "MultiPolygon"
    assert Lineage.objects.get().predecessor == other.territory


def test_a_withdrawn_outline_stays_readable_and_may_be_taken_up(area, commune, officer):
    first = draw(area, commune, officer)
    drawing.end_perimeter(perimeter=first, decision=DECISION, by=officer.actor)
    assert board_of(area, None).groups[1].rows == ()
    again = draw(area, commune, officer, place=first.territory)
    assert [one.stands for one in versions_of(again, None)] == [True, False]


def test_a_loaded_outline_is_not_changed(area, commune, officer):
    loaded = PerimeterFactory(wkb=shapely.to_wkb(SQUARE), west=3, south=45, east=4, north=46)
    with pytest.raises(Refused, match="source chargée"):
        drawing.end_perimeter(perimeter=loaded, decision=DECISION, by=officer.actor)


def test_too_many_points_are_refused(area, commune, officer):
    heavy = shapely.Point(3.09, 45.77).buffer(0.01, quad_segs=6_000)
    with pytest.raises(Refused, match="Simplifiez"):
        draw(area, commune, officer, shape=heavy)


def test_a_closed_account_leaves_the_decision_without_its_name(area, commune, officer):
    from faubourg.territories.services.erasing import erase_names

    made = draw(area, commune, officer)
    erase_names(officer.ref)
    made.made_in.refresh_from_db()
    assert made.made_in.recorded_by == "une personne habilitée"
    assert made.made_in.authority == "conseil métropolitain"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_asks_as_much_for_one_as_for_three(
    area, commune, officer, rows, django_assert_max_num_queries
):
    for number in range(rows):
        draw(area, commune, officer, name=f"Quartier {number}")
    with django_assert_max_num_queries(6):
        found = board_of(area, None)
        told = [[version.territory.name for version in change.made.all()] for change in found.changes]
    assert len(found.groups[1].rows) == len(told) == rows
