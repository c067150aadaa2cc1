"""What a grant is worth once the action has cost what it cost, and what was paid beyond it.

A grant pays its share of the planned cost: when the action cost less, that share of the actual cost is due;
when it cost more, the grant stays what it is. What was paid beyond is given back, never more than was paid.
The agreement may let a reasonable surplus be kept: whoever decides reads its words before asking for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ..money_ladder import Cents
from ..verdict import LegalSource, Reason, mark
from .circuits.recovery import HEARING

SOURCE = LegalSource(
    "loi n° 2000-321 du 12 avril 2000", "articles 9-1 et 10 (loi n° 2021-875)", date(2021, 7, 3)
)
# Our own choice: the text only asks for a reasonable time.
HEARING_DAYS = 15


@dataclass(frozen=True, slots=True)
class Settlement:
    """Of one funder, in cents: granted, paid, and `earned`, what the actual cost justifies."""

    granted_cents: int
    paid_cents: int
    earned_cents: int

    @property
    def back_cents(self) -> int:
        """What is to be given back; never more than was paid."""
        return max(0, self.paid_cents - self.earned_cents)

    @property
    def left_cents(self) -> int:
        """What the funder still owes."""
        return max(0, self.earned_cents - self.paid_cents)


def earned(granted_cents: int, planned_cents: int, actual_cents: int) -> int:
    """The share of the actual cost that the grant was of the planned one; the odd cent is the beneficiary's.

    >>> earned(500_000, 2_000_000, 1_500_000)
    375000
    """
    if min(granted_cents, planned_cents, actual_cents) < 0:
        raise ValueError("an amount of a settlement is never negative")
    if actual_cents >= planned_cents:
        return min(granted_cents, actual_cents)
    return min(-(-granted_cents * actual_cents // planned_cents), actual_cents)


def settle(granted_cents: int, paid_cents: int, planned_cents: int, actual_cents: int) -> Settlement:
    """The account of one funder; an action that did not take place has cost nothing."""
    return Settlement(granted_cents, paid_cents, earned(granted_cents, planned_cents, actual_cents))


def judge_surplus(funder: str, found: Settlement, planned_cents: int, actual_cents: int) -> Reason:
    """Whether what was paid is justified, in the words of a letter."""
    params = {
        "funder": funder, "granted": Cents(found.granted_cents), "paid": Cents(found.paid_cents),
        "earned": Cents(found.earned_cents), "back": Cents(found.back_cents), "left": Cents(found.left_cents),
        "planned": Cents(planned_cents), "actual": Cents(actual_cents),
    }  # fmt: skip
    met, sentence = True, mark(
        "{funder} : {granted} accordés sur un coût prévu de {planned} ; l’action a coûté {actual}, {earned} "
        "sont justifiés et versés."
    )  # fmt: skip
    if found.back_cents:
        met, sentence = False, mark(
            "{funder} : {granted} accordés sur un coût prévu de {planned} ; l’action a coûté {actual}, soit "
            "{earned} justifiés. Versé : {paid} ; à reverser : {back}."
        )  # fmt: skip
    elif found.left_cents:
        sentence = mark(
            "{funder} : {granted} accordés sur un coût prévu de {planned} ; l’action a coûté {actual}, soit "
            "{earned} justifiés. Versé : {paid} ; il reste à verser {left}."
        )
    return Reason("surplus", met, sentence, params, found.earned_cents, found.paid_cents, SOURCE)


def judge_amount(cents: int, most_cents: int) -> Reason:
    """Whether this much may be asked back: something, and never more than was paid or discussed."""
    met = 0 < cents <= most_cents
    sentence = (
        mark("{cents} demandés, pour {most} versés.")
        if met
        else mark("Demandez plus de zéro et au plus {most} : c’est ce qui est versé, ou ce qui est discuté.")
    )
    return Reason(
        "amount", met, sentence, {"cents": Cents(cents), "most": Cents(most_cents)}, most_cents, cents, SOURCE
    )


def judge_hearing(answer_by: date, on: date) -> Reason:
    """Whether the beneficiary has the time to answer."""
    least = on + timedelta(days=HEARING_DAYS)
    met = answer_by >= least
    sentence = (
        mark("Le bénéficiaire répond jusqu’au {until}.")
        if met
        else mark("Laissez au moins {days} jours pour répondre, jusqu’au {least}.")
    )
    params = {"until": answer_by, "days": HEARING_DAYS, "least": least}
    return Reason("hearing", met, sentence, params, least, answer_by, HEARING)
