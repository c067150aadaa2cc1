"""A date as documents print it, read into an interval; a year that is not written is never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.candidate_years import Place, candidates
from faubourg.rules.date_words import MONTH
from faubourg.rules.imprecise_dates import read


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("15/03/2024", date(2024, 3, 15), date(2024, 3, 15)),
        ("2024-03-15", date(2024, 3, 15), date(2024, 3, 15)),
        ("1er juillet 2015", date(2015, 7, 1), date(2015, 7, 1)),
        ("vendredi 15 mars 2024", date(2024, 3, 15), date(2024, 3, 15)),
        ("March 15, 2024", date(2024, 3, 15), date(2024, 3, 15)),
        ("au plus tard le 31 mars 2024", date(2024, 3, 31), date(2024, 3, 31)),
        ("début avril 2014", date(2014, 4, 1), date(2014, 4, 10)),
        ("mi-avril 2014", date(2014, 4, 11), date(2014, 4, 20)),
        ("mid-April 2014", date(2014, 4, 11), date(2014, 4, 20)),
        ("fin mai 2014", date(2014, 5, 21), date(2014, 5, 31)),
        ("d’ici fin février 2024", date(2024, 2, 21), date(2024, 2, 29)),
        ("seconde quinzaine de mai 2014", date(2014, 5, 16), date(2014, 5, 31)),
        ("Décembre 2013", date(2013, 12, 1), date(2013, 12, 31)),
        ("avril 2014", date(2014, 4, 1), date(2014, 4, 30)),
        ("Avril 2013 à mars 2014", date(2013, 4, 1), date(2014, 3, 31)),
        ("Septembre à décembre 2014", date(2014, 9, 1), date(2014, 12, 31)),
        ("novembre à février 2015", date(2014, 11, 1), date(2015, 2, 28)),
        ("du 1er au 15 mars 2024", date(2024, 3, 1), date(2024, 3, 15)),
        ("1er trimestre 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-T2", date(2024, 4, 1), date(2024, 6, 30)),
        ("last quarter of 2023", date(2023, 10, 1), date(2023, 12, 31)),
        ("S1 2024", date(2024, 1, 1), date(2024, 6, 30)),
        ("second semestre 2024", date(2024, 7, 1), date(2024, 12, 31)),
        ("été 2024", date(2024, 6, 1), date(2024, 8, 31)),
        ("début 2024", date(2024, 1, 1), date(2024, 4, 30)),
        ("fin de l’année 2014", date(2014, 9, 1), date(2014, 12, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_reading_what_is_printed(printed, first, last):
    reading = read(printed)
    assert reading is not None
    interval = reading.interval()
    assert (interval.first, interval.last) == (first, last)
    assert (reading.printed, reading.missing) == (printed, ())
    assert reading.reason().met is True


@pytest.mark.parametrize(
    "printed", ["mi-avril", "fin mai", "1er trimestre", "S1", "le 29 février", "Q3", "automne"]
)
def test_a_year_that_is_not_written_is_missing_and_never_guessed(printed):
    reading = read(printed)
    assert reading.missing == ("year",)
    assert reading.interval() is None
    assert reading.reason().met is None


@pytest.mark.parametrize(
    "printed",
    [
        "", "bientôt", "31/02/2014", "29 février 2023", "5/13/2024", "0 mars 2024", "T5 2024", "3e semestre",
        "hiver 2024", "avril 2014 à mars 2013", "avril 0014", "x" * 101,
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read(printed):
    assert read(printed) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("mi-avril", [("2013", Place.INSIDE, 0), ("2014", Place.AFTER, 11), ("2015", Place.AFTER, 376)]),
        ("fin mai", [("2013", Place.INSIDE, 0), ("2014", Place.AFTER, 51), ("2015", Place.AFTER, 416)]),
        ("mars", [("2014", Place.INSIDE, 0), ("2015", Place.AFTER, 335), ("2013", Place.BEFORE, 1)]),
        ("29 février", []),
        ("mi-avril 2014", [("2014", Place.AFTER, 11)]),
    ],
)
def test_possible_years_beside_the_first_phase_of_2013(printed, expected):
    found = candidates(read(printed), date(2013, 4, 1), date(2014, 3, 31))
    assert [(str(one.year), one.place, one.days) for one in found] == expected


WORDS = st.sampled_from(
    ["", "début ", "mi-", "fin ", "early ", "mid-", "end of ", "courant ", "T1 ", "S2 ", "12 "]
)


@given(WORDS, st.sampled_from(sorted(MONTH)), st.integers(1950, 2150))
def test_what_a_month_and_a_year_say_stays_in_that_month(part, month, year):
    reading = read(f"{part}{month} {year}")
    if part in ("T1 ", "S2 "):
        assert reading is None
        return
    interval = reading.interval()
    assert interval.first <= interval.last
    assert {(day.year, day.month) for day in (interval.first, interval.last)} == {(year, MONTH[month])}


@given(WORDS, st.sampled_from(sorted(MONTH)), st.integers(1950, 2150))
def test_the_same_words_without_the_year_mean_the_same_days_once_it_is_chosen(part, month, year):
    whole, bare = read(f"{part}{month} {year}"), read(f"{part}{month}")
    if whole:
        assert bare.interval(year) == whole.interval()


@given(st.text(max_size=120))
def test_whatever_is_typed_is_read_or_not_and_never_breaks(text):
    reading = read(text)
    if reading:
        for one in candidates(reading, date(2013, 4, 1), date(2014, 3, 31)):
            assert one.interval.first <= one.interval.last
            assert one.days >= 0


@given(st.integers(1, 12), st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 900))
def test_candidates_come_the_nearest_first(month, begins, length):
    ends = date.fromordinal(begins.toordinal() + length)
    found = candidates(read(f"15/{month:02d}"), begins, ends)
    assert [list(Place).index(one.place) for one in found] == sorted(
        list(Place).index(one.place) for one in found
    )
    assert {one.year for one in found} == set(range(begins.year, ends.year + 2))
