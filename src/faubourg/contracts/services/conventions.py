"""Writing conventions: their terms until somebody signs, their linked plans for as long as they live."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused, refuse_unless
from faubourg.contracts.agreements import Agreement, agreement_of, is_open, journal_key, locked, of, owner
from faubourg.contracts.models import Contract, Convention, LinkedPlan
from faubourg.rules.convention_terms import may_agree
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Terms:
    """What a convention says of itself besides its articles; `territories` are those of its perimeter."""

    kind: str
    title: str
    scope: str = Convention.Scope.GENERAL
    scope_reason: str = ""
    territories: Sequence[Territory] = field(default=())
    starts_on: date | None = None
    ends_on: date | None = None
    duration_reason: str = ""
    follows: Convention | None = None


def draft_convention(*, contract: Contract | None, terms: Terms, by: Actor) -> Convention:
    """Open a convention, of a contract or on its own; raises Refused with each reason."""
    with transaction.atomic():
        convention = Convention(contract=contract)
        _write(convention, terms)
        journal.record(
            by=by,
            act="convention.drafted",
            **journal_key(convention),
            after={"title": convention.title, "ends_on": _day(convention.ends_on)},
        )
    return convention


def update_convention(*, convention: Convention, terms: Terms, base_version: int, by: Actor) -> Convention:
    """Rewrite the terms; raises Conflict when somebody saved in between, Refused once somebody signed."""
    with transaction.atomic():
        held = Convention.objects.select_for_update().get(pk=convention.pk)
        if not is_open(held):
            raise Refused(Verdict.no("frozen", _FROZEN))
        if held.version != base_version:
            raise Conflict
        before = {"title": held.title, "ends_on": _day(held.ends_on)}
        held.version += 1
        _write(held, terms)
        after = {"title": held.title, "ends_on": _day(held.ends_on)}
        journal.record(by=by, act="convention.changed", **journal_key(held), before=before, after=after)
    return held


def add_linked_plan(
    *,
    agreement: Agreement,
    name: str,
    by: Actor,
    link: str = "",
    ends_on: date | None = None,
    address: str = "",
) -> LinkedPlan:
    """Name a plan to which the agreement is linked or annexed: CPER, PLH, PLU, CLSPD, NPNRU…"""
    with transaction.atomic():
        held = locked(agreement)
        plan = LinkedPlan.objects.create(
            **owner(held), name=name.strip(), link=link.strip(), ends_on=ends_on, address=address.strip()
        )
        journal.record(by=by, act="plan.linked", **journal_key(held), after={"plan": plan.name})
    return plan


def remove_linked_plan(*, plan: LinkedPlan, by: Actor) -> None:
    """The link no longer holds."""
    with transaction.atomic():
        held = locked(agreement_of(plan))
        if of(LinkedPlan.objects.all(), held).filter(pk=plan.pk).delete()[0]:
            journal.record(by=by, act="plan.unlinked", **journal_key(held), before={"plan": plan.name})


_FROZEN = mark("Les termes sont figés depuis la première signature : ils changent par un avenant.")


def _write(convention: Convention, terms: Terms) -> None:
    targeted = terms.scope == Convention.Scope.TARGETED
    verdict = may_agree(
        targeted=targeted,
        places=len(terms.territories),
        diagnosis=terms.scope_reason,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        why=terms.duration_reason,
    )
    refuse_unless(verdict)
    if terms.follows is not None and terms.follows.pk == convention.pk:
        raise Refused(Verdict.no("follows", mark("Une convention ne se suit pas elle-même.")))
    convention.kind, convention.title = terms.kind, terms.title.strip()
    convention.scope, convention.scope_reason = terms.scope, terms.scope_reason.strip()
    convention.starts_on, convention.ends_on = terms.starts_on, terms.ends_on
    convention.duration_reason, convention.follows = terms.duration_reason.strip(), terms.follows
    convention.save()
    convention.territories.set(terms.territories)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
