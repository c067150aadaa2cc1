"""How somebody comes to act for an organisation: invited by address, or asking and being answered."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.people.models import Organisation, Person
from faubourg.rules.verdict import Verdict, mark

from ..models import Applicant, ApplicantInvitation, ApplicantRequest, ApplicantRole
from .applicant_journal import note
from .applicant_roles import grant_role, lock_space, may_sign, open_roles

Role = ApplicantRole.Role
MOST_WAITING = 20


def invite(
    *, organisation: Organisation, email: str, role: str, mandate: str = "", by: Actor
) -> ApplicantInvitation:
    """A role offered to an address; inviting twice is inviting once. Refused to who holds it already."""
    address = email.strip().lower()
    with transaction.atomic():
        held = lock_space(organisation)
        waiting = list(
            held.applicant_invitations.filter(taken_at__isnull=True, withdrawn_at__isnull=True).order_by("pk")
        )
        again = next((one for one in waiting if (one.email, one.role) == (address, role)), None)
        if again:
            return again
        refuse_unless(_may_be_invited(held, address, role, mandate, len(waiting)))
        made = ApplicantInvitation.objects.create(
            organisation=held,
            email=address,
            role=role,
            mandate=mandate.strip()[:300],
            invited_by=by.ref,
            invited_by_name=by.name[:150],
        )
        note(held, "calls.applicant_invited", by, after={"applicant_role": role})
    return made


def _may_be_invited(
    organisation: Organisation, address: str, role: str, mandate: str, waiting: int
) -> Verdict:
    if waiting >= MOST_WAITING:
        return Verdict.no(
            "too_many_invitations",
            mark("{most} invitations attendent déjà : retirez celles qui ne servent plus."),
            most=MOST_WAITING,
        )
    if role == Role.ASSISTANT and not mandate.strip():
        return Verdict.no("mandate", mark("Écrivez le mandat que vous donnez : pour quoi, jusqu’à quand."))
    if any(held.person.email == address and held.role == role for held in open_roles(organisation)):
        return Verdict.no("role_held", mark("Cette personne a déjà ce rôle : il dure encore."))
    return Verdict.yes()


def take_invitation(*, invitation: ApplicantInvitation, person: Person, by: Actor) -> ApplicantRole:
    """The role is taken; the address leaves the invitation. Conflict when it waits no longer.

    The caller has verified that the address is this person’s own.
    """
    with transaction.atomic():
        organisation = lock_space(invitation.organisation)
        found = _waiting(invitation)
        if str(found.invited_by) == str(person.ref):
            refuse_unless(may_sign(organisation, person))
        Applicant.objects.get_or_create(organisation=organisation)
        made = grant_role(
            organisation=organisation,
            to=person,
            role=found.role,
            mandate=found.mandate,
            by=Actor(ref=found.invited_by, name=found.invited_by_name),
        )
        found.taken_at, found.email = timezone.now(), ""
        found.save(update_fields=["taken_at", "email"])
        note(organisation, "calls.invitation_taken", by, after={"applicant_role": found.role}, person=person)
    return made


def withdraw_invitation(*, invitation: ApplicantInvitation, by: Actor) -> None:
    """It waits no longer, and its address is forgotten."""
    with transaction.atomic():
        organisation = lock_space(invitation.organisation)
        found = _waiting(invitation)
        found.withdrawn_at, found.email = timezone.now(), ""
        found.save(update_fields=["withdrawn_at", "email"])
        note(organisation, "calls.invitation_withdrawn", by, after={"applicant_role": found.role})


def _waiting(invitation: ApplicantInvitation) -> ApplicantInvitation:
    found = ApplicantInvitation.objects.select_for_update().filter(
        pk=invitation.pk, taken_at__isnull=True, withdrawn_at__isnull=True
    )
    first = found.first()
    if first is None:
        raise Conflict
    return first


def ask_for_role(
    *, organisation: Organisation, person: Person, role: str, mandate: str, by: Actor
) -> ApplicantRequest:
    """One waiting request a person; it waits for an administrator. Refused to who holds the role already."""
    if not mandate.strip():
        refuse_unless(Verdict.no("mandate", mark("Dites qui vous êtes pour elle : on vous répondra.")))
    try:
        with transaction.atomic():
            held = lock_space(organisation)
            refuse_unless(_may_ask(held, person, role))
            made = ApplicantRequest.objects.create(
                organisation=held, person=person, role=role, mandate=mandate.strip()[:300]
            )
            note(held, "calls.role_asked", by, after={"applicant_role": role}, person=person)
    except IntegrityError:
        # Sent twice at the same moment: the other one stands.
        return ApplicantRequest.objects.get(organisation=organisation, person=person, accepted__isnull=True)
    return made


def _may_ask(organisation: Organisation, person: Person, role: str) -> Verdict:
    if any(held.person_id == person.pk and held.role == role for held in open_roles(organisation)):
        return Verdict.no("role_held", mark("Cette personne a déjà ce rôle : il dure encore."))
    if organisation.applicant_requests.filter(person=person, accepted__isnull=True).exists():
        return Verdict.no("asked_already", mark("Votre demande attend déjà une réponse."))
    return Verdict.yes()


def answer_request(*, asked: ApplicantRequest, accepted: bool, reason: str = "", by: Actor) -> None:
    """Accept, and the role begins; or refuse, with the reason. Conflict when somebody answered."""
    if not accepted and not reason.strip():
        refuse_unless(Verdict.no("reason", mark("Écrivez le motif : il est communiqué.")))
    with transaction.atomic():
        organisation = lock_space(asked.organisation)
        found = ApplicantRequest.objects.select_related("person").filter(pk=asked.pk, accepted=None).first()
        if found is None:
            raise Conflict
        found.accepted, found.reason = accepted, reason.strip()[:300]
        found.decided_at, found.decided_by, found.decided_by_name = timezone.now(), by.ref, by.name[:150]
        found.save()
        if accepted:
            Applicant.objects.get_or_create(organisation=organisation)
            grant_role(
                organisation=organisation, to=found.person, role=found.role, mandate=found.mandate, by=by
            )
        told = {"applicant_role": found.role, "answer": "acceptée" if accepted else "refusée"}
        note(organisation, "calls.role_request_answered", by, after=told, person=found.person, reason=reason)
