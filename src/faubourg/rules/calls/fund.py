"""A residents’ fund: what may be asked, how a committee’s voices count, what an advance leaves to give back.

Money is integer cents. No content is judged before the committee (Nord-Pas de Calais, 2014, fiche 1): the
checks here are the fund’s own limits, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..money_ladder import Cents
from ..verdict import Reason, Verdict, mark

CLOSED_WITHIN_DAYS = 7


@dataclass(frozen=True, slots=True)
class Fund:
    """The limits of a fund. `left_cents`: its envelope less what was granted; `ceiling_cents` None: none."""

    left_cents: int
    ceiling_cents: int | None = None
    operating_only: bool = True
    open: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. `costs_cents`: what will be bought, line by line; `inside`: in a place of the fund."""

    asked_cents: int
    costs_cents: tuple[int, ...] = ()
    nature: str = "operating"
    inside: bool = True


def judge(request: Request, fund: Fund) -> Verdict:
    """Each limit of the fund, met or not, with its threshold."""
    asked, costs = request.asked_cents, sum(request.costs_cents)
    reasons = [
        Reason("fund_open", fund.open, _OPEN if fund.open else _SHUT),
        Reason("fund_something", asked > 0, _SOMETHING, {"asked": Cents(asked)}, 1, asked),
        Reason("fund_place", request.inside, _INSIDE if request.inside else _OUTSIDE),
    ]
    if fund.operating_only:
        operating = request.nature == "operating"
        reasons.append(Reason("fund_nature", operating, _OPERATING if operating else _INVESTMENT))
    if fund.ceiling_cents is not None:
        params = {"asked": Cents(asked), "ceiling": Cents(fund.ceiling_cents)}
        met = asked <= fund.ceiling_cents
        reasons.append(
            Reason("fund_ceiling", met, _UNDER if met else _OVER, params, fund.ceiling_cents, asked)
        )
    if request.costs_cents:
        params = {"asked": Cents(asked), "costs": Cents(costs)}
        met = asked <= costs
        reasons.append(Reason("fund_costs", met, _COVERED if met else _TOO_MUCH, params, costs, asked))
    return Verdict(tuple(reasons))


_OPEN = mark("Le fonds est ouvert aux demandes.")
_SHUT = mark("Ce fonds ne prend plus de demandes cette année : voyez les autres fonds du quartier.")
_SOMETHING = mark("Vous demandez {asked}.")
_INSIDE = mark("Le projet se passe dans un quartier du fonds.")
_OUTSIDE = mark("Le projet ne se passe pas dans un quartier de ce fonds : choisissez-en un de la liste.")
_OPERATING = mark("Ce sont des dépenses de fonctionnement.")
_INVESTMENT = mark(
    "Ce fonds ne paie que des dépenses de fonctionnement (repas, location, petites fournitures) : un "
    "équipement durable se demande ailleurs."
)
_UNDER = mark("{asked} demandés pour un plafond de {ceiling}.")
_OVER = mark("Vous demandez {asked} et le plafond de ce fonds est de {ceiling} : demandez moins.")
_COVERED = mark("Vous demandez {asked} pour {costs} de dépenses.")
_TOO_MUCH = mark("Vous demandez {asked} pour {costs} de dépenses : la demande ne dépasse pas les dépenses.")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one member said: `yes`, `no`, `abstain` or `stands_back`; the amount a yes would give, if told."""

    said: str
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of a committee. `granted`: True, False, or None when nothing is decided; money in cents."""

    yes: int
    no: int
    abstain: int
    stood_back: int
    granted: bool | None
    cents: int
    reason: Reason

    @property
    def heard(self) -> int:
        """Members who count for the quorum: whoever is concerned stands back and does not."""
        return self.yes + self.no + self.abstain


def tally(voices: Sequence[Voice], *, quorum: int, asked_cents: int) -> Tally:
    """More yes than no grants, more no refuses; a tie or a missing quorum decides nothing.

    The amount is the lower median of what the yes voices proposed, at most what is asked.
    """
    count = {said: sum(voice.said == said for voice in voices) for said in ("yes", "no", "abstain")}
    back = sum(voice.said == "stands_back" for voice in voices)
    heard = sum(count.values())
    params = {"heard": heard, "quorum": quorum, **count}
    if heard < quorum:
        granted, sentence = None, _NO_QUORUM
    elif count["yes"] == count["no"]:
        granted, sentence = None, _TIE
    else:
        granted = count["yes"] > count["no"]
        sentence = _GRANTED if granted else _REFUSED
    proposed = sorted(
        min(asked_cents if voice.cents is None else voice.cents, asked_cents)
        for voice in voices
        if voice.said == "yes"
    )
    cents = proposed[(len(proposed) - 1) // 2] if granted and proposed else 0
    reason = Reason("fund_tally", granted, sentence, params, quorum, heard)
    return Tally(count["yes"], count["no"], count["abstain"], back, granted, cents, reason)


_NO_QUORUM = mark("{heard} voix, le quorum est de {quorum} : la demande passe au prochain comité.")
_TIE = mark("{yes} pour, {no} contre : à égalité, la demande passe au prochain comité.")
_GRANTED = mark("{yes} pour, {no} contre, {abstain} abstention(s).")
_REFUSED = mark("{no} contre, {yes} pour, {abstain} abstention(s).")


def short(cents: int, left: int) -> Reason:
    """Why a request that the committee would grant waits: the envelope cannot pay it."""
    params = {"cents": Cents(cents), "left": Cents(max(left, 0))}
    return Reason("fund_short", False, _SHORT, params, left, cents)


_SHORT = mark(
    "Le comité est d’accord pour {cents}, il reste {left} dans l’enveloppe : la demande passe au prochain."
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an advance became, in cents: justified by accepted receipts, given back, still to give back."""

    advanced: int
    justified: int
    given_back: int

    @property
    def due(self) -> int:
        """What is still to give back; never negative: spending more gives no right to more."""
        return max(0, self.advanced - self.justified - self.given_back)


def advance_due(decided_on: date | None, days: int) -> date | None:
    """The last day to pay the advance, `days` after the committee's decision."""
    return decided_on + timedelta(days=days) if decided_on else None


def closing_due(reported_on: date | None) -> date | None:
    """A micro-project is closed in the week that follows its receipts."""
    return reported_on + timedelta(days=CLOSED_WITHIN_DAYS) if reported_on else None
