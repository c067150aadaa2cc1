"""A reason of the rules as the reader's language writes it: sentence, numbers and days."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from faubourg.rules.calls.moments import Moment
from faubourg.rules.calls.money import Share
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Reason, Verdict

from .numbers import cents, number, percent

# A year is not a quantity: no thousands set apart.
NOT_QUANTITIES = frozenset({"year", "vintage"})


def in_words(reason: Reason) -> str:
    """Translated first, places filled after: 10000 is « 10 000 », a day is written out."""
    return gettext(reason.template).format(
        **{name: _written(name, value) for name, value in reason.params.items()}
    )


def refusals_in_words(verdict: Verdict) -> str:
    """Why not, one sentence after the other; empty when nothing refuses."""
    return " ".join(in_words(reason) for reason in verdict.refusals())


def said_or_quoted(text: str) -> str | SafeString:
    """A text of the database in the reader's language if a catalogue has it, else marked as French."""
    english = gettext(text) if text else ""
    if (get_language() or "fr").startswith("fr") or english != text or not text:
        return english
    return format_html('<span lang="fr">{}</span>', text)


def _written(name: str, value: object) -> object:
    match value:
        case bool() | None:
            return value
        case Cents():
            return cents(value)
        case str():
            return gettext(value) if value else value
        case Share():
            value = percent(Decimal(int(value)) / 100, None)
        case int() | float() | Decimal() if name not in NOT_QUANTITIES:
            return number(value)
        case date():
            return _dated(value)
    return value


def _dated(value: date) -> str:
    """A day; to the second for the end of a window, which tells why a dossier is late."""
    if not isinstance(value, Moment):
        return date_format(value, "DATE_FORMAT")
    day = date_format(value.date(), "DATE_FORMAT")
    return gettext("{day} à {hour}").format(day=day, hour=value.strftime("%H:%M:%S"))
