"""What a partner promises: made, corrected, kept with a proof and a day, or given up with a reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.access import NOT_YOURS, Hand
from faubourg.contracts.models import Commitment, Contract
from faubourg.rules.verdict import Verdict, mark

from .ordinary import ref_of

KIND = "commitment"
PURPOSE = "commitment_proof"
FIELDS = (
    "partner",
    "partner_printed",
    "text",
    "target",
    "objective",
    "owner_name",
    "due_on",
    "due_printed",
    "due_reading",
)


def told(commitment: Commitment) -> dict[str, Any]:
    """A commitment in words; who follows it is a person's name and stays out of the chain."""
    return {
        "money_line": commitment.text,
        "line_mark": f"E{commitment.pk}",
        "partner": commitment.partner.name if commitment.partner else commitment.partner_printed,
        "target": commitment.target,
        "due": commitment.due_on.isoformat() if commitment.due_on else commitment.due_printed,
        "proof": commitment.proof or (commitment.proof_document.name if commitment.proof_document else ""),
        "kept_on": commitment.kept_on.isoformat() if commitment.kept_on else "",
        "dropped_reason": commitment.dropped_reason,
    }


@transaction.atomic
def make_commitment(*, contract: Contract, said: Mapping[str, Any], hand: Hand, by: Actor) -> Commitment:
    """A new promise of a partner."""
    _own(hand, said.get("partner"))
    found = Commitment(contract=contract, **{name: said[name] for name in FIELDS})
    _read_by(found, by)
    found.save()
    found.neighbourhoods.set(said["neighbourhoods"])
    journal.record(by=by, act="commitment.made", kind=KIND, ref=ref_of(contract), after=told(found))
    return found


@transaction.atomic
def revise_commitment(
    *, commitment: Commitment, said: Mapping[str, Any], version: int, hand: Hand, by: Actor
) -> Commitment:
    """Correct a promise; raises Conflict when somebody saved in between, Refused once it is over."""
    found = _held(commitment, version, hand)
    _own(hand, said.get("partner"))
    before, reading = told(found), found.due_reading
    for name in FIELDS:
        setattr(found, name, said[name])
    if found.due_reading != reading:
        _read_by(found, by)
    found.version = version + 1
    found.save()
    found.neighbourhoods.set(said["neighbourhoods"])
    journal.record(
        by=by,
        act="commitment.revised",
        kind=KIND,
        ref=ref_of(found.contract),
        before=before,
        after=told(found),
    )
    return found


def _read_by(found: Commitment, by: Actor) -> None:
    found.due_read_by = by.ref if found.due_reading else None
    found.due_read_by_name = by.name if found.due_reading else ""


def _held(commitment: Commitment, version: int, hand: Hand) -> Commitment:
    held = Commitment.objects.select_for_update(of=("self",)).select_related(
        "partner", "proof_document", "contract"
    )
    found = held.get(pk=commitment.pk)
    if found.version != version:
        raise Conflict
    _own(hand, found.partner)
    if found.kept_on or found.dropped_on:
        raise Refused(
            Verdict.no(
                "over",
                mark("Cet engagement est tenu ou abandonné : il ne change plus, l’historique le garde."),
            )
        )
    return found


def _own(hand: Hand, partner: Any) -> None:
    if not hand.holds(partner.pk if partner else None):
        raise Refused(Verdict.no("partner", NOT_YOURS))


def keep_commitment(
    *,
    commitment: Commitment,
    proof: str,
    upload: "UploadedFile[Any] | None",
    kept_on: date,
    version: int,
    hand: Hand,
    by: Actor,
) -> Commitment:
    """Kept: a proof (words, or a document) and its day, neither missing nor still to come."""
    if not proof.strip() and upload is None:
        raise Refused(
            Verdict.no("proof", mark("Un engagement est tenu avec une preuve : des mots, ou un document."))
        )
    if kept_on > timezone.localdate():
        raise Refused(Verdict.no("kept_on", mark("Ce jour n’est pas encore venu.")))
    document = documents.keep(upload=upload, purpose=PURPOSE, by=by) if upload else None
    with transaction.atomic():
        found = _held(commitment, version, hand)
        before = told(found)
        found.proof, found.proof_document, found.kept_on = proof.strip(), document, kept_on
        found.version = version + 1
        found.save()
        journal.record(
            by=by,
            act="commitment.kept",
            kind=KIND,
            ref=ref_of(found.contract),
            before=before,
            after=told(found),
        )
    return found


@transaction.atomic
def drop_commitment(
    *, commitment: Commitment, reason: str, version: int, hand: Hand, by: Actor
) -> Commitment:
    """Given up, and why: the register keeps it."""
    if not reason.strip():
        raise Refused(Verdict.no("reason", mark("Dites pourquoi cet engagement est abandonné.")))
    found = _held(commitment, version, hand)
    before = told(found)
    found.dropped_on, found.dropped_reason = timezone.localdate(), reason.strip()
    found.version = version + 1
    found.save()
    journal.record(
        by=by,
        act="commitment.dropped",
        kind=KIND,
        ref=ref_of(found.contract),
        before=before,
        after=told(found),
    )
    return found
