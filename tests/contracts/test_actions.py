"""Actions: proposed, told, led from state to state, found in the list, counted on the coverage map."""

from datetime import date

import pytest
from django.urls import reverse

from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Action, FundingLine, Objective
from faubourg.contracts.queries.actions import actions_at, thread_of_action
from faubourg.contracts.queries.coverage_map import coverage_of
from faubourg.contracts.services import actions, load_plan
from faubourg.territories.models import Source
from tests.factories.contracts import ContractFactory, FundingLineFactory
from tests.factories.people import OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.project import ActionFactory, ObjectiveFactory
from tests.factories.territories import SourceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return PersonFactory(name="Ana Diaz").actor


@pytest.fixture
def referent(town):
    return RoleGrantFactory(role="commune_referent", scope_kind="commune", scope_code=town.centre.code).person


def test_the_same_origin_twice_is_one_action(town, by):
    def propose(ref):
        return actions.propose_action(
            contract=town.contract, title="Réparer le banc", origin_kind="walk", origin_ref=ref, by=by
        )

    assert propose("12") == propose("12") != propose("13")
    assert Action.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"starts_on": date(2024, 6, 1), "ends_on": date(2024, 5, 1)}, "précède"),
        ({"objective": "elsewhere"}, "autre contrat"),
        ({"objective": "withdrawn"}, "retiré"),
    ],
)
def test_what_cannot_be_true_is_refused(town, by, fields, told):
    made = {
        "elsewhere": ObjectiveFactory,
        "withdrawn": lambda: ObjectiveFactory(contract=town.contract, withdrawn_on=date(2024, 1, 1)),
    }
    said = {name: made[value]() if value in made else value for name, value in fields.items()}
    with pytest.raises(Refused, match=told):
        actions.propose_action(contract=town.contract, title="Essai", by=by, **said)
    assert not Action.objects.exists()


def test_two_who_edit_the_same_action(town, by):
    action = ActionFactory(contract=town.contract)
    actions.edit_action(action=action, changes={"title": "La première"}, base_version=1, by=by)
    with pytest.raises(Conflict):
        actions.edit_action(action=action, changes={"title": "La seconde"}, base_version=1, by=by)


def test_dropping_says_why_and_taking_up_again_forgets_it(town, by):
    action = ActionFactory(contract=town.contract)
    with pytest.raises(Refused, match="pourquoi"):
        actions.change_state(action=action, to="dropped", by=by)
    actions.change_state(action=action, to="dropped", by=by, reason="Le local est vendu.")
    again = actions.change_state(action=action, to="running", by=by, reason="Un autre local.")
    assert (again.state, again.dropped_reason) == ("running", "")


def test_a_note_sent_twice_is_kept_once(town, by):
    action = ActionFactory(contract=town.contract)
    for _ in range(2):
        actions.add_note(action=action, on=date(2024, 3, 15), text=" Première rencontre. ", by=by)
    assert [note.text for note in action.notes.all()] == ["Première rencontre."]
    with pytest.raises(Refused, match="Dites"):
        actions.add_note(action=action, on=date(2024, 3, 15), text="   ", by=by)


def test_money_never_mixes_levels_origins_years_nor_places(town):
    action = ActionFactory(contract=town.contract, places=town.quarters[:1])
    place = town.quarters[0]
    same = {"territory": place, "action": action, "year": 2024}
    FundingLineFactory(**same, amount_cents=100)
    FundingLineFactory(**same, amount_cents=50)
    FundingLineFactory(**same, level=FundingLine.Level.VOTED)
    FundingLineFactory(**same, origin=FundingLine.Origin.ORDINARY)
    FundingLineFactory(**same | {"year": 2023})
    FundingLineFactory(**same | {"territory": town.centre})
    money = thread_of_action(action).money
    assert [len(group.lines) for group in money].count(2) == 1
    assert len(money) == 5
    assert sum(group.total_cents for group in money if len(group.lines) == 2) == 150
    assert [group.wider for group in money].count(True) == 1


def test_the_public_reads_the_diary_and_never_who_wrote_it(client, town, officer, by):
    action = ActionFactory(contract=town.contract)
    actions.add_note(action=action, on=date(2024, 3, 15), text="Une rencontre.", by=by)
    address = reverse("action", args=[action.pk])
    page = client.get(address).content.decode()
    assert "Une rencontre." in page
    assert "Ana Diaz" not in page
    client.force_login(officer)
    assert "Ana Diaz" in client.get(address).content.decode()


def test_the_officer_proposes_with_names_that_become_links(client, town, officer):
    client.force_login(officer)
    known = OrganisationFactory(name="Mission locale")
    axis = ObjectiveFactory(contract=town.contract)
    sent = {
        "title": "Forum", "line": "Emploi", "objective": axis.pk, "lead": "Mission locale",
        "partners": "Régie\nMission locale\n\nRégie", "neighbourhoods": [town.quarters[0].pk],
        "horizon": "short", "starts_on": "2024-05-01", "ends_on": "2024-04-01", "version": 0,
    }  # fmt: skip
    add = reverse("action_add", args=[town.contract.code])
    assert client.post(add, sent).status_code == 422
    response = client.post(add, sent | {"ends_on": "2024-06-01"})
    action = Action.objects.get()
    assert response["Location"] == reverse("action", args=[action.pk])
    assert (action.lead, action.lead_printed, action.state) == (known, "", "proposed")
    assert (list(action.partners.all()), action.partners_printed) == ([known], "Régie")
    edit = reverse("action_edit", args=[action.pk])
    assert client.get(edit).context["form"]["partners"].value() == "Mission locale\nRégie"


def test_a_late_edit_meets_both_texts(client, town, officer):
    client.force_login(officer)
    action = ActionFactory(contract=town.contract, version=4, places=town.quarters[:1])
    sent = {"title": "Le mien", "horizon": "short", "version": 3}
    page = client.post(reverse("action_edit", args=[action.pk]), sent)
    assert page.status_code == 409
    told = {pair["label"]: (pair["mine"], pair["theirs"]) for pair in page.context["both"]}
    assert told["Quartiers"] == ("", "Alpha")
    assert told["Horizon"] == ("court terme", "non précisé")


def test_a_commune_s_referent_proposes_and_notes_but_does_not_decide(client, town, referent):
    client.force_login(referent)
    action = ActionFactory(contract=town.contract)
    assert client.get(reverse("action_add", args=[town.contract.code])).status_code == 200
    noted = client.post(reverse("action_note", args=[action.pk]), {"on": "2024-03-15", "text": "Vu."})
    assert noted.status_code == 302
    assert client.post(reverse("action_state", args=[action.pk]), {"to": "running"}).status_code == 403
    assert client.get(reverse("action_edit", args=[action.pk])).status_code == 403


@pytest.mark.parametrize(
    ("sent", "state", "told"),
    [
        ({"to": "running"}, "running", "enregistré"),
        ({"to": "dropped"}, "proposed", "pourquoi"),
        ({"to": "done"}, "proposed", "Seule une action programmée"),
        ({"to": "volée"}, "proposed", "n’existe pas"),
        ({}, "proposed", "n’existe pas"),
    ],
)
def test_the_state_follows_the_table_or_says_why(client, town, officer, sent, state, told):
    client.force_login(officer)
    action = ActionFactory(contract=town.contract)
    page = client.post(reverse("action_state", args=[action.pk]), sent, follow=True)
    action.refresh_from_db()
    assert action.state == state
    assert told in page.content.decode()


def test_a_refused_note_stays_in_its_field(client, town, officer):
    client.force_login(officer)
    action = ActionFactory(contract=town.contract)
    page = client.post(reverse("action_note", args=[action.pk]), {"on": "hier", "text": "Long récit"})
    assert page.status_code == 422
    assert "Long récit" in page.content.decode()


def test_the_list_is_narrowed_by_everything(client, town):
    axis = ObjectiveFactory(contract=town.contract, operational=True)
    wanted = ActionFactory(
        contract=town.contract, line="Emploi", objective=axis, places=town.quarters[:1], horizon="short"
    )
    other = ActionFactory(contract=town.contract)
    ActionFactory()
    address = reverse("contract_actions", args=[town.contract.code])

    def found(**asked):
        return {action.pk for action in client.get(address, asked).context["listing"].page}

    top = axis.parent.parent
    assert found() == {wanted.pk, other.pk}
    for asked in (
        {"volet": "Emploi"}, {"quartier": town.quarters[0].code}, {"objectif": top.pk}, {"horizon": "short"}
    ):  # fmt: skip
        assert found(**asked) == {wanted.pk}, asked
    assert found(objectif="aucun") == found(quartier="aucun") == {other.pk}
    assert found(etat="done") == set()
    assert "sans filtre" in client.get(address, {"volet": "Inconnu"}).content.decode()


@pytest.mark.parametrize("fmt", ["csv", "ods", "xlsx", "pdf"])
def test_the_list_and_the_map_are_carried_away(client, town, fmt):
    ActionFactory(contract=town.contract, title="=1+1")
    for name in ("contract_actions", "contract_coverage"):
        response = client.get(reverse(name, args=[town.contract.code]), {"format": fmt})
        assert response.status_code == 200
    if fmt == "csv":
        assert (
            b"'=1+1"
            in client.get(reverse("contract_actions", args=[town.contract.code]) + "?format=csv").content
        )


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "cost"),
    [("contract_actions", 13), ("action", 15), ("contract_coverage", 10), ("action_edit", 15)],
)
def test_pages_cost_the_same_with_one_action_or_three(
    client, town, officer, django_assert_max_num_queries, name, cost, count
):
    client.force_login(officer)
    for _ in range(count):
        action = ActionFactory(
            contract=town.contract,
            places=town.quarters[:count],
            objective=ObjectiveFactory(contract=town.contract, operational=True),
        )
        actions.add_note(action=action, on=date(2024, 3, 15), text=f"{count}", by=officer.actor)
        FundingLineFactory(action=action)
    target = [action.pk] if name.startswith("action") else [town.contract.code]
    with django_assert_max_num_queries(cost):
        assert client.get(reverse(name, args=target)).status_code == 200


def test_the_map_says_what_has_no_action(client, town):
    bare, served = (ObjectiveFactory(contract=town.contract, title=t) for t in ("Désert", "Servi"))
    gone = ObjectiveFactory(contract=town.contract, withdrawn_on=date(2024, 1, 1))
    ActionFactory(contract=town.contract, objective=served, places=town.quarters[:2])
    board = coverage_of(town.contract)
    assert board.bare_objectives == (bare,)
    assert board.bare_places == (town.quarters[2],)
    assert gone not in [row.objective for row in board.rows]
    page = client.get(reverse("contract_coverage", args=[town.contract.code])).content.decode()
    assert "Désert" in page
    assert "Gamma" in page


def test_a_neighbourhood_shows_what_is_done_there(client, town):
    action = ActionFactory(contract=town.contract, places=town.quarters[:1])
    dropped = ActionFactory(
        contract=town.contract, places=town.quarters[:1], state="dropped", dropped_reason="Non.", line=""
    )
    assert actions_at(town.quarters[0]) == [action, dropped]
    page = client.get(town.quarters[0].get_absolute_url()).content.decode()
    assert reverse("action", args=[action.pk]) in page
    assert action.title not in client.get(town.quarters[1].get_absolute_url()).content.decode()


def test_the_plan_of_2024_is_brought_once_with_its_money_at_its_level(by):
    for slug in ("clermont-centre-2024", "saint-etienne-2014"):
        SourceFactory(slug=slug)
    contract = ContractFactory(code="CN06302M")
    centre = TerritoryFactory(neighbourhood=True, code="QN06307N", name="Centre")
    town_ = TerritoryFactory(code="63113", name="Clermont-Ferrand")
    pre = FundingLineFactory(
        territory=town_,
        label="Programme de réussite éducative (PRE)",
        year=2023,
        source=Source.objects.first(),
    )
    assert load_plan.bring_actions()
    assert not load_plan.bring_actions()
    assert Action.objects.count() == 22
    action = Action.objects.get(funding_lines=pre)
    assert thread_of_action(action).money[0].wider
    assert contract.objectives.filter(neighbourhoods=centre).count() == 5
    edited = actions.edit_action(action=action, changes={"title": "Récrit"}, base_version=1, by=by)
    load_plan.bring_actions()
    edited.refresh_from_db()
    assert edited.title == "Récrit"
    assert Objective.objects.count() == 5


def test_the_five_stakes_are_brought_once(by):
    epci = TerritoryFactory(epci=True, code="244200770")
    contract = ContractFactory(older=True, borne_by=[epci])
    assert load_plan.bring_stakes().created == 5
    contract.stakes.first().delete()
    assert not load_plan.bring_stakes()
