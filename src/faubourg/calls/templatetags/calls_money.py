"""`{% load calls_money %}`: the states of a decision and of a payment in words, their tones, their clocks."""

from django import template
from django.utils.translation import gettext

from faubourg.rules.calls.circuits import FUNDER_DECISION, PAYMENT_CIRCUIT
from faubourg.rules.calls.money_path import Holder

from ..models import FunderDecision, Payment

register = template.Library()

_TONES = {
    "favourable": "info", "voted": "good", "notified": "good", "committed": "good", "paid": "good",
    "refused": "bad", "unfavourable": "warn", "frozen": "warn", "cancelled": "bad",
    "returned": "bad", "dropped": "neutral", "ordered": "info",
}  # fmt: skip
_HOLDERS = {Holder.YOU: "warn", Holder.FUNDER: "info", Holder.TREASURY: "info", Holder.NOBODY: "neutral"}


@register.filter
def decision_state(decision: FunderDecision) -> str:
    """« avis favorable », « voté »."""
    return gettext(FUNDER_DECISION.states[decision.state])


@register.filter
def decision_move(move: str) -> str:
    """What a step did: « Voter »."""
    try:
        return gettext(FUNDER_DECISION.by_act(move).name)
    except KeyError:
        return move


@register.filter
def payment_state(payment: Payment) -> str:
    """« à émettre », « mandaté »."""
    return gettext(PAYMENT_CIRCUIT.states[payment.state])


@register.filter
def payment_acts(payment: Payment) -> list[tuple[str, str]]:
    """What somebody may choose for a payment: (code, name)."""
    return [(one.act, gettext(one.name)) for one in PAYMENT_CIRCUIT.acts_from(payment.state)]


@register.filter
def money_tone(state: str) -> str:
    """The tone of the badge of a state."""
    return _TONES.get(state, "neutral")


@register.filter
def holder_tone(holder: Holder) -> str:
    """The tone of who holds the file."""
    return _HOLDERS[holder]


@register.filter
def holder_name(holder: Holder) -> str:
    """Whose turn it is."""
    return {
        Holder.YOU: gettext("à vous de jouer"),
        Holder.FUNDER: gettext("chez le financeur"),
        Holder.TREASURY: gettext("chez le comptable"),
        Holder.NOBODY: gettext("terminé"),
    }[holder]


@register.filter
def percent_bp(bp: int) -> float:
    """Basis points as points: 800 → 8.0."""
    return bp / 100
