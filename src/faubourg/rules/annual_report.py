"""The annual report on the politique de la ville: its path, and when its consultation may close.

One table says which act leads where. The project goes to every municipal council and citizens' body, which
have at least one month; who says nothing is deemed favourable. Décret n° 2015-1118 du 3 septembre 2015.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .transitions import Transition, drawn
from .verdict import LegalSource, Reason, Verdict, mark

DECREE = LegalSource("décret n° 2015-1118 du 3 septembre 2015", "", date(2015, 9, 6))
MONTHS_TO_ANSWER = 1


class State(StrEnum):
    """Where a report stands; NONE is that of a year without report."""

    NONE = ""
    DRAFT = "draft"
    CONSULTED = "consulted"
    HEARD = "heard"
    DELIBERATED = "deliberated"
    PUBLISHED = "published"


STATE_NAMES = {
    State.NONE: mark("sans rapport"),
    State.DRAFT: mark("en préparation"),
    State.CONSULTED: mark("soumis pour avis"),
    State.HEARD: mark("avis réunis"),
    State.DELIBERATED: mark("délibéré"),
    State.PUBLISHED: mark("publié"),
}


class Act(StrEnum):
    """What somebody may do to the state of a report."""

    OPEN = "open"
    SEND = "send"
    TAKE_BACK = "take-back"
    CLOSE = "close"
    DELIBERATE = "deliberate"
    PUBLISH = "publish"


TRANSITIONS = (
    Transition(
        Act.OPEN,
        mark("Ouvrir le rapport"),
        (State.NONE,),
        State.DRAFT,
        mark("Le rapport de cette année existe déjà : il est {state}."),
    ),
    Transition(
        Act.SEND,
        mark("Soumettre pour avis"),
        (State.DRAFT,),
        State.CONSULTED,
        mark("Seul un rapport en préparation se soumet pour avis ; celui-ci est {state}."),
    ),
    Transition(
        Act.TAKE_BACK,
        mark("Reprendre le projet"),
        (State.CONSULTED,),
        State.DRAFT,
        mark("Seul un rapport soumis pour avis se reprend ; celui-ci est {state}."),
    ),
    Transition(
        Act.CLOSE,
        mark("Clore la consultation"),
        (State.CONSULTED,),
        State.HEARD,
        mark("Seule une consultation en cours se clôt ; ce rapport est {state}."),
    ),
    Transition(
        Act.DELIBERATE,
        mark("Enregistrer la délibération"),
        (State.HEARD,),
        State.DELIBERATED,
        mark("L’assemblée délibère une fois les avis réunis ; ce rapport est {state}."),
    ),
    Transition(
        Act.PUBLISH,
        mark("Publier"),
        (State.DELIBERATED,),
        State.PUBLISHED,
        mark("Seul un rapport délibéré se publie ; celui-ci est {state}."),
    ),
)
BY_ACT = {transition.act: transition for transition in TRANSITIONS}


@dataclass(frozen=True, slots=True)
class Asked:
    """One opinion that was asked for: whose, sent when, to be given by when, given when (None: silent)."""

    name: str
    sent_on: date
    reply_by: date
    answered_on: date | None = None


def may_start(act: Act, state: State) -> Verdict:
    """Whether the act can be done at all from this state: what greys its button."""
    return BY_ACT[act].may_start(state, STATE_NAMES, "report_state")


def may_open(state: State, *, year: int, on: date) -> Verdict:
    """A report tells a year that is over."""
    reasons = list(may_start(Act.OPEN, state).reasons)
    if year >= on.year:
        sentence = mark("Un rapport annuel raconte une année finie : {year} ne l’est pas.")
        reasons.append(Reason("report_year", False, sentence, {"year": year}, on.year - 1, year, DECREE))
    return Verdict(tuple(reasons))


def last_day_to_answer(sent_on: date, months: int = MONTHS_TO_ANSWER) -> date:
    """The same day of a later month, or its last one: what is sent on 31 January is due on 28 February.

    Calendar days of Europe/Paris; an answer given on that day, until midnight, is in time.
    """
    rank = sent_on.year * 12 + sent_on.month - 1 + months
    year, month = divmod(rank, 12)
    return date(year, month + 1, min(sent_on.day, monthrange(year, month + 1)[1]))


def may_set_delay(sent_on: date, reply_by: date) -> Verdict:
    """The delay given is one month at least; it may be longer."""
    earliest = last_day_to_answer(sent_on)
    if reply_by >= earliest:
        return Verdict.yes()
    sentence = mark(
        "Le délai pour répondre est d’un mois au moins : envoyé le {sent}, le projet attend les avis "
        "jusqu’au {earliest}."
    )
    params = {"sent": sent_on, "earliest": earliest}
    return Verdict((Reason("report_delay", False, sentence, params, earliest, reply_by, DECREE),))


def may_send(
    state: State,
    *,
    year: int,
    councils: int,
    bodies: int,
    why_no_body: str,
    perspectives: str,
    sent_on: date,
    today: date,
    proof: str,
) -> Verdict:
    """It goes to the councils of the communes concerned and to their citizens' bodies, or says why none.

    `proof` tells how it was sent when that was before today (a letter, an e-mail): the month runs from there.
    """
    reasons = list(may_start(Act.SEND, state).reasons)
    if not perspectives.strip():
        sentence = mark("Le rapport détermine des perspectives : écrivez-les avant de le soumettre.")
        reasons.append(Reason("report_perspectives", False, sentence, source=DECREE))
    if councils < 1:
        sentence = mark(
            "Le projet se soumet au conseil municipal de chaque commune concernée : il en faut un."
        )
        reasons.append(Reason("report_councils", False, sentence, {}, 1, councils, DECREE))
    if bodies < 1 and not why_no_body.strip():
        sentence = mark(
            "Le projet se soumet aux instances citoyennes des quartiers : nommez-les, ou dites pourquoi "
            "il n’y en a pas."
        )
        reasons.append(Reason("report_bodies", False, sentence, {}, 1, bodies, DECREE))
    if sent_on > today or sent_on.year <= year:
        sentence = mark("Le projet s’envoie après la fin de l’année {year}, et au plus tard aujourd’hui.")
        reasons.append(Reason("report_sent", False, sentence, {"year": year}, today, sent_on))
    elif sent_on < today and not proof.strip():
        sentence = mark(
            "Envoyé avant aujourd’hui : dites comment (courrier, courriel), le délai court de ce jour."
        )
        reasons.append(Reason("report_proof", False, sentence))
    return Verdict(tuple(reasons))


def first_closing_day(asked: Sequence[Asked]) -> date | None:
    """The first day on which the consultation may close while somebody is silent; None when all answered."""
    awaited = [opinion.reply_by for opinion in asked if opinion.answered_on is None]
    return max(awaited) + timedelta(days=1) if awaited else None


def may_close(state: State, asked: Sequence[Asked], *, on: date) -> Verdict:
    """Everybody answered, or the delay of each silent one has passed."""
    reasons = list(may_start(Act.CLOSE, state).reasons)
    first = first_closing_day(asked)
    if first is not None and on < first:
        silent = [opinion for opinion in asked if opinion.answered_on is None]
        sentence = mark(
            "{n} avis sont encore attendus : la consultation dure un mois au moins. Elle peut se clore dès "
            "que tous ont répondu, ou à partir du {first} (le silence vaut alors avis favorable)."
        )
        if len(silent) == 1:
            sentence = mark(
                "L’avis de {name} est encore attendu : la consultation dure un mois au moins. Elle peut se "
                "clore dès sa réponse, ou à partir du {first} (le silence vaut alors avis favorable)."
            )
        params = {"n": len(silent), "name": silent[0].name, "first": first}
        reasons.append(Reason("report_month", False, sentence, params, first, on, DECREE))
    return Verdict(tuple(reasons))


def deemed_favourable(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """Whose silence, once the consultation closes, is a favourable opinion."""
    return tuple(opinion for opinion in asked if opinion.answered_on is None)


def may_answer(opinion: Asked, *, state: State, on: date, today: date) -> Verdict:
    """An opinion is recorded until the consultation closes, on a day between its sending and today.

    After `reply_by` it is still worth more than silence, as long as nothing is closed.
    """
    if state is not State.CONSULTED:
        sentence = mark("Un avis s’enregistre pendant la consultation ; ce rapport est {state}.")
        return Verdict.no("report_state", sentence, state=STATE_NAMES[state])
    if on > today:
        return Verdict.no("report_day", mark("Ce jour n’est pas encore venu."))
    if on < opinion.sent_on:
        sentence = mark("Le projet a été envoyé le {sent} : un avis ne le précède pas.")
        return Verdict(
            (Reason("report_day", False, sentence, {"sent": opinion.sent_on}, opinion.sent_on, on),)
        )
    return Verdict.yes()


def may_deliberate(
    state: State, *, on: date, closed_on: date | None, today: date, observed: int, follow_up: str
) -> Verdict:
    """The assembly decides once opinions are gathered, and says what becomes of the observations made."""
    reasons = list(may_start(Act.DELIBERATE, state).reasons)
    if on > today or (closed_on is not None and on < closed_on):
        sentence = mark(
            "L’assemblée délibère après la clôture de la consultation, et au plus tard aujourd’hui."
        )
        reasons.append(Reason("report_deliberated", False, sentence, {}, closed_on, on, DECREE))
    if observed and not follow_up.strip():
        sentence = mark(
            "Des observations ont été faites : la délibération indique les suites qui y sont données."
        )
        reasons.append(Reason("report_follow_up", False, sentence, {}, 0, observed, DECREE))
    return Verdict(tuple(reasons))


def diagram() -> str:
    """The table as a Mermaid state diagram, French labels."""
    return drawn(TRANSITIONS, STATE_NAMES)
