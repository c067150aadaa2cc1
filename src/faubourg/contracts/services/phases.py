"""Phases, milestones and the planned days of a contract."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.contracts.models import Contract, Milestone, Phase
from faubourg.rules.verdict import Reason, Verdict, mark

from .dues import Due, unchanged, understood
from .writing import revise, tell

# A contract is made of some phases; more is a slip or a flood.
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class GivenPhase:
    """What is typed of a phase."""

    name: str
    planned_start: date
    planned_end: date
    purpose: str = ""
    printed: str = ""
    actual_start: date | None = None
    actual_end: date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """By column."""
        return {name: getattr(self, name) for name in self.__slots__}


def add_phase(*, contract: Contract, given: GivenPhase, by: Actor) -> Phase:
    """A phase after the others; it may overlap them."""
    refuse_unless(_in_order(given))
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        refuse_unless(room_for_more(contract.phases.count()))
        refuse_unless(
            not_twice(
                given.name,
                contract.phases.filter(
                    name=given.name, planned_start=given.planned_start, planned_end=given.planned_end
                ).exists(),
            )
        )
        last = contract.phases.aggregate(last=Max("order"))["last"] or 0
        phase = Phase.objects.create(contract=contract, order=last + 1, **given.columns)
        tell(contract=contract, act="phase.added", by=by, after={"subject": phase.name})
    return phase


def revise_phase(*, phase: Phase, given: GivenPhase, base_version: int, by: Actor) -> Phase:
    """Other words, other days. Raises Conflict on another's save."""
    refuse_unless(_in_order(given))
    return revise(
        row=phase, contract=phase.contract, changes=given.columns, base_version=base_version,
        act="phase.revised", by=by,
    )  # fmt: skip


def add_milestone(
    *, contract: Contract, name: str, phase: Phase | None, due: Due, note: str = "", by: Actor
) -> Milestone:
    """A day that matters."""
    columns = understood(due, period=_period(phase), by=by)
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        refuse_unless(room_for_more(contract.milestones.count()))
        refuse_unless(
            not_twice(name, contract.milestones.filter(name=name, due_on=columns["due_on"]).exists())
        )
        milestone = Milestone.objects.create(contract=contract, phase=phase, name=name, note=note, **columns)
        tell(contract=contract, act="milestone.added", by=by, after={"subject": name})
    return milestone


def revise_milestone(
    *,
    milestone: Milestone,
    name: str,
    phase: Phase | None,
    due: Due,
    note: str,
    reached_on: date | None,
    base_version: int,
    by: Actor,
) -> Milestone:
    """Other words, another day, or the day on which it was reached."""
    refuse_unless(not_to_come("reached_on", reached_on))
    columns = unchanged(milestone, due)
    if columns is None:
        columns = understood(due, period=_period(phase), by=by)
    changes = {"name": name, "phase": phase, "note": note, "reached_on": reached_on, **columns}
    return revise(
        row=milestone, contract=milestone.contract, changes=changes, base_version=base_version,
        act="milestone.revised", by=by,
    )  # fmt: skip


def remove_phase(*, phase: Phase, by: Actor) -> None:
    """What hung on it stays, without a phase."""
    with transaction.atomic():
        tell(contract=phase.contract, act="phase.removed", by=by, before={"subject": phase.name})
        phase.delete()


def remove_milestone(*, milestone: Milestone, by: Actor) -> None:
    """The journal keeps its name."""
    with transaction.atomic():
        contract = milestone.contract
        tell(contract=contract, act="milestone.removed", by=by, before={"subject": milestone.name})
        milestone.delete()


def plan_contract(
    *,
    contract: Contract,
    planned_signature_on: date | None,
    in_force_on: date | None,
    ends_on: date | None,
    base_version: int,
    by: Actor,
) -> Contract:
    """The planned signature, the entry into force, the end. The signature itself is the agreement's."""
    start = in_force_on or planned_signature_on
    if start and ends_on and ends_on < start:
        raise Refused(
            Verdict.no("ends_on", mark("Le contrat finit avant de commencer : vérifiez l’échéance."))
        )
    changes = {
        "planned_signature_on": planned_signature_on, "in_force_on": in_force_on, "ends_on": ends_on,
    }  # fmt: skip
    return revise(
        row=contract, contract=contract, changes=changes, base_version=base_version,
        act="contract.planned", by=by,
    )  # fmt: skip


def not_to_come(field: str, day: date | None) -> Verdict:
    """What was done was done by today."""
    today = timezone.localdate()
    if day is None or day <= today:
        return Verdict.yes()
    reason = Reason(
        field,
        False,
        mark("Ce jour est à venir : donnez celui où ce fut fait, au plus tard le {today}."),
        {"today": today},
        threshold=today,
        operand=day,
    )
    return Verdict((reason,))


def not_twice(name: str, there: bool) -> Verdict:
    """The same form sent twice makes one row."""
    if not there:
        return Verdict.yes()
    return Verdict.no("name", mark("« {name} » est déjà là, pour ces mêmes jours."), name=name)


def room_for_more(count: int) -> Verdict:
    """A contract holds at most `MOST_ROWS` of each."""
    if count < MOST_ROWS:
        return Verdict.yes()
    return Verdict.no("name", mark("Il y en a déjà {most} : supprimez ce qui ne sert plus."), most=MOST_ROWS)


def _in_order(given: GivenPhase) -> Verdict:
    """Each end after its beginning, and nothing that ended without having begun."""
    reasons = []
    if given.planned_end < given.planned_start:
        reasons.append(_end_first("planned_end"))
    if given.actual_end and given.actual_start is None:
        text = mark("Donnez aussi le jour où la phase a commencé.")
        reasons.append(Reason("actual_start", False, text))
    elif given.actual_start and given.actual_end and given.actual_end < given.actual_start:
        reasons.append(_end_first("actual_end"))
    for field in ("actual_start", "actual_end"):
        reasons += not_to_come(field, getattr(given, field)).reasons
    return Verdict(tuple(reasons))


def _end_first(field: str) -> Reason:
    return Reason(field, False, mark("La fin vient avant le début : inversez les deux jours."))


def _period(phase: Phase | None) -> tuple[date, date] | None:
    return (phase.planned_start, phase.planned_end) if phase else None
