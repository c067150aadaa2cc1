"""Who may act for an organisation: granted, ended, handed over. It never loses its last administrator."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.people.models import Organisation, Person
from faubourg.rules.verdict import Verdict, mark

from ..access.claims import administrators_of
from ..models import ApplicantRole
from .applicant_journal import note

Role = ApplicantRole.Role
NEEDS_MANDATE = frozenset({Role.ASSISTANT})


def lock_space(organisation: Organisation) -> Organisation:
    """The organisation, locked: every act on its roles waits here."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def open_roles(organisation: Organisation) -> list[ApplicantRole]:
    """The roles without end of a locked space."""
    found = ApplicantRole.objects.filter(organisation=organisation, until__isnull=True)
    return list(found.select_related("person").order_by("pk"))


def grant_role(
    *, organisation: Organisation, to: Person, role: str, mandate: str = "", by: Actor, on: date | None = None
) -> ApplicantRole:
    """From today on. A new signatory takes from the old one; an assistant needs the mandate’s words."""
    with transaction.atomic():
        held = lock_space(organisation)
        refuse_unless(_may_hold(held, to, role, mandate))
        if role == Role.SIGNATORY:
            _take_the_signature(held, on)
        made = _begin(held, to, role, mandate, by=by, on=on)
        note(held, "calls.applicant_role_granted", by, after={"applicant_role": role}, person=to)
    return made


def end_role(*, role: ApplicantRole, by: Actor, reason: str = "", on: date | None = None) -> None:
    """It holds no longer, from now on; Refused for the last administrator."""
    with transaction.atomic():
        organisation = lock_space(role.organisation)
        found = ApplicantRole.objects.select_related("person").filter(pk=role.pk, until__isnull=True).first()
        if found is None:
            raise Conflict
        if found.role == Role.ADMINISTRATOR:
            refuse_unless(keeps_an_administrator(organisation, without=found.person))
        stop(found, on)
        told = {"applicant_role": found.role}
        note(organisation, "calls.applicant_role_ended", by, after=told, person=found.person, reason=reason)


def hand_over(
    *,
    organisation: Organisation,
    to: Person,
    mandate: str = "",
    seen: int = 0,
    by: Actor,
    on: date | None = None,
) -> ApplicantRole:
    """The new signatory takes from the old one, in one act. `seen`: the role that was shown, 0 for none.

    Conflict when somebody handed it over meanwhile. Refused to who does not act for the organisation, or only
    on a mandate.
    """
    with transaction.atomic():
        held = lock_space(organisation)
        now = ApplicantRole.objects.filter(organisation=held, role=Role.SIGNATORY, until__isnull=True).first()
        if (now.pk if now else 0) != seen:
            raise Conflict
        refuse_unless(may_sign(held, to))
        refuse_unless(_may_hold(held, to, Role.SIGNATORY, mandate))
        _take_the_signature(held, on)
        made = _begin(held, to, Role.SIGNATORY, mandate, by=by, on=on)
        note(held, "calls.signature_handed_over", by, after={"applicant_role": Role.SIGNATORY}, person=to)
    return made


def stop(role: ApplicantRole, on: date | None = None) -> None:
    """End a role at once: yesterday was its last day; begun today, only the journal keeps it."""
    last = (on or timezone.localdate()) - timedelta(days=1)
    if role.since > last:
        role.delete()
    else:
        role.until = last
        role.save(update_fields=["until"])


def keeps_an_administrator(organisation: Organisation, *, without: Person) -> Verdict:
    """An organisation never remains without administrator."""
    others = administrators_of(organisation).filter(until__isnull=True).exclude(person=without)
    if others.exists():
        return Verdict.yes()
    return Verdict.no(
        "last_administrator_of_the_applicant",
        mark(
            "C’est la dernière personne qui administre {organisation} : accordez d’abord ce rôle à une autre."
        ),
        organisation=organisation.name,
    )


def _begin(
    organisation: Organisation, to: Person, role: str, mandate: str, *, by: Actor, on: date | None
) -> ApplicantRole:
    return ApplicantRole.objects.create(
        organisation=organisation,
        person=to,
        role=role,
        mandate=mandate.strip()[:300],
        since=on or timezone.localdate(),
        granted_by=by.ref,
        granted_by_name=by.name[:150],
    )


def _take_the_signature(organisation: Organisation, on: date | None) -> None:
    for held in open_roles(organisation):
        if held.role == Role.SIGNATORY:
            stop(held, on)


def _may_hold(organisation: Organisation, to: Person, role: str, mandate: str) -> Verdict:
    if not to.is_active:
        return Verdict.no(
            "account_closed", mark("Ce compte est fermé : aucun rôle ne peut lui être accordé.")
        )
    mine = {held.role for held in open_roles(organisation) if held.person_id == to.pk}
    if role in mine:
        return Verdict.no("role_held", mark("Cette personne a déjà ce rôle : il dure encore."))
    if role == Role.SIGNATORY and mine == NEEDS_MANDATE:
        return may_sign(organisation, to)
    if role in NEEDS_MANDATE and not mandate.strip():
        return Verdict.no(
            "mandate",
            mark("Écrivez comment le mandat vous est donné : par qui, quand, par quel moyen."),
        )
    return Verdict.yes()


def may_sign(organisation: Organisation, to: Person) -> Verdict:
    """Of the organisation itself: whoever only types for it, on a mandate, never raises oneself."""
    roles = {held.role for held in open_roles(organisation) if held.person_id == to.pk}
    if roles - {Role.ASSISTANT}:
        return Verdict.yes()
    return Verdict.no(
        "signs_only_of_its_own",
        mark("La signature se transmet à une personne de l’organisation : invitez-la d’abord."),
    )
