"""Who writes a landlord's convention, who signs its reviews, who reads what is not public.

The landlord's people write their own: its referents of the area, its members. The town and the State each
sign for themselves; nobody of the landlord signs for either, nor one person for both.
"""

from collections.abc import Collection
from datetime import date

from faubourg.base.lasting import lasts_on
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Membership, Organisation, Person
from faubourg.rules.verdict import Verdict, mark

from ..models import Area, Partner, TfpbAgreement, TfpbYear
from .areas import Role, can_follow_area, can_run_area, needs, partners_of, wider_scopes_of

# Signed, whatever came after: what everybody may read.
PUBLIC = (
    "signed", "running", "reported", "visited", "approved", "approved_with_reserves", "flagged", "ended",
)  # fmt: skip


def is_public(agreement: TfpbAgreement) -> bool:
    """Whether everybody reads its plan: once it is signed."""
    return agreement.state in PUBLIC


def landlords_of(person: Visitor, area: Area | None = None, on: date | None = None) -> Collection[int]:
    """The landlords in whose name this person writes: as a member, or a referent of one of its services."""
    if not isinstance(person, Person):
        return frozenset()
    member = Membership.objects.filter(lasts_on(on), person=person)
    landlords = member.filter(organisation__kind=Organisation.Kind.LANDLORD)
    answers = {
        partner.organisation_id
        for partner in partners_of(person, area, on)
        if partner.kind == Partner.Kind.LANDLORD
    }
    return frozenset(landlords.values_list("organisation", flat=True)) | answers


def writes_for(person: Visitor, agreement: TfpbAgreement, on: date | None = None) -> bool:
    """Whether this person is one of the landlord's."""
    return agreement.landlord_id in landlords_of(person, agreement.area, on)


def can_open_tfpb(person: Visitor, area: Area, on: date | None = None) -> Verdict:
    """Open the convention of a landlord: the area's team, or any landlord of it for itself."""
    return needs(
        person,
        can_run_area(person, area, on).ok is True or bool(landlords_of(person, area, on)),
        "landlords_and_team_only",
        mark(
            "Une convention d’abattement est ouverte par l’équipe de « {area} » ou par un·e référent·e du "
            "bailleur."
        ),
        area=area.name,
    )


def can_write_tfpb(person: Visitor, agreement: TfpbAgreement, on: date | None = None) -> Verdict:
    """Write its plan, its costs, its evidence, hand in its review: its landlord."""
    return needs(
        person,
        writes_for(person, agreement, on),
        "its_landlord_only",
        mark("Cette convention est écrite par {landlord} : ses référent·e·s et ses membres la tiennent."),
        landlord=agreement.landlord.name,
    )


def signs_for_town(person: Visitor, agreement: TfpbAgreement, on: date | None = None) -> bool:
    """Whether this person speaks for the town here, and not for the landlord."""
    runs = can_run_area(person, agreement.area, on).ok is True
    return runs and not writes_for(person, agreement, on)


def signs_for_state(person: Visitor, agreement: TfpbAgreement, on: date | None = None) -> bool:
    """Whether this person speaks for the State here."""
    return holds(person, {Role.PREFECT_DELEGATE}, None, on) and holds(
        person, {Role.PREFECT_DELEGATE}, wider_scopes_of(agreement.area), on
    )


def can_frame_tfpb(person: Visitor, agreement: TfpbAgreement, on: date | None = None) -> Verdict:
    """Record signatures, a delay, a visit, flag to the préfet: the town's team or the State's delegate."""
    return needs(
        person,
        signs_for_town(person, agreement, on) or signs_for_state(person, agreement, on),
        "town_and_state_only",
        mark(
            "Cela revient à l’équipe de « {area} » ou au·à la délégué·e du préfet : un bailleur ne constate "
            "pas pour eux."
        ),
        area=agreement.area.name,
    )


def can_sign_review(person: Visitor, year: TfpbYear, side: str, on: date | None = None) -> Verdict:
    """Sign the review of a year for the town (`town`) or the State (`state`)."""
    agreement = year.agreement
    if side == "town":
        verdict = needs(
            person, signs_for_town(person, agreement, on), "town_only", _TOWN, area=agreement.area.name
        )
    else:
        verdict = needs(person, signs_for_state(person, agreement, on), "state_only", _STATE)
    if verdict.ok is not True or not isinstance(person, Person):
        return verdict
    other = year.state_signed_by if side == "town" else year.town_signed_by
    return Verdict.no("signed_already", _BOTH) if other == person.ref else verdict


_TOWN = mark("La signature de la collectivité revient à l’équipe de « {area} », jamais au bailleur.")
_STATE = mark("La signature de l’État revient au·à la délégué·e du préfet de ce département.")
_BOTH = mark("Vous avez déjà signé pour l’autre partie : une même personne ne signe pas deux fois.")


def can_read_tfpb(person: Visitor, agreement: TfpbAgreement, on: date | None = None) -> Verdict:
    """Read the whole of it, its evidence and its figures of the year: its landlord, the area's partners."""
    if writes_for(person, agreement, on):
        return Verdict.yes()
    return can_follow_area(person, agreement.area, on)


def can_export_tfpb(person: Visitor, area: Area, on: date | None = None) -> Verdict:
    """Every landlord's amounts side by side: the town and the State, never a landlord about another."""
    state = holds(person, {Role.PREFECT_DELEGATE}, None, on) and holds(
        person, {Role.PREFECT_DELEGATE}, wider_scopes_of(area), on
    )
    return needs(
        person,
        state or can_run_area(person, area, on).ok is True,
        "town_and_state_only",
        mark("Les montants de tous les bailleurs sont lus par l’équipe de « {area} » et par l’État."),
        area=area.name,
    )
