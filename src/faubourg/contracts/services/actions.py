"""Writing actions: proposed by a person or by a room above, edited, led from state to state, told day by day.

Rooms above say by value where an action comes from (`origin_kind`, `origin_ref`): the same origin proposed
twice gives the same action.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.base.versions import held_at
from faubourg.contracts.models import Action, ActionNote, Contract, Objective
from faubourg.people.models import Organisation
from faubourg.rules.action_states import judge
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from .differences import differences

KIND = "action"
FIELDS = (
    "title", "text", "line", "lead", "lead_printed", "partners_printed", "objective", "horizon",
    "starts_on", "ends_on", "printed_dates", "indicator",
)  # fmt: skip
LONGEST_NOTE = 5_000


def propose_action(
    *,
    contract: Contract,
    title: str,
    by: Actor,
    origin_kind: str = "",
    origin_ref: str = "",
    neighbourhoods: Iterable[Territory] = (),
    partners: Iterable[Organisation] = (),
    **fields: Any,
) -> Action:
    """A new action, in the state « proposée »; the one of this origin when it was proposed before.

    `fields` are some of FIELDS. Raises Refused when an objective or the days cannot be true.
    """
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        if origin_kind:
            known = contract.actions.filter(origin_kind=origin_kind, origin_ref=origin_ref).first()
            if known:
                return known
        action = Action(contract=contract, title=title, origin_kind=origin_kind, origin_ref=origin_ref)
        _take(action, fields)
        action.save()
        action.neighbourhoods.set(neighbourhoods)
        action.partners.set(partners)
        journal.record(by=by, act="action.proposed", kind=KIND, ref=str(action.pk), after=_said(action))
    return action


def edit_action(*, action: Action, changes: Mapping[str, Any], base_version: int, by: Actor) -> Action:
    """Change some of FIELDS, `neighbourhoods`, `partners`; raises Conflict or Refused."""
    with transaction.atomic():
        found = held_at(action, base_version)
        before = _said(found)
        _take(found, changes)
        for name in ("neighbourhoods", "partners"):
            if name in changes:
                getattr(found, name).set(changes[name])
        after = _said(found)
        if after == before:
            return found
        found.version += 1
        found.save()
        journal.record(by=by, act="action.edited", kind=KIND, ref=str(found.pk), **differences(before, after))
    return found


def change_state(*, action: Action, to: str, by: Actor, reason: str = "") -> Action:
    """Lead an action to another state; raises Refused with what the table says."""
    with transaction.atomic():
        found = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        refuse_unless(judge(found.state, to, reason))
        before, found.state = found.state, to
        found.dropped_reason = reason.strip()[:300] if to == Action.State.DROPPED else ""
        found.version += 1
        found.save()
        journal.record(
            by=by,
            act="action.state",
            kind=KIND,
            ref=str(found.pk),
            before={"state": str(Action.State(before).label)},
            after={"state": str(Action.State(to).label)},
            reason=reason.strip(),
        )
    return found


def add_note(*, action: Action, on: date, text: str, by: Actor) -> ActionNote:
    """A line in the diary of an action; the same line sent twice is kept once."""
    words = text.strip()
    if not words:
        raise Refused(Verdict.no("text", mark("Dites ce qui s’est passé.")))
    with transaction.atomic():
        Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        known = action.notes.filter(on=on, text=words, by=by.ref).first()
        if known:
            return known
        note = action.notes.create(on=on, text=words[:LONGEST_NOTE], by=by.ref, by_name=by.name)
        journal.record(by=by, act="action.noted", kind=KIND, ref=str(action.pk), after={"on": on.isoformat()})
    return note


def _take(action: Action, fields: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in fields:
            setattr(action, name, fields[name])
    objective: Objective | None = action.objective
    if objective and objective.contract_id != action.contract_id:
        raise Refused(Verdict.no("objective", mark("Cet objectif est celui d’un autre contrat.")))
    if objective and objective.withdrawn_on and "objective" in fields and not action.pk:
        raise Refused(Verdict.no("objective", mark("Cet objectif est retiré : prenez-en un autre.")))
    if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
        raise Refused(Verdict.no("ends_on", mark("La fin précède le début.")))


def _said(action: Action) -> dict[str, Any]:
    """The action in words, as the journal keeps it; an organisation is no person."""
    return {
        **{name: getattr(action, name) for name in FIELDS if name not in _WRITTEN},
        **{name: write(action) for name, write in _WRITTEN.items()},
        "partners": ", ".join(sorted(partner.name for partner in action.partners.all())),
        "neighbourhoods": ", ".join(sorted(place.name for place in action.neighbourhoods.all())),
    }


_WRITTEN: dict[str, Any] = {
    "lead": lambda action: str(action.lead or ""),
    "objective": lambda action: str(action.objective or ""),
    "starts_on": lambda action: action.starts_on.isoformat() if action.starts_on else "",
    "ends_on": lambda action: action.ends_on.isoformat() if action.ends_on else "",
    "horizon": lambda action: str(Action.Horizon(action.horizon).label),
}
