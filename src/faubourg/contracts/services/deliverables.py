"""Deliverables: owed by somebody for a day, handed over with a document, validated or given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.models import Document
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.contracts.models import Body, Contract, Deliverable, Phase
from faubourg.people.models import Organisation
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from .dues import Due, unchanged, understood
from .phases import not_to_come, not_twice, room_for_more
from .writing import revise, tell


@dataclass(frozen=True, slots=True)
class OwedBy:
    """Who owes: a territory, an organisation or a body, one of them at most; in words otherwise."""

    territory: Territory | None = None
    organisation: Organisation | None = None
    body: Body | None = None
    words: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """By column."""
        return {
            "territory": self.territory,
            "organisation": self.organisation,
            "body": self.body,
            "owed_by": self.words,
        }


@dataclass(frozen=True, slots=True)
class Follower:
    """The person who follows it, for reminders and the handover pack; `ref` when they have an account."""

    name: str = ""
    ref: UUID | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """By column."""
        return {"person_name": self.name.strip(), "person_ref": self.ref}


NOBODY = Follower()


def add_deliverables(
    *,
    contract: Contract,
    name: str,
    phase: Phase | None,
    due: Due,
    owners: Sequence[OwedBy],
    by: Actor,
    follower: Follower = NOBODY,
) -> list[Deliverable]:
    """One for each who owes it, at once: every commune of the contract, or a single body."""
    columns = understood(due, period=_period(phase), by=by)
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        refuse_unless(room_for_more(contract.deliverables.count() + len(owners) - 1))
        alike = contract.deliverables.filter(name=name, phase=phase, due_on=columns["due_on"])
        wanted = [owner for owner in owners if not alike.filter(**owner.columns).exists()]
        refuse_unless(not_twice(name, not wanted))
        rows = Deliverable.objects.bulk_create(
            Deliverable(
                contract=contract, name=name, phase=phase, **owner.columns, **follower.columns, **columns
            )
            for owner in wanted
        )
        tell(
            contract=contract,
            act="deliverable.added",
            by=by,
            after={"subject": name, "rows": len(rows)},
        )
    return rows


def revise_deliverable(
    *,
    deliverable: Deliverable,
    name: str,
    phase: Phase | None,
    due: Due,
    owner: OwedBy,
    base_version: int,
    by: Actor,
    follower: Follower | None = None,
) -> Deliverable:
    """Another name, phase, day, owner, or follower (None: the same as before)."""
    columns = unchanged(deliverable, due)
    if columns is None:
        columns = understood(due, period=_period(phase), by=by)
    followed = follower.columns if follower else {}
    changes = {"name": name, "phase": phase, **owner.columns, **followed, **columns}
    return _revise(deliverable, changes, base_version, act="deliverable.revised", by=by)


def deliver(
    *, deliverable: Deliverable, on: date, document: Document | None, base_version: int, by: Actor
) -> Deliverable:
    """Hand it over. A document already there stays unless another comes; a validated one is not replaced."""
    refuse_unless(not_to_come("delivered_on", on))
    if deliverable.validated_on is not None:
        raise Refused(Verdict.no("delivered_on", _VALIDATED, name=deliverable.name))
    changes = {"delivered_on": on, "document": document or deliverable.document}
    return _revise(deliverable, changes, base_version, act="deliverable.delivered", by=by)


def validate(*, deliverable: Deliverable, on: date, base_version: int, by: Actor) -> Deliverable:
    """Say that it is what was expected."""
    refuse_unless(not_to_come("validated_on", on))
    if deliverable.delivered_on is None:
        raise Refused(Verdict.no("validated_on", _NOT_YET, name=deliverable.name))
    if on < deliverable.delivered_on:
        raise Refused(
            Verdict.no("validated_on", _TOO_SOON, name=deliverable.name, day=deliverable.delivered_on)
        )
    changes = {"validated_on": on}
    return _revise(deliverable, changes, base_version, act="deliverable.validated", by=by)


def give_back(*, deliverable: Deliverable, reason: str, base_version: int, by: Actor) -> Deliverable:
    """Not what was expected, or handed over by mistake: it is awaited again. The document stays readable."""
    why = reason.strip()
    if not why:
        raise Refused(Verdict.no("reason", mark("Dites en une phrase pourquoi ce livrable est rendu.")))
    changes = {"delivered_on": None, "validated_on": None}
    return _revise(deliverable, changes, base_version, act="deliverable.returned", by=by, reason=why[:300])


def remove_deliverable(*, deliverable: Deliverable, by: Actor) -> None:
    """Nobody owes it any more; what was handed over is not taken away."""
    if deliverable.delivered_on is not None:
        raise Refused(Verdict.no("delivered_on", _HANDED_OVER, name=deliverable.name))
    with transaction.atomic():
        contract = deliverable.contract
        tell(contract=contract, act="deliverable.removed", by=by, before={"subject": deliverable.name})
        deliverable.delete()


_VALIDATED = mark("« {name} » est déjà validé : rendez-le d’abord pour le remplacer.")
_NOT_YET = mark("« {name} » n’est pas encore remis : il se valide après.")
_TOO_SOON = mark("« {name} » a été remis le {day} : il se valide ce jour-là ou après.")
_HANDED_OVER = mark("« {name} » a été remis : rendez-le d’abord, avec un motif, pour le supprimer.")


def _revise(
    deliverable: Deliverable,
    changes: dict[str, Any],
    base_version: int,
    *,
    act: str,
    by: Actor,
    reason: str = "",
) -> Deliverable:
    return revise(
        row=deliverable, contract=deliverable.contract, changes=changes, base_version=base_version,
        act=act, by=by, reason=reason,
    )  # fmt: skip


def _period(phase: Phase | None) -> tuple[date, date] | None:
    return (phase.planned_start, phase.planned_end) if phase else None
