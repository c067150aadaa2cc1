"""Which objectives and which neighbourhoods have no action."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.action_coverage import Aim, Deed, coverage, heat

AIMS = [Aim(1), Aim(2, 1), Aim(3, 2), Aim(4, 1)]
NORTH, SOUTH = 10, 20


@pytest.mark.parametrize(
    ("deeds", "bare_objectives", "bare_places", "unaimed"),
    [
        ([], (1, 2, 3, 4), (NORTH, SOUTH), 0),
        ([Deed(3, frozenset({NORTH}))], (4,), (SOUTH,), 0),
        ([Deed(3)], (4,), (NORTH, SOUTH), 0),
        ([Deed(None, frozenset({NORTH}))], (1, 2, 3, 4), (SOUTH,), 1),
        ([Deed(3, frozenset({NORTH}), dropped=True)], (1, 2, 3, 4), (NORTH, SOUTH), 0),
        ([Deed(99, frozenset({SOUTH}))], (1, 2, 3, 4), (NORTH,), 1),
        ([Deed(4, frozenset({NORTH, SOUTH}))], (2, 3), (), 0),
    ],
)
def test_what_has_no_action(deeds, bare_objectives, bare_places, unaimed):
    found = coverage(AIMS, [NORTH, SOUTH], deeds)
    assert (found.bare_objectives, found.bare_places, found.unaimed) == (
        bare_objectives, bare_places, unaimed,
    )  # fmt: skip


def test_an_action_counts_once_at_each_objective_above_it_and_in_each_of_its_places():
    found = coverage(AIMS, [NORTH, SOUTH], [Deed(3, frozenset({NORTH, SOUTH})), Deed(4)])
    assert dict(found.totals) == {3: 1, 2: 1, 1: 2, 4: 1}
    assert found.cells[1, NORTH] == found.cells[3, SOUTH] == found.cells[4, None] == 1
    assert dict(found.by_place) == {NORTH: 1, SOUTH: 1, None: 1}


KEYS = st.integers(1, 6)
FORESTS = st.lists(st.builds(Aim, KEYS, st.none() | KEYS), unique_by=lambda aim: aim.key)
DEEDS = st.lists(
    st.builds(Deed, st.none() | KEYS, st.frozensets(st.sampled_from([NORTH, SOUTH])), st.booleans())
)


@given(FORESTS, DEEDS)
def test_the_map_never_invents_nor_forgets(aims, deeds):
    found = coverage(aims, [NORTH, SOUTH], deeds)
    live = [deed for deed in deeds if not deed.dropped]
    assert found.counted == len(live)
    for aim in aims:
        assert (aim.key in found.bare_objectives) == (found.totals.get(aim.key, 0) == 0)
        spread = sum(count for (key, _place), count in found.cells.items() if key == aim.key)
        assert found.totals.get(aim.key, 0) <= spread or not spread
    for place in (NORTH, SOUTH):
        here = sum(place in deed.places for deed in live)
        assert found.by_place.get(place, 0) == here
        assert (place in found.bare_places) == (here == 0)


@pytest.mark.parametrize(("count", "shade"), [(-1, 0), (0, 0), (1, 1), (3, 3), (4, 4), (90, 4)])
def test_the_shade_follows_the_count(count, shade):
    assert heat(count) == shade
