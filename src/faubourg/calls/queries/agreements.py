"""Agreements as they are read, what is still to be bound, and how much of it is pluri-annual."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from faubourg.people.access import Visitor
from faubourg.people.models import Organisation
from faubourg.rules.calls.binding import Share, pluriannual_share

from ..models import Agreement, Call, CallFunder, FunderDecision
from .decisions import decisions_of
from .rights import rights_through

BINDABLE = ("voted", "notified", "committed")
MOST = 200


@dataclass(frozen=True, slots=True)
class ToBind:
    """What one funder gives to one body in a call, still without an act. Cents."""

    funder: CallFunder
    organisation: Organisation
    count: int
    cents: int


def agreements_of(call: Call, person: Visitor) -> "QuerySet[Agreement]":
    """The acts of a call, with their sum (`cents`), those of dossiers stood back from left out."""
    seen = decisions_of(call, person).filter(agreement__isnull=False).values("agreement")
    return (
        Agreement.objects.filter(pk__in=seen)
        .select_related("funder", "organisation")
        .annotate(cents=Sum("decisions__amount_cents"))
        .order_by("organisation__sort_key", "pk")
    )


def to_bind(call: Call, person: Visitor) -> list[ToBind]:
    """By funder and body, the largest sums first; three queries, two hundred rows at most."""
    rows = list(
        decisions_of(call, person)
        .filter(state__in=BINDABLE, agreement=None)
        .order_by()
        .values("funder", "application__organisation")
        .annotate(count=Count("pk"), cents=Sum("amount_cents"))
        .order_by("-cents", "funder", "application__organisation")[:MOST]
    )
    bodies = Organisation.objects.in_bulk([row["application__organisation"] for row in rows])
    funders = {funder.pk: funder for funder in call.funders.all()}
    return [
        ToBind(funders[row["funder"]], bodies[row["application__organisation"]], row["count"], row["cents"])
        for row in rows
    ]


def bindable(funder: CallFunder, organisation: Organisation, person: Visitor) -> list[FunderDecision]:
    """The decisions that an act of this funder for this body would hold."""
    return list(
        decisions_of(funder.call, person)
        .filter(funder=funder, application__organisation=organisation)
        .filter(state__in=BINDABLE, agreement=None)
        .order_by("year", "application", "nature")
    )


def shares_of(call: Call) -> Sequence[tuple[CallFunder, Share]]:
    """For each funder that signed something, how much of it is pluri-annual; one query."""
    signed = Q(signed_by_funder_on__isnull=False)
    kinds: dict[int, list[str]] = {}
    for funder, kind in Agreement.objects.filter(signed, funder__call=call).values_list("funder", "kind"):
        kinds.setdefault(funder, []).append(kind)
    return [
        (funder, pluriannual_share(kinds[funder.pk])) for funder in call.funders.all() if funder.pk in kinds
    ]


def agreement_by_pk(pk: int) -> Agreement | None:
    """An act with its parties and what its rights are read from."""
    return (
        Agreement.objects.select_related("document", "organisation__applicant", "funder__organisation")
        .select_related("funder__call__lead", "funder__call__territory")
        .prefetch_related(*rights_through("funder__call"), "funder__call__funders")
        .filter(pk=pk)
        .first()
    )
