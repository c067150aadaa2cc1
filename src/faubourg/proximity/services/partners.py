"""The partners of an area, who speaks for them and until when; who holds the area's own tasks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.people.models import Organisation, Person
from faubourg.people.services.organisations import create_organisation
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from ..models import Area, AreaSeat, Partner, Referent
from .keeping import note, written
from .moving import locked

KINDS = {
    Partner.Kind.TOWN: Organisation.Kind.COMMUNE,
    Partner.Kind.EPCI: Organisation.Kind.EPCI,
    Partner.Kind.LANDLORD: Organisation.Kind.LANDLORD,
    Partner.Kind.STATE: Organisation.Kind.STATE,
}


def write_partner(
    *, partner: Partner, values: Mapping[str, Any], base_version: int | None = None, by: Actor
) -> Partner:
    """A new partner, or a changed one; its name is its own in the area, since reasons say it.

    Raises Refused for a name already taken, Conflict when somebody wrote it in between.
    """
    columns = dict(values)
    speaks_for: Collection[Partner] = columns.pop("answers_for", ())
    with transaction.atomic():
        area = locked(partner.area)
        columns["organisation"] = _organisation(columns, by)
        refuse_unless(_free(area, partner, str(columns.get("name", partner.name))))
        held = written(partner, columns, base_version=base_version)
        held.answers_for.set([one for one in speaks_for if one.pk != held.pk])
        note(area, "area.partner_written", by, {"partner": held.name})
    return held


def _organisation(columns: Mapping[str, Any], by: Actor) -> Organisation:
    """The one that was chosen, or a new one of this name."""
    named: Organisation | str = columns["organisation"]
    if isinstance(named, Organisation):
        return named
    kind = KINDS.get(columns["kind"], Organisation.Kind.OTHER)
    return create_organisation(name=named, kind=kind, siret=None, rna=None, by=by)


def _free(area: Area, partner: Partner, name: str) -> Verdict:
    same = area.partners.filter(name__iexact=name).exclude(pk=partner.pk)
    if not same.exists():
        return Verdict.yes()
    return Verdict.no("partner_twice", mark("Un partenaire porte déjà le nom « {name} »."), name=name)


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody who speaks for a partner; with `person`, acts in Faubourg."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""
    person: Person | None = None


def name_referent(*, partner: Partner, post: Post, since: date, by: Actor) -> Referent:
    """Somebody takes the post; the same account twice at the same time is refused."""
    with transaction.atomic():
        held = locked(partner)
        twice = post.person is not None and held.referents.filter(person=post.person, until=None).exists()
        if twice:
            refuse_unless(Verdict.no("referent_twice", mark("Cette personne est déjà référente ici.")))
        columns = {name: getattr(post, name) for name in Post.__slots__}
        referent = held.referents.create(since=since, **columns)
        note(held.area, "area.referent_named", by, {"partner": held.name, "on": since.isoformat()})
    return referent


def end_referent(*, referent: Referent, on: date, by: Actor) -> Referent:
    """Somebody leaves the post after that day; reports keep saying who answered then."""
    with transaction.atomic():
        held = locked(referent)
        if held.until is None or on < held.until:
            held.until = max(on, held.since)
            held.version += 1
            held.save(update_fields=["until", "version"])
            told = {"partner": held.partner.name, "on": held.until.isoformat()}
            note(held.partner.area, "area.referent_left", by, told)
    return held


def seat_person(
    *,
    area: Area,
    person: Person,
    task: str,
    since: date,
    territory: Territory | None = None,
    words: str = "",
    by: Actor,
) -> AreaSeat:
    """Somebody takes a task of the area; the same one twice at the same time and place is refused."""
    with transaction.atomic():
        held = locked(area)
        if held.seats.filter(person=person, task=task, territory=territory, until=None).exists():
            refuse_unless(Verdict.no("seated", mark("Cette personne tient déjà cette tâche.")))
        seat = held.seats.create(person=person, task=task, since=since, territory=territory, words=words)
        note(held, "area.seat_taken", by, {"task": task, "on": since.isoformat()})
    return seat


def end_seat(*, seat: AreaSeat, on: date, by: Actor) -> AreaSeat:
    """Somebody leaves the task after that day; one that had not begun is never held."""
    with transaction.atomic():
        held = locked(seat)
        if held.since > on:
            told = {"task": held.task, "on": on.isoformat()}
            note(held.area, "area.seat_left", by, told)
            AreaSeat.objects.filter(pk=held.pk).delete()
        elif held.until is None or on < held.until:
            held.until = max(on, held.since)
            held.save(update_fields=["until"])
            note(held.area, "area.seat_left", by, {"task": held.task, "on": held.until.isoformat()})
    return held
