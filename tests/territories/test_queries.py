"""Reads of the territories: which place an address means, what stands on a day, medians, small maps."""

from datetime import date
from decimal import Decimal

import pytest

from faubourg.territories import queries
from faubourg.territories.models import Figure, Lineage, Perimeter, Territory
from tests.factories.territories import (
    FigureFactory,
    IndicatorFactory,
    PerimeterFactory,
    SourceFactory,
    TerritoryFactory,
    member_of,
)

pytestmark = pytest.mark.django_db
NEIGHBOURHOOD = Territory.Kind.NEIGHBOURHOOD


def test_a_code_typed_in_lower_case_means_its_place():
    place = TerritoryFactory(neighbourhood=True, code="QN06307N")
    assert queries.place_at(NEIGHBOURHOOD, "qn06307n") is None
    assert queries.place_meant_by(NEIGHBOURHOOD, " qn06307n ") == place


def test_an_older_official_code_means_the_neighbourhood_that_bore_it():
    version = PerimeterFactory(kind=Perimeter.Kind.QPV_2015, code="QP063003")
    assert queries.place_meant_by(NEIGHBOURHOOD, "qp063003") == version.territory


def test_an_older_code_shared_by_two_neighbourhoods_means_neither():
    for _ in range(2):
        PerimeterFactory(kind=Perimeter.Kind.QPV_2015, code="QP063003")
    assert queries.place_meant_by(NEIGHBOURHOOD, "QP063003") is None
    assert len(queries.near_places(NEIGHBOURHOOD, "QP063003")) == 2


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Territory.Kind.NEIGHBOURHOOD, "QN06307M"),  # the suffix of another generation
        (Territory.Kind.COMMUNE, "QN06307N"),  # another kind of place
        (Territory.Kind.NEIGHBOURHOOD, "QN0630"),
    ],
)
def test_near_places_of_an_unknown_code(kind, typed):
    place = TerritoryFactory(neighbourhood=True, code="QN06307N")
    assert queries.near_places(kind, typed) == [place]


def test_a_postal_code_is_near_its_commune():
    commune = TerritoryFactory(code="63113", postal_codes="63000, 63100")
    assert queries.near_places(Territory.Kind.COMMUNE, "63100") == [commune]


def test_nothing_is_near_nonsense():
    assert queries.near_places(NEIGHBOURHOOD, "!") == []


def test_the_last_day_of_a_perimeter_is_included():
    place = TerritoryFactory(neighbourhood=True)
    old = PerimeterFactory(
        territory=place,
        kind=Perimeter.Kind.QPV_2015,
        valid_from=date(2015, 1, 1),
        valid_to=date(2023, 12, 31),
    )
    new = PerimeterFactory(territory=place)
    versions = list(queries.perimeters_of(place))
    assert versions == [new, old]
    assert queries.in_force(versions, date(2023, 12, 31)) == [old]
    assert queries.in_force(versions, date(2024, 1, 1)) == [new]


def test_figures_stand_by_theme_from_the_newest_vintage_and_undated_ones_last():
    place = TerritoryFactory()
    undated = FigureFactory(territory=place, vintage="non précisé", vintage_year=None)
    old = FigureFactory(territory=place, vintage="RP 2013", vintage_year=2013)
    new = FigureFactory(territory=place, vintage="RP 2021", vintage_year=2021)
    (theme,) = queries.sheet_figures(place)
    (line,) = theme.lines
    assert line.newest == new
    assert [other.figure for other in line.others] == [old, undated]


def test_a_withdrawn_figure_is_not_shown():
    figure = FigureFactory(withdrawn_at="2026-01-01T00:00Z")
    assert queries.sheet_figures(figure.territory) == []


def test_two_consecutive_vintages_of_a_neighbourhood_are_refused_with_the_reason():
    place = TerritoryFactory(neighbourhood=True)
    FigureFactory(territory=place, vintage="2020", vintage_year=2020, value=1200)
    FigureFactory(territory=place, vintage="2021", vintage_year=2021, value=1300)
    (theme,) = queries.sheet_figures(place)
    comparison = theme.lines[0].others[0].comparison
    assert comparison.verdict.ok is False
    assert comparison.change is None
    assert [reason.code for reason in comparison.verdict.refusals()] == ["consecutive-vintages"]


def test_two_vintages_far_apart_are_compared():
    place = TerritoryFactory(neighbourhood=True)
    FigureFactory(territory=place, vintage="2013", vintage_year=2013, value=1000)
    FigureFactory(territory=place, vintage="2021", vintage_year=2021, value=1300)
    (theme,) = queries.sheet_figures(place)
    assert theme.lines[0].others[0].comparison.percent == Decimal(30)


def test_a_theme_tells_its_source_once_only_when_all_its_lines_share_it():
    place = TerritoryFactory()
    FigureFactory(territory=place, indicator=IndicatorFactory(code="a", theme="emploi"))
    FigureFactory(territory=place, indicator=IndicatorFactory(code="b", theme="emploi"))
    assert queries.sheet_figures(place)[0].shared
    FigureFactory(
        territory=place,
        indicator=IndicatorFactory(code="c", theme="emploi"),
        source=SourceFactory(slug="autre"),
    )
    assert queries.sheet_figures(place)[0].shared is None


def incomes(*values, category="CA", **traits):
    indicator = IndicatorFactory(code="revenu", unit="euro", additive=False)
    return [
        FigureFactory(
            territory=TerritoryFactory(epci=True, category=category, **traits),
            indicator=indicator,
            value=value,
            secrecy="open" if value is not None else Figure.Secrecy.MISSING,
        )
        for value in values
    ]


@pytest.mark.parametrize(
    ("values", "median"),
    [((10, 20, 30, 40, 90), 30), ((10, 20, 30, 40, 50, 90), 35)],
    ids=["odd", "even"],
)
def test_an_epci_stands_against_the_median_of_its_kind(values, median):
    figures = incomes(*values)
    incomes(1, 2, 3, category="CC")
    incomes(7, valid_to=date(2016, 12, 31))
    standing = queries.standings_of(figures[0].territory, queries.figures_of(figures[0].territory))
    found = standing[figures[0].pk]
    assert found.median.value == median
    assert found.median.published == len(values)
    assert found.median.silent == 0


def test_those_who_publish_nothing_are_counted_as_silent():
    figures = incomes(10, 20, 30, 40, 50, None, None)
    found = queries.standings_of(figures[0].territory, queries.figures_of(figures[0].territory))
    assert found[figures[0].pk].median.silent == 2


def test_a_median_of_four_is_refused():
    figures = incomes(10, 20, 30, 40)
    found = queries.standings_of(figures[0].territory, queries.figures_of(figures[0].territory))
    assert found[figures[0].pk].position is None


def test_a_commune_and_a_vanished_epci_have_no_standing():
    gone = incomes(10, 20, 30, 40, 50, valid_to=date(2016, 12, 31))[0].territory
    assert queries.standings_of(gone, queries.figures_of(gone)) == {}
    commune = FigureFactory().territory
    assert queries.standings_of(commune, queries.figures_of(commune)) == {}


def test_ancestry_tells_both_ways():
    before, after = TerritoryFactory(epci=True), TerritoryFactory(epci=True)
    link = Lineage.objects.create(predecessor=before, successor=after, basis=Lineage.Basis.NAME)
    assert queries.history_of(before).successions == (link,)
    assert queries.history_of(after).origins == (link,)
    assert not queries.history_of(TerritoryFactory())


SQUARE = '{{"type":"Polygon","coordinates":[[[{w},45],[{e},45],[{e},45.1],[{w},45.1],[{w},45]]]}}'


def test_the_small_map_draws_what_exists_and_says_which_version():
    place, commune = TerritoryFactory(neighbourhood=True), TerritoryFactory()
    PerimeterFactory(territory=place, outline=SQUARE.format(w=3.02, e=3.05))
    PerimeterFactory(territory=commune, kind="administrative", outline=SQUARE.format(w=3, e=3.2))
    drawing = queries.draw(place, queries.outlines_around(place, [commune]))
    assert drawing.own_version == "QPV 2024"
    assert [shape.role for shape in drawing.shapes] == ["around", "here"]
    assert all(shape.path.startswith("M") and shape.path.endswith("Z") for shape in drawing.shapes)


def test_without_its_own_contour_a_neighbourhood_is_never_drawn():
    place, commune = TerritoryFactory(neighbourhood=True), TerritoryFactory()
    PerimeterFactory(territory=place)
    PerimeterFactory(territory=commune, kind="administrative", outline=SQUARE.format(w=3, e=3.2))
    drawing = queries.draw(place, queries.outlines_around(place, [commune]))
    assert not drawing.has_own_contour
    assert [shape.role for shape in drawing.shapes] == ["around"]


def test_no_contour_at_all_is_no_drawing():
    place = TerritoryFactory(neighbourhood=True)
    assert queries.draw(place, queries.outlines_around(place, [])) is None


def test_a_neighbourhood_lies_in_every_place_of_its_communes():
    region = TerritoryFactory(kind=Territory.Kind.REGION)
    epci = TerritoryFactory(epci=True)
    commune = member_of(epci, region=region)
    place = TerritoryFactory(neighbourhood=True)
    other = TerritoryFactory(neighbourhood=True)
    place.communes.add(commune)
    other.communes.add(commune)
    assert set(queries.neighbourhoods_in(epci)) == {place, other}
    assert set(queries.neighbourhoods_in(commune)) == {place, other}
    assert queries.communes_and_neighbours(place) == ([commune], [other])
    assert list(queries.communes_in(region)) == [commune]
    assert list(queries.epcis_in(region)) == [epci]


def test_on_the_map_of_a_commune_its_neighbourhoods_come_first():
    commune, place = TerritoryFactory(), TerritoryFactory(neighbourhood=True)
    PerimeterFactory(territory=commune, kind="administrative", outline=SQUARE.format(w=3, e=3.2))
    PerimeterFactory(territory=place, outline=SQUARE.format(w=3.02, e=3.05))
    drawing = queries.draw(commune, queries.outlines_around(commune, [place]))
    assert drawing.has_own_contour
    assert drawing.other_versions == ("QPV 2024",)
    assert [(shape.role, shape.label) for shape in drawing.shapes] == [
        ("around", commune.name),
        ("here", place.name),
    ]
