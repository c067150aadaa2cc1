"""Making and changing the bodies of a contract and their seats; the usual ones in one act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.base.versions import held_at
from faubourg.contracts.models import Body, Contract, Seat
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

Kind = Body.Kind
BODY_FIELDS = ("kind", "name", "territory", "parent", "theme", "role", "quorum_bp", "order", "closed_on")
SEAT_FIELDS = ("title", "part", "organisation", "order")
# Seed C: six groups, whose themes the document does not name.
THEMATIC_GROUPS = 6


@dataclass(frozen=True, slots=True)
class Model:
    """A body of the template: under which other one it hangs."""

    key: str
    kind: Kind
    name: str
    under: str = ""


AGGLOMERATION = (
    Model("steering", Kind.STEERING, "Comité de pilotage du contrat de ville"),
    Model("technical", Kind.TECHNICAL, "Comité technique du contrat de ville", "steering"),
    Model("team", Kind.PROJECT_TEAM, "Équipe projet d’agglomération", "technical"),
    *(
        Model(f"group{rank}", Kind.THEMATIC, f"Groupe de travail thématique {rank}", "team")
        for rank in range(1, THEMATIC_GROUPS + 1)
    ),
    Model("support", Kind.SUPPORT, "Groupe d’appui", "team"),
)
COMMUNE = (
    Model("steering", Kind.COMMUNE_STEERING, "Instance de pilotage communale"),
    Model("technical", Kind.COMMUNE_TECHNICAL, "Comité technique (urbain et social) communal", "steering"),
    Model("local", Kind.LOCAL, "Groupe de travail local", "technical"),
)


def start_bodies(*, contract: Contract, commune: Territory | None, by: Actor) -> list[Body]:
    """Create the usual bodies of a strand: the agglomeration's, or that of `commune`; what stands stays."""
    models = COMMUNE if commune else AGGLOMERATION
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        standing = {(body.kind, body.name): body for body in contract.bodies.filter(territory=commune)}
        rank = contract.bodies.count()
        made: dict[str, Body] = {}
        new: list[Body] = []
        for model in models:
            name = f"{model.name} – {commune.name}" if commune else model.name
            body = standing.get((model.kind, name))
            if body is None:
                rank += 1
                parent = made.get(model.under)
                body = Body.objects.create(
                    contract=contract,
                    kind=model.kind,
                    name=name[:200],
                    territory=commune,
                    parent=parent,
                    order=rank,
                )
                new.append(body)
            made[model.key] = body
        for body in new:
            note(by, "body.created", body, after=_said(body))
    return new


def add_body(*, contract: Contract, values: Mapping[str, Any], by: Actor) -> Body:
    """Create one body; raises Refused when it would hang on a body of another contract."""
    body = Body(contract=contract, **{name: values[name] for name in BODY_FIELDS if name in values})
    _refuse_impossible(body)
    with transaction.atomic():
        if not body.order:
            body.order = contract.bodies.count() + 1
        body.save()
        note(by, "body.created", body, after=_said(body))
    return body


def edit_body(*, body: Body, values: Mapping[str, Any], base_version: int, by: Actor) -> Body:
    """Change a body; Conflict when somebody did in between."""
    with transaction.atomic():
        held = held_at(body, base_version)
        before = _said(held)
        for name in BODY_FIELDS:
            if name in values:
                setattr(held, name, values[name])
        _refuse_impossible(held)
        if _said(held) == before:
            return held
        held.version += 1
        held.save()
        note(by, "body.edited", held, before=before, after=_said(held))
    return held


def add_seat(*, body: Body, values: Mapping[str, Any], by: Actor) -> Seat:
    """Add a seat at the end of the table."""
    with transaction.atomic():
        rank = Body.objects.select_for_update().get(pk=body.pk).seats.count() + 1
        seat = Seat.objects.create(
            body=body, order=rank, **{name: values[name] for name in SEAT_FIELDS if name in values}
        )
        note(by, "body.seat.added", body, after=_seat_said(seat))
    return seat


def edit_seat(*, seat: Seat, values: Mapping[str, Any], base_version: int, by: Actor) -> Seat:
    """Change a seat; Conflict when somebody did in between."""
    with transaction.atomic():
        held = held_at(seat, base_version)
        before = _seat_said(held)
        for name in SEAT_FIELDS:
            if name in values:
                setattr(held, name, values[name])
        held.version += 1
        held.save()
        note(by, "body.seat.edited", seat.body, before=before, after=_seat_said(held))
    return held


def remove_seat(*, seat: Seat, by: Actor) -> None:
    """Take a seat away; refused once somebody sat there at a meeting: the record would lose a line."""
    with transaction.atomic():
        held = Seat.objects.select_for_update().get(pk=seat.pk)
        if held.attendances.exists():
            raise Refused(
                Verdict.no(
                    "attended",
                    mark(
                        "Ce siège figure à des réunions : il reste dans leurs comptes rendus. "
                        "Mettez fin à ses mandats, ou renommez-le."
                    ),
                )
            )
        note(by, "body.seat.removed", seat.body, before=_seat_said(held))
        held.delete()


def _refuse_impossible(body: Body) -> None:
    """A chart is a tree, within one contract; a community of actors lives in a neighbourhood."""
    if body.kind == Kind.COMMUNITY and (
        body.territory is None or body.territory.kind != Territory.Kind.NEIGHBOURHOOD
    ):
        raise Refused(
            Verdict.no("territory", mark("Une communauté d’acteurs est celle d’un quartier : choisissez-le."))
        )
    above, seen = body.parent, {body.pk} if body.pk else set()
    while above is not None:
        if above.contract_id != body.contract_id or above.pk in seen:
            raise Refused(
                Verdict.no(
                    "parent",
                    mark("Une instance ne dépend ni d’elle-même, ni d’une instance qui dépend d’elle."),
                )
            )
        seen.add(above.pk)
        above = above.parent


def _said(body: Body) -> dict[str, Any]:
    return {
        "name": body.name,
        "theme": body.theme,
        "role": body.role,
        "quorum_bp": body.quorum_bp,
        "territory": body.territory.code if body.territory else "",
        "parent": body.parent.name if body.parent else "",
        "closed_on": body.closed_on.isoformat() if isinstance(body.closed_on, date) else "",
    }


def _seat_said(seat: Seat) -> dict[str, Any]:
    organisation = seat.organisation.name if seat.organisation else ""
    return {"seat": seat.title, "organisation": organisation, "part": seat.part}


def note(by: Actor, act: str, body: Body, **told: Unpack[journal.Told]) -> None:
    journal.record(by=by, act=act, kind="body", ref=str(body.pk), **told)
