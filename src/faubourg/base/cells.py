"""How one value reads on a page: numbers and dates as the reader's language writes them."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from .numbers import number


def shown(value: object, *, grouped: bool = False) -> object:
    """A plain value as text; None and « » become a dash. `grouped`: thousands set apart (never a year)."""
    match value:
        case None | "":
            return "—"
        case bool():
            return _("oui") if value else _("non")
        case int() | float() | Decimal():
            return number(value) if grouped or not isinstance(value, int) else str(value)
        case datetime():
            return date_format(localtime(value) if is_aware(value) else value, "SHORT_DATETIME_FORMAT")
        case date():
            return date_format(value, "DATE_FORMAT")
    return value
