"""The bar of an envelope: granted, proposed by the jury, left; an SVG beside its figures."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from faubourg.base import numbers

from ..queries.envelopes import EnvelopeLine

WIDTH, HEIGHT = 400, 14


def bar_of(line: EnvelopeLine) -> SafeString:
    """One bar in whole pixels; red, with its words, as soon as more is promised than there is."""
    most = max(line.net, line.granted + line.proposed, 1)
    granted, proposed = (WIDTH * cents // most for cents in (line.granted, line.proposed))
    limit = WIDTH * max(line.net, 0) // most
    label = _("Accordé %(granted)s, proposé %(proposed)s, sur %(net)s : reste %(left)s.") % {
        "granted": numbers.cents(line.granted),
        "proposed": numbers.cents(line.proposed),
        "net": numbers.cents(line.net),
        "left": numbers.cents(line.left),
    }
    shapes = [
        _rect("bar-ground", 0, WIDTH),
        _rect("bar-over" if line.over else "bar-granted", 0, granted),
        _rect("bar-over" if line.over else "bar-proposed", granted, proposed),
        format_html('<line class="bar-limit" x1="{0}" y1="0" x2="{0}" y2="{1}"/>', limit, HEIGHT),
    ]
    return format_html(
        '<svg class="envelope-bar" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        label,
        mark_safe("".join(shapes)),  # noqa: S308 (numbers and class names only)
    )


def _rect(css: str, left: int, width: int) -> SafeString:
    return format_html('<rect class="{}" x="{}" y="0" width="{}" height="{}"/>', css, left, width, HEIGHT)
