"""How one value reads on a page: numbers and dates as the reader's language writes them."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _


def shown(value: object, *, grouped: bool = False) -> object:
    """A plain value as text; None and « » become a dash. `grouped` sets the thousands apart (never a year)."""
    match value:
        case None | "":
            return "—"
        case bool():
            return _("oui") if value else _("non")
        case int() | float() | Decimal():
            return number_format(value, use_l10n=True, force_grouping=grouped)
        case datetime():
            return date_format(localtime(value) if is_aware(value) else value, "SHORT_DATETIME_FORMAT")
        case date():
            return date_format(value, "DATE_FORMAT")
    return value
