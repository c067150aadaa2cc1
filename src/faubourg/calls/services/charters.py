"""The contrat d’engagement républicain: signed by the signatory, withdrawn with a reason."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.people.models import Organisation
from faubourg.rules.verdict import Verdict, mark

from ..models import Charter
from .applicant_journal import note
from .applicant_roles import lock_space


def sign_charter(*, organisation: Organisation, quality: str, by: Actor, on: date | None = None) -> Charter:
    """Signed today by the signatory, in a quality; signing twice is signing once."""
    if not quality.strip():
        refuse_unless(Verdict.no("quality", mark("Dites en quelle qualité vous signez : présidente, maire…")))
    with transaction.atomic():
        held = lock_space(organisation)
        standing = held.charters.filter(withdrawn_on__isnull=True).first()
        if standing:
            return standing
        made = Charter.objects.create(
            organisation=held,
            signed_on=on or timezone.localdate(),
            signed_by=by.ref,
            signed_by_name=by.name[:150],
            quality=quality.strip()[:120],
        )
        note(held, "calls.charter_signed", by)
    return made


def withdraw_charter(*, charter: Charter, reason: str, by: Actor, on: date | None = None) -> Charter:
    """It commits no longer, with its reason; Conflict when it was withdrawn already."""
    if not reason.strip():
        refuse_unless(Verdict.no("reason", mark("Écrivez le motif : il est communiqué.")))
    with transaction.atomic():
        held = lock_space(charter.organisation)
        found = held.charters.filter(pk=charter.pk, withdrawn_on__isnull=True).first()
        if found is None:
            raise Conflict
        found.withdrawn_on, found.withdrawal_reason = on or timezone.localdate(), reason.strip()[:300]
        found.save()
        note(held, "calls.charter_withdrawn", by, reason=reason)
    return found
