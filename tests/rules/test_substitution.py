"""A question to a partner, with figures, level and source; unknown when a year is missing."""

from datetime import date

import pytest

from faubourg.rules.commitment_light import light
from faubourg.rules.substitution import Ordinary, Specific, look


def ordinary(cents, ended=None):
    return Ordinary("Ville", "Centre", cents, ended or {}, "budget 2024")


RISES = Specific("voté", {2023: 0, 2024: 2_000_000}, "maquette")


@pytest.mark.parametrize(
    ("cents", "ended", "specific", "answers"),
    [
        ({2023: 100, 2024: 80}, {}, [RISES], [False]),
        ({2023: 100, 2024: 100}, {}, [RISES], []),
        ({2023: 100, 2024: 120}, {}, [RISES], []),
        ({2023: 100, 2024: 80}, {}, [Specific("voté", {2023: 50, 2024: 50})], []),
        ({2023: 100, 2024: 80}, {}, [], []),
        ({2024: 80}, {}, [RISES], [None]),
        ({2023: 100, 2024: None}, {}, [RISES], [None]),
        ({}, {}, [RISES], [None]),
        ({}, {2024: ["Permanence"]}, [RISES], [False]),
        ({2023: 100, 2024: 120}, {2023: ["Permanence"]}, [RISES], [False]),
        ({2022: 100, 2023: 90, 2024: 80}, {}, [RISES], [False]),
        ({}, {}, [], []),
    ],
)
def test_the_table_of_substitution(cents, ended, specific, answers):
    assert [verdict.ok for verdict in look(ordinary(cents, ended), specific)] == answers


def test_the_sentence_carries_figures_level_and_sources():
    [verdict] = look(ordinary({2023: 10_000_000, 2024: 8_000_000}), [RISES])
    said = verdict.reasons[0].sentence.replace("\u202f", " ")
    for words in ("100 000 €", "80 000 €", "20 000 €", "voté", "budget 2024", "maquette", "2023", "2024"):
        assert words in said


def test_levels_are_looked_at_one_by_one():
    down = Specific("demandé", {2023: 3_000_000, 2024: 0})
    [verdict] = look(ordinary({2023: 100, 2024: 80}), [RISES, down])
    assert len(verdict.reasons) == 1


TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("due", "kept", "dropped", "state", "days"),
    [
        (None, None, None, "undated", None),
        (date(2026, 3, 1), None, None, "soon", 0),
        (date(2026, 2, 28), None, None, "late", 1),
        (date(2026, 5, 30), None, None, "soon", 90),
        (date(2026, 5, 31), None, None, "on_course", 91),
        (date(2026, 2, 1), date(2026, 2, 1), None, "kept", None),
        (date(2026, 2, 1), date(2026, 2, 3), None, "kept_late", 2),
        (None, date(2026, 2, 3), None, "kept", None),
        (date(2026, 2, 1), None, date(2026, 1, 1), "dropped", None),
    ],
)
def test_the_light_of_a_commitment(due, kept, dropped, state, days):
    found = light(due_on=due, kept_on=kept, dropped_on=dropped, today=TODAY)
    assert (found.state, found.days) == (state, days)
