"""The space of an organisation that applies: opened once, its sheet written by several people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.base.versions import held_at
from faubourg.people.models import Organisation, Person
from faubourg.people.services.organisations import create_organisation
from faubourg.rules.verdict import Verdict, mark

from ..access.claims import can_open_space, is_public
from ..models import Applicant, ApplicantRole
from .applicant_journal import headings_of, note
from .applicant_roles import grant_role, lock_space

Role = ApplicantRole.Role
Kind = Organisation.Kind


@dataclass(frozen=True, slots=True)
class Opening:
    """How somebody begins to act for an organisation.

    `assists`: types for it on a `mandate`, and never signs; otherwise administers it, and signs it too when
    `signs`, in a `quality`.
    """

    assists: bool = False
    mandate: str = ""
    signs: bool = False
    quality: str = ""


def register_applicant(
    *,
    name: str,
    kind: str,
    siret: str | None,
    rna: str | None,
    person: Person,
    opening: Opening,
    by: Actor,
) -> Organisation:
    """A new organisation and its space. A public body is created, but its space waits to be confirmed.

    Refused without a number (but for a collective), or when the number is already that of another.
    """
    refuse_unless(_numbered(kind, siret, rna))
    with transaction.atomic():
        made = create_organisation(name=name, kind=kind, siret=siret, rna=rna, by=by)
        if not is_public(made):
            open_space(organisation=made, person=person, opening=opening, by=by)
    return made


def open_space(*, organisation: Organisation, person: Person, opening: Opening, by: Actor) -> None:
    """Begin to act for an organisation that nobody acts for; Refused when somebody does, or did."""
    with transaction.atomic():
        held = lock_space(organisation)
        refuse_unless(can_open_space(person, held))
        Applicant.objects.get_or_create(organisation=held)
        note(held, "calls.applicant_opened", by)
        roles = {Role.ASSISTANT: opening.mandate} if opening.assists else {Role.ADMINISTRATOR: ""}
        if opening.signs and not opening.assists:
            roles[Role.SIGNATORY] = opening.quality
        for role, mandate in roles.items():
            grant_role(organisation=held, to=person, role=role, mandate=mandate, by=by)


def write_applicant(
    *, organisation: Organisation, changes: Mapping[str, Any], base_version: int, by: Actor
) -> Applicant:
    """Write its sheet if nobody wrote since `base_version`, else Conflict. No change, no entry."""
    with transaction.atomic():
        held = lock_space(organisation)
        Applicant.objects.get_or_create(organisation=held)
        sheet = held_at(Applicant.objects.get(organisation=held), base_version)
        changed = [name for name, value in changes.items() if getattr(sheet, name) != value]
        if not changed:
            return sheet
        for name in changed:
            setattr(sheet, name, changes[name])
        sheet.version += 1
        sheet.save()
        # The names of the headings only: addresses and names of people are not for the journal.
        headings = headings_of(Applicant, changed)
        note(held, "calls.applicant_written", by, after={"fields": ", ".join(headings)})
    return sheet


def _numbered(kind: str, siret: str | None, rna: str | None) -> Verdict:
    if kind == Kind.COLLECTIVE or siret or rna:
        return Verdict.yes()
    return Verdict.no(
        "number_needed",
        mark(
            "Donnez le SIRET ou le numéro RNA : il évite d’inscrire deux fois la même organisation. Un "
            "collectif sans forme juridique n’en a pas besoin."
        ),
    )
