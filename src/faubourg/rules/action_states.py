"""The states of an action: proposed, planned, running, done, dropped. One table says which leads where.

Nothing else decides it. Dropping an action, or taking one up again, says why: the next reader will wonder.
"""

from dataclasses import dataclass
from enum import StrEnum

from .verdict import Reason, Verdict, mark


class State(StrEnum):
    """Where an action stands."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


STATE_NAMES = {
    State.PROPOSED: mark("proposée"),
    State.PLANNED: mark("programmée"),
    State.RUNNING: mark("en cours"),
    State.DONE: mark("réalisée"),
    State.DROPPED: mark("abandonnée"),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One act: its name on the button, the states it starts from, where it leads, whether it says why."""

    name: str
    sources: tuple[State, ...]
    target: State
    says_why: bool
    elsewhere: str


TRANSITIONS = (
    Transition(
        mark("Programmer"),
        (State.PROPOSED,),
        State.PLANNED,
        False,
        mark("Seule une action proposée se programme ; celle-ci est {state}."),
    ),
    Transition(
        mark("Démarrer"),
        (State.PROPOSED, State.PLANNED),
        State.RUNNING,
        False,
        mark("Seule une action proposée ou programmée démarre ; celle-ci est {state}."),
    ),
    Transition(
        mark("Déclarer réalisée"),
        (State.PLANNED, State.RUNNING),
        State.DONE,
        False,
        mark("Seule une action programmée ou en cours peut être réalisée ; celle-ci est {state}."),
    ),
    Transition(
        mark("Reprendre"),
        (State.DONE, State.DROPPED),
        State.RUNNING,
        True,
        mark("Seule une action réalisée ou abandonnée se reprend ; celle-ci est {state}."),
    ),
    Transition(
        mark("Abandonner"),
        (State.PROPOSED, State.PLANNED, State.RUNNING),
        State.DROPPED,
        True,
        mark("Une action réalisée ou déjà abandonnée ne s’abandonne pas ; celle-ci est {state}."),
    ),
)


def transitions_from(state: str) -> tuple[Transition, ...]:
    """What may be done to an action in this state, in the order of the table."""
    return tuple(transition for transition in TRANSITIONS if state in transition.sources)


def judge(before: str, after: str, reason: str = "") -> Verdict:
    """Whether an action in `before` may go to `after`, with the words that are asked for."""
    present = STATE_NAMES[State(before)]
    named = [transition for transition in TRANSITIONS if transition.target == after]
    found = next((transition for transition in named if before in transition.sources), None)
    if found is None:
        sentence = named[0].elsewhere if named else mark("Aucune action ne redevient proposée.")
        return Verdict((Reason("state", False, sentence, {"state": present}, operand=before),))
    if found.says_why and not reason.strip():
        return Verdict.no("reason", mark("Dites en une phrase pourquoi."))
    return Verdict.yes()
