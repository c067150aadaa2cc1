"""How one value reads on a page: numbers and dates as the reader's language writes them."""

from datetime import date, datetime
from decimal import Decimal
from typing import cast

from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from .numbers import number

_CELL = '<td role="cell" data-label="{}">{}</td>'
_NUMBER = '<td role="cell" data-label="{}" class="num">{}</td>'


def drawn(label: str, text: object, url: str | None, *, numeric: bool) -> SafeString:
    """One cell of a table: in a template, three hundred of them cost more than the queries."""
    inner = format_html('<a href="{}">{}</a>', url, text) if url else conditional_escape(cast(str, text))
    return format_html(_NUMBER if numeric else _CELL, label, inner)


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
