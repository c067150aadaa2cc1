"""One move of one payment, which other services also make: a payment that will not leave is given up."""

from faubourg.base.actor import Actor
from faubourg.rules.calls.circuits import PAYMENT_CIRCUIT
from faubourg.rules.money_ladder import Cents

from ..models import Payment
from .moving import move


def drop(payment: Payment, reason: str, by: Actor) -> None:
    """Give up a payment that has not left; inside a transaction that holds its decision."""
    move(payment, PAYMENT_CIRCUIT, "drop", by=by, note=reason, told={"amount": str(Cents(payment.cents))})
