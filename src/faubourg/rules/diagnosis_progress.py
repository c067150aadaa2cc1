"""How far a diagnosis is: what is answered of what is required, how late it is, what may be done to it.

All of it is computed from the answers and the days; nothing is typed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .verdict import Reason, Verdict, mark


class Holder(StrEnum):
    """Who answers a grid."""

    COMMUNE = "communes"
    GROUP = "groups"


BOTH = "both"


class Standing(StrEnum):
    """Where a diagnosis stands; LATE is that of one which is awaited past its day."""

    AWAITED = "awaited"
    LATE = "late"
    DELIVERED = "delivered"
    VALIDATED = "validated"


STANDING_NAMES = {
    Standing.AWAITED: mark("attendu"),
    Standing.LATE: mark("en retard"),
    Standing.DELIVERED: mark("remis"),
    Standing.VALIDATED: mark("validé"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the rules see it: `asked` is « both », « communes » or « groups »."""

    key: int
    required: bool = True
    asked: str = BOTH


@dataclass(frozen=True, slots=True)
class Progress:
    """Required questions and how many are answered; `missing` in the order of the grid."""

    required: int
    answered: int
    missing: tuple[int, ...]

    @property
    def percent(self) -> int:
        """Whole per cent, 100 only when nothing is missing; a grid that requires nothing is complete."""
        return 100 if not self.required else self.answered * 100 // self.required


def asked_of(questions: Sequence[Question], holder: str) -> list[Question]:
    """The questions put to a commune or to a group."""
    return [question for question in questions if question.asked in (BOTH, holder)]


def progress(questions: Sequence[Question], holder: str, answered: Collection[int]) -> Progress:
    """What this holder has answered of what is required of them."""
    required = [question.key for question in asked_of(questions, holder) if question.required]
    missing = tuple(key for key in required if key not in answered)
    return Progress(len(required), len(required) - len(missing), missing)


def days_late(due: date | None, delivered: date | None, today: date) -> int | None:
    """Days past the last day in time, 0 when in time; None without a day. It stops growing once delivered."""
    if due is None:
        return None
    return max(((delivered or today) - due).days, 0)


def standing(due: date | None, delivered: date | None, validated: date | None, today: date) -> Standing:
    """Where it stands that day."""
    if validated:
        return Standing.VALIDATED
    if delivered:
        return Standing.DELIVERED
    return Standing.LATE if days_late(due, None, today) else Standing.AWAITED


def may_fill(delivered: date | None) -> Verdict:
    """What was delivered is no longer written."""
    if delivered:
        return Verdict.no(
            "delivered", mark("Ce diagnostic est remis : il se rouvre avant de s’écrire de nouveau.")
        )
    return Verdict.yes()


def may_deliver(done: Progress, delivered: date | None) -> Verdict:
    """A diagnosis is delivered once, when every required question is answered."""
    if delivered:
        return Verdict.no("delivered", mark("Ce diagnostic est déjà remis."))
    if not done.missing:
        return Verdict.yes()
    one = mark("Il manque la réponse à une question obligatoire.")
    many = mark("Il manque la réponse à {count} questions obligatoires.")
    count = len(done.missing)
    return Verdict((Reason("missing", False, one if count == 1 else many, {"count": count}, operand=count),))


def may_validate(delivered: date | None, validated: date | None) -> Verdict:
    """Only what was delivered is validated, once."""
    if validated:
        return Verdict.no("validated", mark("Ce diagnostic est déjà validé."))
    if not delivered:
        return Verdict.no("delivered", mark("Seul un diagnostic remis se valide."))
    return Verdict.yes()


def may_reopen(delivered: date | None, reason: str) -> Verdict:
    """Delivered or validated, it opens again with its reason."""
    if not delivered:
        return Verdict.no("delivered", mark("Ce diagnostic est déjà ouvert."))
    return Verdict.yes() if reason.strip() else Verdict.no("reason", mark("Dites en une phrase pourquoi."))
