"""The funders of a call and what they announce, by nature, year and place."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark

from ..models import Call, CallFunder, Envelope
from .moving import locked

# The acts of the journal.
ENVELOPE_REMOVED = "calls.envelope.removed"
ENVELOPE_WRITTEN = "calls.envelope.written"
FUNDER_REMOVED = "calls.funder.removed"
FUNDER_WRITTEN = "calls.funder.written"
FIELDS = ("name", "level", "programme", "organisation", "is_authority")


@transaction.atomic
def write_funder(*, call: Call, funder: CallFunder | None = None, by: Actor, **fields: Any) -> CallFunder:
    """A new one, or one that is corrected. Refused when the call has another of that name."""
    locked(call)
    row = locked(funder) if funder else CallFunder(call=call, order=call.funders.count())
    for name in FIELDS:
        setattr(row, name, fields[name])
    if call.funders.filter(name=row.name).exclude(pk=row.pk).exists():
        sentence = mark("« {name} » est déjà un financeur de cet appel.")
        raise Refused(Verdict.no("name", sentence, name=row.name))
    row.save()
    _tell(call, {"funder": row.name, "level": row.level}, act=FUNDER_WRITTEN, by=by)
    return row


@transaction.atomic
def remove_funder(*, funder: CallFunder, by: Actor) -> None:
    """One of whom nothing was asked and who announced nothing."""
    row = locked(funder)
    sentence = mark("« {name} » a déjà une enveloppe ou des demandes : il reste dans l’appel.")
    if row.envelopes.exists():
        raise Refused(Verdict.no("funder", sentence, name=row.name))
    try:
        row.delete()
    except ProtectedError as kept:
        raise Refused(Verdict.no("funder", sentence, name=row.name)) from kept
    _tell(row.call, {"funder": row.name}, act=FUNDER_REMOVED, by=by)


@transaction.atomic
def write_envelope(
    *, call: Call, envelope: Envelope | None = None, base_version: int | None = None, by: Actor, **fields: Any
) -> Envelope:
    """A new one, or its amount and level. Conflict when somebody wrote it meanwhile."""
    locked(call)
    row = locked(envelope, base_version) if envelope else Envelope()
    before = {"amount_cents": row.amount_cents, "level": row.level} if envelope else None
    for name in ("funder", "nature", "year", "territory", "amount_cents", "level"):
        setattr(row, name, fields[name])
    same = Envelope.objects.filter(
        funder=row.funder, nature=row.nature, year=row.year, territory=row.territory
    )
    if same.exclude(pk=row.pk).exists():
        sentence = mark("Cette enveloppe existe déjà : corrigez-la plutôt que d’en ajouter une autre.")
        raise Refused(Verdict.no("funder", sentence))
    if envelope:
        row.version += 1
    row.save()
    told = {"funder": row.funder.name, "nature": row.nature, "year": row.year}
    _tell(
        call,
        {**told, "amount_cents": row.amount_cents, "level": row.level},
        before,
        act=ENVELOPE_WRITTEN,
        by=by,
    )
    return row


@transaction.atomic
def remove_envelope(*, envelope: Envelope, by: Actor) -> None:
    """One to which nothing happened yet."""
    row = locked(envelope)
    if row.events.exists():
        sentence = mark("Des gels ou des abondements y sont inscrits : cette enveloppe reste.")
        raise Refused(Verdict.no("envelope", sentence))
    call, told = row.funder.call, {"funder": row.funder.name, "amount_cents": row.amount_cents}
    row.delete()
    _tell(call, told, act=ENVELOPE_REMOVED, by=by)


def _tell(
    call: Call, after: dict[str, Any], before: dict[str, Any] | None = None, *, act: str, by: Actor
) -> None:
    journal.record(by=by, act=act, kind="call", ref=str(call.pk), before=before, after=after)
