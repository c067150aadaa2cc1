"""Writing: the fiche, the links, an analysis; who, when, why, and never over somebody else."""

from decimal import Decimal

import pytest
from django.utils import timezone

from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts import access
from faubourg.contracts.models import Analysis, ContractNeighbourhood
from faubourg.contracts.services.analyses import compose_analysis, delete_analysis, revise_analysis
from faubourg.contracts.services.links import add_link, confirm_link, reject_link
from faubourg.contracts.services.sheets import update_sheet
from faubourg.territories.access import can_edit_territory
from tests.contracts.conftest import commune
from tests.factories.contracts import AnalysisFactory, ContractBearerFactory, ContractFactory, LinkFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def test_a_sheet_is_written_and_the_journal_keeps_what_changed(town, officer):
    sheet = update_sheet(
        contract=town.contract, changes={"priorities": "Emploi", "etp_pv": Decimal("0.5")}, base_version=0,
        by=officer.actor,
    )  # fmt: skip
    assert (sheet.version, sheet.priorities) == (1, "Emploi")
    [entry] = entries_for("contract", f"{town.contract.generation}/{town.contract.code}")
    assert entry.act == "contract.sheet.updated"
    assert "Emploi" in entry.payload
    assert "signatories" not in entry.payload


def test_two_people_do_not_overwrite_each_other(town, officer):
    update_sheet(contract=town.contract, changes={"priorities": "A"}, base_version=0, by=officer.actor)
    with pytest.raises(Conflict):
        update_sheet(contract=town.contract, changes={"priorities": "B"}, base_version=0, by=officer.actor)
    assert town.contract.sheet.priorities == "A"


@pytest.mark.parametrize("changes", [{"etp_pv": Decimal(-1)}, {"etp_pru": Decimal(100)}])
def test_an_impossible_number_is_refused_with_the_field(town, officer, changes):
    with pytest.raises(Refused) as refused:
        update_sheet(contract=town.contract, changes=changes, base_version=0, by=officer.actor)
    assert [reason.code for reason in refused.value.verdict.refusals()] == list(changes)


def test_the_central_town_is_a_commune(town, officer):
    with pytest.raises(Refused):
        update_sheet(
            contract=town.contract, changes={"central_commune": town.epci}, base_version=0, by=officer.actor
        )


def test_a_deduced_link_is_confirmed_set_aside_and_taken_back(town, officer):
    quarter = town.quarters[0]
    link = confirm_link(contract=town.contract, neighbourhood=quarter, by=officer.actor)
    assert (link.decided_by, link.decided_by_name, link.rejected) == (officer.ref, "Ana Diaz", False)
    link = reject_link(contract=town.contract, neighbourhood=quarter, by=officer.actor, reason="Hors contrat")
    assert (link.rejected, link.decision_reason) == (True, "Hors contrat")
    link = confirm_link(contract=town.contract, neighbourhood=quarter, by=officer.actor)
    assert not link.rejected


def test_setting_aside_asks_why(town, officer):
    with pytest.raises(Refused):
        reject_link(contract=town.contract, neighbourhood=town.quarters[0], by=officer.actor, reason="  ")


def test_a_quarter_is_added_once(town, officer):
    quarter = TerritoryFactory(neighbourhood=True)
    quarter.communes.set([town.suburb])
    link = add_link(contract=town.contract, neighbourhood=quarter, by=officer.actor)
    assert link.basis == ContractNeighbourhood.Basis.DECIDED
    with pytest.raises(Refused):
        add_link(contract=town.contract, neighbourhood=quarter, by=officer.actor)
    with pytest.raises(Refused):
        add_link(contract=town.contract, neighbourhood=town.centre, by=officer.actor)


@pytest.fixture
def contract_officer(town):
    """Whose role holds on the contract itself, by its code."""
    return RoleGrantFactory(scope_kind="contract", scope_code=town.contract.code).person


def test_a_quarter_elsewhere_is_not_added_and_gives_no_right(client, town, contract_officer):
    paris = commune("Paris", TerritoryFactory(epci=True))
    far = TerritoryFactory(neighbourhood=True, code="QN07516I", name="Au loin")
    far.communes.set([paris])
    client.force_login(contract_officer)
    said = {"decision": "add", "quarter": far.code}
    page = client.post(f"/contrats/{town.contract.code}/quartiers/", said, follow=True)
    assert "ne peut pas lui être rattaché" in page.content.decode()
    assert not ContractNeighbourhood.objects.filter(neighbourhood=far).exists()
    assert client.get(f"/quartiers/{far.code}/modifier/").status_code == 403


def test_a_link_decided_elsewhere_gives_no_right_and_the_bearer_does(town, contract_officer):
    paris = commune("Paris", TerritoryFactory(epci=True))
    far = TerritoryFactory(neighbourhood=True)
    far.communes.set([paris])
    LinkFactory(
        contract=town.contract, neighbourhood=far, basis=ContractNeighbourhood.Basis.DECIDED,
        decided_by=contract_officer.ref, decided_at=timezone.now(),
    )  # fmt: skip
    assert can_edit_territory(contract_officer, far).ok is False
    for place in (*town.quarters, town.suburb, town.epci):
        assert can_edit_territory(contract_officer, place).ok
    cited = LinkFactory(contract=town.contract, basis=ContractNeighbourhood.Basis.DOCUMENT).neighbourhood
    assert can_edit_territory(contract_officer, cited).ok


def test_an_analysis_is_composed_revised_and_deleted(town, officer):
    other = ContractFactory(borne_by=[TerritoryFactory(epci=True)])
    third = ContractFactory(borne_by=[TerritoryFactory(epci=True)])
    made = compose_analysis(title="Composer", intro="", contracts=[town.contract, other], by=officer.actor)
    assert made.slug == "composer-2"  # the bare word is the address of the form
    assert [row.neighbourhoods.count() for row in made.rows.all()] == [3, 0]
    revised = revise_analysis(
        analysis=made, title="Autre", intro="", contracts=[third, other], base_version=1, by=officer.actor
    )
    assert [row.contract for row in revised.rows.all()] == [third, other]
    with pytest.raises(Conflict):
        revise_analysis(
            analysis=made, title="X", intro="", contracts=[third, other], base_version=1, by=officer.actor
        )
    delete_analysis(analysis=made, by=officer.actor)
    assert not Analysis.objects.filter(slug="composer-2").exists()
    assert len(entries_for("analysis", "composer-2")) == 3


def test_an_analysis_needs_two_contracts_whose_bearer_is_known(town, officer):
    lost = ContractFactory()
    ContractBearerFactory(contract=lost, territory=None)
    for contracts in ([town.contract], [town.contract, lost]):
        with pytest.raises(Refused):
            compose_analysis(title="T", intro="", contracts=contracts, by=officer.actor)


def test_rights_follow_the_bearer_and_each_refusal_says_why(town, officer, stranger):
    assert access.can_edit_sheet(officer, town.contract).ok
    assert access.can_decide_link(officer, town.contract).ok
    refusal = access.can_edit_sheet(stranger, town.contract)
    assert refusal.ok is False
    assert town.contract.name in refusal.refusals()[0].sentence


def test_an_analysis_belongs_to_its_author_and_a_document_to_nobody(officer, stranger):
    own = AnalysisFactory(created_by=officer.ref, created_by_name="Ana Diaz")
    assert access.can_edit_analysis(officer, own).ok
    assert access.can_edit_analysis(stranger, own).ok is False
    assert access.can_edit_analysis(officer, AnalysisFactory()).ok is False
    everywhere = PersonFactory()
    RoleGrantFactory(person=everywhere, role="resource_officer")
    assert access.can_edit_analysis(everywhere, own).ok
    assert access.can_compose_analysis(PersonFactory()).ok is False
