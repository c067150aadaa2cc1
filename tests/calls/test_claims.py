"""Whose word opens a space: nobody’s when it holds something; a public number says a public body."""

import pytest

from faubourg.base.refusal import Refused
from faubourg.calls.access.claims import can_answer_request, can_hand_over, can_invite, can_open_space
from faubourg.calls.models import ApplicantRequest, ApplicantRole
from faubourg.calls.services import applicant_roles, applicants, joining
from faubourg.calls.services.applicants import Opening
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    IntentFactory,
    JurorFactory,
    ResidentFundFactory,
    RuleSetVersionFactory,
)
from tests.factories.contracts import ContractFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.territories import SourceFactory

from .applying import codes

pytestmark = pytest.mark.django_db
PUBLIC = "21590512600011"
ROLE = ApplicantRole.Role


def told(verdict):
    return [reason.code for reason in verdict.refusals()]


def _granted(organisation):
    """An organisation that a published list of grants names."""
    organisation.published_grants.create(
        source=SourceFactory(), ref="1", year=2024, amount_cents=100, match="siret"
    )
    return organisation


def test_an_organisation_with_something_to_lose_is_not_opened_on_one_s_word():
    me = PersonFactory()
    assert can_open_space(me, OrganisationFactory()).ok
    held = [
        ResidentFundFactory().manager,
        ApplicationFactory().organisation,
        IntentFactory().organisation,
        MembershipFactory().organisation,
        CallFactory().lead,
        CallFunderFactory(organisation=OrganisationFactory()).organisation,
        JurorFactory(organisation=OrganisationFactory()).organisation,
        RuleSetVersionFactory(organisation=OrganisationFactory()).organisation,
        OrganisationFactory().charters.create(signed_on="2024-01-01").organisation,
        _granted(OrganisationFactory()),
    ]
    for organisation in held:
        organisation.kind = "association"
        assert told(can_open_space(me, organisation)) == ["space_is_known"], organisation
    with pytest.raises(Refused) as refused:
        applicants.open_space(organisation=held[0], person=me, opening=Opening(), by=me.actor)
    assert codes(refused) == ["space_is_known"]
    # Whom the team made a member opens it.
    MembershipFactory(person=me, organisation=held[0])
    assert can_open_space(me, held[0]).ok


@pytest.mark.parametrize("siret", [PUBLIC, "1" + PUBLIC[1:]])
def test_the_number_of_a_public_body_makes_one_whatever_is_typed(siret):
    me = PersonFactory()
    town = OrganisationFactory(kind="association")
    town.siret = siret
    assert told(can_open_space(me, town)) == ["public_body"]


def test_a_public_body_typed_as_an_association_waits_to_be_confirmed():
    me = PersonFactory()
    made = applicants.register_applicant(
        name="Commune",
        kind="association",
        siret=PUBLIC,
        rna=None,
        person=me,
        opening=Opening(signs=True, quality="maire"),
        by=me.actor,
    )
    assert not made.applicant_roles.exists()


def test_a_claim_is_confirmed_by_the_team_of_its_contract_or_call():
    organisation = OrganisationFactory(kind="commune")
    contract = ContractFactory()
    dossier = ApplicationFactory(organisation=organisation, contract=contract)
    asked = ApplicantRequest.objects.create(
        organisation=organisation, person=PersonFactory(), role=ROLE.SIGNATORY, mandate="maire"
    )

    def officer(kind, code):
        return RoleGrantFactory(role="funder_officer", scope_kind=kind, scope_code=code).person

    assert not can_answer_request(officer("call", CallFactory().code), asked).ok
    assert can_answer_request(officer("call", dossier.call.code), asked).ok
    assert can_answer_request(officer("contract", contract.code), asked).ok
    assert can_answer_request(officer("instance", ""), asked).ok
    assert can_answer_request(RoleGrantFactory(role="administrator").person, asked).ok
    empty = OrganisationFactory(kind="commune")
    unknown = ApplicantRequest.objects.create(
        organisation=empty, person=PersonFactory(), role=ROLE.SIGNATORY, mandate="maire"
    )
    assert not can_answer_request(officer("call", dossier.call.code), unknown).ok


def test_an_assistant_neither_invites_nor_takes_the_signature_while_somebody_signs():
    organisation = OrganisationFactory()
    me = ApplicantRoleFactory(organisation=organisation, role=ROLE.ASSISTANT, mandate="tel").person
    assert can_invite(me, organisation).ok
    president = ApplicantRoleFactory(organisation=organisation, role=ROLE.SIGNATORY)
    assert not can_invite(me, organisation).ok
    assert not can_hand_over(me, organisation).ok
    with pytest.raises(Refused) as refused:
        applicant_roles.grant_role(
            organisation=organisation, to=me, role=ROLE.SIGNATORY, mandate="moi", by=me.actor
        )
    assert codes(refused) == ["signs_only_of_its_own"]
    assert president.until is None


def test_an_assistant_takes_no_invitation_of_one_s_own():
    organisation = OrganisationFactory()
    me = ApplicantRoleFactory(organisation=organisation, role=ROLE.ASSISTANT, mandate="tel").person
    for role in (ROLE.ADMINISTRATOR, ROLE.SIGNATORY):
        mine = joining.invite(organisation=organisation, email=me.email, role=role, mandate="x", by=me.actor)
        with pytest.raises(Refused) as refused:
            joining.take_invitation(invitation=mine, person=me, by=me.actor)
        assert codes(refused) == ["signs_only_of_its_own"]
