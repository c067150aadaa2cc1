"""Outlines cut, joined, lightened and compared: surfaces are conserved, what is refused says why."""

import math

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Polygon

from faubourg.rules.drawing import cut, difference, joined, lightened, same

# A town's worth of degrees around Clermont-Ferrand.
WEST, SOUTH = 3.08, 45.77
SQUARE = Polygon([(0, 0), (4, 0), (4, 4), (0, 4)])
HOLED = Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
COMB = Polygon(
    [(0, 0), (5, 0), (5, 3), (4, 3), (4, 1), (3, 1), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)]
)
TWO = MultiPolygon([SQUARE, Polygon([(6, 0), (7, 0), (7, 1), (6, 1)])])


def refusals(verdict):
    return [reason.code for reason in verdict.refusals()]


@pytest.mark.parametrize(
    ("shape", "line", "said"),
    [
        (SQUARE, [(-1, 2), (5, 2)], []),
        (SQUARE, [(2, -1), (2, 5)], []),
        (HOLED, [(-1, 1.5), (5, 1.5)], []),
        (TWO, [(-1, 2), (5, 2)], []),
        (SQUARE, [(10, 0), (10, 5)], ["line-away"]),
        (SQUARE, [(-1, 2), (2, 2)], ["line-short"]),
        (SQUARE, [(1, 1), (2, 2)], ["line-short"]),
        (SQUARE, [(0, -1), (0, 5)], ["line-short"]),
        (COMB, [(-1, 2), (6, 2)], ["line-many"]),
        (TWO, [(-1, 0.5), (8, 0.5)], ["line-many"]),
    ],
)
def test_a_line_cuts_in_two_or_says_why_not(shape, line, said):
    found = cut(shape, LineString(line))
    assert refusals(found.verdict) == said
    assert len(found.parts) == (0 if said else 2)
    assert all(reason.sentence for reason in found.verdict.refusals())


def test_a_part_left_alone_stays_with_the_nearer_half():
    right, left = (Polygon([(x, 0), (x + 1, 0), (x + 1, 1), (x, 1)]) for x in (4.5, -1.5))
    found = cut(MultiPolygon([SQUARE, right, left]), LineString([(2, -1), (2, 5)]))
    assert sorted(round(part.area) for part in found.parts) == [9, 9]
    assert {round(part.bounds[0], 1) for part in found.parts} == {-1.5, 2.0}


coordinates = st.floats(0, 0.03)


@st.composite
def outlines(draw):
    """A star-shaped polygon of a neighbourhood's size, sometimes with a hole."""
    count = draw(st.integers(3, 14))
    radii = draw(st.lists(st.floats(0.002, 0.012), min_size=count, max_size=count))
    x, y = WEST + draw(coordinates), SOUTH + draw(coordinates)
    turn = [2 * math.pi * step / count for step in range(count)]
    ring = [(x + r * math.cos(a), y + r * math.sin(a)) for r, a in zip(radii, turn, strict=True)]
    shape = Polygon(ring)
    if draw(st.booleans()):
        shape = shape.difference(shapely.Point(x, y).buffer(0.0008))
    assume(shape.is_valid and shape.geom_type == "Polygon" and shape.area > 1e-7)
    return shape


@st.composite
def crossed(draw):
    """An outline and a line that crosses it, sometimes broken outside it."""
    shape = draw(outlines())
    inner = shapely.point_on_surface(shape)
    turn = draw(st.floats(0, math.pi))
    ends = [(inner.x + way * 0.1 * math.cos(turn), inner.y + way * 0.1 * math.sin(turn)) for way in (-1, 1)]
    return shape, LineString([*ends, (WEST + 9, SOUTH)] if draw(st.booleans()) else ends)


@given(crossed())
def test_cutting_conserves_the_surface(given_both):
    shape, line = given_both
    found = cut(shape, line)
    assert refusals(found.verdict) in ([], ["line-many"])
    if found.parts:
        first, second = found.parts
        assert first.area + second.area == pytest.approx(shape.area, rel=1e-6)
        assert first.area >= second.area
        assert shapely.intersection(first, second).area == pytest.approx(0, abs=shape.area * 1e-6)
        assert first.is_valid
        assert second.is_valid


@given(crossed())
def test_two_halves_joined_again_are_the_outline(given_both):
    shape, line = given_both
    if parts := cut(shape, line).parts:
        again = joined(*parts)
        assert again.shape.is_valid
        assert again.shape.area == pytest.approx(shape.area, rel=1e-6)


@given(outlines(), outlines())
def test_joining_counts_what_is_shared_once(one, other):
    whole = joined(one, other).shape
    shared = shapely.intersection(one, other).area
    assert whole.is_valid
    assert whole.area == pytest.approx(one.area + other.area - shared, rel=1e-6)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Polygon([(4, 0), (6, 0), (6, 4), (4, 4)]), []),
        (Polygon([(3, 0), (6, 0), (6, 4), (3, 4)]), []),
        (Polygon([(8, 0), (9, 0), (9, 4)]), ["apart"]),
        (Polygon([(4, 4), (5, 4), (5, 5)]), ["apart"]),
        (Polygon([(1, 1), (2, 1), (2, 2)]), ["inside"]),
    ],
)
def test_what_is_apart_or_inside_is_said(other, said):
    found = joined(SQUARE, other)
    assert refusals(found.verdict) == said
    assert found.shape.is_valid


@given(outlines(), st.floats(0, 2_000))
def test_lightening_keeps_it_valid_and_never_empties_it(shape, metres):
    light = lightened(shape, metres)
    assert light.is_valid
    assert not light.is_empty
    assert shapely.get_num_coordinates(light) <= shapely.get_num_coordinates(shape)


@given(outlines(), st.floats(0.1, 60))
def test_no_point_of_a_lightened_outline_goes_far(shape, metres):
    moved = shapely.hausdorff_distance(lightened(shape, metres).boundary, shape.boundary)
    # A degree of longitude is the shorter one here: 78 km.
    assert moved * 77_000 <= metres * 1.5 + 1


@given(outlines(), outlines())
def test_a_difference_accounts_for_both_versions(before, after):
    found = difference(before, after)
    assert found.kept.area + found.gained.area == pytest.approx(after.area, rel=1e-6)
    assert found.kept.area + found.lost.area == pytest.approx(before.area, rel=1e-6)


@given(outlines())
def test_rounding_is_no_change_and_a_street_is(shape):
    assert same(shape, shapely.set_precision(shape, 1e-7))
    assert not same(shape, shapely.transform(shape, lambda points: points + 1e-4))
