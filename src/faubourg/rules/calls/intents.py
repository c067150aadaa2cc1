"""A « fiche synthétique »: when a call receives it, what it must say, and when its opinion is owed.

The opinion is due so many days after the deposit; two days later whoever runs the call takes it up.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .. import calendar
from ..verdict import Reason, Verdict, mark
from .judging import judge_window
from .rule_set import RuleSet, Sanction, Step

ESCALATION_DAYS = 2
# The call receives sheets from its publication until its dossiers are closed; its window says the rest.
RECEIVING = frozenset({"published", "intents_open", "intents_closed", "applications_open"})
# What a sheet must say before it is received, in the order in which it is asked.
ANSWERS = ("measure", "contract", "summary", "audience", "territories", "budget", "requested")
_MISSING = {
    "measure": mark("Choisissez la mesure."),
    "contract": mark("Choisissez le contrat de ville : son intercommunalité donne l’avis."),
    "summary": mark("Dites le projet en quelques phrases."),
    "audience": mark("Dites à qui le projet s’adresse."),
    "territories": mark("Cochez au moins un quartier."),
    "budget": mark("Donnez un ordre de grandeur du budget."),
    "requested": mark("Donnez un ordre de grandeur de la demande."),
}


def may_begin(call_state: str, rule_set: RuleSet | None) -> Verdict:
    """Whether a sheet may be begun in this call; a draft costs nothing, even before the window opens."""
    by_hand = call_state == "intents_open"
    if rule_set is None or (rule_set.window(Step.INTENT) is None and not by_hand):
        return Verdict.no(
            "no_intents", mark("Cet appel ne demande pas de fiche synthétique : écrivez le dossier complet.")
        )
    if call_state not in RECEIVING:
        return Verdict.no("intents_over", mark("Cet appel ne reçoit plus de fiche synthétique."))
    return Verdict.yes()


def judge_filled(answered: Collection[str], asked: Collection[str] = ANSWERS) -> Verdict:
    """What is still missing, answer by answer; `asked`: those that this call can ask.

    >>> judge_filled(ANSWERS).ok
    True
    """
    return Verdict(
        tuple(Reason(answer, answer in answered, _MISSING[answer]) for answer in ANSWERS if answer in asked)
    )


@dataclass(frozen=True, slots=True)
class Deposit:
    """What a deposit at a moment would be: in time, late and received, or refused."""

    window: Verdict
    late: bool

    @property
    def received(self) -> bool:
        """In time, or late without being refused for it."""
        return self.window.ok is not False


def judge_deposit(rule_set: RuleSet, at: datetime) -> Deposit:
    """Whether the window receives a sheet at that moment, and as late."""
    window = judge_window(Step.INTENT, rule_set, at)
    return Deposit(
        window, any(reason.met is False and reason.code != "window-early" for reason in window.reasons)
    )


def opinion_due(submitted_on: date, days: int) -> date:
    """The last day for the opinion.

    >>> opinion_due(date(2014, 12, 1), 15)
    datetime.date(2014, 12, 16)
    """
    return submitted_on + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Awaited:
    """Where an opinion stands; `escalated`: it is so late that whoever runs the call takes it up."""

    judged: calendar.Judged
    escalated: bool


def judge_opinion(due: date | None, given: date | None, on: date) -> Awaited:
    """Ahead, late, given; escalated from the second day of delay on.

    >>> judge_opinion(date(2014, 12, 16), None, date(2014, 12, 18)).escalated
    True
    """
    judged = calendar.judge(due, given, on)
    return Awaited(judged, judged.late and judged.days >= ESCALATION_DAYS)


def opinion_needed(rule_set: RuleSet | None) -> bool:
    """Whether the full dossier waits for the opinion, and not only mentions it."""
    return rule_set is not None and rule_set.intent_opinion is Sanction.BLOCK
