"""« Où est mon argent ? »: who holds the file, and where the sixty days are, one plain sentence for each."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..verdict import Reason, mark
from .clocks import PAYMENT, PAYMENT_DAYS

FIRST_MARK, SECOND_MARK = 30, 50


class Holder(StrEnum):
    """In whose hands the next step is."""

    YOU = "you"
    FUNDER = "funder"
    TREASURY = "treasury"
    NOBODY = "nobody"


class Mark(StrEnum):
    """How far a payment is in its sixty days."""

    NONE = "none"
    CALM = "calm"
    DAY_30 = "day_30"
    DAY_50 = "day_50"
    LATE = "late"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Money:
    """One decision as the path reads it. `state` is that of its circuit; a payment is ordered, then paid."""

    funder: str
    state: str
    convention_missing: bool = False
    signed_by_beneficiary: bool = False
    bank_missing: bool = False
    charter_missing: bool = False
    ordered: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """Who has to move, and the sentence that says it."""

    holder: Holder
    reason: Reason


# Before the notification, and once everything is said, the state alone answers.
_BY_STATE = {
    **dict.fromkeys(
        ("requested", "favourable", "unfavourable"),
        (Holder.FUNDER, mark("{funder} n’a pas encore décidé.")),
    ),
    "refused": (Holder.NOBODY, mark("{funder} n’accorde pas d’aide ; le courrier dit pourquoi.")),
    "cancelled": (Holder.NOBODY, mark("L’aide de {funder} est annulée ; le courrier dit pourquoi.")),
    "voted": (Holder.FUNDER, mark("{funder} a décidé et prépare sa lettre.")),
    "frozen": (
        Holder.FUNDER,
        mark("L’aide est gelée ou réduite ; {funder} prépare une nouvelle notification."),
    ),
    "paid": (Holder.NOBODY, mark("{funder} a tout versé.")),
}


def where(money: Money) -> Where:
    """The first thing that stands before the money. Raises KeyError for a state of another circuit."""
    if money.state in _BY_STATE:
        code, (holder, sentence) = money.state, _BY_STATE[money.state]
    else:
        code, holder, sentence = next(step[1:] for step in _after_notification(money) if step[0])
    return Where(holder, Reason(code, None, sentence, {"funder": money.funder}))


def _after_notification(money: Money) -> tuple[tuple[bool, str, Holder, str], ...]:
    """Each obstacle in the order in which it is met: whether it stands, its code, who acts, the sentence."""
    unsigned = money.convention_missing and not money.signed_by_beneficiary
    return (
        (money.returned, "returned", Holder.YOU,
         mark("La banque a rejeté le versement de {funder} : déposez un relevé d’identité bancaire à jour.")),
        (money.ordered, "ordered", Holder.TREASURY,
         mark("{funder} a donné l’ordre de payer : le comptable public fait le virement.")),
        (money.charter_missing, "charter", Holder.YOU,
         mark("{funder} attend que vous signiez le contrat d’engagement républicain.")),
        (unsigned, "to_sign", Holder.YOU,
         mark("{funder} attend la convention signée par votre organisme.")),
        (money.convention_missing, "to_countersign", Holder.FUNDER,
         mark("Vous avez signé la convention ; {funder} doit la signer.")),
        (money.bank_missing, "bank", Holder.YOU,
         mark("{funder} attend un relevé d’identité bancaire valable.")),
        (money.state == "notified", "to_commit", Holder.FUNDER,
         mark("L’aide est notifiée ; {funder} doit engager la dépense.")),
        (money.state == "committed", "to_order", Holder.FUNDER,
         mark("La dépense est engagée ; {funder} doit donner l’ordre de payer.")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clock:
    """Where one payment is in its sixty days."""

    mark: Mark
    reason: Reason


def clock(due_on: date | None, paid_on: date | None, on: date) -> Clock:
    """`due_on` is the last day of the sixty: that very day is still in time."""
    if due_on is None:
        sentence = mark("Le délai de soixante jours ne court pas encore.")
        stands = Mark.PAID if paid_on else Mark.NONE
        return Clock(
            stands,
            Reason("no_clock", None, mark("Versé.") if paid_on else sentence, {}, None, paid_on, PAYMENT),
        )
    until = paid_on or on
    left = (due_on - until).days
    elapsed = PAYMENT_DAYS - left
    params = {"due": due_on, "elapsed": elapsed, "left": left, "late": -left, "paid": paid_on}
    if paid_on:
        sentence = (
            mark("Versé le {paid}, dans le délai.")
            if left >= 0
            else mark("Versé le {paid}, {late} jour(s) trop tard.")
        )
        return Clock(Mark.PAID, Reason("paid", left >= 0, sentence, params, due_on, paid_on, PAYMENT))
    if left < 0:
        sentence = mark("En retard de {late} jour(s) : le versement était dû au plus tard le {due}.")
        return Clock(Mark.LATE, Reason("late", False, sentence, params, due_on, on, PAYMENT))
    stands = Mark.DAY_50 if elapsed >= SECOND_MARK else Mark.DAY_30 if elapsed >= FIRST_MARK else Mark.CALM
    sentence = mark("Jour {elapsed} sur 60 : versement au plus tard le {due}, dans {left} jour(s).")
    return Clock(stands, Reason("runs", True, sentence, params, due_on, on, PAYMENT))
