"""The funders of a call and what they announce, by nature, year and place."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.people.models import Organisation
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Verdict, mark

from ..access.funders import is_bound_to
from ..models import Call, CallFunder, Envelope
from ..queries.envelopes import EnvelopeLine, envelopes_of
from .funder_decisions import lock_envelopes
from .moving import locked

# The acts of the journal.
ENVELOPE_REMOVED = "calls.envelope.removed"
ENVELOPE_WRITTEN = "calls.envelope.written"
FUNDER_REMOVED = "calls.funder.removed"
FUNDER_WRITTEN = "calls.funder.written"
PLACE = ("funder", "nature", "year", "territory")
FIELDS = ("name", "level", "programme", "organisation", "is_authority")


@transaction.atomic
def write_funder(*, call: Call, funder: CallFunder | None = None, by: Actor, **fields: Any) -> CallFunder:
    """A new one, or one that is corrected. Refused when the call has another of that name.

    Who speaks for a funder follows from its organisation and its level: both stay once something was decided
    in its name, and nobody puts there an organisation of which they are a member: only the lead of the call,
    under its own level, which runs it already.
    """
    locked(call)
    row = locked(funder) if funder else CallFunder(call=call, order=call.funders.count())
    before = _said(row) if funder else None
    refuse_unless(_may_speak(row, fields["organisation"], fields["level"], by))
    for name in FIELDS:
        setattr(row, name, fields[name])
    if call.funders.filter(name=row.name).exclude(pk=row.pk).exists():
        sentence = mark("« {name} » est déjà un financeur de cet appel.")
        raise Refused(Verdict.no("name", sentence, name=row.name))
    row.save()
    _tell(call, _said(row), before, act=FUNDER_WRITTEN, by=by)
    return row


def _said(funder: CallFunder) -> dict[str, Any]:
    organisation = funder.organisation.name if funder.organisation else ""
    return {"funder": funder.name, "level": funder.level, "organisation": organisation}


def _may_speak(row: CallFunder, organisation: Organisation | None, level: str, by: Actor) -> Verdict:
    pk = organisation.pk if organisation else None
    changes = row.organisation_id is not None and pk != row.organisation_id
    moved = row.pk is not None and (changes or level != row.level)
    if moved and (row.decisions.exists() or row.opinions.exists()):
        sentence = mark(
            "Des décisions ou des avis portent déjà le nom de « {name} » : son organisme et son niveau ne "
            "changent plus."
        )
        return Verdict.no("organisation", sentence, name=row.name)
    leads = organisation is not None and pk == row.call.lead_id and organisation.kind == level
    if organisation and pk != row.organisation_id and not leads and is_bound_to(by, organisation):
        sentence = mark(
            "Vous êtes membre de « {organisation} » : une autre personne en fait le financeur de cet appel, "
            "nul ne se donne le droit de décider."
        )
        return Verdict.no("organisation", sentence, organisation=organisation.name)
    return Verdict.yes()


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
    """A new one, or its amount and level. Conflict when somebody wrote it meanwhile.

    Refused below what votes and juries already take there, or when what they draw on would be another one.
    """
    lock_envelopes(call.pk)
    locked(call)
    row = locked(envelope, base_version) if envelope else Envelope()
    before = {"amount_cents": row.amount_cents, "level": row.level} if envelope else None
    if envelope:
        moved = any(getattr(row, name) != fields[name] for name in PLACE)
        refuse_unless(_may_lower(row, 0 if moved else fields["amount_cents"]))
    for name in (*PLACE, "amount_cents", "level"):
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
    """One to which nothing happened yet, and on which nothing is voted or proposed."""
    lock_envelopes(envelope.funder.call_id)
    row = locked(envelope)
    if row.events.exists():
        sentence = mark("Des gels ou des abondements y sont inscrits : cette enveloppe reste.")
        raise Refused(Verdict.no("envelope", sentence))
    refuse_unless(_may_lower(row, 0))
    call, told = row.funder.call, {"funder": row.funder.name, "amount_cents": row.amount_cents}
    row.delete()
    _tell(call, told, act=ENVELOPE_REMOVED, by=by)


def _may_lower(row: Envelope, cents: int) -> Verdict:
    """`cents`: what would be announced; raising one that a cut already made short is always possible."""
    line = _line_of(row)
    taken = line.granted + line.proposed
    if cents >= row.amount_cents or line.net - row.amount_cents + cents >= taken or not taken:
        return Verdict.yes()
    sentence = mark(
        "{taken} sont déjà votés, ou proposés par un jury, sur cette enveloppe : elle ne descend pas "
        "au-dessous. Enregistrez un gel ou une annulation."
    )
    return Verdict.no("amount", sentence, taken=Cents(taken))


def _line_of(row: Envelope) -> EnvelopeLine:
    return next(line for line in envelopes_of(row.funder.call) if line.envelope.pk == row.pk)


def _tell(
    call: Call, after: dict[str, Any], before: dict[str, Any] | None = None, *, act: str, by: Actor
) -> None:
    journal.record(by=by, act=act, kind="call", ref=str(call.pk), before=before, after=after)
