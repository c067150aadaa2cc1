"""The funders' decisions as they are read: a call's programming, one decision with its steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from faubourg.people.access import Visitor

from ..models import Application, Call, CallFunder, FunderDecision, FundingRequest
from .applications import without_recused
from .voted import Room, rooms_of


def decisions_of(call: Call, person: Visitor) -> "QuerySet[FunderDecision]":
    """The programming of a call, without the dossiers from which the reader stands back."""
    seen = without_recused(Application.objects.filter(call=call), person)
    return FunderDecision.objects.filter(funder__call=call, application__in=seen.values("pk")).select_related(
        "application__organisation", "application__contract", "funder"
    )


def decision_by_pk(pk: int) -> FunderDecision | None:
    """One decision with its funder, its act, its line."""
    return (
        FunderDecision.objects.select_related("funder__organisation", "agreement", "line", "application")
        .filter(pk=pk)
        .first()
    )


@dataclass(frozen=True, slots=True)
class Purse:
    """An envelope beside the votes: what it holds, what is voted, what waits for a vote. Integer cents."""

    room: Room
    waiting: int

    @property
    def permille(self) -> int:
        """How full it is, for its bar: 0 to 1000."""
        available = self.room.available
        return min(1000, self.room.voted * 1000 // available) if available > 0 else 1000

    @property
    def short(self) -> bool:
        """Whether voting all that waits would exceed it."""
        return self.waiting > self.room.left


def purses_of(call: Call) -> list[Purse]:
    """Every envelope of a call; three queries, one more when one is kept for a territory."""
    rows = FunderDecision.objects.filter(funder__call=call, state="favourable").order_by()
    waiting = {
        (row["funder"], row["nature"], row["year"]): row["cents"]
        for row in rows.values("funder", "nature", "year").annotate(cents=Sum("amount_cents"))
    }
    found = []
    for room in rooms_of(call).rooms:
        envelope = room.envelope
        key = (envelope.funder_id, envelope.nature, envelope.year)
        # What waits is counted for the funder as a whole: a territory's part is known once voted.
        found.append(Purse(room, 0 if envelope.territory_id else waiting.get(key, 0)))
    return found


def missing_decisions(call: Call) -> int:
    """Requests of retained dossiers for which no decision was opened; one query."""
    known = FunderDecision.objects.filter(
        application=OuterRef("application"), funder=OuterRef("funder"), nature=OuterRef("nature"),
        year=OuterRef("year"),
    )  # fmt: skip
    return FundingRequest.objects.filter(
        ~Exists(known),
        application__call=call,
        application__state__in=["retained", "retained_with_reserves"],
    ).count()


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many favourable opinions of one funder wait for a vote, and their sum in cents."""

    funder: CallFunder
    count: int
    cents: int


def waiting_votes(
    call: Call, funders: Iterable[int], decisions: "QuerySet[FunderDecision]"
) -> Sequence[Waiting]:
    """By funder, for those for whom this person decides, among what they may read; two queries."""
    rows = {
        row["funder"]: row
        for row in decisions.filter(state="favourable")
        .order_by()
        .values("funder")
        .annotate(count=Count("pk"), cents=Sum("amount_cents"))
    }
    wanted = set(funders)
    return [
        Waiting(funder, rows[funder.pk]["count"], rows[funder.pk]["cents"])
        for funder in call.funders.all()
        if funder.pk in wanted and funder.pk in rows
    ]


def favourable_of(funder: CallFunder, person: Visitor) -> list[FunderDecision]:
    """What one act of a funder would vote, by rank of the intercommunalité; none of one’s own."""
    return list(
        decisions_of(funder.call, person)
        .filter(funder=funder, state="favourable")
        .order_by("application__rank", "application__number", "pk")
    )


def money_of_application(application: Application) -> list[FunderDecision]:
    """Every decision of a dossier with its payments, in the order of the funders; two queries."""
    return list(
        application.decisions.select_related("funder__organisation", "funder__call", "agreement")
        .prefetch_related("payments")
        .order_by("funder__order", "funder", "year", "nature")
    )
