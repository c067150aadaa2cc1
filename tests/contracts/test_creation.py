"""A contract begins: from the template of its vintage, or from a published list."""

from datetime import date

import pytest

from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Contract, ContractNeighbourhood
from faubourg.contracts.services.creating import Plan, create_contract, open_contract
from tests.factories.contracts import ContractFactory
from tests.factories.territories import PerimeterFactory

pytestmark = pytest.mark.django_db
PLAN = Plan(date(2024, 1, 1), date(2024, 10, 31), date(2030, 12, 31))


@pytest.fixture
def bare(town):
    """The bearer has no contract yet; its quarters carry the status of 2024."""
    town.contract.delete()
    for quarter in town.quarters:
        PerimeterFactory(territory=quarter)
    return town


def create(town, officer, **changes):
    wanted = {"name": "Contrat", "bearer": town.epci, "template": "2024", "plan": PLAN, "by": officer.actor}
    return create_contract(**wanted | changes)


def test_the_template_of_2024_brings_no_pillar_and_a_project_for_each_neighbourhood(bare, officer):
    made = create(bare, officer)
    assert (made.code, made.state, made.template) == (f"LOC-{bare.epci.code}-1", "prefiguration", "2024")
    assert not made.objectives.exists()
    assert made.phases.count() == 3
    projects = made.deliverables.filter(name="Projet de quartier")
    assert {one.owner for one in projects} == {"Alpha", "Bêta", "Gamma"}
    assert {link.basis for link in made.neighbourhood_links.all()} == {ContractNeighbourhood.Basis.EPCI}
    assert made.steps.get().after == "prefiguration"
    communes = made.bodies.exclude(territory=None)
    assert {body.territory.name for body in communes} == {"Centre-Ville", "La Banlieue"}
    assert {"État", "Métropole d’Essai", "Centre-Ville"} <= set(made.parties.values_list("name", flat=True))
    assert made.articles.filter(annex=True).count() == 2


def test_the_template_of_2014_brings_three_pillars_and_a_diagnosis_owed_by_each_commune(town, officer):
    made = create(town, officer, template="2014", plan=Plan(date(2013, 4, 1), date(2014, 12, 31)))
    assert made.generation == Contract.Generation.G2015
    assert made.objectives.filter(rank="axis").count() == 3
    assert made.phases.first().planned_start == date(2013, 4, 1)
    assert made.phases.last().planned_end == date(2014, 12, 31)
    second, third = made.phases.all()[1:]
    assert third.planned_start < second.planned_end
    assert made.deliverables.filter(name="Bilan thématique").count() == 3


def test_a_bearer_gets_one_contract_of_a_generation_unless_it_is_said(town, officer):
    with pytest.raises(Refused) as error:
        create(town, officer)
    assert [reason.code for reason in error.value.verdict.refusals()] == ["another"]
    assert create(town, officer, another=True).pk


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(date(2024, 5, 1), date(2024, 5, 1)), "planned_signature_on"),
        (Plan(date(2024, 1, 1), date(2024, 5, 1), date(2024, 2, 1)), "ends_on"),
    ],
)
def test_days_out_of_order_are_refused(bare, officer, plan, field):
    with pytest.raises(Refused) as error:
        create(bare, officer, plan=plan)
    assert [reason.code for reason in error.value.verdict.refusals()] == [field]


@pytest.mark.parametrize(
    ("template", "signature", "end"),
    [
        ("2024", date(2024, 10, 31), date(2030, 12, 31)),
        ("2014", date(2014, 12, 31), date(2020, 12, 31)),
        ("2014", date(2021, 3, 1), None),
    ],
)
def test_without_an_end_a_contract_lasts_as_its_template(bare, officer, template, signature, end):
    made = create(bare, officer, template=template, plan=Plan(date(2013, 4, 1), signature))
    assert made.ends_on == end


def test_a_code_is_given_once(bare, officer):
    create(bare, officer, code="cn99901m")
    with pytest.raises(Refused):
        create(bare, officer, code="CN99901M", another=True)
    assert create(bare, officer, another=True).code.startswith("LOC-")


def test_a_published_contract_is_opened_once(town, officer):
    kept = open_contract(contract=town.contract, template="2024", plan=PLAN, base_version=1, by=officer.actor)
    assert (kept.state, kept.version, kept.phases.count()) == ("prefiguration", 2, 3)
    with pytest.raises(Conflict):
        open_contract(contract=kept, template="2024", plan=PLAN, base_version=2, by=officer.actor)


def test_a_contract_already_signed_gets_no_calendar_of_preparation(town, officer):
    kept = open_contract(
        contract=town.contract, template="2024", plan=Plan(None, date(2024, 3, 31)),
        signed_on=date(2024, 7, 10), base_version=1, by=officer.actor,
    )  # fmt: skip
    assert (kept.state, kept.phases.count(), kept.deliverables.count()) == ("signed", 0, 0)
    assert kept.bodies.exists()
    assert kept.articles.exists()


def sent(town, **changes):
    return {
        "name": "Contrat", "bearer": town.epci.code, "template": "2024", "begins_on": "2024-01-01",
        "planned_signature_on": "2024-10-31", **changes,
    }  # fmt: skip


def test_the_officer_creates_a_contract_and_lands_on_its_calendar(client, bare, officer):
    client.force_login(officer)
    assert client.get("/contrats/nouveau/").status_code == 200
    answer = client.post("/contrats/nouveau/", sent(bare))
    made = Contract.objects.get(name="Contrat")
    assert answer["Location"] == f"/contrats/{made.code}/calendrier/"
    assert client.get(answer["Location"]).status_code == 200


def test_what_is_known_already_is_shown_with_the_refusal(client, town, officer):
    client.force_login(officer)
    answer = client.post("/contrats/nouveau/", sent(town))
    assert answer.status_code == 422
    assert f"/contrats/{town.contract.code}/calendrier/" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"bearer": "000000000"}, "bearer"),
        ({"name": "x" * 201}, "name"),
        ({"code": "<script>"}, "code"),
        ({"begins_on": "31/31/2024"}, "begins_on"),
        ({"template": "2099"}, "template"),
    ],
)
def test_what_cannot_be_is_answered_beside_its_field(client, bare, officer, changes, field):
    client.force_login(officer)
    answer = client.post("/contrats/nouveau/", sent(bare, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_an_officer_of_elsewhere_creates_nothing_here(client, bare, stranger):
    client.force_login(stranger)
    assert client.post("/contrats/nouveau/", sent(bare)).status_code == 403
    assert not Contract.objects.exists()


def test_the_older_contract_of_the_bearer_is_offered_as_predecessor(client, town, officer):
    older = ContractFactory(older=True, borne_by=[town.epci])
    ContractFactory(older=True)
    client.force_login(officer)
    form = client.get(f"/contrats/{town.contract.code}/ouvrir/").context["form"]
    assert list(form.fields["predecessor"].queryset) == [older]
    assert form.initial["predecessor"] == older
