"""What may be compared and what may be summed, as tables."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.figures import MISSING, SECRET, FigureFacts, compare, total

POVERTY = FigureFacts(
    place="QN06303I",
    indicator="taux-pauvrete",
    unit="percent",
    value=Decimal(42),
    vintage="Filosofi 2018",
    year=2018,
    source="insee",
    perimeter="qpv_2015",
    infra_communal=True,
)
PEOPLE = FigureFacts(
    place="63113",
    indicator="population-municipale",
    unit="people",
    value=Decimal(147_751),
    vintage="RP 2021",
    year=2021,
    source="insee",
    additive=True,
    population="municipale",
)

COMPARISONS = [
    # (what differs in the second figure, the answer, the code of the deciding reason)
    ({"year": 2021, "vintage": "Filosofi 2021"}, True, None),
    ({"year": 2019, "vintage": "Filosofi 2019"}, False, "consecutive-vintages"),
    ({"year": 2017, "vintage": "Filosofi 2017"}, False, "consecutive-vintages"),
    ({"indicator": "taux-emploi"}, False, "same-measure"),
    ({"unit": "euro"}, False, "same-measure"),
    ({"value": None, "secrecy": SECRET}, False, "secret"),
    ({"value": None, "secrecy": MISSING}, False, "missing"),
    ({"perimeter": "qpv_2024"}, False, "same-perimeter"),
    ({"perimeter": ""}, False, "same-perimeter"),
    ({"place": "63113", "perimeter": ""}, True, None),
    ({"place": "QN06301M"}, True, None),
    ({"place": "QN06301M", "vintage": "Filosofi 2021", "year": 2021}, False, "vintages-of-places"),
    ({"vintage": "2016-2019, millésime précis non publié", "year": None}, None, "vintage-unknown"),
    ({"source": "caf"}, True, None),
]


@pytest.mark.parametrize(("differs", "answer", "code"), COMPARISONS)
def test_comparing(differs, answer, code):
    """One line per case that a reader may meet."""
    compared = compare(POVERTY, replace(POVERTY, **differs))
    assert compared.verdict.ok is answer
    if answer is True:
        assert compared.change == 0
    else:
        assert compared.change is None
        deciding = {r.code for r in compared.verdict.reasons if r.decides and r.met is not True}
        assert code in deciding


def test_a_commune_may_be_compared_at_consecutive_vintages():
    """The warning concerns infra-communal indicators only."""
    later = replace(PEOPLE, vintage="RP 2022", year=2022, value=Decimal(148_000))
    compared = compare(PEOPLE, later)
    assert compared.change == 249
    assert compared.percent == pytest.approx(Decimal("0.1685"), abs=Decimal("0.001"))


def test_two_kinds_of_population_are_not_compared():
    """Total and municipal populations count differently."""
    other = replace(PEOPLE, indicator="population-totale", population="totale")
    compared = compare(PEOPLE, other)
    assert [reason.code for reason in compared.verdict.refusals()] == ["population-kind"]
    assert "municipale" in compared.verdict.refusals()[0].sentence


def test_a_change_from_zero_has_no_percentage():
    zero = replace(PEOPLE, value=Decimal(0), year=2015, vintage="RP 2015")
    assert compare(zero, PEOPLE).percent is None


SUMS = [
    # (what differs in the second of two places, the answer, the code of a reason)
    ({}, True, "additive"),
    ({"vintage": "RP 2020"}, False, "same-vintage"),
    ({"source": "caf"}, False, "same-source"),
    ({"perimeter": "qpv_2024"}, False, "same-perimeter"),
    ({"indicator": "population-totale"}, False, "same-measure"),
    ({"place": "63113"}, False, "counted-twice"),
    ({"value": None, "secrecy": SECRET}, True, "partial"),
]


@pytest.mark.parametrize(("differs", "answer", "code"), SUMS)
def test_summing(differs, answer, code):
    """Two communes, the second changed."""
    second = replace(PEOPLE, **{"place": "63124", **differs})
    summed = total([PEOPLE, second])
    assert summed.verdict.ok is answer
    assert code in {reason.code for reason in summed.verdict.reasons}
    assert (summed.value is None) is not answer


@pytest.mark.parametrize("indicator", ["taux-pauvrete", "revenu-declare-median", "indice-jeunesse"])
def test_rates_medians_and_indices_are_never_summed(indicator):
    rows = [replace(POVERTY, indicator=indicator, place=place) for place in ("a", "b")]
    assert [reason.code for reason in total(rows).verdict.refusals()] == ["not-additive"]


def test_nothing_or_only_secrets_make_no_total():
    """An empty list and a list of secrets are refused, each with its reason."""
    assert total([]).verdict.refusals()[0].code == "empty"
    hidden = [replace(PEOPLE, place=p, value=None, secrecy=SECRET) for p in ("a", "b")]
    assert total(hidden).verdict.refusals()[0].code == "nothing-published"


VALUES = st.lists(st.one_of(st.none(), st.integers(0, 10**7)), min_size=1, max_size=30)


@given(VALUES)
def test_a_total_is_the_sum_of_what_is_published(values):
    """It says how many it counts and whether something is missing."""
    rows = [
        replace(
            PEOPLE,
            place=str(rank),
            value=None if value is None else Decimal(value),
            secrecy=SECRET if value is None else "open",
        )
        for rank, value in enumerate(values)
    ]
    summed = total(rows)
    known = [value for value in values if value is not None]
    if known:
        assert (summed.value, summed.counted) == (sum(known), len(known))
        assert summed.partial is (len(known) < len(values))
    else:
        assert summed.value is None


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_change_reverses(one, other):
    """Second minus first is the opposite of first minus second."""
    first = replace(PEOPLE, value=Decimal(one), vintage="RP 2015", year=2015)
    second = replace(PEOPLE, value=Decimal(other))
    assert compare(first, second).change == -compare(second, first).change


@given(
    st.sampled_from([SECRET, MISSING]),
    st.sampled_from(["RP 2021", "RP 2015"]),
    st.sampled_from(["", "qpv_2015"]),
)
def test_a_hidden_figure_never_gives_a_number(secrecy, vintage, perimeter):
    hidden = replace(PEOPLE, value=None, secrecy=secrecy, vintage=vintage, perimeter=perimeter)
    for compared in (compare(PEOPLE, hidden), compare(hidden, PEOPLE)):
        assert compared.change is None
        assert compared.verdict.ok is not True
