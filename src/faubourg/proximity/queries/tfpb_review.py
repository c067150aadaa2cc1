"""What a landlord's review of a year says: money by axis, reports settled and checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from faubourg.rules.proximity import tfpb as rules
from faubourg.rules.proximity.deadlines import day_in_paris
from faubourg.rules.proximity.places import Point
from faubourg.rules.proximity.statistics import Treated, overall
from faubourg.rules.verdict import Reason, Verdict

from ..models import Check, TfpbAgreement, TfpbLine, TfpbYear, Ticket
from .tfpb import judge_line, lines_with_proof, told


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One action of the year, what the rules read of it and whether it holds."""

    line: TfpbLine
    action: rules.Action
    verdict: Verdict
    proofs: int

    @property
    def written(self) -> bool:
        """Whether its amounts were told."""
        return self.line.cost_cents is not None and self.line.valued_cents is not None


@dataclass(frozen=True, slots=True)
class Review:
    """`axes`: (number, name, cost, valued, justified) of the eight; `figures`: counts of the year."""

    year: TfpbYear
    lines: Sequence[ReviewLine]
    use: rules.Use
    reason: Reason
    axes: Sequence[tuple[int, str, int, int, int]]
    figures: dict[str, Any]


def review_of(year: TfpbYear) -> Review:
    """The review as it stands; its counts are those of the day it was handed in."""
    found = lines_with_proof().filter(year=year).order_by("action__axis", "action__pk")
    rows = [_line(line) for line in found]
    actions = [row.action for row in rows]
    use = rules.use_of(year.year, year.rebate_cents or 0, actions)
    figures = year.figures or reports_of(year.agreement, year.year)
    return Review(year, rows, use, rules.judge_use(use), _axes(year.year, actions), figures)


def _line(line: TfpbLine) -> ReviewLine:
    return ReviewLine(line, told(line), judge_line(line), len(line.evidence.all()))


def _axes(year: int, actions: Sequence[rules.Action]) -> list[tuple[int, str, int, int, int]]:
    spent = rules.by_axis(actions)
    return [
        (
            int(axis),
            rules.AXIS_NAMES[axis],
            *spent[axis],
            rules.use_of(year, 0, [one for one in actions if one.axis is axis]).justified_cents,
        )
        for axis in rules.Axis
    ]


def reports_of(agreement: TfpbAgreement, year: int) -> dict[str, Any]:
    """Reports given to the landlord that year: how many, how fast, checked by whom; no person in it."""
    rows = list(_tickets(agreement, year).values_list(*_READ))
    line = overall(
        Treated(
            reference, "landlord", theme, day_in_paris(came), day_in_paris(done) if done else None,
            reopened, night, Point(lon, lat),
        )
        for reference, theme, came, done, reopened, night, lon, lat, _state in rows
    )  # fmt: skip
    checks = Check.objects.filter(ticket__in=_tickets(agreement, year), repaired=True)
    return {
        "received": line.count,
        "done": line.done,
        "closed": sum(row[-1] == "closed" for row in rows),
        "reopened": line.reopened,
        "median_days": line.median,
        "slowest_days": line.p90,
        "checked": checks.exclude(who=Check.Who.TEAM).values("ticket").distinct().count(),
    }


_READ = (
    "reference", "category__theme", "created_at", "declared_done_at", "reopened", "by_night", "lon", "lat",
    "state",
)  # fmt: skip


def _tickets(agreement: TfpbAgreement, year: int) -> "QuerySet[Ticket]":
    first = timezone.make_aware(datetime.combine(date(year, 1, 1), time.min))
    after = timezone.make_aware(datetime.combine(date(year + 1, 1, 1), time.min))
    return Ticket.objects.filter(
        area=agreement.area,
        partner__organisation=agreement.landlord,
        created_at__gte=first,
        created_at__lt=after,
    ).order_by()


def closed_reports(agreement: TfpbAgreement) -> "QuerySet[Ticket]":
    """What may prove an action: reports of this landlord, closed, that prove nothing yet."""
    return (
        Ticket.objects.filter(area=agreement.area, partner__organisation=agreement.landlord, state="closed")
        .exclude(tfpb_evidence__line__action__agreement=agreement)
        .select_related("category")
        .order_by("-closed_at", "-pk")
    )
