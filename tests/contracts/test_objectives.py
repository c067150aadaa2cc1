"""Objectives: a tree that holds, in an order, withdrawn rather than lost, measured by whole figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from faubourg.base.journal import history_of
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Objective
from faubourg.contracts.queries.objectives import tree_of
from faubourg.contracts.services import objective_indicators, objectives
from tests.factories.contracts import ContractFactory
from tests.factories.money import CommitmentFactory
from tests.factories.people import PersonFactory
from tests.factories.project import ActionFactory, ObjectiveFactory, StakeFactory
from tests.factories.territories import FigureFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return PersonFactory().actor


def test_the_rank_follows_from_where_it_hangs(town, by):
    def add(parent, title):
        return objectives.add_objective(contract=town.contract, parent=parent, title=title, by=by)

    axis = add(None, "Emploi")
    strategic = add(axis, "Accès à l’emploi")
    operational = add(strategic, "Lever les freins")
    assert [o.rank for o in (axis, strategic, operational)] == ["axis", "strategic", "operational"]
    with pytest.raises(Refused, match="ajoutez une action"):
        add(operational, "Plus bas")
    assert [line.objective.title for line in tree_of(town.contract)] == [
        "Emploi", "Accès à l’emploi", "Lever les freins",
    ]  # fmt: skip


def test_an_objective_of_another_contract_holds_nothing(town, by):
    with pytest.raises(Refused, match="autre contrat"):
        objectives.add_objective(contract=town.contract, parent=ObjectiveFactory(), title="Ici", by=by)


def test_the_second_of_two_who_edit_is_told(town, by):
    axis = ObjectiveFactory(contract=town.contract)
    objectives.edit_objective(objective=axis, changes={"title": "Le premier"}, base_version=1, by=by)
    with pytest.raises(Conflict):
        objectives.edit_objective(objective=axis, changes={"title": "Le second"}, base_version=1, by=by)
    axis.refresh_from_db()
    assert (axis.title, axis.version) == ("Le premier", 2)
    assert history_of("objective", str(axis.pk))[0].act == "objective.edited"


def test_moving_stops_at_either_end(town, by):
    first, second = (ObjectiveFactory(contract=town.contract) for _ in range(2))
    objectives.move_objective(objective=first, step=-1, by=by)
    objectives.move_objective(objective=first, step=1, by=by)
    assert [line.objective for line in tree_of(town.contract)] == [second, first]
    assert [(line.first, line.last) for line in tree_of(town.contract)] == [(True, False), (False, True)]


def test_what_nothing_uses_goes_and_what_is_used_stays_withdrawn(town, by):
    alone, used = ObjectiveFactory(contract=town.contract), ObjectiveFactory(contract=town.contract)
    ActionFactory(contract=town.contract, objective=used)
    assert objectives.withdraw_objective(objective=alone, by=by) is None
    with pytest.raises(Refused, match="pourquoi"):
        objectives.withdraw_objective(objective=used, by=by)
    assert objectives.withdraw_objective(objective=used, by=by, reason="Fusionné.").withdrawn_on
    assert list(Objective.objects.all()) == [used]
    objectives.restore_objective(objective=used, by=by)
    used.refresh_from_db()
    assert used.withdrawn_on is None


def test_an_axis_is_not_withdrawn_over_what_hangs_on_it(town, by):
    strategic = ObjectiveFactory(contract=town.contract, strategic=True)
    with pytest.raises(Refused, match="d’abord l’objectif qui en dépend"):
        objectives.withdraw_objective(objective=strategic.parent, by=by, reason="Fini.")
    objectives.withdraw_objective(objective=strategic, by=by)
    assert objectives.withdraw_objective(objective=strategic.parent, by=by) is None


def test_a_measure_starts_from_a_whole_figure_and_refuses_what_does_not_compare(client, town, by):
    place = town.quarters[0]
    start = FigureFactory(territory=place, value=1000, vintage="RP 2020", vintage_year=2020)
    FigureFactory(territory=place, value=1100, vintage="RP 2021", vintage_year=2021)
    objective = ObjectiveFactory(contract=town.contract)
    objective_indicators.measure_by_figure(
        objective=objective, baseline=start, target=Decimal(1200), target_year=2030, by=by
    )
    page = client.get(reverse("contract_objectives", args=[town.contract.code])).content.decode()
    assert "RP 2020" in page
    assert "Document d’essai" in page
    assert "Deux millésimes consécutifs" in page  # and no change is shown
    assert "écart" in page.split("Deux millésimes")[1][:120]


def test_two_far_vintages_show_the_change(client, town, by):
    start = FigureFactory(territory=town.epci, value=140_000, vintage="RP 2015", vintage_year=2015)
    objective = ObjectiveFactory(contract=town.contract)
    objective_indicators.measure_by_figure(objective=objective, baseline=start, by=by)
    page = client.get(reverse("contract_objectives", args=[town.contract.code])).content.decode()
    assert "écart 10" in page.replace("\u202f", " ")


def test_the_officer_writes_an_axis_and_what_hangs_on_it(client, town, officer):
    client.force_login(officer)
    add = reverse("objective_add", args=[town.contract.code])
    assert client.post(add, {"title": "", "version": 0}).status_code == 422
    stake = StakeFactory(contract=town.contract)
    sent = {"title": "Emploi", "version": 0, "stakes": [stake.pk], "neighbourhoods": [town.quarters[0].pk]}
    assert client.post(add, sent).status_code == 302
    axis = Objective.objects.get()
    assert (list(axis.stakes.all()), list(axis.neighbourhoods.all())) == ([stake], [town.quarters[0]])
    assert client.get(f"{add}?sous={axis.pk}").context["rank"] == "objectif stratégique"
    client.post(f"{add}?sous={axis.pk}", {"title": "Insertion", "version": 0})
    assert Objective.objects.get(rank="strategic").parent == axis


def test_a_late_form_meets_both_texts_and_may_then_replace(client, town, officer):
    client.force_login(officer)
    axis = ObjectiveFactory(contract=town.contract, title="Avant", version=3)
    edit = reverse("objective_edit", args=[town.contract.code, axis.pk])
    page = client.post(edit, {"title": "Le mien", "version": 2})
    assert page.status_code == 409
    assert page.context["both"] == [{"label": "Intitulé", "mine": "Le mien", "theirs": "Avant"}]
    assert (
        client.post(edit, {"title": "Le mien", "version": page.context["form"].data["version"]}).status_code
        == 302
    )
    axis.refresh_from_db()
    assert axis.title == "Le mien"


@pytest.mark.parametrize(
    ("act", "told"), [("withdraw", "pourquoi"), ("rien", "n’existe pas"), ("up", None), ("restore", None)]
)
def test_an_act_is_done_or_explained(client, town, officer, act, told):
    client.force_login(officer)
    axis = ObjectiveFactory(contract=town.contract)
    ActionFactory(contract=town.contract, objective=axis)
    address = reverse("objective_act", args=[town.contract.code, axis.pk])
    page = client.post(address, {"act": act}, follow=True).content.decode()
    assert told is None or told in page


def test_a_figure_is_chosen_among_those_of_the_place(client, town, officer):
    client.force_login(officer)
    objective = ObjectiveFactory(contract=town.contract)
    figure = FigureFactory(territory=town.quarters[0])
    elsewhere = FigureFactory(territory=TerritoryFactory())
    address = reverse("objective_measure", args=[town.contract.code, objective.pk])
    here = f"{address}?lieu={town.quarters[0].code}"
    assert client.post(here, {"baseline": elsewhere.pk}).status_code == 422
    assert client.post(here, {}).status_code == 422
    assert client.post(here, {"baseline": figure.pk, "label": "Les deux"}).status_code == 422
    assert (
        client.post(here, {"baseline": figure.pk, "target": "12,5", "target_year": 2030}).status_code == 302
    )
    measured = objective.indicators.get()
    assert (measured.baseline, measured.target, measured.territory) == (
        figure, Decimal("12.5"), town.quarters[0],
    )  # fmt: skip
    remove = reverse("measure_remove", args=[town.contract.code, objective.pk, measured.pk])
    assert client.post(remove).status_code == client.post(remove).status_code == 302
    assert client.get(f"{address}?lieu=nulle-part").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_costs_the_same_whatever_its_size(client, town, officer, django_assert_num_queries, count):
    client.force_login(officer)
    for _ in range(count):
        objective = ObjectiveFactory(contract=town.contract, operational=True, places=town.quarters)
        objective.stakes.add(StakeFactory(contract=town.contract))
        CommitmentFactory(contract=town.contract, objective=objective)
        start = FigureFactory(territory=town.epci, vintage=f"v{objective.pk}", vintage_year=2000)
        objective_indicators.measure_by_figure(objective=objective, baseline=start, by=officer.actor)
    with django_assert_num_queries(11):
        assert client.get(reverse("contract_objectives", args=[town.contract.code])).status_code == 200


def test_an_objective_shows_the_droit_commun_that_partners_promise_for_it(client, town):
    objective = ObjectiveFactory(contract=town.contract)
    told = {"contract": town.contract, "objective": objective}
    CommitmentFactory(**told, text="Ouvrir la crèche le samedi")
    CommitmentFactory(
        **told, text="Rouvrir l’antenne", dropped_on=date(2025, 1, 1), dropped_reason="Sans moyens"
    )
    page = client.get(reverse("contract_objectives", args=[town.contract.code])).text
    assert "Ouvrir la crèche le samedi" in page
    assert "Rouvrir l’antenne" not in page


def test_a_line_more_costs_no_route_more(client, town, officer, monkeypatch):
    client.force_login(officer)
    address = reverse("contract_objectives", args=[town.contract.code])
    asked: list[str] = []

    def counted(name, *args, **kwargs):
        asked.append(name)
        return reverse(name, *args, **kwargs)

    monkeypatch.setattr("faubourg.contracts.listings.reverse", counted)
    spent = []
    for _ in range(2):
        ObjectiveFactory(contract=town.contract, operational=True)
        asked.clear()
        page = client.get(address).content.decode()
        spent.append(len(asked))
    assert spent[0] == spent[1]
    for name in ("objective_edit", "objective_measure", "objective_act"):
        assert reverse(name, args=[town.contract.code, town.contract.objectives.last().pk]) in page


def test_the_older_generation_keeps_its_own(client, officer, town):
    ContractFactory(code="CV428", name="Nouveau")
    old = ContractFactory(code="CV428", generation="2015-2023", borne_by=[town.epci])
    client.force_login(officer)
    add = reverse("objective_add", args=["CV428"]) + "?generation=2015-2023"
    response = client.post(add, {"title": "D’avant", "version": 0})
    assert response["Location"].endswith("/objectifs/?generation=2015-2023")
    assert Objective.objects.get().contract == old
