"""`{% load faubourg %}`: icons, figures that are never naked, badges, empty lists, sentences of rules.

Everything here is shown side by side on the page /style/.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from faubourg.base import numbers
from faubourg.base.sentences import in_words, said_or_quoted
from faubourg.rules.verdict import Reason

register = template.Library()

TONE_ICONS = {
    "neutral": "",
    "info": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
    "brick": "",
}


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """A symbol of the vendored Lucide sprite; decorative unless it has a `label`. `size`: "", "lg", "xl"."""
    if not label:
        return _decorative(name, size, static("vendor/lucide/lucide.svg"))
    css = f"icon icon-{size}" if size else "icon"
    href = f"{static('vendor/lucide/lucide.svg')}#{name}"
    return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, href)


@lru_cache(maxsize=512)
def _decorative(name: str, size: str, sprite: str) -> SafeString:
    """The same few signs stand hundreds of times on a long page: each is written once."""
    css = f"icon icon-{size}" if size else "icon"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, sprite, name)


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """`{{ total|number }}`, `{{ rate|number:1 }}`; nothing for nothing."""
    return "" if value is None or value == "" else numbers.number(value, decimals)


@register.filter
def percent(value: Any, decimals: int = 1) -> str:
    """`{{ 32.1|percent }}`: points, not a fraction."""
    return "" if value is None or value == "" else numbers.percent(value, decimals)


@register.filter
def euros(amount: int | None) -> str:
    """`{{ cents|euros }}`: money is integer cents."""
    return "" if amount is None else numbers.cents(amount)


def _unit_of(figure: Any) -> tuple[str, int]:
    """Unit and decimals of a `Figure` or of anything that carries them itself."""
    described = getattr(figure, "indicator", figure)
    return str(getattr(described, "unit", "")), int(getattr(described, "decimals", 0) or 0)


@register.filter
def figure_text(figure: Any) -> str:
    """The value with its unit as plain text, or why there is none: secret, or not published."""
    if figure is None:
        return gettext("non publié")
    if getattr(figure, "secrecy", "open") == "secret":
        return gettext("secret statistique")
    if figure.value is None:
        return gettext("non publié")
    unit, decimals = _unit_of(figure)
    if unit == "percent":
        return numbers.percent(figure.value, decimals)
    if unit == "euro":
        return numbers.money(figure.value, decimals)
    text = numbers.number(figure.value, decimals)
    return f"{text}\u00a0{gettext('ETP')}" if unit == "fte" else text


@register.filter
def figure_value(figure: Any) -> SafeString:
    """`figure_text` in its element: tabular when published, quiet and with a sign when not."""
    text = figure_text(figure)
    if figure is not None and figure.value is not None:
        return format_html('<span class="value">{}</span>', text)
    secret = figure is not None and getattr(figure, "secrecy", "") == "secret"
    sign = icon("lock") if secret else icon("minus")
    return format_html('<span class="value value-absent">{}{}</span>', sign, text)


@register.simple_tag(takes_context=True)
def source_badge(context: Context, figure: Any, compact: bool = False) -> SafeString:
    """Where a figure comes from: « Insee, RP 2021 », leading to the page of the source.

    Takes anything with `source` (or a `Source` itself) and `vintage`; also tells perimeter and remark. What
    has no source was typed here by somebody.
    """
    told = _told_of(figure, compact)
    rendering: Any = context.render_context
    kept: dict[tuple[Any, ...], SafeString] = rendering.setdefault("source_badges", {})
    # The figures of one table come from one or two sources: each is written once a table.
    key = tuple(_sameness(value) for value in told.values())
    if key not in kept:
        kept[key] = render_to_string("site/parts/source_badge.html", told)
    return kept[key]


def _sameness(value: Any) -> Any:
    """What is kept in the database is told apart by its key, what is not by itself."""
    if hasattr(value, "_meta"):
        return getattr(value, "pk", None) or id(value)
    return value if isinstance(value, Hashable) else id(value)


def _told_of(figure: Any, compact: bool) -> dict[str, Any]:
    source = getattr(figure, "source", figure)
    return {
        "source": source,
        "vintage": getattr(figure, "vintage", ""),
        "perimeter": getattr(figure, "perimeter", None),
        "note": getattr(figure, "note", ""),
        "compact": compact,
        "by_hand": source is None
        or (getattr(figure, "added_by", None) is not None and hasattr(figure, "added_at")),
        "added_at": getattr(figure, "added_at", None),
        "url": _reverse("source", [source.pk]) if getattr(source, "pk", None) else "",
    }


@register.simple_tag
def status_badge(label: str, tone: str = "neutral", symbol: str = "") -> SafeString:
    """A state in words, with a sign so that colour never speaks alone. Tones: keys of `TONE_ICONS`."""
    sign = symbol or TONE_ICONS.get(tone, "")
    drawing = icon(sign) if sign else mark_safe("")
    return format_html('<span class="badge badge-{}">{}{}</span>', tone, drawing, label)


@register.inclusion_tag("site/parts/empty_state.html")
def empty_state(
    title: str, text: str = "", url: str = "", action: str = "", symbol: str = "compass"
) -> dict[str, str]:
    """An empty list says how to fill it: what is missing, why, and the one thing to do next."""
    return {"title": title, "text": text, "url": url, "action": action, "symbol": symbol}


@register.filter
def sentence(reason: Reason) -> str:
    """The sentence of a rule in the reader's language: translated first, places filled after."""
    return in_words(reason)


@register.filter
def said(text: str) -> SafeString:
    """A text of the database: in the reader's language if a catalogue has it, else marked as French."""
    return format_html_join(
        "\n", "{}", ((said_or_quoted(line),) for line in str(text or "").splitlines() if line)
    )


@register.filter
def said_paragraphs(text: str) -> SafeString:
    """The same, each line a paragraph."""
    return format_html_join(
        "\n", "<p>{}</p>", ((said_or_quoted(line),) for line in str(text or "").splitlines() if line)
    )


@register.filter
def said_plainly(text: str) -> str:
    """The same where no element may stand: the title of a page."""
    return gettext(text) if text else ""


@register.filter
def full_stop(text: str) -> str:
    """A sentence with its stop, once."""
    return text if strip_tags(text).rstrip().endswith((".", "!", "?", "…")) else format_html("{}.", text)


@register.inclusion_tag("site/parts/verdict.html")
def verdict(verdict: Any) -> dict[str, Any]:
    """Every reason of a verdict as a list: met, not met, unknown, each with its source."""
    return {"verdict": verdict}


def _reverse(name: str, args: list[Any] | None = None) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def url_if(name: str, *args: Any) -> str:
    """`{% url_if "map" as map_url %}`: empty when no room serves that name, so the link is not shown."""
    return _reverse(name, list(args))


@register.inclusion_tag("site/parts/crumb.html")
def crumb(label: str, url: str = "") -> dict[str, str]:
    """One step of the breadcrumb, for `{% block breadcrumb %}`; without `url`, the page itself."""
    return {"label": label, "url": url}


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The present query string with some values changed; None removes one. Starts with « ? »."""
    params: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        params.pop(key, None)
        if value is not None:
            params[key] = str(value)
    return f"?{params.urlencode()}" if params else "?"


@register.filter
def page_range(page: Page[Any]) -> list[int | str]:
    """The numbers a page navigation shows around `page`, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def is_number(value: Any) -> bool:
    """Whether an entry of `page_range` is a page rather than an ellipsis."""
    return isinstance(value, int)


@register.filter
def is_kind(field: BoundField, kinds: str) -> bool:
    """Whether the widget of a field is one of the comma-separated class names."""
    return type(field.field.widget).__name__ in kinds.split(",")


@register.filter
def local_name(thing: Any) -> str:
    """`name_en` when English is read and it exists, else `name_fr`, else the thing itself."""
    english = getattr(thing, "name_en", "") if (get_language() or "fr").startswith("en") else ""
    return str(english or getattr(thing, "name_fr", "") or thing)
