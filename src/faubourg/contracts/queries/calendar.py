"""The calendar of a contract, judged on a day: phases, milestones, deliverables, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, F, QuerySet, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext

from faubourg.contracts.filters import CLOSED
from faubourg.contracts.listings import contract_url, contract_urls
from faubourg.contracts.models import Contract, ContractStep, Deliverable, Milestone, Phase
from faubourg.rules.calendar import Judged, Overlap, Period, Standing, judge, judge_period, overlaps


@dataclass(frozen=True, slots=True)
class PhaseLine:
    phase: Phase
    judged: Judged


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    milestone: Milestone
    judged: Judged


@dataclass(frozen=True, slots=True)
class DeliverableLine:
    deliverable: Deliverable
    judged: Judged

    @property
    def owner(self) -> str:
        """Who owes it, in words; empty when nobody is named."""
        return self.deliverable.owner


@dataclass(frozen=True, slots=True)
class DeliverableSet:
    """The same thing owed by several, for the same phase."""

    name: str
    lines: tuple[DeliverableLine, ...]

    @property
    def first(self) -> DeliverableLine:
        """Stands for all when there is one."""
        return self.lines[0]

    def count(self, standing: Standing) -> int:
        """How many stand there."""
        return sum(line.judged.standing is standing for line in self.lines)

    @property
    def delivered(self) -> int:
        """How many were handed over, in time or late."""
        return sum(line.judged.done for line in self.lines)

    @property
    def late(self) -> int:
        """How many are awaited past their day."""
        return self.count(Standing.LATE)


@dataclass(frozen=True)
class Calendar:
    """`signature` judges the planned signature against the actual one; `closed_on` ends every expectation."""

    contract: Contract
    on: date
    closed_on: date | None
    signature: Judged
    phases: tuple[PhaseLine, ...]
    milestones: tuple[MilestoneLine, ...]
    deliverables: tuple[DeliverableLine, ...]

    @property
    def empty(self) -> bool:
        """Nothing was planned here yet."""
        return not (self.phases or self.milestones or self.deliverables)

    @cached_property
    def overlaps(self) -> tuple[tuple[Phase, Phase, Overlap], ...]:
        """Which phases overlap, and when."""
        phases = [line.phase for line in self.phases]
        found = overlaps([(phase.planned_start, phase.planned_end) for phase in phases])
        return tuple((phases[one.one], phases[one.other], one) for one in found)

    @cached_property
    def sets(self) -> tuple[DeliverableSet, ...]:
        """Deliverables of one name and one phase together, in the order of their days."""
        groups: dict[tuple[str, int | None], list[DeliverableLine]] = {}
        for line in self.deliverables:
            key = (line.deliverable.name, line.deliverable.phase_id)
            groups.setdefault(key, []).append(line)
        return tuple(DeliverableSet(name, tuple(lines)) for (name, _), lines in groups.items())


@dataclass(frozen=True, slots=True)
class LateThing:
    """What should have happened by now and has not. `owed_by` is never a person's name."""

    label: str
    due_on: date
    days_late: int
    owed_by: str
    url: str


def deliverables_of(contract: Contract) -> QuerySet[Deliverable]:
    """What the contract awaits, with whoever owes it, in the order of the days; no date comes last."""
    return (
        Deliverable.objects.filter(contract=contract)
        .select_related("contract", "territory", "organisation", "body", "phase", "document")
        .order_by("due_on", "name", "territory__sort_key", "pk")
    )


def deliverable_of(contract: Contract, pk: int) -> Deliverable | None:
    """One of them."""
    return deliverables_of(contract).filter(pk=pk).first()


def calendar_of(contract: Contract, on: date) -> Calendar:
    """Four queries, five once the contract is closed, whatever its size."""
    closed = closed_on(contract)
    return Calendar(
        contract=contract,
        on=on,
        closed_on=closed,
        signature=judge(contract.planned_signature_on, contract.signed_on, on, closed),
        phases=tuple(
            PhaseLine(phase, judge_period(_period(phase), on, closed)) for phase in contract.phases.all()
        ),
        milestones=tuple(
            MilestoneLine(one, judge(one.due_on, one.reached_on, on, closed))
            for one in contract.milestones.select_related("phase")
        ),
        deliverables=tuple(judged(deliverables_of(contract), on, closed)),
    )


def judged(rows: Iterable[Deliverable], on: date, closed: date | None) -> Iterable[DeliverableLine]:
    """Each deliverable with where it stands that day."""
    return (DeliverableLine(one, judge(one.due_on, one.delivered_on, on, closed)) for one in rows)


def closed_on(contract: Contract) -> date | None:
    """The day on which the contract ended or was replaced; None while it lives."""
    if contract.state not in CLOSED:
        return None
    step = ContractStep.objects.filter(contract=contract, after=contract.state).order_by("-on").first()
    return step.on if step else contract.ends_on or contract.signed_on


def late_things(contract: Contract, on: date) -> list[LateThing]:
    """What should have happened by `on` and has not, the longest awaited first."""
    closed = closed_on(contract)
    phases, milestones = _dated(contract)
    awaited = deliverables_of(contract).filter(delivered_on=None, due_on__lt=on)
    return late_in(
        Calendar(
            contract,
            on,
            closed,
            judge(contract.planned_signature_on, contract.signed_on, on, closed),
            tuple(PhaseLine(phase, judge_period(_period(phase), on, closed)) for phase in phases),
            tuple(MilestoneLine(one, judge(one.due_on, one.reached_on, on, closed)) for one in milestones),
            tuple(judged(awaited, on, closed)),
        )
    )


def _dated(contract: Contract) -> tuple[list[Phase], list[Milestone]]:
    """The phases and the milestones still awaited, their names and days alone: one union."""
    days = ("planned_start", "planned_end", "actual_start", "actual_end")
    none = Value(None, output_field=DateField())
    phases = contract.phases.order_by().annotate(rank=F("order"), sort=Value("phase"))
    awaited = contract.milestones.filter(reached_on=None).order_by()
    milestones = awaited.annotate(rank=Value(0), sort=Value("milestone"), start=none, one=none, other=none)
    rows = phases.values_list("sort", "rank", "name", *days).union(
        milestones.values_list("sort", "rank", "name", "start", "due_on", "one", "other"), all=True
    )
    found = sorted(rows, key=lambda row: row[1])
    return (
        [
            Phase(contract=contract, name=name, **dict(zip(days, dates, strict=True)))
            for sort, _rank, name, *dates in found
            if sort == "phase"
        ],
        [
            Milestone(contract=contract, name=name, due_on=dates[1])
            for sort, _rank, name, *dates in found
            if sort == "milestone"
        ],
    )


def late_in(calendar: Calendar) -> list[LateThing]:
    """The same, of a calendar that was already read."""
    contract, on = calendar.contract, calendar.on
    here = contract_url(contract, "contract_schedule")
    found = []
    if calendar.signature.late and contract.planned_signature_on:
        label, due = gettext("Signature du contrat"), contract.planned_signature_on
        found.append(LateThing(label, due, calendar.signature.days, "", here))
    for phase in calendar.phases:
        if phase.judged.late:
            label, due = gettext(phase.phase.name), on - timedelta(days=phase.judged.days)
            found.append(LateThing(label, due, phase.judged.days, "", f"{here}#etapes"))
    for line in calendar.milestones:
        if line.judged.late and line.milestone.due_on:
            label, due = gettext(line.milestone.name), line.milestone.due_on
            found.append(LateThing(label, due, line.judged.days, "", f"{here}#etapes"))
    late = [owed for owed in calendar.deliverables if owed.judged.late]
    urls = contract_urls(contract, "contract_deliverable", (owed.deliverable.pk for owed in late))
    for owed in late:
        one = owed.deliverable
        if one.due_on:
            found.append(LateThing(gettext(one.name), one.due_on, owed.judged.days, owed.owner, urls[one.pk]))
    return sorted(found, key=lambda thing: (-thing.days_late, thing.label))


def _period(phase: Phase) -> Period:
    return Period(phase.planned_start, phase.planned_end, phase.actual_start, phase.actual_end)
