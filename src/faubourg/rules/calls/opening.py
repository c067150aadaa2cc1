"""What a call receives at a given second, and which moves of its circuit the clock alone has made due.

The windows of its rules decide; a step without a window is opened and closed by hand. A window that does
not say when it opens does so once the step before it is over, or with the publication.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..verdict import Reason, Verdict, mark
from .circuits.call import CALL
from .judging import judge_window
from .moments import Moment, in_paris
from .rule_set import RuleSet, Sanction, Step


class Phase(StrEnum):
    """Where a window stands; LATE: closed, and still received with a flag or a warning."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Opening:
    """A window at a moment; `opens` and `closes` on the clock of Paris, None when the rules do not say."""

    step: Step
    phase: Phase
    opens: Moment | None = None
    closes: Moment | None = None
    sanction: Sanction | None = None
    to_confirm: str = ""


# Published, and not yet examined: a late summary sheet or dossier has until then.
_RECEIVING = {
    Step.INTENT: frozenset({"published", "intents_open", "intents_closed", "applications_open"}),
    Step.APPLICATION: frozenset(
        {"published", "intents_open", "intents_closed", "applications_open", "applications_closed"}
    ),
}
_BY_HAND = {Step.INTENT: "intents_open", Step.APPLICATION: "applications_open"}
_CLOCKED = frozenset({"published", "intents_open", "intents_closed", "applications_open"})


def opening(step: Step, rule_set: RuleSet, at: datetime) -> Opening:
    """Where the window of this step stands. Raises ValueError for a naive moment."""
    moment, window = in_paris(at), rule_set.window(step)
    if window is None:
        return Opening(step, Phase.BY_HAND)
    closes = in_paris(window.closes)
    opens = in_paris(window.opens) if window.opens else None
    if opens and moment.timestamp() < opens.timestamp():
        phase = Phase.EARLY
    elif moment.timestamp() <= closes.timestamp():
        phase = Phase.OPEN
    else:
        phase = Phase.CLOSED if window.sanction is Sanction.BLOCK else Phase.LATE
    return Opening(step, phase, opens, closes, window.sanction, window.to_confirm)


def may_receive(step: Step, state: str, rule_set: RuleSet | None, at: datetime) -> Verdict:
    """Whether a call in this state takes a summary sheet or a dossier at that second, and why not.

    >>> from .presets import preset
    >>> from .moments import PARIS
    >>> at = datetime(2015, 1, 24, tzinfo=PARIS)
    >>> may_receive(Step.APPLICATION, "applications_closed", preset("npdc-2014"), at).ok
    False
    """
    if rule_set is None or state not in _RECEIVING[step]:
        sentence = mark("Cet appel ne reçoit rien à cette étape : il est {state}.")
        return Verdict((Reason("call-state", False, sentence, {"state": CALL.states.get(state, state)}),))
    if rule_set.window(step) is None and state != _BY_HAND[step]:
        sentence = mark("Cette étape est ouverte à la main par le service : elle ne l’est pas encore.")
        return Verdict((Reason("call-by-hand", False, sentence),))
    return judge_window(step, rule_set, at)


def due_moves(state: str, rule_set: RuleSet | None, at: datetime) -> tuple[str, ...]:
    """The acts of the circuit that the clock has made due, in their order; none once it is examined."""
    acts: list[str] = []
    while rule_set is not None and state in _CLOCKED and (act := _next(state, rule_set, at)):
        acts.append(act)
        state = CALL.by_act(act).target
    return tuple(acts)


def state_at(state: str, rule_set: RuleSet | None, at: datetime) -> str:
    """The state of a call once every due move is made."""
    moves = due_moves(state, rule_set, at)
    return CALL.by_act(moves[-1]).target if moves else state


def _next(state: str, rule_set: RuleSet, at: datetime) -> str | None:
    intents = opening(Step.INTENT, rule_set, at)
    dossiers = opening(Step.APPLICATION, rule_set, at)
    if state == "applications_open":
        return "close-applications" if dossiers.phase in (Phase.CLOSED, Phase.LATE) else None
    if state == "intents_open" and intents.phase in (Phase.CLOSED, Phase.LATE):
        return "close-intents"
    if state == "published" and intents.phase is Phase.OPEN and not _begun(dossiers):
        return "open-intents"
    return "open-applications" if _may_begin(dossiers, intents, state) else None


def _begun(dossiers: Opening) -> bool:
    return dossiers.opens is not None and dossiers.phase not in (Phase.EARLY, Phase.BY_HAND)


def _may_begin(dossiers: Opening, intents: Opening, state: str) -> bool:
    """Its hour has come; without an hour, the step before is over."""
    if dossiers.phase in (Phase.EARLY, Phase.BY_HAND):
        return False
    before = intents.phase in (Phase.EARLY, Phase.OPEN) or state == "intents_open"
    return _begun(dossiers) or not before
