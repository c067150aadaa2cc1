"""How often something comes: one count for every process, an hour long, nobody's address in it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from faubourg.base.models import Pace
from faubourg.base.pace import forget, one_less, one_more

pytestmark = pytest.mark.django_db


def test_each_thing_has_its_count_in_one_question(django_assert_num_queries):
    assert one_more("a", "b") == [1, 1]
    with django_assert_num_queries(1):
        assert one_more("b", "a") == [2, 2]
    assert one_more("a") == [3]
    assert all(len(one.key) == 64 for one in Pace.objects.all())


def test_an_hour_begins_anew_and_the_last_one_is_forgotten(time_machine):
    time_machine.move_to("2026-03-02T09:59:59Z", tick=False)
    assert one_more("a") == [1]
    assert forget(timezone.now()) == 0
    time_machine.move_to("2026-03-02T10:00:00Z", tick=False)
    assert one_more("a") == [1]
    assert forget(timezone.now() + timedelta(seconds=1)) == 1
    assert one_more("a") == [2]


def test_what_is_taken_back_was_never_counted():
    one_less("a")
    assert one_more("a", "b") == [1, 1]
    one_less("a")
    assert one_more("a", "b") == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_missed_of_what_comes_at_once():
    found = []

    def come():
        for _ in range(10):
            found.append(one_more("town", "address")[0])
        connection.close()

    crowd = [threading.Thread(target=come) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert sorted(found) == list(range(1, 81))
