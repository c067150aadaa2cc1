"""The marks of a jury: raw mean, mean once each member's severity is taken away, agreement."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from faubourg.rules.calls import agreement, scoring, severity
from faubourg.rules.calls.rule_set import Grid

from ..models import Call, Juror, Jury, Review
from .calls import rules_of

LEAST, MOST = 0.0, 100.0


@dataclass(frozen=True)
class Marks:
    """Out of a hundred. `by_application`: corrected marks; `alpha` None when nothing can be told of it."""

    by_application: Mapping[int, severity.Corrected]
    leanings: tuple[tuple[Juror, severity.Leaning], ...]
    alpha: Fraction | None
    groups: int

    def quality(self, application: int) -> float | None:
        """The corrected mark kept within the scale; None without a mark."""
        found = self.by_application.get(application)
        return None if found is None else min(MOST, max(LEAST, found.quality))


def grid_of(call: Call) -> Grid | None:
    """The published grid; None without rules or without a grid."""
    rules = rules_of(call)
    return rules.grid if rules else None


def marks_of_jury(jury: Jury) -> Marks:
    """What its members handed in, in all its sessions; two queries."""
    return _marks(jury.call, Review.objects.filter(juror__jury=jury))


def marks_of_call(call: Call) -> Marks:
    """What the members of every jury handed in; juries that share no member do not compare (`groups`)."""
    return _marks(call, Review.objects.filter(juror__jury__call=call))


def _marks(call: Call, reviews: QuerySet[Review]) -> Marks:
    grid = grid_of(call)
    if grid is None:
        return Marks({}, (), None, 0)
    found = reviews.filter(finished_at__isnull=False, juror__votes=True).select_related("juror")
    jurors: dict[str, Juror] = {}
    told, units = [], defaultdict(list)
    for review in found.order_by("application", "juror"):
        points = scoring.score(grid, review.marks)
        if points is None:
            continue
        jurors[str(review.juror_id)] = review.juror
        told.append(severity.Mark(str(review.juror_id), str(review.application_id), float(points)))
        units[review.application_id].append(points)
    corrected = severity.correct(told)
    return Marks(
        {int(one.dossier): one for one in corrected.dossiers},
        tuple((jurors[one.juror], one) for one in corrected.jurors),
        agreement.alpha(units.values()),
        corrected.groups,
    )
