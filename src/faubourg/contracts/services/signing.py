"""Parties to an agreement: named, signing, refusing with a written reason, corrected with a reason.

The state follows what the parties said: partial signature, then signed, n of n; nobody chooses it.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.models import Document
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.contracts.agreements import (
    Agreement,
    agreement_of,
    is_published,
    journal_key,
    locked,
    of,
    owner,
)
from faubourg.contracts.models import Contract, Convention, Signatory
from faubourg.contracts.queries.circuit import as_parties, circuit_of, parties_of
from faubourg.people.models import Organisation
from faubourg.rules import contract_signing, convention_circuit
from faubourg.rules.contract_circuit import State
from faubourg.rules.verdict import Verdict, mark

from .circuit import move
from .convention_moves import move_convention

MOST_PARTIES = 200


def add_party(
    *,
    agreement: Agreement,
    name: str,
    by: Actor,
    quality: str = "",
    mandatory: bool = True,
    organisation: Organisation | None = None,
) -> Signatory:
    """Name a party, before everybody signed; an optional one may join later."""
    with transaction.atomic():
        held = locked(agreement)
        parties = parties_of(held)
        refuse_unless(_may_name(held, name, parties, mandatory=mandatory))
        party = Signatory.objects.create(
            **owner(held),
            name=name.strip(),
            quality=quality.strip(),
            mandatory=mandatory,
            organisation=organisation,
            order=max((each.order for each in parties), default=0) + 1,
            recorded_by=by.ref,
            recorded_by_name=by.name,
        )
        journal.record(by=by, act="party.added", **journal_key(held), after={"party": party.name})
    return party


def remove_party(*, party: Signatory, reason: str, by: Actor) -> None:
    """Take a party out that has said nothing yet; the reason stays in the journal."""
    with transaction.atomic():
        held = locked(agreement_of(party))
        row = of(Signatory.objects.all(), held).filter(pk=party.pk).first()
        if row is None:
            return
        if row.signed_on or row.refused_on:
            raise Refused(Verdict.no("party", _SPOKE, party=row.name))
        if row.mandatory and is_published(held):
            raise Refused(Verdict.no("party", _ALL_SIGNED))
        refuse_unless(_said_why(reason))
        journal.record(
            by=by, act="party.removed", **journal_key(held), before={"party": row.name}, reason=reason
        )
        row.delete()
        _settle(held, on=timezone.localdate(), by=by, reason=reason)


def sign_party(
    *, party: Signatory, on: date | None, by: Actor, document: Document | None = None
) -> Signatory:
    """Record a signature; with the last one that was awaited, the agreement is signed."""
    with transaction.atomic():
        held, row = _held(party)
        refuse_unless(_may_sign(held, row, on))
        assert on is not None
        row.signed_on, row.document = on, document or row.document
        _stamp(row, by)
        journal.record(
            by=by,
            act="party.signed",
            **journal_key(held),
            after={"party": row.name, "on": on.isoformat()},
        )
        _settle(held, on=on, by=by)
    return row


def refuse_party(
    *, party: Signatory, on: date | None, reason: str, by: Actor, document: Document | None = None
) -> Signatory:
    """Record a written refusal with its reason: it counts as an answer, not as a signature."""
    with transaction.atomic():
        held, row = _held(party)
        refuse_unless(_said_why(reason))
        refuse_unless(_may_sign(held, row, on))
        assert on is not None
        row.refused_on, row.refusal_reason, row.document = on, reason.strip(), document or row.document
        _stamp(row, by)
        journal.record(
            by=by,
            act="party.refused",
            **journal_key(held),
            after={"party": row.name, "on": on.isoformat()},
            reason=reason,
        )
        _settle(held, on=on, by=by)
    return row


def correct_party(*, party: Signatory, reason: str, by: Actor) -> Signatory:
    """Take back what was recorded by mistake, before the agreement is in force; says why."""
    with transaction.atomic():
        held, row = _held(party)
        refuse_unless(_said_why(reason))
        refuse_unless(_may_correct(held, row))
        said = row.signed_on or row.refused_on
        row.signed_on, row.refused_on, row.refusal_reason, row.document = None, None, "", None
        _stamp(row, by)
        journal.record(
            by=by,
            act="party.corrected",
            **journal_key(held),
            before={"party": row.name, "on": said.isoformat() if said else None},
            reason=reason,
        )
        _settle(held, on=timezone.localdate(), by=by, reason=reason)
    return row


_SPOKE = mark("{party} s’est déjà prononcée : corrigez d’abord ce qui est enregistré.")
_ALL_SIGNED = mark("Toutes les parties obligatoires se sont prononcées : leur liste est arrêtée.")


def _held(party: Signatory) -> tuple[Agreement, Signatory]:
    held = locked(agreement_of(party))
    row = of(Signatory.objects.all(), held).filter(pk=party.pk).first()
    if row is None:
        raise Refused(Verdict.no("party", mark("Cette partie vient d’être retirée.")))
    return held, row


def _stamp(row: Signatory, by: Actor) -> None:
    row.recorded_by, row.recorded_by_name = by.ref, by.name
    row.save()


def _said_why(reason: str) -> Verdict:
    return Verdict.yes() if reason.strip() else Verdict.no("reason", mark("Dites en une phrase pourquoi."))


def _may_name(held: Agreement, name: str, parties: tuple[Signatory, ...], *, mandatory: bool) -> Verdict:
    if not name.strip():
        return Verdict.no("name", mark("Nommez la partie."))
    if any(each.name.casefold() == name.strip().casefold() for each in parties):
        return Verdict.no("name", mark("{party} est déjà partie à ce texte."), party=name.strip())
    if len(parties) >= MOST_PARTIES:
        return Verdict.no("name", mark("Un texte compte au plus {most} parties."), most=MOST_PARTIES)
    return Verdict.no("mandatory", _ALL_SIGNED) if mandatory and is_published(held) else Verdict.yes()


def _may_sign(held: Agreement, row: Signatory, on: date | None) -> Verdict:
    today = timezone.localdate()
    [party] = as_parties([row])
    if isinstance(held, Contract):
        return contract_signing.may_sign(party, circuit_of(held).facts(on=on, today=today))
    if party.spoke:
        return Verdict.no("circuit_party", _SPOKE, party=party.name)
    if party.mandatory and held.state != Convention.State.DRAFT:
        return convention_circuit.may_start(convention_circuit.Act.SIGN, convention_circuit.State(held.state))
    return contract_signing.not_ahead(on, today)


def _may_correct(held: Agreement, row: Signatory) -> Verdict:
    if not (row.signed_on or row.refused_on):
        return Verdict.no("party", mark("Rien n’est enregistré pour {party}."), party=row.name)
    settled = (
        (State.VALIDATED_STEERING, State.PARTLY_SIGNED, State.SIGNED)
        if isinstance(held, Contract)
        else (Convention.State.DRAFT, Convention.State.SIGNED)
    )
    if held.state in settled:
        return Verdict.yes()
    return Verdict.no("party", mark("Le texte est en vigueur : ses signatures ne se corrigent plus."))


def _settle(held: Agreement, *, on: date, by: Actor, reason: str = "") -> None:
    """Bring the state where the signatures put it, one transition of the table after the other."""
    rows = parties_of(held)
    parties = as_parties(rows)
    spoken = [day for row in rows for day in (row.signed_on, row.refused_on) if day]
    signed = [party.signed_on for party in parties if party.signed_on]
    if isinstance(held, Convention):
        if held.state not in (Convention.State.DRAFT, Convention.State.SIGNED):
            return
        state = convention_circuit.signed_state(parties)
        if state.value != held.state:
            held.signed_on = max(signed) if state is convention_circuit.State.SIGNED else None
            move_convention(held, state, on=on, by=by, reason=reason)
        return
    way = (State.VALIDATED_STEERING, State.PARTLY_SIGNED, State.SIGNED)
    if held.state not in way:
        return
    target = contract_signing.signed_state(parties)
    while held.state != target:
        here = way.index(State(held.state))
        step = way[here + 1] if way.index(target) > here else way[here - 1]
        held.signed_on = max(signed) if step is State.SIGNED else None
        # Answers are not recorded in the order in which they were given: the last one makes it signed.
        move(held, step, on=max(spoken) if step is State.SIGNED else on, by=by, reason=reason)
