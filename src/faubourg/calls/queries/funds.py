"""Residents’ funds as they are read: what is left, what waits, who votes."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, Expression, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from faubourg.people.models import Person

from ..models import Committee, CommitteeVote, Microproject, ResidentFund

# What was granted and not given back weighs on the envelope.
GRANTED = ("granted", "advanced", "reported", "closed", "unjustified")
PUBLIC = (*GRANTED, "refunded")
TO_PREPARE = ("requested", "accompanied")


def funds() -> "QuerySet[ResidentFund]":
    """Every fund, with what was granted in cents and how many projects are public.

    Each is counted apart: ten thousand requests are not read for the fifty funds of a page.
    """
    return ResidentFund.objects.select_related("manager", "contract").annotate(
        granted_cents=_of_its_projects(Sum("granted_cents"), GRANTED),
        projects=_of_its_projects(Count("pk"), PUBLIC),
    )


def _of_its_projects(told: Expression, states: Iterable[str]) -> Coalesce:
    """A sum or a count over the requests of a fund in these states; 0 without any."""
    ours = Microproject.objects.filter(fund=OuterRef("pk"), state__in=states).order_by()
    found = ours.values("fund").annotate(told=told).values("told")
    return Coalesce(Subquery(found, output_field=BigIntegerField()), 0)


def fund_by_code(code: str) -> ResidentFund | None:
    """One fund with its counts, what waits, its contract’s bearers for the rights, its places."""
    found = funds().annotate(waiting=_of_its_projects(Count("pk"), TO_PREPARE))
    return found.prefetch_related("territories", "contract__bearers__territory").filter(code=code).first()


def left_in(fund: ResidentFund) -> int:
    """What remains of the envelope, in cents; one query."""
    given = fund.microprojects.filter(state__in=GRANTED).aggregate(cents=Sum("granted_cents"))
    return fund.envelope_cents - (given["cents"] or 0)


def projects_of(fund: ResidentFund) -> "QuerySet[Microproject]":
    """Every request of a fund, for who holds it."""
    return fund.microprojects.select_related("fund", "territory", "organisation")


def public_projects(fund: ResidentFund) -> "QuerySet[Microproject]":
    """What everybody may read: what the committee granted."""
    return projects_of(fund).filter(state__in=PUBLIC)


def _with_fund() -> "QuerySet[Microproject]":
    found = Microproject.objects.select_related(
        "fund__manager", "fund__contract__departement", "territory", "organisation", "person", "committee"
    )
    return found.prefetch_related("fund__contract__bearers__territory")


def microproject_by_pk(pk: int) -> Microproject | None:
    """One request with its fund and what its rights are read from."""
    return _with_fund().filter(pk=pk).first()


def microproject_by_key(key: str) -> Microproject | None:
    """The request that this key opens."""
    return _with_fund().filter(key=key).first()


def committee_by_pk(pk: int) -> Committee | None:
    """One sitting with its fund."""
    return (
        Committee.objects.select_related("fund__manager", "fund__contract__departement")
        .prefetch_related("fund__contract__bearers__territory")
        .filter(pk=pk)
        .first()
    )


def voices_in(committee: Committee) -> dict[int, list[CommitteeVote]]:
    """Id of each micro-project → the voices it received in this sitting; one query.

    The voice of a seat that ended does not count: somebody seated anew would have two.
    """
    found: dict[int, list[CommitteeVote]] = {}
    seated = CommitteeVote.objects.filter(committee=committee, member__until=None)
    for voice in seated.select_related("member"):
        found.setdefault(voice.microproject_id, []).append(voice)
    return found


def requests_without_account(fund: ResidentFund, since: datetime) -> int:
    """How many requests without an account came since then: what a robot would make grow."""
    return fund.microprojects.filter(person=None, created_at__gte=since).count()


def sent_already(
    fund: ResidentFund, person: Person | None, told: Mapping[str, Any], since: datetime
) -> Microproject | None:
    """The same request to the last word, from the same person or from nobody known, since then."""
    same = fund.microprojects.filter(person=person, state="requested", created_at__gte=since, **told)
    return same.order_by("pk").first()


def open_committees(fund: ResidentFund) -> "QuerySet[Committee]":
    """Sittings whose vote runs, the next to close first."""
    return fund.committees.filter(state=Committee.State.OPEN).order_by("closes_at")


def to_forget(before: datetime, days: int) -> Iterable[Microproject]:
    """Ended requests whose contact details were kept long enough."""
    ended = ("closed", "refused", "refunded", "withdrawn")
    limit = before - timedelta(days=days)
    kept = Microproject.objects.filter(state__in=ended, purged_on=None)
    return kept.filter(Q(closed_on__lte=limit) | Q(closed_on=None, created_at__lte=limit))
