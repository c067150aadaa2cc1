"""Who acts for an organisation: opened, asked for, invited, ended, handed over, never left alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from faubourg.base import erasure
from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.access.claims import can_answer_request, can_invite, can_open_space
from faubourg.calls.models import Applicant, ApplicantInvitation, ApplicantRole
from faubourg.calls.queries.applicants import (
    claims_to_confirm,
    invitations_for,
    mandate_of,
    organisations_of,
    people_of,
)
from faubourg.calls.services import applicant_roles, applicants, charters, joining
from faubourg.calls.services.applicants import Opening
from faubourg.calls.services.erasing_applicants import INVITATION_LASTS, forget_invitations
from faubourg.people.models import Organisation
from faubourg.people.portability import everything_about
from faubourg.people.services.accounts import close_account
from tests.factories.calls import ApplicantRoleFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory, RoleGrantFactory

from .applying import association, at_once, codes, someone

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"
NAMED = {"name": "Les Voisins", "kind": "association", "siret": SIRET, "rna": None}
ROLE = ApplicantRole.Role


def roles_in(organisation):
    found = ApplicantRole.objects.filter(organisation=organisation, until=None)
    return {(held.role, held.person_id) for held in found}


@pytest.fixture
def zoe(db):
    return someone(name="Zoé Roux", email="zoe@exemple.fr")


def test_a_treasurer_opens_the_space_of_her_association_and_signs(zoe):
    opening = Opening(signs=True, quality="trésorière")
    made = applicants.register_applicant(**NAMED, person=zoe, opening=opening, by=zoe.actor)
    assert roles_in(made) == {(ROLE.ADMINISTRATOR, zoe.pk), (ROLE.SIGNATORY, zoe.pk)}
    assert [one.my_roles[0].role for one in organisations_of(zoe)] == [ROLE.ADMINISTRATOR]
    acts = {entry.act for entry in entries_for("applicant", str(made.pk))}
    assert acts == {"calls.applicant_opened", "calls.applicant_role_granted"}


def test_a_collective_needs_no_number_an_association_does(zoe):
    given = {"siret": None, "rna": None, "person": zoe, "opening": Opening(), "by": zoe.actor}
    applicants.register_applicant(name="Les voisins du 12", kind="collective", **given)
    with pytest.raises(Refused) as refused:
        applicants.register_applicant(name="Association", kind="association", **given)
    assert codes(refused) == ["number_needed"]
    assert not Organisation.objects.filter(name="Association").exists()


def test_nobody_takes_a_space_over(zoe):
    ali = PersonFactory()
    held = association(administrator=ali)
    with pytest.raises(Refused) as refused:
        applicants.open_space(organisation=held, person=zoe, opening=Opening(), by=zoe.actor)
    assert codes(refused) == ["space_is_held"]
    # Those who acted for it once keep it from being taken, too.
    ApplicantRole.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert not can_open_space(zoe, held).ok


def test_a_public_body_is_opened_by_its_own_people_alone(zoe):
    town = OrganisationFactory(kind="commune", siret=SIRET)
    assert not can_open_space(zoe, town).ok
    MembershipFactory(person=zoe, organisation=town)
    assert can_open_space(zoe, town).ok
    other = applicants.register_applicant(
        name="Une autre",
        kind="commune",
        siret="35600000000048",
        rna=None,
        person=zoe,
        opening=Opening(),
        by=zoe.actor,
    )
    assert roles_in(other) == set()


def test_a_role_is_asked_for_and_the_administrator_answers(zoe):
    ali = PersonFactory()
    held = association(administrator=ali)
    asked = joining.ask_for_role(
        organisation=held, person=zoe, role=ROLE.WRITER, mandate="secrétaire", by=zoe.actor
    )
    assert roles_in(held) == {(ROLE.ADMINISTRATOR, ali.pk)}
    with pytest.raises(Refused) as refused:
        joining.ask_for_role(
            organisation=held, person=zoe, role=ROLE.SIGNATORY, mandate="encore", by=zoe.actor
        )
    assert codes(refused) == ["asked_already"]
    assert can_answer_request(ali, asked).ok
    assert not can_answer_request(zoe, asked).ok
    officer = RoleGrantFactory().person
    assert not can_answer_request(officer, asked).ok, "somebody administers it: the team has no say"
    joining.answer_request(asked=asked, accepted=True, by=ali.actor)
    assert (ROLE.WRITER, zoe.pk) in roles_in(held)
    with pytest.raises(Conflict):
        joining.answer_request(asked=asked, accepted=False, reason="Trop tard", by=ali.actor)


def test_without_administrator_the_team_confirms_never_who_asks(zoe):
    town = OrganisationFactory(kind="commune")
    asked = joining.ask_for_role(
        organisation=town, person=zoe, role=ROLE.ADMINISTRATOR, mandate="cheffe de service", by=zoe.actor
    )
    assert list(claims_to_confirm()) == [asked]
    RoleGrantFactory(person=zoe)
    assert not can_answer_request(zoe, asked).ok
    officer = RoleGrantFactory().person
    assert can_answer_request(officer, asked).ok
    with pytest.raises(Refused):
        joining.answer_request(asked=asked, accepted=False, reason=" ", by=officer.actor)
    joining.answer_request(asked=asked, accepted=True, by=officer.actor)
    assert not claims_to_confirm().exists()


def test_an_invitation_is_taken_by_its_verified_address_and_forgets_it(zoe):
    ali, other = PersonFactory(), PersonFactory()
    held = association(administrator=ali)
    for _twice in range(2):
        joining.invite(organisation=held, email="Zoe@Exemple.fr ", role=ROLE.WRITER, by=ali.actor)
    invitation = invitations_for(zoe).get()
    assert not invitations_for(other).exists()
    joining.take_invitation(invitation=invitation, person=zoe, by=zoe.actor)
    assert (ROLE.WRITER, zoe.pk) in roles_in(held)
    assert ApplicantInvitation.objects.get().email == ""
    with pytest.raises(Conflict):
        joining.take_invitation(invitation=invitation, person=zoe, by=zoe.actor)


def test_an_invitation_that_nobody_takes_forgets_its_address(zoe):
    held, now = association(administrator=PersonFactory()), timezone.now()
    joining.invite(organisation=held, email=zoe.email, role=ROLE.WRITER, by=zoe.actor)
    assert forget_invitations(now) == 0
    assert forget_invitations(now + INVITATION_LASTS + timedelta(days=1)) == 1
    assert ApplicantInvitation.objects.get().email == ""
    assert not invitations_for(zoe).exists()


def test_an_address_that_is_not_verified_takes_nothing():
    person = PersonFactory(email="zoe@exemple.fr")
    joining.invite(organisation=association(), email=person.email, role=ROLE.WRITER, by=person.actor)
    assert not invitations_for(person).exists()


def test_an_invited_signatory_takes_the_signature_from_the_old_one(zoe):
    ali = PersonFactory()
    held = association(administrator=ali, signatory=ali)
    joining.invite(
        organisation=held, email=zoe.email, role=ROLE.SIGNATORY, mandate="présidente", by=ali.actor
    )
    joining.take_invitation(invitation=invitations_for(zoe).get(), person=zoe, by=zoe.actor)
    assert {one for one in roles_in(held) if one[0] == ROLE.SIGNATORY} == {(ROLE.SIGNATORY, zoe.pk)}


def test_the_signature_is_handed_over_in_one_act(zoe):
    ali, stranger = PersonFactory(), PersonFactory()
    held = association(administrator=ali, signatory=ali, writer=zoe, assistant=PersonFactory())
    old = held.applicant_roles.get(role=ROLE.SIGNATORY)
    hand = {"organisation": held, "mandate": "présidente", "by": ali.actor}
    for person in (stranger, held.applicant_roles.get(role=ROLE.ASSISTANT).person):
        with pytest.raises(Refused) as refused:
            applicant_roles.hand_over(to=person, seen=old.pk, **hand)
        assert codes(refused) == ["signs_only_of_its_own"]
    applicant_roles.hand_over(to=zoe, seen=old.pk, **hand)
    old.refresh_from_db()
    assert old.until == timezone.localdate() - timedelta(days=1)
    assert people_of(held).signatory.person == zoe
    with pytest.raises(Conflict):
        applicant_roles.hand_over(to=ali, seen=old.pk, **hand)


def test_the_last_administrator_stays(zoe):
    held = association(administrator=zoe, writer=PersonFactory())
    role = held.applicant_roles.get(role=ROLE.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        applicant_roles.end_role(role=role, by=zoe.actor)
    assert codes(refused) == ["last_administrator_of_the_applicant"]
    applicant_roles.grant_role(organisation=held, to=PersonFactory(), role=ROLE.ADMINISTRATOR, by=zoe.actor)
    applicant_roles.end_role(role=role, by=zoe.actor)
    with pytest.raises(Conflict):
        applicant_roles.end_role(role=role, by=zoe.actor)


def test_who_types_on_a_mandate_says_which_and_never_administers(zoe):
    held = OrganisationFactory()
    with pytest.raises(Refused) as refused:
        applicants.open_space(organisation=held, person=zoe, opening=Opening(assists=True), by=zoe.actor)
    assert codes(refused) == ["mandate"]
    opening = Opening(assists=True, mandate="la présidente, au téléphone, le 3 mars", signs=True)
    applicants.open_space(organisation=held, person=zoe, opening=opening, by=zoe.actor)
    assert roles_in(held) == {(ROLE.ASSISTANT, zoe.pk)}
    assert mandate_of(zoe, held).mandate == opening.mandate
    assert can_invite(zoe, held).ok, "so that somebody comes who administers"
    ApplicantRoleFactory(organisation=held, role=ROLE.ADMINISTRATOR)
    assert not can_invite(zoe, held).ok


def test_the_sheet_is_written_once_at_a_time(zoe):
    held = association(administrator=zoe)
    write = {"organisation": held, "by": zoe.actor}
    applicants.write_applicant(changes={"head_name": "Zoé Roux"}, base_version=1, **write)
    with pytest.raises(Conflict):
        applicants.write_applicant(changes={"head_name": "Ali"}, base_version=1, **write)
    assert Applicant.objects.get(organisation=held).head_name == "Zoé Roux"
    entry = entries_for("applicant", str(held.pk))[0]
    assert "Roux" not in entry.payload, "the journal names the headings, never what they say"


def test_the_charter_is_signed_once_and_withdrawn_with_a_reason(zoe):
    held = association(signatory=zoe)
    with pytest.raises(Refused):
        charters.sign_charter(organisation=held, quality=" ", by=zoe.actor)
    signed = charters.sign_charter(organisation=held, quality="présidente", by=zoe.actor)
    assert charters.sign_charter(organisation=held, quality="présidente", by=zoe.actor) == signed
    with pytest.raises(Refused):
        charters.withdraw_charter(charter=signed, reason="", by=zoe.actor)
    charters.withdraw_charter(charter=signed, reason="Changement de statuts", by=zoe.actor)
    assert charters.sign_charter(organisation=held, quality="présidente", by=zoe.actor) != signed


def test_who_leaves_the_platform_hands_over_first_and_leaves_no_name(zoe):
    ali = PersonFactory()
    held = association(administrator=zoe, signatory=zoe, writer=ali)
    charters.sign_charter(organisation=held, quality="présidente", by=zoe.actor)
    with pytest.raises(Refused) as refused:
        close_account(person=zoe, by=zoe.actor)
    assert codes(refused) == ["last_administrator_of_the_applicant"]
    zoe.refresh_from_db()
    assert zoe.is_active, "nothing was closed half-way"
    applicant_roles.grant_role(organisation=held, to=ali, role=ROLE.ADMINISTRATOR, by=zoe.actor)
    close_account(person=zoe, by=zoe.actor)
    assert {person for _role, person in roles_in(held)} == {ali.pk}
    assert held.charters.get().signed_by_name == ""
    erasure.erase(zoe.ref)


def test_alone_one_may_close_and_the_team_confirms_who_comes_next(zoe):
    held = association(administrator=zoe)
    close_account(person=zoe, by=zoe.actor)
    assert roles_in(held) == set()
    assert not can_open_space(PersonFactory(), held).ok


def test_what_is_held_about_me_is_in_my_file(zoe):
    association(administrator=zoe)
    told = everything_about(zoe)["porteurs_de_projet"]
    assert told["roles"][0]["organisation__name"] == "Les Voisins"


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_last_administrators_away_at_once_leave_one():
    one, two = PersonFactory(), PersonFactory()
    held = association()
    roles = [
        ApplicantRoleFactory(organisation=held, person=who, role=ROLE.ADMINISTRATOR) for who in (one, two)
    ]
    answers = at_once(
        *(lambda role=role: applicant_roles.end_role(role=role, by=one.actor) for role in roles)
    )
    assert answers == ["Refused", "done"]
    assert len(roles_in(held)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_handovers_at_once_hand_over_once():
    ali, one, two = PersonFactory(), PersonFactory(), PersonFactory()
    held = association(administrator=ali, signatory=ali)
    for person in (one, two):
        ApplicantRoleFactory(organisation=held, person=person)
    seen = held.applicant_roles.get(role=ROLE.SIGNATORY).pk
    hand = {"organisation": held, "mandate": "présidente", "seen": seen, "by": ali.actor}
    answers = at_once(*(lambda to=to: applicant_roles.hand_over(to=to, **hand) for to in (one, two)))
    assert answers == ["Conflict", "done"]
    assert held.applicant_roles.filter(role=ROLE.SIGNATORY, until=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_same_space_at_once_open_it_once():
    people = [PersonFactory(), PersonFactory()]
    held = OrganisationFactory()
    answers = at_once(
        *(
            lambda who=who: applicants.open_space(
                organisation=held, person=who, opening=Opening(), by=who.actor
            )
            for who in people
        )
    )
    assert answers == ["Refused", "done"]
    assert len(roles_in(held)) == 1
