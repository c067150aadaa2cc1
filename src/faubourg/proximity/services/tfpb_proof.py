"""What proves an action of a landlord: a paper, a bare photograph, a report closed and checked."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.cleaning import cleaned
from faubourg.base.refusal import refuse_unless
from faubourg.base.text import printable
from faubourg.rules.verdict import Verdict, mark

from ..models import TfpbAgreement, TfpbEvidence, TfpbLine, Ticket
from .moving import locked
from .tfpb_spending import refuse_reported

KIND = "tfpbagreement"
MOST_PROOFS = 40


def add_proof(
    *,
    line: TfpbLine,
    label: str,
    by: Actor,
    upload: "UploadedFile[Any] | None" = None,
    ticket: Ticket | None = None,
) -> TfpbEvidence:
    """Keep a file or point at a closed report of this landlord; the same report twice is one proof."""
    kept = cleaned(upload) if upload is not None else None
    with transaction.atomic():
        agreement = locked(line.action.agreement)
        held = locked(line)
        refuse_unless(_may_prove(agreement, held, ticket, given=kept is not None))
        known = held.evidence.filter(ticket=ticket).first() if ticket is not None else None
        if known is not None:
            return known
        named = ticket.reference if ticket else (kept.name or "") if kept else ""
        words = printable(label).strip() or named
        made = held.evidence.create(
            label=words[:200],
            document=documents.keep(upload=kept, purpose="tfpb-proof", by=by) if kept is not None else None,
            ticket=ticket,
            added_by=by.ref,
            added_by_name=by.name,
        )
        after = {"action": held.action.title, "year": held.year.year, "proof": made.label}
        journal.record(by=by, act="tfpb.proof_added", kind=KIND, ref=str(agreement.pk), after=after)
    return made


def _may_prove(agreement: TfpbAgreement, line: TfpbLine, ticket: Ticket | None, *, given: bool) -> Verdict:
    reported = refuse_reported(line.year)
    if not reported.ok:
        return reported
    if ticket is None and not given:
        return Verdict.no("upload", mark("Joignez un fichier, ou choisissez un signalement clos."))
    if line.evidence.count() >= MOST_PROOFS:
        return Verdict.no(
            "upload", mark("Il y a déjà {most} preuves : une action n’en demande pas plus."), most=MOST_PROOFS
        )
    return _may_point(agreement, line, ticket) if ticket is not None else Verdict.yes()


def _may_point(agreement: TfpbAgreement, line: TfpbLine, ticket: Ticket) -> Verdict:
    partner = ticket.partner
    if ticket.area_id != agreement.area_id or partner is None:
        return Verdict.no("ticket", _NOT_YOURS, reference=ticket.reference)
    if partner.organisation_id != agreement.landlord_id:
        return Verdict.no("ticket", _NOT_YOURS, reference=ticket.reference)
    if ticket.state != "closed":
        return Verdict.no("ticket", _NOT_CLOSED, reference=ticket.reference)
    elsewhere = TfpbEvidence.objects.filter(ticket=ticket, line__action__agreement=agreement)
    other = elsewhere.exclude(line=line).select_related("line__action").first()
    if other is not None:
        return Verdict.no("ticket", _TWICE, reference=ticket.reference, action=other.line.action.title)
    return Verdict.yes()


_NOT_YOURS = mark("Le signalement {reference} n’a pas été traité par ce bailleur.")
_NOT_CLOSED = mark("Le signalement {reference} n’est pas clos : il ne prouve encore rien.")
_TWICE = mark("Le signalement {reference} prouve déjà « {action} ».")


def remove_proof(*, proof: TfpbEvidence, by: Actor) -> None:
    """Take back what was joined by mistake, before the review is handed in."""
    with transaction.atomic():
        agreement = locked(proof.line.action.agreement)
        refuse_unless(refuse_reported(proof.line.year))
        if TfpbEvidence.objects.filter(pk=proof.pk).delete()[0]:
            before = {"action": proof.line.action.title, "proof": proof.label}
            journal.record(by=by, act="tfpb.proof_removed", kind=KIND, ref=str(agreement.pk), before=before)
