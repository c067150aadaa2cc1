"""What the first page shows of proximity to whoever works there: reports, conventions, walks."""

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from faubourg.people.access import Visitor
from faubourg.people.models import Person

from . import overview_conventions
from .access.areas import RUNNERS
from .models import Area, Walk
from .queries.desk import Waiting, reports_waiting
from .queries.held import Posts, areas_of_roles, posts_of
from .queries.walks import reviews_due

MOST = 6


# One line of the first page.
DeskLine = Waiting


def desk_lines(person: Visitor) -> list[DeskLine]:
    """Reports as a referent or a coordinator, landlords’ conventions, reviews of walks due in a month.

    Five queries at most, whatever hangs on them.
    """
    if not isinstance(person, Person):
        return []
    today = timezone.localdate()
    posts = posts_of(person, today)
    conventions = [DeskLine(*line) for line in overview_conventions.lines(person, posts, MOST)]
    run = areas_of_roles(person, RUNNERS, on=today)
    return [*reports_waiting(posts, run), *conventions, *_reviews(run, posts, today)]


def _reviews(run: QuerySet[Area] | None, posts: Posts, today: date) -> list[DeskLine]:
    if run is None and not posts.coordinated:
        return []
    own = Q(area__in=posts.coordinated)
    if run is not None:
        own |= Q(area__in=run.values("pk"))
    return [_line(walk, today) for walk in reviews_due(today).filter(own)[:MOST]]


def _line(walk: Walk, today: date) -> DeskLine:
    late = walk.review_due_on is not None and walk.review_due_on < today
    day = date_format(walk.review_due_on, "DATE_FORMAT") if walk.review_due_on else ""
    told = gettext("bilan dû le %(day)s, en retard") if late else gettext("bilan dû le %(day)s")
    return DeskLine(walk.title, told % {"day": day}, reverse("walk_review", args=[walk.pk]), late)
