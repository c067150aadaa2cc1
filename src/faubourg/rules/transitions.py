"""A table of transitions: which act leads where, from which named states; its refusals, its drawing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from .verdict import Reason, Verdict, mark

DAY = mark("Dites quel jour, au plus tard aujourd’hui.")
BEFORE = mark("L’étape précédente est du {since} : celle-ci vient après.")
A = TypeVar("A", bound=str)
S = TypeVar("S", bound=str)


@dataclass(frozen=True, slots=True)
class Transition(Generic[A, S]):
    """One act: its name, the states it starts from, each named, and where it leads.

    `elsewhere` is the sentence for every other state; `{state}` is the present one. A table whose acts ask
    for more adds fields of its own, and says them in `asks`.
    """

    act: A
    name: str
    sources: tuple[S, ...]
    target: S
    elsewhere: str

    def asks(self) -> tuple[str, ...]:
        """What the drawing says of the act in brackets, in French."""
        return ()

    def may_start(self, state: S, names: Mapping[S, str], code: str) -> Verdict:
        """Whether the act can be done at all from this state; `code` is that of the refusal."""
        if state in self.sources:
            return Verdict.yes()
        return Verdict.no(code, self.elsewhere, state=names[state])


def wrong_day(on: date | None, *, today: date, since: date | None, code: str) -> list[Reason]:
    """What is wrong with the day of an act: not told, still to come, or before `since`, that of the state."""
    if on is None or on > today:
        return [Reason(code, False, DAY, {}, today, on)]
    if since is not None and on < since:
        return [Reason(code, False, BEFORE, {"since": since}, since, on)]
    return []


def drawn(table: Iterable[Transition[A, S]], names: Mapping[S, str], *, first: S | None = None) -> str:
    """The table as a Mermaid state diagram, French labels.

    The empty state is what does not exist yet; without one, `first` is where everything begins.
    """
    lines = ["stateDiagram-v2", *(f"    {state} : {name}" for state, name in names.items() if state)]
    if first is not None:
        lines.append(f"    [*] --> {first}")
    for transition in table:
        asks = f" ({', '.join(transition.asks())})" if transition.asks() else ""
        lines += [
            f"    {source or '[*]'} --> {transition.target} : {transition.name}{asks}"
            for source in transition.sources
        ]
    return "\n".join(lines) + "\n"
