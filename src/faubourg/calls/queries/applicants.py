"""Organisations that apply, as they are read: mine, one with its people, what waits for an answer."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from faubourg.base.text import fold
from faubourg.people.models import Organisation, Person

from ..access.applicants import WRITERS, acts_for
from ..access.claims import administrators_of, in_force
from ..models import Applicant, ApplicantInvitation, ApplicantRequest, ApplicantRole, Charter, VaultPiece

Role = ApplicantRole.Role
MOST_FOUND = 20
SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class People:
    """Who acts for an organisation, who did, who is invited, who asks."""

    present: list[ApplicantRole]
    past: list[ApplicantRole]
    invitations: list[ApplicantInvitation]
    requests: list[ApplicantRequest]

    @property
    def signatory(self) -> ApplicantRole | None:
        """Who signs today."""
        return next((held for held in self.present if held.role == Role.SIGNATORY), None)


def organisation_by_pk(pk: int) -> Organisation | None:
    """One organisation with its sheet."""
    return Organisation.objects.select_related("applicant__commune").filter(pk=pk).first()


def sheet_of(organisation: Organisation) -> Applicant:
    """Its sheet; an empty one as long as nothing is written."""
    found: Applicant | None = getattr(organisation, "applicant", None)
    return found or Applicant(organisation=organisation)


def organisations_of(person: Person) -> list[Organisation]:
    """Those for which this person acts today, each with their roles in `my_roles`; two queries."""
    mine = ApplicantRole.objects.filter(in_force(), person=person).order_by("role")
    return list(
        Organisation.objects.filter(Exists(mine.filter(organisation=OuterRef("pk"))))
        .prefetch_related(Prefetch("applicant_roles", queryset=mine, to_attr="my_roles"))
        .order_by("sort_key", "pk")
    )


def people_of(organisation: Organisation) -> People:
    """Everybody of a space; three queries."""
    present = list(
        ApplicantRole.objects.filter(in_force(), organisation=organisation)
        .select_related("person")
        .order_by("role", "since", "pk")
    )
    past = (
        organisation.applicant_roles.exclude(pk__in=[held.pk for held in present])
        .select_related("person")
        .order_by("-until", "-pk")
    )
    invited = organisation.applicant_invitations.filter(taken_at=None, withdrawn_at=None)
    asked = organisation.applicant_requests.filter(accepted=None).select_related("person", "organisation")
    return People(present, list(past), list(invited), list(asked))


def mandate_of(person: Person, organisation: Organisation) -> ApplicantRole | None:
    """The mandate on which this person writes, when that is all they are for the organisation."""
    if not acts_for(person, organisation) or acts_for(person, organisation, WRITERS - {Role.ASSISTANT}):
        return None
    mine = [
        held
        for held in person.applicant_roles.all()
        if held.organisation_id == organisation.pk and held.role == Role.ASSISTANT
    ]
    return max(mine, key=lambda held: held.since)


def invitations_for(person: Person) -> "QuerySet[ApplicantInvitation]":
    """What waits for the addresses that this person verified."""
    verified = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    addresses = [address.lower() for address in verified]
    return ApplicantInvitation.objects.filter(
        email__in=addresses, taken_at__isnull=True, withdrawn_at__isnull=True
    ).select_related("organisation")


def requests_by(person: Person) -> "QuerySet[ApplicantRequest]":
    """What this person asked, the latest first."""
    return person.applicant_requests.select_related("organisation").order_by("-asked_at")


def claims_to_confirm() -> "QuerySet[ApplicantRequest]":
    """Requests to organisations that nobody administers: they wait for who keeps organisations."""
    held = ApplicantRole.objects.filter(
        in_force(), organisation=OuterRef("organisation_id"), role=Role.ADMINISTRATOR
    )
    waiting = ApplicantRequest.objects.filter(~Exists(held), accepted=None)
    return waiting.select_related("organisation", "person").order_by("asked_at")


def request_by_pk(pk: int) -> ApplicantRequest | None:
    """A request with what its rights are read from."""
    return ApplicantRequest.objects.select_related("organisation", "person").filter(pk=pk).first()


def role_by_pk(pk: int) -> ApplicantRole | None:
    """A role with what its rights are read from."""
    return ApplicantRole.objects.select_related("organisation", "person").filter(pk=pk).first()


def invitation_by_pk(pk: int) -> ApplicantInvitation | None:
    """An invitation with its organisation."""
    return ApplicantInvitation.objects.select_related("organisation").filter(pk=pk).first()


def has_administrator(organisation: Organisation) -> bool:
    """Whether somebody administers its space today."""
    return administrators_of(organisation).exists()


def organisations_found(*, number: str = "", name: str = "") -> list[Organisation]:
    """By a number read and checked, or by a part of the name; few, in the order of the dictionary."""
    found = Organisation.objects.order_by("sort_key", "pk")
    if number:
        field = "rna" if number.startswith("W") else "siret"
        return list(found.filter(**{field: number}))
    if len(name.strip()) < SHORTEST_NAME:
        return []
    for word in fold(name).split():
        found = found.filter(sort_key__contains=word)
    return list(found[:MOST_FOUND])


def charter_of(organisation: Organisation) -> Charter | None:
    """The charter in force."""
    return organisation.charters.filter(withdrawn_on__isnull=True).first()


def vault_of(organisation: Organisation) -> "QuerySet[VaultPiece]":
    """Its papers, the newest of each kind first, those that were replaced included."""
    return organisation.vault.select_related("document", "replaced_by").order_by("kind", "-year", "-added_at")


def piece_by_pk(pk: int) -> VaultPiece | None:
    """A paper with its file and its organisation."""
    return VaultPiece.objects.select_related("document", "organisation").filter(pk=pk).first()
