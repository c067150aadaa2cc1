"""How an objective is measured: an indicator with a real figure to start from, or a local one in words."""

from decimal import Decimal

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.contracts.models import Objective, ObjectiveIndicator
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Figure

KIND = "objective"


def measure_by_figure(
    *,
    objective: Objective,
    baseline: Figure,
    by: Actor,
    target: Decimal | None = None,
    target_year: int | None = None,
    note: str = "",
) -> ObjectiveIndicator:
    """Measure an objective from a figure that stands: place, indicator and unit are the figure's own."""
    if baseline.withdrawn_at is not None:
        raise Refused(Verdict.no("baseline", mark("Ce chiffre a été retiré : prenez-en un autre.")))
    with transaction.atomic():
        Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
        measured, made = ObjectiveIndicator.objects.update_or_create(
            objective=objective,
            indicator=baseline.indicator,
            territory=baseline.territory,
            defaults={"baseline": baseline, "target": target, "target_year": target_year, "note": note},
        )
        _tell(measured, made, by)
    return measured


def measure_locally(
    *,
    objective: Objective,
    label: str,
    unit: str,
    by: Actor,
    target: Decimal | None = None,
    target_year: int | None = None,
    note: str = "",
) -> ObjectiveIndicator:
    """Measure an objective by something that no catalogue names."""
    with transaction.atomic():
        Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
        measured, made = ObjectiveIndicator.objects.update_or_create(
            objective=objective,
            label=label,
            defaults={"unit": unit, "target": target, "target_year": target_year, "note": note},
        )
        _tell(measured, made, by)
    return measured


def stop_measuring(*, measured: ObjectiveIndicator, by: Actor) -> None:
    """Take an indicator away; the journal keeps what it was."""
    with transaction.atomic():
        found = ObjectiveIndicator.objects.select_for_update(of=("self",)).filter(pk=measured.pk).first()
        if found is None:
            return
        journal.record(
            by=by,
            act="objective.indicator.removed",
            kind=KIND,
            ref=str(found.objective_id),
            before={"indicator": str(found)},
        )
        found.delete()


def _tell(measured: ObjectiveIndicator, made: bool, by: Actor) -> None:
    said = {
        "indicator": str(measured),
        "target": "" if measured.target is None else format(Decimal(measured.target).normalize(), "f"),
    }
    ref = str(measured.objective_id)
    if made:
        journal.record(by=by, act="objective.indicator.added", kind=KIND, ref=ref, after=said)
    else:
        journal.record(by=by, act="objective.indicator.edited", kind=KIND, ref=ref, after=said)
