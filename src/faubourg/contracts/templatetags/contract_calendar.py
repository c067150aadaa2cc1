"""`{% load contract_calendar %}`: where something owed stands, and how far a signature slipped."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from faubourg.base.numbers import number
from faubourg.base.sentences import in_words
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.rules.calendar import Judged, Standing, judge

register = template.Library()

# Words, tone and sign of a standing: colour never speaks alone.
TONES = {
    Standing.LATE: ("bad", "circle-alert"),
    Standing.DONE: ("good", "circle-check"),
    Standing.DONE_LATE: ("warn", "triangle-alert"),
    Standing.AHEAD: ("info", "info"),
    Standing.NO_DATE: ("neutral", "minus"),
    Standing.UNRECORDED: ("neutral", "circle-help"),
}


@register.inclusion_tag("contracts/parts/standing.html")
def standing(judged: Judged) -> dict[str, str]:
    """Late, done, to come: in words, with the number of days."""
    tone, symbol = TONES[judged.standing]
    return {"label": _short(judged), "tone": tone, "symbol": symbol, "title": in_words(judged.reason)}


def _short(judged: Judged) -> str:
    days, told = judged.days, {"n": number(judged.days)}
    match judged.standing:
        case Standing.LATE:
            return ngettext("%(n)s jour de retard", "%(n)s jours de retard", days) % told
        case Standing.DONE_LATE:
            return ngettext("fait, %(n)s jour après", "fait, %(n)s jours après", days) % told
        case Standing.AHEAD:
            return ngettext("dans %(n)s jour", "dans %(n)s jours", days) % told
        case Standing.DONE:
            return gettext("fait dans les temps")
        case Standing.NO_DATE:
            return gettext("sans date")
    return gettext("non enregistré")


@register.simple_tag
def contract_link(contract: Contract, name: str = "contract") -> SafeString:
    """The name of a contract, leading to one of its pages, with its generation."""
    return format_html(
        '<a href="{}">{}</a> ({})',
        contract_url(contract, name),
        contract.name,
        contract.get_generation_display(),
    )


@register.simple_tag
def slippage(contract: Contract) -> str:
    """Planned signature against the actual one, in a sentence; nothing when neither is known."""
    if not (contract.planned_signature_on or contract.signed_on):
        return ""
    return in_words(judge(contract.planned_signature_on, contract.signed_on, timezone.localdate()).reason)
