"""The circuit of a convention: projet, signée, active, then échue or remplacée.

The same parties' rule as a contract: signed when each mandatory party signed or refused in writing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from . import transitions
from .contract_signing import Party, awaited
from .verdict import Reason, Verdict, mark


class State(StrEnum):
    """Where a convention stands."""

    DRAFT = "draft"
    SIGNED = "signed"
    ACTIVE = "active"
    ENDED = "ended"
    REPLACED = "replaced"


STATE_NAMES = {
    State.DRAFT: mark("en projet"),
    State.SIGNED: mark("signée"),
    State.ACTIVE: mark("en vigueur"),
    State.ENDED: mark("échue"),
    State.REPLACED: mark("remplacée"),
}


class Act(StrEnum):
    """What may happen to the state of a convention."""

    SIGN = "sign"
    UNSIGN = "unsign"
    ACTIVATE = "activate"
    END = "end"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Transition(transitions.Transition[Act, State]):
    """One act of the table; `follows`: a consequence of signatures, that nobody chooses."""

    follows: bool = False

    def asks(self) -> tuple[str, ...]:
        """The signature that decides."""
        return ("suit une signature",) if self.follows else ()


TRANSITIONS = (
    Transition(
        Act.SIGN, mark("Constater la signature de toutes les parties"), (State.DRAFT,), State.SIGNED,
        mark("Seule une convention en projet se signe ; celle-ci est {state}."), follows=True,
    ),
    Transition(
        Act.UNSIGN, mark("Corriger une signature"), (State.SIGNED,), State.DRAFT,
        mark("Une signature se corrige avant que la convention soit active ; celle-ci est {state}."),
        follows=True,
    ),
    Transition(
        Act.ACTIVATE, mark("Mettre en application"), (State.SIGNED,), State.ACTIVE,
        mark("Seule une convention signée s’applique ; celle-ci est {state}."),
    ),
    Transition(
        Act.END, mark("Constater l’échéance"), (State.ACTIVE,), State.ENDED,
        mark("Seule une convention active arrive à échéance ; celle-ci est {state}."),
    ),
    Transition(
        Act.REPLACE, mark("Constater le remplacement par la convention suivante"),
        (State.ACTIVE, State.ENDED), State.REPLACED,
        mark("Seule une convention active ou échue est remplacée ; celle-ci est {state}."),
    ),
)  # fmt: skip
BY_ACT = {transition.act: transition for transition in TRANSITIONS}


@dataclass(frozen=True, slots=True)
class Facts:
    """What an act is judged on; `successor` is the state of the convention that follows, if any."""

    state: State
    on: date | None
    today: date
    starts_on: date | None = None
    ends_on: date | None = None
    successor: State | None = None


def signed_state(parties: Iterable[Party]) -> State:
    """Where signatures alone put a convention that does not apply yet."""
    told = tuple(parties)
    return State.SIGNED if any(p.signed_on for p in told) and not awaited(told) else State.DRAFT


def may_start(act: Act, state: State) -> Verdict:
    """Whether the act can be done at all from this state."""
    return BY_ACT[act].may_start(state, STATE_NAMES, "circuit_state")


def may_move(act: Act, facts: Facts) -> Verdict:
    """Every condition of an act: the state, the day, the dates of the convention, its successor."""
    verdict = may_start(act, facts.state)
    if not verdict.ok:
        return verdict
    if facts.on is None:
        return Verdict.no("circuit_day", mark("Dites quel jour."))
    if facts.on > facts.today:
        return Verdict.no(
            "circuit_day",
            mark("Le {on} n’est pas encore arrivé : on enregistre ce qui a eu lieu."),
            on=facts.on,
        )
    return Verdict(tuple(_asked(act, facts)))


def _asked(act: Act, facts: Facts) -> list[Reason]:
    if act is Act.ACTIVATE and (facts.starts_on is None or facts.ends_on is None):
        sentence = mark("Dites quand la convention commence et finit : les alertes en dépendent.")
        return [Reason("circuit_end", False, sentence)]
    if act is Act.END and facts.ends_on and facts.on and facts.on <= facts.ends_on:
        sentence = mark("La convention court jusqu’au {ends_on}, ce jour compris.")
        return [Reason("circuit_end", False, sentence, {"ends_on": facts.ends_on}, facts.ends_on, facts.on)]
    if act is Act.REPLACE and facts.successor not in (State.SIGNED, State.ACTIVE):
        sentence = mark("Aucune convention suivante, signée, ne prend la suite de celle-ci.")
        return [Reason("circuit_successor", False, sentence)]
    return []


def diagram() -> str:
    """The table as a Mermaid state diagram, French labels."""
    return transitions.drawn(TRANSITIONS, STATE_NAMES, first=State.DRAFT)
