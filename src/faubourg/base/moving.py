"""What every act of a circuit shares: the lock, the version, the refusal, the dated step, the journal.

A room binds `move` and `keep` to its own entry of the journal, once.
"""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, Protocol, TypeVar

from django.db.models import Model
from django.utils import timezone

from faubourg.rules.circuit import Circuit

from . import journal
from .actor import Actor
from .refusal import Conflict, Refused

LONGEST_NOTE = 1000
Row = TypeVar("Row", bound=Model)


class Moving(Protocol):
    """A row of a circuit: it has a state, a version and its steps."""

    pk: int
    state: str
    version: int
    steps: Any

    def save(self) -> None: ...


def locked(row: Row, base_version: int | None = None) -> Row:
    """The row, locked, as it is now; Conflict when it is no longer the version that was read."""
    found = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if base_version is not None and getattr(found, "version", None) != base_version:
        raise Conflict
    return found


def move(
    row: Moving,
    circuit: Circuit,
    transition: str,
    *,
    act: str,
    by: Actor,
    on: date | None = None,
    given: AbstractSet[str] = frozenset(),
    note: str = "",
    told: dict[str, Any] | None = None,
    step: dict[str, Any] | None = None,
    typed: bool = False,
) -> Any:
    """Do one transition on a locked row: judge it, save its state, keep the step, tell the journal (`act`).

    `given`: the guards that the caller verified; a written `note` satisfies « reason ». `told` goes to the
    journal, `step` to extra columns of the step. `typed`: the note is what a resident typed; it stays with
    the step, which can be erased, and out of the journal. Raises Refused with every reason. Inside a
    transaction.
    """
    day = on or timezone.localdate()
    held = given | ({"reason"} if note.strip() else set())
    verdict = circuit.may_move(transition, row.state, given=held, on=day, today=timezone.localdate())
    if not verdict.ok:
        raise Refused(verdict)
    return keep(
        row, circuit, transition, act=act, by=by, on=day, note=note, told=told, step=step, typed=typed
    )


def keep(
    row: Moving,
    circuit: Circuit,
    transition: str,
    *,
    act: str,
    by: Actor,
    on: date,
    note: str = "",
    told: dict[str, Any] | None = None,
    step: dict[str, Any] | None = None,
    typed: bool = False,
) -> Any:
    """Write a move that was judged: the state, its step, its journal entry; returns the step."""
    before, done = row.state, circuit.by_act(transition)
    row.state = done.target
    row.version += 1
    row.save()
    kept = row.steps.create(
        before=before,
        after=row.state,
        move=transition,
        on=on,
        note=note[:LONGEST_NOTE],
        **{"by": by.ref, "by_name": by.name, **(step or {})},
    )
    state = circuit.states[row.state]
    journal.record(
        by=by,
        act=act,
        kind=type(row).__name__.lower(),
        ref=str(row.pk),
        before={"state": circuit.states[before]},
        after={"step": done.name, "state": state, "on": on.isoformat(), **(told or {})},
        reason="" if typed else note,
    )
    return kept
