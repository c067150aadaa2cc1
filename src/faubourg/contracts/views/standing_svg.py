"""A value against the median of its kind, as a short rule with a mark: no reader needs to compute."""

from django.utils.translation import gettext, ngettext

from faubourg.base import numbers
from faubourg.rules.medians import Position, Standing
from faubourg.territories.models import Indicator

# The rule spans from 60 % under the median to 60 % over it; beyond, the mark stays at the end.
SPAN = 60.0
WIDTH, HEIGHT = 120, 18
STYLE = {
    "rule": 'class="st-rule" stroke="#d8d0c1" stroke-width="2"',
    "median": 'class="st-median" stroke="#22282c" stroke-width="1.6"',
    "gap": 'class="st-gap" stroke="#9a3a22" stroke-width="4"',
    "mark": 'class="st-mark" fill="#9a3a22"',
}


def gap_percent(standing: Standing) -> int | None:
    """The gap in % of the median, rounded; None when there is no median to divide by."""
    if standing.gap is None or not standing.median.value:
        return None
    return round(float(standing.gap / abs(standing.median.value)) * 100)


def sentence(standing: Standing, unit: str) -> str:
    """« 12 % au-dessus » (in points for a percentage), or the reason why nothing is compared."""
    gap = gap_percent(standing)
    if standing.position is None or standing.gap is None or gap is None:
        return " ".join(gettext(r.template).format(**r.params) for r in standing.verdict.refusals())
    in_points = unit == Indicator.Unit.PERCENT
    if standing.position is Position.AT or (gap == 0 and not in_points):
        return gettext("à la médiane")
    shown = (
        gettext("%(n)s points") % {"n": numbers.number(abs(standing.gap), 1)}
        if in_points
        else numbers.percent(abs(gap), 0)
    )
    if standing.position is Position.ABOVE:
        return gettext("%(gap)s au-dessus") % {"gap": shown}
    return gettext("%(gap)s en dessous") % {"gap": shown}


def kind_count(published: int) -> str:
    """How many values make the median."""
    return ngettext("n = %(n)s", "n = %(n)s", published) % {"n": published}


def draw(standing: Standing, unit: str) -> str:
    """The rule, the median in its middle, the value as a mark; empty when nothing is compared.

    Hidden from screen readers: `sentence` stands beside it and says the same.
    """
    gap = gap_percent(standing)
    if standing.position is None or gap is None:
        return ""
    middle, y = WIDTH / 2, HEIGHT / 2
    at = middle + max(-SPAN, min(SPAN, float(gap))) / SPAN * (middle - 8)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f'<path d="M4 {y}H{WIDTH - 4}" {STYLE["rule"]}/>'
        f'<path d="M{middle} {y}H{at:.1f}" {STYLE["gap"]}/>'
        f'<path d="M{middle} 2V{HEIGHT - 2}" {STYLE["median"]}/>'
        f'<circle cx="{at:.1f}" cy="{y}" r="5" {STYLE["mark"]}/></svg>'
    )
