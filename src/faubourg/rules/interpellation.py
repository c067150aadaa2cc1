"""The right to question: the path of a difficulty, from a council or a group to a public answer.

One table says which act leads where, and what each must say. Loi n° 2017-86 du 27 janvier 2017: a citizens'
council may seize the State's representative, who tells mayor, EPCI and signatories and makes a diagnosis.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from . import transitions
from .verdict import LegalSource, Reason, Verdict, mark

LAW = LegalSource("loi n° 2017-86 du 27 janvier 2017", "", date(2017, 1, 29))
# So many of one account may wait to be read, and be typed in one day: an alert, not a mailbox.
MOST_WAITING = 3
MOST_A_DAY = 5


class State(StrEnum):
    """Where a difficulty stands; NONE is that of one that nobody submitted yet."""

    NONE = ""
    SUBMITTED = "submitted"
    TRANSMITTED = "transmitted"
    DIAGNOSED = "diagnosed"
    STEERED = "steered"
    ON_AGENDA = "on_agenda"
    ANSWERED = "answered"


STATE_NAMES = {
    State.NONE: mark("pas encore déposée"),
    State.SUBMITTED: mark("déposée"),
    State.TRANSMITTED: mark("transmise"),
    State.DIAGNOSED: mark("diagnostiquée"),
    State.STEERED: mark("examinée en comité de pilotage"),
    State.ON_AGENDA: mark("inscrite aux assemblées"),
    State.ANSWERED: mark("répondue"),
}


class Act(StrEnum):
    """What somebody may do to a difficulty."""

    SUBMIT = "submit"
    TRANSMIT = "transmit"
    DIAGNOSE = "diagnose"
    STEER = "steer"
    PUT_ON_AGENDA = "put-on-agenda"
    ANSWER = "answer"


class Needs(StrEnum):
    """What an act cannot do without, beside its day."""

    NOTHING = ""
    RECIPIENTS = "recipients"
    DIAGNOSIS = "diagnosis"
    MEETING = "meeting"
    ASSEMBLIES = "assemblies"
    ANSWER = "answer"


MISSING = {
    Needs.RECIPIENTS: mark(
        "Dites à qui elle est transmise : le maire, l’intercommunalité et les signataires du contrat."
    ),
    Needs.DIAGNOSIS: mark("Écrivez le diagnostic : ce qui est constaté, et ce qui est préconisé."),
    Needs.MEETING: mark(
        "Choisissez la réunion du comité de pilotage qui l’a examinée : elle doit s’être tenue."
    ),
    Needs.ASSEMBLIES: mark("Dites quelles assemblées l’inscrivent à leur ordre du jour."),
    Needs.ANSWER: mark("Écrivez la réponse : elle est publique."),
}


@dataclass(frozen=True, slots=True)
class Transition(transitions.Transition[Act, State]):
    """One act of the table, and what it cannot do without."""

    needs: Needs = Needs.NOTHING


TRANSITIONS = (
    Transition(
        Act.SUBMIT,
        mark("Déposer"),
        (State.NONE,),
        State.SUBMITTED,
        mark("Cette difficulté a déjà été déposée : elle est {state}."),
    ),
    Transition(
        Act.TRANSMIT,
        mark("Transmettre au maire, à l’intercommunalité et aux signataires"),
        (State.SUBMITTED,),
        State.TRANSMITTED,
        mark("Seule une difficulté déposée se transmet ; celle-ci est {state}."),
        needs=Needs.RECIPIENTS,
    ),
    Transition(
        Act.DIAGNOSE,
        mark("Rendre le diagnostic"),
        (State.TRANSMITTED,),
        State.DIAGNOSED,
        mark("Le diagnostic vient après la transmission ; cette difficulté est {state}."),
        needs=Needs.DIAGNOSIS,
    ),
    Transition(
        Act.STEER,
        mark("Examiner en comité de pilotage"),
        (State.DIAGNOSED,),
        State.STEERED,
        mark("Le comité de pilotage examine un diagnostic rendu ; cette difficulté est {state}."),
        needs=Needs.MEETING,
    ),
    Transition(
        Act.PUT_ON_AGENDA,
        mark("Inscrire à l’ordre du jour des assemblées"),
        (State.STEERED,),
        State.ON_AGENDA,
        mark("Les assemblées s’en saisissent après le comité de pilotage ; cette difficulté est {state}."),
        needs=Needs.ASSEMBLIES,
    ),
    Transition(
        Act.ANSWER,
        mark("Répondre publiquement"),
        (State.ON_AGENDA,),
        State.ANSWERED,
        mark("La réponse vient après les assemblées ; cette difficulté est {state}."),
        needs=Needs.ANSWER,
    ),
)
BY_ACT = {transition.act: transition for transition in TRANSITIONS}


def next_act(state: State) -> Act | None:
    """The one act that this state waits for; None once it is answered."""
    return next((t.act for t in TRANSITIONS if state in t.sources), None)


def may_start(act: Act, state: State) -> Verdict:
    """Whether the act can be done at all from this state."""
    return BY_ACT[act].may_start(state, STATE_NAMES, "question_state")


def may_move(
    act: Act, state: State, *, public: bool, given: bool, on: date | None, since: date | None, today: date
) -> Verdict:
    """Every condition of a step: the state, that it was read and made public, its day, what it must say.

    `given` tells whether what the act needs is there; `since` is the day of the present state.
    """
    transition = BY_ACT[act]
    reasons = list(may_start(act, state).reasons)
    if not public:
        sentence = mark(
            "Elle n’a pas encore été relue : rendez-la publique, ou renvoyez-la, avant d’aller plus loin."
        )
        reasons.append(Reason("question_unread", False, sentence))
    reasons += transitions.wrong_day(on, today=today, since=since, code="question_day")
    if transition.needs and not given:
        reasons.append(
            Reason(f"question_{transition.needs.value}", False, MISSING[transition.needs], source=LAW)
        )
    return Verdict(tuple(reasons))


def may_submit(*, waiting: int, today: int, again: bool) -> Verdict:
    """Whether an account may submit one more: few waiting, few a day, never the same twice."""
    reasons = []
    if again:
        sentence = mark("Cette difficulté est déjà déposée pour ce contrat : suivez-la plutôt.")
        reasons.append(Reason("question_again", False, sentence))
    if waiting >= MOST_WAITING:
        sentence = mark(
            "{n} difficultés déposées par ce compte attendent d’être relues : attendez qu’elles le soient."
        )
        reasons.append(Reason("question_waiting", False, sentence, {"n": waiting}, MOST_WAITING, waiting))
    if today >= MOST_A_DAY:
        sentence = mark("{n} difficultés ont été déposées par ce compte aujourd’hui : revenez demain.")
        reasons.append(Reason("question_today", False, sentence, {"n": today}, MOST_A_DAY, today))
    return Verdict(tuple(reasons))


def diagram() -> str:
    """The table as a Mermaid state diagram, French labels."""
    return transitions.drawn(TRANSITIONS, STATE_NAMES)
