"""What the first page shows of proximity to whoever works there: reports, conventions, walks."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from faubourg.people.access import Visitor
from faubourg.people.models import Person

from . import overview_conventions
from .access import can_run_area
from .models import Area, Walk
from .queries.desk import Waiting, reports_waiting
from .queries.walks import reviews_due

MOST = 6


# One line of the first page.
DeskLine = Waiting


def desk_lines(person: Visitor) -> list[DeskLine]:
    """Reports as a referent or a coordinator, landlords’ conventions, reviews of walks due in a month."""
    # An installation that opened no area asks nothing more.
    if not isinstance(person, Person) or not Area.objects.exists():
        return []
    today = timezone.localdate()
    conventions = [DeskLine(*line) for line in overview_conventions.lines(person, MOST)]
    own = [walk for walk in reviews_due(today)[: MOST * 10] if can_run_area(person, walk.area).ok is True]
    walks = [
        _line(walk, late=walk.review_due_on is not None and walk.review_due_on < today) for walk in own[:MOST]
    ]
    return [*reports_waiting(person), *conventions, *walks]


def _line(walk: Walk, *, late: bool) -> DeskLine:
    day = date_format(walk.review_due_on, "DATE_FORMAT") if walk.review_due_on else ""
    told = gettext("bilan dû le %(day)s, en retard") if late else gettext("bilan dû le %(day)s")
    return DeskLine(walk.title, told % {"day": day}, reverse("walk_review", args=[walk.pk]), late)
