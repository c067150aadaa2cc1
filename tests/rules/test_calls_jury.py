"""Jurors' marks: corrected for leanings, told with their uncertainty, their agreement measured exactly."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calls.agreement import alpha
from faubourg.rules.calls.presets import preset
from faubourg.rules.calls.scoring import problems, score
from faubourg.rules.calls.severity import Mark, correct

# Krippendorff's own example: four observers, twelve units; his book gives 0.849 for interval data.
FOUR = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def test_the_published_example_of_agreement():
    units = [[value for value in unit if value is not None] for unit in zip(*FOUR, strict=True)]
    assert round(float(alpha(units)), 3) == 0.849


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([(1, 1), (2, 2)], 1),
        ([(1, 2), (2, 1)], Fraction(-1, 2)),
        ([(Decimal("0.1"), Decimal("0.1")), (Decimal("0.3"), Decimal("0.3"))], 1),
        ([(3, 3), (3, 3)], None),
        ([(3,), (4,)], None),
        ([], None),
    ],
)
def test_agreement_in_small(units, expected):
    assert alpha(units) == expected


UNITS = st.lists(st.lists(st.integers(0, 20), max_size=5), max_size=12)


@given(UNITS, st.integers(1, 9), st.integers(-9, 9))
def test_agreement_is_what_the_definition_says_and_does_not_depend_on_the_scale(units, times, plus):
    paired = [unit for unit in units if len(unit) > 1]
    values = [value for unit in paired for value in unit]
    n = len(values)
    observed = sum(Fraction((x - y) ** 2, len(unit) - 1) for unit in paired for x, y in product(unit, unit))
    expected = sum((x - y) ** 2 for x, y in product(values, values))
    found = alpha(units)
    assert found == (1 - observed * (n - 1) / expected if expected else None)
    assert found == alpha([[value * times + plus for value in unit] for unit in units])


def jury(seed, *, noise=0.4, lucky=True):
    """60 dossiers, 6 jurors of whom the first gets the best thirty; three marks a dossier."""
    chance = np.random.default_rng(seed)
    quality = np.sort(chance.normal(12, 2.5, 60))[::-1]
    leaning = chance.normal(0, 1.5, 6)
    leaning -= leaning.mean()
    told = []
    for i in range(60):
        others = chance.permutation(np.arange(1, 6))[: 2 if lucky and i < 30 else 3]
        for j in [0, *others] if lucky and i < 30 else others:
            told.append(Mark(f"J{j}", f"D{i}", quality[i] + leaning[j] + chance.normal(0, noise)))
    return quality, leaning, told


def z_scores(told):
    """What many calls do: each juror is brought to mean zero and spread one, then dossiers are averaged."""
    by_juror, by_dossier = {}, {}
    for one in told:
        by_juror.setdefault(one.juror, []).append(one.value)
    for one in told:
        values = by_juror[one.juror]
        by_dossier.setdefault(one.dossier, []).append((one.value - np.mean(values)) / np.std(values))
    return {dossier: float(np.mean(values)) for dossier, values in by_dossier.items()}


def misplaced(truth, found):
    """How many pairs of dossiers stand in the wrong order."""
    n = len(truth)
    return sum((truth[i] - truth[k]) * (found[i] - found[k]) < 0 for i in range(n) for k in range(i))


def test_a_juror_who_gets_the_good_batch_is_not_taken_for_lenient():
    """Over forty juries: fewer pairs in the wrong order than by the raw mean, and than by z-scores."""
    wrong = {"corrected": 0, "raw": 0, "z": 0}
    for seed in range(40):
        quality, leaning, told = jury(seed)
        found = correct(told)
        named = {one.dossier: one for one in found.dossiers}
        z = z_scores(told)
        order = [f"D{i}" for i in range(60)]
        wrong["corrected"] += misplaced(quality, [named[name].quality for name in order])
        wrong["raw"] += misplaced(quality, [named[name].raw for name in order])
        wrong["z"] += misplaced(quality, [z[name] for name in order])
        lucky = next(one for one in found.jurors if one.juror == "J0")
        assert abs(lucky.points - leaning[0]) < 5 * lucky.error
    assert wrong["corrected"] < 0.6 * wrong["z"]
    assert wrong["corrected"] < 0.6 * wrong["raw"]


def test_the_uncertainty_covers_the_truth_as_often_as_it_says():
    inside, total = 0, 0
    for seed in range(60):
        quality, _, told = jury(seed)
        for one in correct(told).dossiers:
            inside += abs(one.quality - quality[int(one.dossier[1:])]) < 1.96 * one.error
            total += 1
    assert 0.93 < inside / total < 0.97


def test_without_noise_the_truth_comes_back_and_the_raw_mean_is_kept_beside():
    quality, leaning, told = jury(1, noise=0)
    found = correct(told)
    assert [one.quality for one in found.dossiers] == pytest.approx(list(quality))
    assert {one.juror: one.points for one in found.jurors} == pytest.approx(
        {f"J{j}": leaning[j] for j in range(6)}
    )
    assert any(abs(one.raw - one.quality) > 0.5 for one in found.dossiers)


def test_dossiers_that_no_juror_links_are_not_compared():
    found = correct([Mark("A", "x", 1), Mark("B", "x", 3), Mark("C", "y", 5)])
    assert found.groups == 2
    assert [one.group for one in found.dossiers] == [0, 1]
    assert [one.points for one in found.jurors] == pytest.approx([-1, 1, 0])
    assert [one.error for one in found.dossiers] == [None, None]
    assert correct([]).groups == 0


def test_a_mark_is_a_number():
    with pytest.raises(ValueError, match="finite"):
        correct([Mark("A", "x", float("nan"))])


MARKS = st.lists(
    st.builds(Mark, st.sampled_from("ABCDE"), st.sampled_from("stuvwxyz"), st.integers(0, 20)), max_size=40
)


@given(MARKS)
def test_it_is_the_least_squares_of_the_whole_table(told):
    """Against the plain formulation, one column a dossier and one a juror; leanings add up to zero."""
    found = correct(told)
    quality = {one.dossier: one.quality for one in found.dossiers}
    points = {one.juror: one.points for one in found.jurors}
    for group in range(found.groups):
        assert sum(one.points for one in found.jurors if one.group == group) == pytest.approx(0, abs=1e-8)
    if not told:
        return
    dossiers, jurors = list(quality), list(points)
    table = np.zeros((len(told), len(dossiers) + len(jurors)))
    for row, one in enumerate(told):
        table[row, dossiers.index(one.dossier)] = 1
        table[row, len(dossiers) + jurors.index(one.juror)] = 1
    values = np.array([one.value for one in told], dtype=float)
    plain = table @ np.linalg.lstsq(table, values, rcond=None)[0]
    assert [quality[one.dossier] + points[one.juror] for one in told] == pytest.approx(list(plain), abs=1e-7)


@given(MARKS, st.integers(-5, 5))
def test_a_juror_who_turns_severe_changes_no_order_inside_a_group(told, shift):
    before = {one.dossier: one for one in correct(told).dossiers}
    moved = [Mark(m.juror, m.dossier, m.value + shift * (m.juror == "A")) for m in told]
    after = {one.dossier: one for one in correct(moved).dossiers}
    for one, other in product(before, before):
        if before[one].group == before[other].group:
            gap = before[one].quality - before[other].quality
            assert after[one].quality - after[other].quality == pytest.approx(gap, abs=1e-7)


GRID = preset("npdc-2014").grid


@pytest.mark.parametrize(
    ("marks", "expected"),
    [((5, 5, 5, 5, 5), 100), ((0, 0, 0, 0, 0), 0), ((3, 4, 5, 2, 1), 60), ((1, 0, 0, 0, 0), 4)],
)
def test_a_score_out_of_a_hundred(marks, expected):
    codes = [criterion.code for criterion in GRID.criteria]
    assert score(GRID, dict(zip(codes, marks, strict=True))) == expected


def test_a_grid_half_filled_has_no_score_and_says_what_misses():
    assert score(GRID, {"quality": 5}) is None
    assert len(problems(GRID, {"quality": 6})) == 5
