"""Rectangles that hide, and what is purged when."""

from datetime import date
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.proximity.redaction import MOST_RECTANGLES, Drawn, redact
from faubourg.rules.proximity.retention import SCHEDULE, Life, Since, What, purge_on, purges


@pytest.mark.parametrize(
    ("drawn", "box"),
    [
        (Drawn(0, 0, 100, 100), (0, 0, 640, 480)),
        (Drawn(25, 25, 75, 75), (160, 120, 480, 360)),
        (Drawn(75, 75, 25, 25), (160, 120, 480, 360)),
        (Drawn(10, 10, 10, 10), (64, 48, 65, 49)),
        (Drawn(100, 100, 100, 100), (639, 479, 640, 480)),
        (Drawn(33.4, 0, 33.5, 0.1), (213, 0, 215, 1)),
        (Drawn(-20, -20, 5, 5), (0, 0, 32, 24)),
        (Drawn(99.99, 99.99, 150, 150), (639, 479, 640, 480)),
        (Drawn(101, 10, 120, 20), None),
        (Drawn(nan, 10, 20, 20), None),
        (Drawn(10, 10, inf, 20), None),
    ],
)
def test_a_rectangle_in_pixels(drawn, box):
    found = redact([drawn], 640, 480)
    assert list(found.boxes) == ([] if box is None else [box])
    assert found.verdict.ok is (box is not None)


def test_one_bad_rectangle_refuses_them_all_and_too_many_are_refused():
    good = Drawn(1, 1, 2, 2)
    mixed = redact([good, Drawn(200, 0, 300, 1)], 100, 100)
    assert mixed.boxes == ()
    assert "2" in mixed.verdict.refusals()[0].sentence
    assert redact([good] * MOST_RECTANGLES, 100, 100).verdict.ok
    assert not redact([good] * (MOST_RECTANGLES + 1), 100, 100).verdict.ok
    with pytest.raises(ValueError, match="one pixel"):
        redact([], 0, 10)


ANY = st.floats(-200, 300)
SIZE = st.integers(1, 20_000)


@given(st.lists(st.builds(Drawn, ANY, ANY, ANY, ANY), max_size=20), SIZE, SIZE)
def test_every_box_is_within_the_picture_and_hides_all_that_was_drawn(drawn, width, height):
    found = redact(drawn, width, height)
    for box in found.boxes:
        assert 0 <= box.left < box.right <= width
        assert 0 <= box.top < box.bottom <= height
    if found.verdict.ok:
        for one in drawn:
            low, high = sorted((one.x1, one.x2))
            assert any(
                box.left <= max(low, 0) * width / 100 and box.right >= min(high, 100) * width / 100
                for box in found.boxes
            )


# --- What is purged ---------------------------------------------------------------------------------------

RECEIVED = date(2025, 1, 31)


@pytest.mark.parametrize(
    ("what", "life", "due"),
    [
        (What.CONTACT, Life(RECEIVED), date(2028, 1, 31)),
        (What.CONTACT, Life(RECEIVED, date(2025, 2, 28)), date(2025, 5, 28)),
        (What.CONTACT, Life(RECEIVED, date(2025, 11, 30)), date(2026, 2, 28)),
        (What.DEVICE, Life(RECEIVED), date(2025, 2, 28)),
        (What.FREE_TEXT, Life(RECEIVED, date(2025, 3, 1)), date(2027, 3, 1)),
        (What.PRIVATE_PHOTO, Life(RECEIVED, date(2025, 3, 1)), date(2026, 3, 1)),
        (What.UNREDACTED_PHOTO, Life(RECEIVED, redacted_on=date(2025, 2, 3)), date(2025, 3, 3)),
        (What.CONSENT, Life(RECEIVED), None),
        (What.CONSENT, Life(RECEIVED, date(2025, 3, 1)), date(2030, 3, 1)),
        (What.WALKERS, Life(RECEIVED, reviewed_on=date(2025, 9, 1)), date(2026, 9, 1)),
    ],
)
def test_until_when_personal_data_is_kept(what, life, due):
    keeping = next(one for one in SCHEDULE if one.what is what)
    assert purge_on(keeping, life) == due


def test_every_kind_of_personal_data_has_one_line_and_a_reason():
    assert sorted(one.what for one in SCHEDULE) == sorted(What)
    assert {one.since for one in SCHEDULE} == {*Since}
    life = Life(RECEIVED, RECEIVED, RECEIVED, RECEIVED)
    found = purges(life, date(2050, 1, 1), {*What})
    assert [purge.what for purge in found] == [one.what for one in SCHEDULE]
    assert all(purge.reason.sentence and purge.reason.source for purge in found)
    assert purges(life, date(2050, 1, 1), set()) == ()
    assert purges(life, RECEIVED, {*What}) == ()


DAYS = st.dates(date(2015, 1, 1), date(2040, 1, 1))


@given(DAYS, st.none() | DAYS, DAYS, DAYS)
def test_what_is_purged_one_day_is_purged_every_day_after(received, settled, one, other):
    life = Life(received, settled)
    first, last = sorted((one, other))
    early = {purge.what for purge in purges(life, first, {*What})}
    assert early <= {purge.what for purge in purges(life, last, {*What})}
