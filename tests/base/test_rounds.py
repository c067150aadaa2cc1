"""Chores that time brings about: one that fails stops no other; a costly one runs once a day."""

from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from faubourg.base.rounds import Rounds, once_a_day

MORNING, EVENING, NEXT = (
    datetime(2026, 3, day, hour, tzinfo=UTC) for day, hour in ((2, 7), (2, 22), (2, 23))
)


@pytest.mark.parametrize("wrong", [OSError, ValueError, OperationalError])
def test_a_chore_that_fails_stops_no_other(wrong):
    def broken(now):
        raise wrong

    rounds = Rounds()
    rounds.register("broken", broken)
    rounds.register("sound", lambda now: 3)
    assert rounds.go(MORNING) == {"sound": 3}


def test_a_costly_chore_runs_once_a_day_of_paris():
    chore = once_a_day(lambda now: 1)
    assert [chore(MORNING), chore(EVENING), chore(NEXT), chore(NEXT)] == [1, 0, 1, 0]
