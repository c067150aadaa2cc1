"""Who reads and writes a GUP convention: its area's team writes, everybody reads what is signed."""

from datetime import date

from faubourg.contracts.agreements import is_published
from faubourg.people.access import Visitor
from faubourg.rules.verdict import Verdict

from ..models import GupConvention, GupReview
from .areas import can_follow_area, can_run_area


def can_write_gup(person: Visitor, gup: GupConvention, on: date | None = None) -> Verdict:
    """Write its terms, its plan, its reviews: whoever runs the area."""
    return can_run_area(person, gup.area, on)


def can_read_gup(person: Visitor, gup: GupConvention, on: date | None = None) -> Verdict:
    """Everybody once it is signed, the area's partners before."""
    return Verdict.yes() if is_published(gup.convention) else can_follow_area(person, gup.area, on)


def can_read_review(person: Visitor, review: GupReview, on: date | None = None) -> Verdict:
    """Everybody once it is published, the area's partners before."""
    return Verdict.yes() if review.published_on else can_follow_area(person, review.gup.area, on)
