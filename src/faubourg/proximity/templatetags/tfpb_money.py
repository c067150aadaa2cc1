"""Money of landlords' conventions in a page: cents in, euros out."""

from django import template
from django.utils.translation import gettext

from faubourg.base.numbers import cents, percent
from faubourg.rules.proximity.circuits import TFPB

register = template.Library()


@register.filter
def in_euros(amount: int | None) -> str:
    """« 12 345,50 € »; a dash when it is not known."""
    return "–" if amount is None else cents(amount)


@register.filter
def share_of(use: object) -> str:
    """« 97,5 % » of the rebate that is justified; nothing without a rebate."""
    share = getattr(use, "share", None)
    return "" if share is None else percent(float(share) * 100)


@register.simple_tag
def state_of(state: str) -> str:
    """Where a landlord's convention stood after a step, in words."""
    said = gettext(TFPB.states.get(state, ""))
    return said[:1].upper() + said[1:]
