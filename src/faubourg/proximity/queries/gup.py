"""GUP conventions: one with its plan and its reviews, the figures of what happened, what is due."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from faubourg.contracts.agreements import Agreement
from faubourg.contracts.models import Convention
from faubourg.rules.calendar import Judged
from faubourg.rules.expiry import Alert, Cover, add_months, alert
from faubourg.rules.proximity import gup as rules
from faubourg.rules.proximity.deadlines import day_in_paris
from faubourg.rules.proximity.places import Point
from faubourg.rules.proximity.statistics import Line, Treated, by_partner, day_and_night, overall
from faubourg.rules.verdict import Reason

from ..models import Area, Check, GupAction, GupConvention, GupReview, Proposal, Ticket, Walk, WalkGuest

_AREA = ("area__territory__departement", "area__territory__epci", "area__territory__region")
# Held, whatever came after.
HELD = ("done", "minutes_draft", "minutes_validated", "restored", "followed", "reviewed")
# What is answered beside the figures: participation beyond headcount.
QUESTIONS = ("appropriation", "dysfunctions", "representativeness", "partnership")


def gup_by_pk(pk: int) -> GupConvention | None:
    """One convention with what its rights ask; None for an unknown number."""
    found = GupConvention.objects.select_related("convention__contract", "convention__follows", *_AREA)
    return found.prefetch_related("area__contracts").filter(pk=pk).first()


def review_by_pk(pk: int) -> GupReview | None:
    """One review with its convention; None for an unknown number."""
    of = tuple(f"gup__{name}" for name in _AREA)
    found = GupReview.objects.select_related("gup__convention__contract", *of)
    return found.prefetch_related("gup__area__contracts").filter(pk=pk).first()


def actions_of(gup: GupConvention) -> QuerySet[GupAction]:
    """The plan, with the reports that hang on each action."""
    tickets = Count("action__proximity_tickets", distinct=True)
    closed = Count(
        "action__proximity_tickets", filter=Q(action__proximity_tickets__state="closed"), distinct=True
    )
    return gup.actions.select_related("action").annotate(tickets=tickets, closed=closed).order_by("pk")


def budget_of(gup: GupConvention) -> dict[str, int]:
    """Cents of the plan by nature: never added up."""
    told = gup.actions.aggregate(operating=Sum("operating_cents"), investment=Sum("investment_cents"))
    return {name: value or 0 for name, value in told.items()}


def walks_to_join(area: Area) -> QuerySet[Walk]:
    """What may justify a targeted perimeter: walks that were held."""
    return area.walks.filter(state__in=HELD).order_by("-starts_at", "-pk")


def ending(convention: Convention, on: date) -> Alert | None:
    """Twelve, six or three months before its end, unless the next one takes over in time."""
    if convention.state not in (Convention.State.SIGNED, Convention.State.ACTIVE):
        return None
    signed = (Convention.State.SIGNED, Convention.State.ACTIVE)
    after = convention.followed_by.filter(state__in=signed).values_list("starts_on", "ends_on")
    return alert(convention.ends_on, on, [Cover(*days) for days in after])


def bridge_of(agreement: Agreement) -> Any:
    """The amendment that would prolong it and waits for a signature, if any."""
    return agreement.amendments.filter(signed_on=None, kind="bridge").first()


def duration_of(convention: Convention, on: date) -> Reason | None:
    """Whether it ends with the municipal mandate; None without an end."""
    if convention.ends_on is None:
        return None
    return rules.judge_duration(convention.signed_on or convention.starts_on or on, convention.ends_on)


def due_reviews(gup: GupConvention, on: date) -> list[tuple[rules.Review, Judged]]:
    """The reviews of the whole convention and where each stands."""
    convention = gup.convention
    if convention.starts_on is None or convention.ends_on is None:
        return []
    planned = rules.reviews(convention.starts_on, convention.ends_on)
    published = {(one.kind, one.year): one.published_on for one in gup.reviews.all()}
    delivered = [
        (one, day) for one in planned if (day := published.get((one.kind.value, one.due.year))) is not None
    ]
    return list(rules.judge_reviews(convention.starts_on, convention.ends_on, delivered, on))


def span_of(review: GupReview) -> tuple[date, date]:
    """The days that a review is about: its year, three years, or the whole convention."""
    end = date(review.year, 12, 31)
    starts = review.gup.convention.starts_on
    if review.kind == GupReview.Kind.ANNUAL:
        return date(review.year, 1, 1), end
    if review.kind == GupReview.Kind.MID_TERM:
        return add_months(end + timedelta(days=1), -rules.MID_TERM_MONTHS), end
    return starts or date(review.year, 1, 1), end


def figures_of(review: GupReview) -> dict[str, Any]:
    """What happened in the perimeter in these days, counted now; no person in it."""
    first, last = span_of(review)
    places = _places(review.gup)
    begin, after = _moment(first), _moment(last + timedelta(days=1))
    tickets = Ticket.objects.filter(area=review.gup.area, created_at__gte=begin, created_at__lt=after)
    walks = Walk.objects.filter(
        area=review.gup.area, state__in=HELD, starts_at__gte=begin, starts_at__lt=after
    )
    if places is not None:
        tickets, walks = tickets.filter(neighbourhood__in=places), walks.filter(neighbourhood__in=places)
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        **_tickets_told(tickets),
        **_walks_told(walks),
    }


def _places(gup: GupConvention) -> list[int] | None:
    """The neighbourhoods of a targeted perimeter; None: the whole area."""
    if gup.convention.scope != Convention.Scope.TARGETED:
        return None
    return list(gup.convention.territories.values_list("pk", flat=True))


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _tickets_told(tickets: "QuerySet[Ticket]") -> dict[str, Any]:
    names = (
        "reference", "partner__name", "category__theme", "created_at", "declared_done_at", "reopened",
        "by_night", "lon", "lat",
    )  # fmt: skip
    rows = tickets.order_by().values_list(*names)
    treated = [
        Treated(
            reference, partner or "–", theme, day_in_paris(came), day_in_paris(done) if done else None,
            reopened, night, Point(lon, lat),
        )
        for reference, partner, theme, came, done, reopened, night, lon, lat in rows
    ]  # fmt: skip
    day, night = day_and_night(treated)
    checked = Check.objects.filter(ticket__in=tickets.order_by(), repaired=True).exclude(who=Check.Who.TEAM)
    return {
        "all": _line(overall(treated)),
        "closed": tickets.filter(state="closed").count(),
        "checked": checked.values("ticket").distinct().count(),
        "by_day": day.count,
        "by_night": night.count,
        "partners": [_line(line) | {"name": line.group[0]} for line in by_partner(treated)],
    }


def _line(line: Line) -> dict[str, Any]:
    names = ("count", "done", "reopened", "median", "p90")
    return {name: getattr(line, name) for name in names}


def _walks_told(walks: "QuerySet[Walk]") -> dict[str, Any]:
    kinds: Mapping[str, int] = dict(walks.order_by().values_list("kind").annotate(n=Count("pk")))
    residents = WalkGuest.objects.filter(walk__in=walks.order_by(), came=True, role__in=("resident", "relay"))
    fates = Proposal.objects.filter(walk__in=walks.order_by()).order_by().values_list("fate")
    return {
        "walks": sum(kinds.values()),
        "walks_by_kind": {str(kind): n for kind, n in kinds.items()},
        "participants": walks.aggregate(n=Sum("people_count"))["n"] or 0,
        "residents": residents.count(),
        "proposals": dict(fates.annotate(n=Count("pk"))),
    }
