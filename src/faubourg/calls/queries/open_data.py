"""Grants as they leave: one a funder, a dossier and a year, streamed, never held in memory together."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import IntegerField, OuterRef, Prefetch, QuerySet, Subquery, Sum

from faubourg.base import ordering
from faubourg.rules.calls.accounts import ACCOUNTS, Side
from faubourg.rules.open_data import Grant, Instalment

from ..models import BudgetLine, Call, FunderDecision, Payment

# What binds the funder: before its notification, a vote is not yet a grant.
BINDING = ("notified", "committed", "paid")
CHUNK = 500
_CHARGES = [account.code for account in ACCOUNTS.values() if account.side is Side.CHARGES]


def binding_decisions(call: Call | None = None) -> "QuerySet[FunderDecision]":
    """The decisions that make grants, of one call or of all, with what a published row says."""
    cost = (
        BudgetLine.objects.filter(application=OuterRef("application"), account__in=_CHARGES)
        .order_by()
        .values("application")
        .annotate(cents=Sum("cents"))
        .values("cents")
    )
    found = FunderDecision.objects.filter(state__in=BINDING, amount_cents__gt=0)
    if call is not None:
        found = found.filter(application__call=call)
    return (
        found.annotate(cost_cents=Subquery(cost, output_field=IntegerField()))
        .select_related("application__organisation", "application__call", "funder__organisation", "agreement")
        .prefetch_related(
            Prefetch("payments", Payment.objects.exclude(state="dropped").order_by("rank")),
            "application__territories",
        )
        .order_by("application_id", "funder_id", "year", "nature")
    )


def grants(call: Call | None = None) -> Iterator[Grant]:
    """Every grant, in the order of the dossiers; a few hundred rows are read at a time."""
    rows = ordering.in_lots(binding_decisions(call), size=CHUNK)
    for _key, group in groupby(rows, key=lambda row: (row.application_id, row.funder_id, row.year)):
        yield _grant(list(group))


def _grant(decisions: list[FunderDecision]) -> Grant:
    first = decisions[0]
    dossier, funder, asked = first.application, first.funder, sum(each.requested_cents for each in decisions)
    beneficiary, authority = dossier.organisation, funder.organisation
    cents = sum(each.amount_cents for each in decisions)
    cost: int | None = first.cost_cents  # type: ignore[attr-defined]  # an annotation
    return Grant(
        ref=f"{dossier.number}-{funder.pk}-{first.year}",
        funder=authority.name if authority else funder.name,
        funder_siret=(authority.siret if authority else None) or "",
        beneficiary=beneficiary.name,
        beneficiary_siret=beneficiary.siret or "",
        beneficiary_rna=beneficiary.rna or "",
        purpose=dossier.public_summary or dossier.summary or dossier.title,
        title=dossier.title,
        cents=cents,
        signed_on=(first.agreement.signed_by_funder_on if first.agreement else None) or first.notified_on,
        decision=first.act,
        programme=funder.programme or dossier.call.title,
        instalments=_instalments(decisions),
        share_bp=_share(cents, cost),
        requested_cents=asked,
        starts_on=dossier.starts_on,
        ends_on=dossier.ends_on,
        places=tuple((place.code, place.name) for place in dossier.territories.all()),
    )


def _share(cents: int, cost: int | None) -> int | None:
    """Hundredths of a per cent, cut; rounded up above the cost: no cent of excess reads as a whole."""
    if not cost:
        return None
    return cents * 10_000 // cost if cents <= cost else -(-cents * 10_000 // cost)


def _instalments(decisions: Iterable[FunderDecision]) -> tuple[Instalment, ...]:
    """Payments of every nature, by day; one of the same day is one instalment."""
    by_day: dict[object, Instalment] = {}
    for decision in decisions:
        for payment in decision.payments.all():
            key = payment.paid_on or f"to come {payment.rank}"
            before = by_day.get(key)
            by_day[key] = Instalment((before.cents if before else 0) + payment.cents, payment.paid_on)
    return tuple(by_day.values())
