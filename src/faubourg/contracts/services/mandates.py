"""Giving a seat to somebody and ending it: one titular at a time, names kept as they were that day."""

from datetime import date
from uuid import UUID

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.contracts.models import Mandate, Seat
from faubourg.rules.governance.seats import Term, may_begin
from faubourg.rules.verdict import Verdict, mark


def begin_mandate(
    *,
    seat: Seat,
    rank: str,
    name: str,
    ref: UUID | None,
    starts_on: date,
    ends_on: date | None,
    by: Actor,
) -> Mandate:
    """Somebody takes a seat; Refused when it has a titular on one of these days."""
    if not name.strip():
        raise Refused(Verdict.no("person", mark("Dites qui occupe ce siège.")))
    with transaction.atomic():
        held = Seat.objects.select_for_update().get(pk=seat.pk)
        titular = rank == Mandate.Rank.TITULAR
        others = [
            Term(other.rank == Mandate.Rank.TITULAR, other.starts_on, other.ends_on)
            for other in held.mandates.all()
        ]
        refuse_unless(may_begin(Term(titular, starts_on, ends_on), others))
        mandate = Mandate.objects.create(
            seat=held,
            rank=rank,
            person_ref=ref,
            person_name=name.strip()[:150],
            starts_on=starts_on,
            ends_on=ends_on,
        )
        note(by, "body.mandate.begun", mandate, after=_said(mandate))
    return mandate


def end_mandate(*, mandate: Mandate, ends_on: date, by: Actor) -> Mandate:
    """The last day, included; a mandate that is over is not made longer."""
    with transaction.atomic():
        held = Mandate.objects.select_for_update().get(pk=mandate.pk)
        if ends_on < held.starts_on:
            raise Refused(
                Verdict.no(
                    "ends_on",
                    mark("Ce mandat a commencé le {since} : il finit ce jour-là ou après."),
                    since=held.starts_on,
                )
            )
        if held.ends_on is not None and ends_on > held.ends_on:
            raise Refused(
                Verdict.no(
                    "ends_on",
                    mark("Ce mandat est échu le {last} : ouvrez-en un nouveau pour la suite."),
                    last=held.ends_on,
                )
            )
        before = _said(held)
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        note(by, "body.mandate.ended", held, before=before, after=_said(held))
    return held


def _said(mandate: Mandate) -> dict[str, str]:
    return {
        "seat": mandate.seat.title,
        "starts_on": mandate.starts_on.isoformat(),
        "ends_on": mandate.ends_on.isoformat() if mandate.ends_on else "",
    }


def note(
    by: Actor, act: str, mandate: Mandate, *, after: dict[str, str], before: dict[str, str] | None = None
) -> None:
    journal.record(
        by=by,
        act=act,
        kind="body",
        ref=str(mandate.seat.body_id),
        before=before,
        after=after,
        personal={"after.person": mandate.person_name},
        about=mandate.person_ref,
    )
