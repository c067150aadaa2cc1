"""`{% load geography %}`: shares, people inside an outline, decisions, and the thresholds drawn."""

import math
from collections.abc import Mapping, Sequence

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from faubourg.base.numbers import number, percent
from faubourg.rules.grid.inside import Inside

from ..models import GridExtract, Perimeter, PerimeterChange
from ..queries.geography import Step

register = template.Library()

# Under this share of its surface known, an outline is said to lie outside the grid.
KNOWN, NEARLY = 0.02, 0.995
CHART_HEIGHT = 46


@register.filter
def share(thousandths: int) -> str:
    """280 → « 28 % »."""
    return percent(thousandths / 10, 0 if thousandths % 10 == 0 else 1)


@register.filter
def share_of(part: float | None) -> str:
    """0.2783 → « 27,8 % »; nothing for nothing."""
    return "" if part is None or math.isnan(part) else percent(100 * part, 1)


@register.simple_tag
def people_told(inside: Inside | None, has_contour: bool, extract: GridExtract | None) -> str | SafeString:
    """How many people, « at least » when a part lies outside the grid, else why nobody can say."""
    if not has_contour:
        return format_html('<span class="muted">{}</span>', gettext("inconnu : sans contour"))
    if extract is None or inside is None:
        return format_html('<span class="muted">{}</span>', gettext("inconnu : sans grille"))
    if inside.known < KNOWN:
        return format_html('<span class="muted">{}</span>', gettext("inconnu ici : hors de la grille"))
    people = number(inside.people, 0)
    if inside.known >= NEARLY:
        return people
    return format_html(
        '{} <small class="muted">({})</small>',
        gettext("au moins %(people)s") % {"people": people},
        gettext("%(share)s du périmètre dans la grille") % {"share": percent(100 * inside.known, 0)},
    )


@register.simple_tag
def decided(change: PerimeterChange) -> SafeString:
    """« Décidé le 12 mars 2025 par le conseil communautaire, délibération n° 4 : pourquoi. »"""
    when = gettext("décidé le %(day)s") % {"day": date_format(change.decided_on, "DATE_FORMAT")}
    parts = [when]
    if change.authority:
        parts.append(gettext("par %(who)s") % {"who": change.authority})
    said = format_html("{}", " ".join(parts))
    for text in (change.reference, change.reason):
        if text:
            said = format_html("{} · {}", said, text)
    return said


@register.simple_tag
def threshold_options(steps: Sequence[Step], chosen: int) -> SafeString:
    """« 28 % · 21 candidats », one option a threshold."""
    return format_html_join(
        "\n",
        '<option value="{}"{}>{} · {}</option>',
        (
            (
                step.threshold,
                mark_safe(" selected") if step.threshold == chosen else "",
                share(step.threshold),
                ngettext("%(n)s candidat", "%(n)s candidats", step.kept) % {"n": step.kept},
            )
            for step in steps
        ),
    )


@register.simple_tag
def threshold_chart(steps: Sequence[Step], chosen: int, cut: float) -> SafeString:
    """How many candidates at each threshold, the chosen one in front; the select beside it says the same."""
    top = max((step.kept for step in steps), default=1) or 1
    bars = format_html_join(
        "",
        '<rect class="geo-bar{}" x="{}" y="{}" width="0.8" height="{}"/>',
        (
            (
                " geo-bar-on" if step.threshold == chosen else "",
                f"{place + 0.1:g}",
                f"{CHART_HEIGHT - _height(step, top):g}",
                f"{_height(step, top):g}",
            )
            for place, step in enumerate(steps)
        ),
    )
    at = next((place for place, step in enumerate(steps) if step.threshold >= cut * 1000), 0)
    return format_html(
        '<svg class="geo-chart" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}'
        '<line class="geo-cut" x1="{}" x2="{}" y1="0" y2="{}"/></svg>',
        max(len(steps), 1),
        CHART_HEIGHT,
        bars,
        at,
        at,
        CHART_HEIGHT,
    )


def _height(step: Step, top: int) -> float:
    return round(step.kept / top * (CHART_HEIGHT - 4) + 2, 1)


@register.simple_tag
def touched(others: Mapping[int, Sequence[Perimeter]], change: int | None) -> Sequence[Perimeter]:
    """The versions of other places that a decision ended or made."""
    return others.get(change or 0, ())
