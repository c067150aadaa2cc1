"""A juror's reading of a dossier: marks kept as they are typed, then handed in; hidden from others before."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused, refuse_unless
from faubourg.rules.calls import scoring
from faubourg.rules.calls.rule_set import Grid
from faubourg.rules.verdict import Reason, Verdict, mark

from ..access import can_review
from ..models import Juror, JuryItem, Review
from ..queries.calls import rules_of

NO_GRID = mark("Cet appel n’a pas de grille de notation : demandez aux services d’en publier une.")


def grid_of(item: JuryItem) -> Grid | None:
    """The published grid of the call; None without rules or without a grid."""
    rules = rules_of(item.application.call)
    return rules.grid if rules else None


def save_review(
    *, item: JuryItem, juror: Juror, marks: Mapping[str, int], comment: str, base_version: int, by: Actor
) -> Review:
    """Keep what is typed, finished or not; `base_version` 0 when nothing was kept yet.

    Raises Conflict when it would lose what another window of the same juror saved since (not what this
    page itself sent a moment ago, while its marks were still being kept); Refused for a mark out of the grid.
    """
    grid = grid_of(item)
    if grid is None:
        raise Refused(Verdict.no("grid", NO_GRID))
    refuse_unless(can_review(juror, item.application))
    refuse_unless(Verdict(tuple(r for r in scoring.problems(grid, marks) if r.code != "grid-missing")))
    known = {criterion.code for criterion in grid.criteria}
    kept = {code: value for code, value in marks.items() if code in known}
    with transaction.atomic():
        Juror.objects.select_for_update().get(pk=juror.pk)
        review = _of(item, juror)
        current = review.version if review.pk else 0
        if current != base_version and _loses(review, kept, comment):
            raise Conflict
        _refuse_finished(review)
        if review.pk and (review.marks, review.comment) == (kept, comment):
            return review
        review.marks, review.comment = kept, comment
        review.version = current + 1
        review.save()
    return review


def _loses(review: Review, marks: Mapping[str, int], comment: str) -> bool:
    """Whether something kept would no longer be said."""
    changed = any(marks.get(code) != value for code, value in review.marks.items())
    return changed or not comment.startswith(review.comment)


def finish_review(*, item: JuryItem, juror: Juror, base_version: int, by: Actor) -> Review:
    """Hand it in: every criterion is marked; from then on the others' marks are shown, and this one stays."""
    grid = grid_of(item)
    if grid is None:
        raise Refused(Verdict.no("grid", NO_GRID))
    with transaction.atomic():
        Juror.objects.select_for_update().get(pk=juror.pk)
        review = _of(item, juror)
        if (review.version if review.pk else 0) != base_version:
            raise Conflict
        _refuse_finished(review)
        lacking = scoring.problems(grid, review.marks)
        if lacking:
            raise Refused(Verdict(tuple(_refusing(reason.template, reason.params) for reason in lacking)))
        review.finished_at = timezone.now()
        review.version += 1
        review.save()
        journal.record(
            by=by,
            act="jury.review.finished",
            kind="application",
            ref=str(item.application_id),
            after={"juror": juror.name},
            personal={"after.juror": juror.name},
        )
    return review


def _refusing(template: str, params: Mapping[str, object]) -> Reason:
    return Reason("marks", False, template, params)


def _of(item: JuryItem, juror: Juror) -> Review:
    found = Review.objects.filter(juror=juror, application=item.application_id).first()
    return found or Review(juror=juror, application=item.application)


def _refuse_finished(review: Review) -> None:
    if review.finished_at is not None:
        raise Refused(
            Verdict.no(
                "finished", mark("Votre lecture est rendue : elle ne change plus, les autres la lisent.")
            )
        )
