"""The path of a neighbourhood: pressenti, entrant, actif, ajusté, sortant, historique.

One table says which act leads where and from which states; nothing else decides it. Loi n° 2014-173,
art. 5: the list and the outlines are fixed by decree, so what enters, changes or leaves cites its text.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from . import transitions
from .verdict import LegalSource, Reason, Verdict, mark

LAW = LegalSource("loi n° 2014-173 du 21 février 2014", "article 5", date(2014, 2, 23))


class State(StrEnum):
    """Where a neighbourhood stands; NONE is that of a place of which nothing is said yet."""

    NONE = ""
    FORESEEN = "foreseen"
    ENTERING = "entering"
    ACTIVE = "active"
    ADJUSTED = "adjusted"
    LEAVING = "leaving"
    HISTORIC = "historic"


STATE_NAMES = {
    State.NONE: mark("sans statut"),
    State.FORESEEN: mark("pressenti"),
    State.ENTERING: mark("entrant"),
    State.ACTIVE: mark("actif"),
    State.ADJUSTED: mark("ajusté"),
    State.LEAVING: mark("sortant"),
    State.HISTORIC: mark("historique"),
}


class Act(StrEnum):
    """What somebody may do to the state of a neighbourhood."""

    FORESEE = "foresee"
    ENTER = "enter"
    ACTIVATE = "activate"
    ADJUST = "adjust"
    LEAVE = "leave"
    ARCHIVE = "archive"
    GIVE_UP = "give-up"


@dataclass(frozen=True, slots=True)
class Transition(transitions.Transition[Act, State]):
    """One act of the table, and whether a text must be cited."""

    cites_text: bool = False

    def asks(self) -> tuple[str, ...]:
        """The text that is cited."""
        return ("texte cité",) if self.cites_text else ()


TRANSITIONS = (
    Transition(
        Act.FORESEE,
        mark("Déclarer pressenti"),
        (State.NONE, State.HISTORIC),
        State.FORESEEN,
        mark("Seul un quartier sans statut, ou historique, devient pressenti ; celui-ci est {state}."),
    ),
    Transition(
        Act.ENTER,
        mark("Faire entrer sur la liste"),
        (State.FORESEEN, State.HISTORIC),
        State.ENTERING,
        mark("Seul un quartier pressenti, ou historique, entre sur la liste ; celui-ci est {state}."),
        cites_text=True,
    ),
    Transition(
        Act.ACTIVATE,
        mark("Déclarer actif"),
        (State.ENTERING,),
        State.ACTIVE,
        mark("Seul un quartier entrant devient actif ; celui-ci est {state}."),
    ),
    Transition(
        Act.ADJUST,
        mark("Ajuster le périmètre"),
        (State.ENTERING, State.ACTIVE, State.ADJUSTED),
        State.ADJUSTED,
        mark("Seul le périmètre d’un quartier de la liste s’ajuste ; celui-ci est {state}."),
        cites_text=True,
    ),
    Transition(
        Act.LEAVE,
        mark("Faire sortir de la liste"),
        (State.ENTERING, State.ACTIVE, State.ADJUSTED),
        State.LEAVING,
        mark("Seul un quartier de la liste en sort ; celui-ci est {state}."),
        cites_text=True,
    ),
    Transition(
        Act.ARCHIVE,
        mark("Passer à l’histoire"),
        (State.LEAVING,),
        State.HISTORIC,
        mark("Seul un quartier sortant devient historique ; celui-ci est {state}."),
    ),
    Transition(
        Act.GIVE_UP,
        mark("Ne pas retenir"),
        (State.FORESEEN,),
        State.HISTORIC,
        mark("Seul un quartier pressenti peut ne pas être retenu ; celui-ci est {state}."),
    ),
)
BY_ACT = {transition.act: transition for transition in TRANSITIONS}
CITED = tuple(dict.fromkeys(transition.target for transition in TRANSITIONS if transition.cites_text))

# The last letter of a code of 2024 tells what the list did: identical, modified, new.
_OF_LETTER = {"I": State.ACTIVE, "M": State.ADJUSTED, "N": State.ENTERING}


def may_start(act: Act, state: State) -> Verdict:
    """Whether the act can be done at all from this state: what greys its button."""
    return BY_ACT[act].may_start(state, STATE_NAMES, "path_state")


def may_move(act: Act, state: State, *, on: date | None, reference: str, since: date | None) -> Verdict:
    """Every condition of an act: the state, its day (not before `since`, that of the state), its text."""
    transition = BY_ACT[act]
    reasons = list(may_start(act, state).reasons)
    if on is None:
        reasons.append(Reason("path_day", False, mark("Dites depuis quel jour.")))
    elif since is not None and on < since:
        sentence = mark("Le quartier est dans son état présent depuis le {since} : la suite vient après.")
        reasons.append(Reason("path_day", False, sentence, {"since": since}, since, on))
    if transition.cites_text and not reference.strip():
        sentence = mark("Citez la loi ou le décret, avec sa date : c’est lui qui décide.")
        reasons.append(Reason("path_text", False, sentence, source=LAW))
    return Verdict(tuple(reasons))


def state_of_list(code: str) -> State:
    """What the published list of 2024 says of a neighbourhood that stands on it, by its code."""
    return _OF_LETTER.get(code[-1:], State.ACTIVE)


def diagram() -> str:
    """The table as a Mermaid state diagram, French labels."""
    return transitions.drawn(TRANSITIONS, STATE_NAMES)
