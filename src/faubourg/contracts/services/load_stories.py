"""The life of a contract as a founding document tells it: phases, bodies, deliverables, stakes, slippage.

A contract in which somebody has written is theirs: nothing of it is brought again, nor what they removed.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model, Q

from faubourg.base.actor import FAUBOURG
from faubourg.base.models import JournalEntry
from faubourg.contracts import seeds
from faubourg.contracts.models import (
    Body,
    Contract,
    ContractSheet,
    ContractStep,
    Deliverable,
    LinkedPlan,
    Milestone,
    Objective,
    Phase,
)
from faubourg.rules.imprecise_dates import read
from faubourg.territories.services.load_bulk import Written, bring

from .dues import Due, understood
from .writing import ref_of

EDITED = Q(version__gt=1)
DUE = ("due_on", "due_printed", "due_reading", "due_read_by_name")
Said = dict[str, Any]


def bring_saint_etienne() -> Written:
    """Saint-Étienne Métropole: the contract prepared in 2013 and the one that replaced it."""
    said = seeds.plan("saint_etienne_story")
    written = Written()
    for one in said["contracts"]:
        contract = Contract.objects.filter(generation=one["generation"], code=one["code"]).first()
        if contract is not None and not _theirs(contract):
            written += _bring_contract(contract, one)
            for step in STEPS:
                written += step(contract, one)
            written += _bring_sheet(contract, one, said["source"])
    return written


def _theirs(contract: Contract) -> bool:
    """Somebody has written in it."""
    mine = JournalEntry.objects.filter(object_kind="contract", object_ref=ref_of(contract))
    return mine.filter(actor_ref__isnull=False).exists()


def _bring_contract(contract: Contract, said: Said) -> Written:
    before = Contract.objects.filter(code=said.get("predecessor", ""), generation__lt=contract.generation)
    wanted = Contract(
        generation=contract.generation,
        code=contract.code,
        template=said["template"],
        state=said["state"],
        planned_signature_on=_day(said["planned_signature_on"]),
        signed_on=_day(said["signed_on"]),
        predecessor=before.first(),
    )
    fields = ("template", "state", "planned_signature_on", "signed_on", "predecessor_id")
    existing = Contract.objects.filter(pk=contract.pk)
    return bring(existing, [wanted], key=("generation", "code"), fields=fields, frozen=EDITED)


def _bring_sheet(contract: Contract, said: Said, source: str) -> Written:
    """Says which document the story comes from, without touching a sheet that another one began."""
    if not said.get("governance"):
        return Written()
    wanted = ContractSheet(contract=contract, governance=said["governance"], source_id=source)
    existing = ContractSheet.objects.filter(contract=contract)
    return bring(existing, [wanted], key=("contract_id",), fields=("governance", "source_id"), frozen=EDITED)


def _bring_steps(contract: Contract, said: Said) -> Written:
    rows = [
        ContractStep(
            contract=contract,
            before=step.get("before", ""),
            after=step["after"],
            on=_day(step["on"]),
            act=step["act"],
            reason=step["reason"],
            by_name=FAUBOURG.name,
        )
        for step in said.get("steps", ())
    ]
    return _bring(contract, ContractStep, rows, key=("after", "on"), fields=("before", "act", "reason"))


def _bring_phases(contract: Contract, said: Said) -> Written:
    rows = [
        Phase(
            contract=contract,
            order=rank,
            name=phase["name"],
            purpose=phase["purpose"],
            planned_start=_day(phase["start"]),
            planned_end=_day(phase["end"]),
            printed=phase["printed"],
        )
        for rank, phase in enumerate(said.get("phases", ()), start=1)
    ]
    fields = ("name", "purpose", "planned_start", "planned_end", "printed")
    return _bring(contract, Phase, rows, key=("order",), fields=fields, frozen=EDITED)


def _bring_milestones(contract: Contract, said: Said) -> Written:
    phases = _phases(contract)
    rows = [
        Milestone(
            contract=contract,
            phase=phases.get(one.get("phase", 0)),
            name=one["name"],
            note=one["note"],
            **_due(one),
        )
        for one in said.get("milestones", ())
    ]
    fields = ("phase_id", "note", *DUE)
    return _bring(contract, Milestone, rows, key=("name",), fields=fields, frozen=EDITED)


def _bring_bodies(contract: Contract, said: Said) -> Written:
    """Bodies first, then whom each answers to."""
    bodies = said.get("bodies", ())
    roles = said.get("roles", {})
    rows = {
        one["key"]: Body(
            contract=contract,
            kind=one["kind"],
            name=one["name"],
            role=roles.get(one.get("role"), ""),
            order=rank,
        )
        for rank, one in enumerate(bodies, start=1)
    }
    key, fields = ("kind", "name"), ("role", "order")
    written = _bring(contract, Body, list(rows.values()), key=key, fields=fields, frozen=EDITED)
    known = {body.name: body for body in contract.bodies.all()}
    for one in bodies:
        parent = known.get(rows[one["parent"]].name) if "parent" in one else None
        rows[one["key"]].parent = parent
    return written + _bring(
        contract, Body, list(rows.values()), key=key, fields=("parent_id",), frozen=EDITED
    )


def _bring_deliverables(contract: Contract, said: Said) -> Written:
    phases = _phases(contract)
    names = {one["key"]: one["name"] for one in said.get("bodies", ())}
    bodies = {body.name: body for body in contract.bodies.all()}
    rows = [
        Deliverable(
            contract=contract,
            phase=phases.get(one.get("phase", 0)),
            name=one["name"],
            body=bodies.get(names.get(owner, "")),
            owed_by=one.get("owed_by", ""),
            **_due(one),
        )
        for one in said.get("deliverables", ())
        for owner in one.get("each", ("",))
    ]
    fields = ("phase_id", "owed_by", *DUE)
    return _bring(contract, Deliverable, rows, key=("name", "body_id"), fields=fields, frozen=EDITED)


def _bring_objectives(contract: Contract, said: Said) -> Written:
    """A strategic objective of each stake, under the document's own heading; stakes are brought apart."""
    stakes = list(contract.stakes.all())
    if not stakes or "axis" not in said:
        return Written()
    fields, key = ("title", "text", "order", "parent_id"), ("rank", "number")
    axis = [Objective(contract=contract, rank=Objective.Rank.AXIS, title=said["axis"])]
    written = _bring(contract, Objective, axis, key=key, fields=fields, frozen=EDITED)
    parent = contract.objectives.get(rank=Objective.Rank.AXIS, number="")
    wanted = [
        Objective(
            contract=contract,
            rank=Objective.Rank.STRATEGIC,
            parent=parent,
            number=str(stake.order),
            title=stake.title,
            text=stake.text,
            order=stake.order,
        )
        for stake in stakes
    ]
    written += _bring(contract, Objective, wanted, key=key, fields=fields, frozen=EDITED)
    known = dict(contract.objectives.filter(rank=Objective.Rank.STRATEGIC).values_list("number", "pk"))
    through = Objective.stakes.through
    links = [through(objective_id=known[str(stake.order)], stake_id=stake.pk) for stake in stakes]
    existing = through.objects.filter(objective__contract=contract)
    return written + bring(existing, links, key=("objective_id", "stake_id"))


def _bring_plans(contract: Contract, said: Said) -> Written:
    rows = [
        LinkedPlan(contract=contract, name=one["name"], link=one["link"]) for one in said.get("plans", ())
    ]
    return _bring(contract, LinkedPlan, rows, key=("name",))


STEPS: tuple[Callable[[Contract, Said], Written], ...] = (
    _bring_steps,
    _bring_phases,
    _bring_milestones,
    _bring_bodies,
    _bring_deliverables,
    _bring_objectives,
    _bring_plans,
)


def _bring(
    contract: Contract,
    model: type[Model],
    rows: list[Any],
    *,
    key: tuple[str, ...],
    fields: tuple[str, ...] = (),
    frozen: Q | None = None,
) -> Written:
    existing = model._default_manager.filter(contract=contract)
    return bring(existing, rows, key=("contract_id", *key), fields=fields, frozen=frozen)


def _phases(contract: Contract) -> dict[int, Phase]:
    return {phase.order: phase for phase in contract.phases.all()}


def _due(said: Said) -> dict[str, Any]:
    """The printed words read by Faubourg, with the year it chose and why when they say none."""
    assert read(said["printed"]) is not None, said["printed"]
    due = Due(printed=said["printed"], year=said.get("year"), why=said.get("why", ""))
    return understood(due, period=None, by=FAUBOURG)


def _day(text: str) -> date:
    return date.fromisoformat(text)
