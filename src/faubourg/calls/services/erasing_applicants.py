"""A closed account leaves the organisations that it acted for, and its name leaves what it wrote there."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from faubourg.base.refusal import refuse_unless

from ..access.claims import in_force
from ..models import (
    ApplicantInvitation,
    ApplicantRequest,
    ApplicantRole,
    Charter,
    Intent,
    IntentStep,
    PriorContact,
    VaultPiece,
)
from .applicant_roles import keeps_an_administrator, lock_space, stop

Role = ApplicantRole.Role
INVITATION_LASTS = timedelta(days=90)


def erase_names(person_ref: UUID) -> None:
    """Roles end, names go. Refused for the last administrator of an organisation where others still act."""
    _leave(person_ref)
    ApplicantRequest.objects.filter(person__ref=person_ref, accepted=None).delete()
    ApplicantRequest.objects.filter(person__ref=person_ref).update(mandate="", reason="")
    ApplicantRole.objects.filter(person__ref=person_ref).update(mandate="")
    ApplicantRole.objects.filter(granted_by=person_ref).update(granted_by_name="")
    ApplicantInvitation.objects.filter(invited_by=person_ref).update(invited_by_name="")
    ApplicantRequest.objects.filter(decided_by=person_ref).update(decided_by_name="")
    Charter.objects.filter(signed_by=person_ref).update(signed_by_name="")
    VaultPiece.objects.filter(added_by=person_ref).update(added_by_name="")
    Intent.objects.filter(written_by=person_ref).update(written_by_name="")
    Intent.objects.filter(opinion_by=person_ref).update(opinion_by_name="")
    IntentStep.objects.filter(by=person_ref).update(by_name="")
    PriorContact.objects.filter(recorded_by=person_ref).update(recorded_by_name="")


def forget_invitations(now: datetime) -> int:
    """Addresses that nobody took up within the delay are forgotten; returns how many."""
    old = ApplicantInvitation.objects.filter(
        taken_at=None, withdrawn_at=None, invited_at__lt=now - INVITATION_LASTS
    )
    return old.update(withdrawn_at=now, email="")


def _leave(person_ref: UUID) -> None:
    """Every role ends; spaces are held in one order, so that two who leave do not wait for each other."""
    mine = ApplicantRole.objects.filter(person__ref=person_ref, until__isnull=True)
    mine = mine.select_related("person", "organisation").order_by("organisation", "pk")
    for role in mine:
        organisation = lock_space(role.organisation)
        others = ApplicantRole.objects.filter(in_force(), organisation=organisation).exclude(
            person=role.person
        )
        if role.role == Role.ADMINISTRATOR and others.exists():
            refuse_unless(keeps_an_administrator(organisation, without=role.person))
        stop(role, timezone.localdate())
