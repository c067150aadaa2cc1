"""From which state an action goes where, and when it has to say why."""

import pytest

from faubourg.rules.action_states import STATE_NAMES, State, judge, transitions_from

P, PL, R, D, X = State.PROPOSED, State.PLANNED, State.RUNNING, State.DONE, State.DROPPED


@pytest.mark.parametrize(
    ("before", "after", "reason", "codes"),
    [
        (P, PL, "", []),
        (P, R, "", []),
        (P, D, "", ["state"]),
        (P, X, "", ["reason"]),
        (P, X, "Le local est vendu.", []),
        (PL, PL, "", ["state"]),
        (PL, R, "", []),
        (PL, D, "", []),
        (R, D, "", []),
        (R, X, "  ", ["reason"]),
        (R, P, "", ["state"]),
        (D, X, "Non.", ["state"]),
        (D, R, "", ["reason"]),
        (D, R, "Le travail reprend.", []),
        (X, R, "Un financeur est revenu.", []),
        (X, D, "", ["state"]),
    ],
)
def test_an_action_follows_the_table(before, after, reason, codes):
    verdict = judge(before, after, reason)
    assert [refusal.code for refusal in verdict.refusals()] == codes
    assert all(refusal.sentence for refusal in verdict.refusals())


@pytest.mark.parametrize("state", list(State))
def test_what_is_offered_is_what_is_allowed(state):
    for transition in transitions_from(state):
        assert judge(state, transition.target, "Parce que.").ok
    allowed = {after for after in State if judge(state, after, "Parce que.").ok}
    assert allowed == {transition.target for transition in transitions_from(state)}
    assert allowed, "an action is never stuck"
    assert STATE_NAMES[state]
