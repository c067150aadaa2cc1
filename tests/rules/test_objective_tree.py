"""Where an objective may hang, in which order it is read, when it may be withdrawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.objective_tree import (
    Node,
    Rank,
    Use,
    below,
    in_order,
    may_hang,
    may_withdraw,
    reordered,
)

AXIS, STRATEGIC, OPERATIONAL = Node(1, "axis"), Node(2, "strategic", 1), Node(3, "operational", 2)
GONE = Node(4, "axis", withdrawn=True)


@pytest.mark.parametrize(
    ("rank", "parent", "ok"),
    [
        (Rank.AXIS, None, True),
        (Rank.AXIS, AXIS, False),
        (Rank.STRATEGIC, AXIS, True),
        (Rank.STRATEGIC, None, False),
        (Rank.STRATEGIC, STRATEGIC, False),
        (Rank.STRATEGIC, GONE, False),
        (Rank.OPERATIONAL, STRATEGIC, True),
        (Rank.OPERATIONAL, AXIS, False),
        (Rank.OPERATIONAL, OPERATIONAL, False),
    ],
)
def test_a_rank_hangs_on_the_rank_just_above(rank, parent, ok):
    verdict = may_hang(rank, parent)
    assert verdict.ok is ok
    assert all(reason.sentence for reason in verdict.refusals())


def test_what_may_be_added_under_a_rank():
    assert [below(rank) for rank in (None, "axis", "strategic", "operational")] == [*Rank, None]


@pytest.mark.parametrize(
    ("use", "reason", "codes"),
    [
        (Use(), "", []),
        (Use(actions=1), "", ["reason"]),
        (Use(actions=1), "Fusionné avec un autre.", []),
        (Use(others=2), " ", ["reason"]),
        (Use(below=1), "Parce que.", ["below"]),
        (Use(below=3, actions=1), "", ["below", "reason"]),
    ],
)
def test_nothing_is_left_hanging(use, reason, codes):
    verdict = may_withdraw(use, reason)
    assert [refusal.code for refusal in verdict.refusals()] == codes
    assert all(refusal.sentence for refusal in verdict.refusals())


def nodes():
    """Any forest, even one whose parents are missing or point at themselves."""
    keys = st.integers(0, 12)
    node = st.builds(
        Node, keys, st.sampled_from([r.value for r in Rank]), st.none() | keys, st.integers(0, 3)
    )
    return st.lists(node, unique_by=lambda node: node.key)


@given(nodes())
def test_each_line_comes_once_after_what_it_hangs_on(found):
    ordered = in_order(found)
    keys = [node.key for node, _depth in ordered]
    assert len(keys) == len(set(keys))
    depths = {}
    for node, depth in ordered:
        assert depth == (depths[node.parent] + 1 if node.parent in depths else 0)
        depths[node.key] = depth


def test_a_line_whose_parent_is_gone_stands_at_the_root():
    assert in_order([Node(7, "operational", 99)]) == [(Node(7, "operational", 99), 0)]


@given(st.lists(st.integers(), min_size=1, unique=True), st.integers(-3, 3), st.data())
def test_moving_keeps_everybody(keys, step, data):
    moved = data.draw(st.sampled_from(keys))
    after = reordered(keys, moved, step)
    assert sorted(after) == sorted(keys)
    assert [key for key in after if key != moved] == [key for key in keys if key != moved]
