"""Completeness, ranks, likeness and opinions: the tables and the properties of the examination's rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calls.completeness import judge_pieces
from faubourg.rules.calls.likeness import likeness, nearest, weights, words_of
from faubourg.rules.calls.opinions import Opinion, judge_opinion
from faubourg.rules.calls.ranks import judge_ranks, moved

WORDS = ["jardin", "atelier", "cuisine", "vélo", "théâtre", "couture", "mémoire"]
TEXTS = st.lists(st.sampled_from(WORDS))


@pytest.mark.parametrize(
    ("said", "ok"),
    [
        ((), False),
        ((None,), None),
        ((False,), False),
        ((False, None), None),
        ((True,), True),
        ((False, True), True),
        ((None, True), True),
    ],
)
def test_one_accepted_paper_is_enough_and_an_unchecked_one_is_unknown(said, ok):
    assert judge_pieces([("statuts", "Statuts")], {"statuts": said}).ok is ok


def test_what_is_not_asked_does_not_weigh():
    assert judge_pieces([], {"photo": [False]}).ok is True


@given(st.dictionaries(st.integers(1, 30), st.none() | st.integers(1, 12)))
def test_ranks_are_accepted_exactly_when_no_two_dossiers_share_one(ranks):
    given_ranks = [rank for rank in ranks.values() if rank is not None]
    assert judge_ranks(ranks, {}).ok is (len(set(given_ranks)) == len(given_ranks))


@pytest.mark.parametrize(
    ("rank", "ok"), [(0, False), (-3, False), (1, True), (99_999, True), (100_000, False)]
)
def test_a_rank_has_its_range(rank, ok):
    assert judge_ranks({1: rank}, {1: "Jardin"}).ok is ok


@given(st.lists(st.integers(), unique=True, min_size=1), st.data(), st.booleans())
def test_a_move_keeps_everybody_and_comes_back(order, data, up):
    dossier = data.draw(st.sampled_from(order))
    there = moved(order, dossier, up=up)
    assert sorted(there) == sorted(order)
    assert there == order or moved(there, dossier, up=not up) == order


@given(TEXTS, TEXTS)
def test_likeness_is_the_same_both_ways_and_whole_for_equal_texts(one, other):
    a, b = words_of(" ".join(one)), words_of(" ".join(other))
    weight = weights([a, b])
    assert likeness(a, b, weight) == likeness(b, a, weight)
    assert 0 <= likeness(a, b, weight).share <= 1 + 1e-9
    if a:
        assert likeness(a, a, weight).share == pytest.approx(1)


def test_the_nearest_says_which_words_made_it_near():
    garden = words_of("Jardin partagé et compost au pied des tours")
    found = nearest(
        garden,
        [
            (1, words_of("Un jardin partagé avec compost collectif")),
            (2, words_of("Atelier de couture pour les femmes")),
            (3, words_of("Tournoi de football des jeunes")),
        ],
    )
    assert [key for key, _ in found] == [1]
    assert set(found[0][1].words) == {"jardin", "partage", "compost"}


def opinion(sense="favourable", text="", operating=None, investment=None):
    return Opinion(sense, text, {"operating": operating, "investment": investment})


@pytest.mark.parametrize(
    ("told", "state", "locked", "ok"),
    [
        (opinion(), "complete", False, True),
        (opinion(), "submitted", False, False),
        (opinion(), "to_complete", False, False),
        (opinion(), "before_jury", False, True),
        (opinion(), "adjourned", False, True),
        (opinion(), "before_jury", True, False),
        (opinion(), "retained", False, False),
        (opinion("reserved"), "complete", False, False),
        (opinion("reserved", "À préciser."), "complete", False, True),
        (opinion("unfavourable", "Hors sujet.", operating=1), "complete", False, False),
        (opinion("unfavourable", "Hors sujet.", operating=0), "complete", False, True),
        (opinion(operating=200_000), "complete", False, True),
        (opinion(operating=200_001), "complete", False, False),
        (opinion(investment=1), "complete", False, False),
        (opinion(operating=-1), "complete", False, False),
    ],
)
def test_an_opinion_has_its_moment_its_reason_and_stays_within_what_is_asked(told, state, locked, ok):
    verdict = judge_opinion(told, state=state, locked=locked, asked_cents={"operating": 200_000})
    assert verdict.ok is ok
