"""Writing what a contract wants: objectives in their tree, in their order, withdrawn rather than lost."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.base.versions import held_at
from faubourg.contracts.models import Contract, Objective, Stake
from faubourg.rules import objective_tree
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from .differences import differences

TEXTS = ("number", "title", "text")
KIND = "objective"


def add_objective(
    *,
    contract: Contract,
    parent: Objective | None,
    by: Actor,
    number: str = "",
    title: str,
    text: str = "",
    stakes: Iterable[Stake] = (),
    neighbourhoods: Iterable[Territory] = (),
) -> Objective:
    """An axis without `parent`, else what hangs under it. Raises Refused under an operational one."""
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        rank = objective_tree.below(parent.rank if parent else None)
        if rank is None:
            raise Refused(
                Verdict.no("parent", mark("Rien ne dépend d’un objectif opérationnel : ajoutez une action."))
            )
        _hangs(rank, parent, contract)
        objective = Objective.objects.create(
            contract=contract, rank=rank, parent=parent, number=number, title=title, text=text,
            order=_last(contract, parent) + 1,
        )  # fmt: skip
        objective.stakes.set(_of(contract, stakes))
        objective.neighbourhoods.set(neighbourhoods)
        journal.record(by=by, act="objective.added", kind=KIND, ref=str(objective.pk), after=_said(objective))
    return objective


def edit_objective(
    *, objective: Objective, changes: Mapping[str, Any], base_version: int, by: Actor
) -> Objective:
    """Change its texts, parent, stakes or neighbourhoods; raises Conflict or Refused."""
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=objective.contract_id)
        found = held_at(objective, base_version)
        before = _said(found)
        for name in TEXTS:
            setattr(found, name, changes.get(name, getattr(found, name)))
        if "parent" in changes and changes["parent"] != found.parent:
            _hangs(found.rank, changes["parent"], found.contract)
            found.parent = changes["parent"]
            found.order = _last(found.contract, found.parent) + 1
        if "stakes" in changes:
            found.stakes.set(_of(found.contract, changes["stakes"]))
        if "neighbourhoods" in changes:
            found.neighbourhoods.set(changes["neighbourhoods"])
        after = _said(found)
        if after == before:
            return found
        found.version += 1
        found.save()
        journal.record(
            by=by, act="objective.edited", kind=KIND, ref=str(found.pk), **differences(before, after)
        )
    return found


def withdraw_objective(
    *, objective: Objective, by: Actor, reason: str = "", on: date | None = None
) -> Objective | None:
    """Withdraw it with its reason when something refers to it; else it goes (None)."""
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=objective.contract_id)
        found = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
        if found.withdrawn_on:
            raise Refused(Verdict.no("already", mark("Cet objectif est déjà retiré.")))
        use = use_of(found)
        refuse_unless(objective_tree.may_withdraw(use, reason))
        before = _said(found)
        if not use.any and not found.children.exists():
            journal.record(by=by, act="objective.deleted", kind=KIND, ref=str(found.pk), before=before)
            found.delete()
            return None
        found.withdrawn_on = on or timezone.localdate()
        found.version += 1
        found.save()
        journal.record(
            by=by, act="objective.withdrawn", kind=KIND, ref=str(found.pk), before=before, reason=reason
        )
    return found


def restore_objective(*, objective: Objective, by: Actor) -> Objective:
    """Take a withdrawn objective up again; refused while the one above it is withdrawn."""
    with transaction.atomic():
        found = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
        _hangs(found.rank, found.parent, found.contract)
        found.withdrawn_on = None
        found.version += 1
        found.save()
        journal.record(
            by=by, act="objective.restored", kind=KIND, ref=str(found.pk), after={"title": found.title}
        )
    return found


def move_objective(*, objective: Objective, step: int, by: Actor) -> None:
    """One place up (-1) or down (1) among those that hang on the same one."""
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=objective.contract_id)
        siblings = list(
            Objective.objects.filter(contract=objective.contract_id, parent=objective.parent_id)
            .order_by("order", "pk")
            .values_list("pk", flat=True)
        )
        order = objective_tree.reordered(siblings, objective.pk, step)
        if order == siblings:
            return
        for rank, key in enumerate(order, start=1):
            Objective.objects.filter(pk=key).update(order=rank)
        journal.record(
            by=by,
            act="objective.moved",
            kind=KIND,
            ref=str(objective.pk),
            before={"rank": siblings.index(objective.pk) + 1},
            after={"rank": order.index(objective.pk) + 1},
        )


def use_of(objective: Objective) -> objective_tree.Use:
    """What refers to an objective; asked of the database one kind at a time."""
    return objective_tree.Use(
        below=objective.children.filter(withdrawn_on=None).count(),
        actions=objective.actions.count(),
        others=objective.commitments.count() + objective.funding_lines.count(),
    )


def _hangs(rank: str, parent: Objective | None, contract: Contract) -> None:
    if parent and parent.contract_id != contract.pk:
        raise Refused(Verdict.no("parent", mark("Cet objectif est celui d’un autre contrat.")))
    gone = parent is not None and parent.withdrawn_on is not None
    above = objective_tree.Node(parent.pk, parent.rank, withdrawn=gone) if parent else None
    refuse_unless(objective_tree.may_hang(rank, above))


def _last(contract: Contract, parent: Objective | None) -> int:
    siblings = Objective.objects.filter(contract=contract, parent=parent)
    return siblings.aggregate(last=Max("order"))["last"] or 0


def _of(contract: Contract, stakes: Iterable[Stake]) -> list[Stake]:
    return [stake for stake in stakes if stake.contract_id == contract.pk]


def _said(objective: Objective) -> dict[str, Any]:
    """The objective in words, as the journal keeps it."""
    return {
        **{name: getattr(objective, name) for name in TEXTS},
        "parent": str(objective.parent or ""),
        "stakes": " ; ".join(sorted(stake.title for stake in objective.stakes.all())),
        "neighbourhoods": ", ".join(sorted(place.name for place in objective.neighbourhoods.all())),
    }
