"""Writing the stakes of a contract, drawn from the forces and weaknesses of its diagnoses."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.base.versions import held_at
from faubourg.contracts.models import Contract, DiagnosisPoint, Stake
from faubourg.rules.verdict import Verdict, mark

from .differences import differences

KIND = "stake"


def add_stake(
    *, contract: Contract, title: str, by: Actor, text: str = "", points: Iterable[DiagnosisPoint] = ()
) -> Stake:
    """A stake at the end of the list."""
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        last = contract.stakes.aggregate(last=Max("order"))["last"] or 0
        stake = Stake.objects.create(contract=contract, title=title, text=text, order=last + 1)
        stake.points.set(_of(contract, points))
        journal.record(by=by, act="stake.added", kind=KIND, ref=str(stake.pk), after=_said(stake))
    return stake


def edit_stake(
    *,
    stake: Stake,
    title: str,
    by: Actor,
    base_version: int,
    text: str = "",
    points: Iterable[DiagnosisPoint] | None = None,
) -> Stake:
    """Change its words and what it is drawn from (None: as it was); raises Conflict."""
    with transaction.atomic():
        found = held_at(stake, base_version)
        before = _said(found)
        found.title, found.text = title, text
        if points is not None:
            found.points.set(_of(found.contract, points))
        after = _said(found)
        if after == before:
            return found
        found.version += 1
        found.save()
        journal.record(by=by, act="stake.edited", kind=KIND, ref=str(found.pk), **differences(before, after))
    return found


def remove_stake(*, stake: Stake, by: Actor) -> None:
    """It goes only when no objective answers to it."""
    with transaction.atomic():
        found = Stake.objects.select_for_update(of=("self",)).get(pk=stake.pk)
        if found.objectives.exists():
            raise Refused(
                Verdict.no("used", mark("Des objectifs répondent à cet enjeu : détachez-les d’abord."))
            )
        journal.record(by=by, act="stake.removed", kind=KIND, ref=str(found.pk), before=_said(found))
        found.delete()


def _of(contract: Contract, points: Iterable[DiagnosisPoint]) -> list[DiagnosisPoint]:
    keys = [point.pk for point in points]
    return list(DiagnosisPoint.objects.filter(pk__in=keys, diagnosis__grid__contract=contract))


def _said(stake: Stake) -> dict[str, Any]:
    return {"title": stake.title, "text": stake.text, "points": stake.points.count()}
