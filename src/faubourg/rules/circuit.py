"""What the circuits of several rooms share: one table of acts, their guards, refusals and drawing."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from . import transitions
from .verdict import LegalSource, Reason, Verdict, mark

# The guards that an act may have, whatever the circuit; what each misses is said by its own sentence.
REASON = "reason"
DEADLINE = "deadline"
GUARDS = {
    REASON: mark("Écrivez le motif : il est communiqué."),
    DEADLINE: mark("Fixez un délai : la personne doit savoir jusqu’à quand répondre."),
}


@dataclass(frozen=True, slots=True)
class Transition(transitions.Transition[str, str]):
    """One act of a circuit, and what it cannot do without: `needs` are codes of the circuit's guards.

    `follows` says that nobody chooses it: it follows from a clock or from other decisions.
    """

    needs: tuple[str, ...] = ()
    follows: bool = False

    def asks(self) -> tuple[str, ...]:
        """That nobody chooses it."""
        return ("suit",) if self.follows else ()


@dataclass(frozen=True, slots=True)
class Circuit:
    """A table and its words; the empty state is that of something that does not exist yet."""

    name: str
    states: Mapping[str, str]
    transitions: tuple[Transition, ...]
    guards: Mapping[str, str]
    source: LegalSource | None = None

    def __post_init__(self) -> None:
        acts = [transition.act for transition in self.transitions]
        if len(set(acts)) != len(acts):
            raise ValueError(f"an act stands twice in the table of {self.name}")
        for transition in self.transitions:
            if not {*transition.sources, transition.target} <= set(self.states):
                raise ValueError(f"{transition.act} names a state that {self.name} does not have")
            if not set(transition.needs) <= {*GUARDS, *self.guards}:
                raise ValueError(f"{transition.act} needs a guard that {self.name} does not explain")

    def by_act(self, act: str) -> Transition:
        """Raises KeyError for an act of another circuit."""
        found = next((transition for transition in self.transitions if transition.act == act), None)
        if found is None:
            raise KeyError(act)
        return found

    def acts_from(self, state: str) -> tuple[Transition, ...]:
        """What somebody may choose from this state, in the order of the table."""
        return tuple(t for t in self.transitions if state in t.sources and not t.follows)

    def may_start(self, act: str, state: str) -> Verdict:
        """Whether the act can be done at all from this state: what greys its button."""
        return self.by_act(act).may_start(state, self.states, f"{self.name}_state")

    def may_move(
        self, act: str, state: str, *, given: AbstractSet[str], on: date | None, today: date,
        since: date | None = None,
    ) -> Verdict:  # fmt: skip
        """Every condition of an act: the state, its day, its guards. `given`: the guards that are satisfied;
        `since`: the day of the present state.
        """
        reasons = list(self.may_start(act, state).reasons)
        reasons += transitions.wrong_day(on, today=today, since=since, code=f"{self.name}_day")
        told = {**GUARDS, **self.guards}
        reasons += [
            Reason(f"{self.name}_{need}", False, told[need], {}, need, None, self.source)
            for need in self.by_act(act).needs
            if need not in given
        ]
        return Verdict(tuple(reasons))

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, French labels; what nobody chooses says « suit »."""
        return transitions.drawn(self.transitions, self.states)
