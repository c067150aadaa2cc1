"""What is held about somebody among the organisations that apply, for their own file (RGPD, article 20)."""

from typing import Any

from faubourg.people.models import Person

from ..models import ApplicantInvitation, Charter, Intent, PriorContact, VaultPiece


def told_of(person: Person) -> dict[str, Any]:
    """One section a kind of data, in French as the rest of the file."""
    ref = person.ref
    return {
        "roles": list(
            person.applicant_roles.values("organisation__name", "role", "mandate", "since", "until")
        ),
        "demandes": list(
            person.applicant_requests.values(
                "organisation__name", "role", "mandate", "asked_at", "accepted", "reason"
            )
        ),
        "invitations": list(
            ApplicantInvitation.objects.filter(email=person.email).values(
                "organisation__name", "role", "mandate", "invited_at"
            )
        ),
        "engagements_signes": list(
            Charter.objects.filter(signed_by=ref).values("organisation__name", "signed_on", "quality")
        ),
        "pieces_deposees": list(
            VaultPiece.objects.filter(added_by=ref).values("organisation__name", "kind", "label", "added_at")
        ),
        "fiches_redigees": list(
            Intent.objects.filter(written_by=ref).values("call__code", "number", "title", "created_at")
        ),
        "avis_rendus": list(
            Intent.objects.filter(opinion_by=ref).values("number", "title", "opinion_on", "opinion")
        ),
        "contacts_notes": list(
            PriorContact.objects.filter(recorded_by=ref).values("party", "service", "on", "advice")
        ),
    }
