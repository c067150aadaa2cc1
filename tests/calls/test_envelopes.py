"""Funders and envelopes of a call; what ships with Faubourg and the example of the demonstration."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.base.models import JournalEntry
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import Call, Envelope, RuleSetVersion
from faubourg.calls.overview import calls_panel, desk_lines
from faubourg.calls.queries.calls import call_by_code
from faubourg.calls.queries.envelopes import envelopes_of, places_in, places_of_contracts
from faubourg.calls.services import envelopes as services
from faubourg.calls.services.example import make_example_call
from faubourg.calls.services.load_calls import load_calls
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    EnvelopeFactory,
    FunderDecisionFactory,
    FundingRequestFactory,
    JurySessionFactory,
)
from tests.factories.contracts import ContractBearerFactory, ContractFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    found = CallFactory()
    found.runner = RoleGrantFactory(role="funder_officer", scope_kind="call", scope_code=found.code).person
    return found


def test_a_dossier_counts_once_at_the_level_that_it_reached(call):
    funder = CallFunderFactory(call=call)
    EnvelopeFactory(funder=funder, amount_cents=1_000_000)
    session = JurySessionFactory(jury__call=call)
    for cents, voted in ((300_000, True), (200_000, False)):
        dossier = ApplicationFactory(call=call, submitted=True)
        FundingRequestFactory(application=dossier, funder=funder, cents=cents)
        item = session.items.create(application=dossier, decision="retained")
        item.amounts.create(funder=funder, nature="operating", year=2015, cents=cents)
        if voted:
            FunderDecisionFactory(
                application=dossier, funder=funder, state="voted", amount_cents=250_000, voted_on="2015-04-01"
            )
    (line,) = envelopes_of(call)
    assert (line.requested, line.granted, line.proposed, line.left) == (500_000, 250_000, 200_000, 550_000)
    line.envelope.events.create(kind="cut", amount_cents=600_000, on="2015-05-01", reason="P147", by_name="A")
    (line,) = envelopes_of(call)
    assert (line.net, line.left, line.over) == (400_000, -50_000, True)


def test_an_envelope_of_a_territory_counts_the_contracts_that_it_bears(call):
    here, there = TerritoryFactory(epci=True), TerritoryFactory(epci=True)
    contracts = [ContractFactory(borne_by=[here]), ContractFactory(borne_by=[there])]
    call.contracts.set(contracts)
    funder = CallFunderFactory(call=call)
    EnvelopeFactory(funder=funder, territory=here)
    EnvelopeFactory(funder=funder, territory=None)
    for contract in contracts:
        dossier = ApplicationFactory(call=call, submitted=True, contract=contract)
        FundingRequestFactory(application=dossier, funder=funder, cents=100_000)
    assert sorted(line.requested for line in envelopes_of(call)) == [100_000, 200_000]


def test_funders_and_envelopes_are_written_in_euros_once_each(client, call):
    client.force_login(call.runner)
    funder = {"name": "Région", "level": "region", "is_authority": "on", "organisation": "inconnue"}
    assert client.post(reverse("funder_add", args=[call.code]), funder).status_code == 422
    funder["organisation"] = call.lead.name
    assert client.post(reverse("funder_add", args=[call.code]), funder).status_code == 302
    assert call.funders.get().organisation == call.lead
    assert client.post(reverse("funder_add", args=[call.code]), funder).status_code == 422
    row = call.funders.get()
    given = {"funder": row.pk, "nature": "operating", "year": 2015, "amount": "1 250,50", "level": "voted"}
    assert client.post(reverse("envelope_add", args=[call.code]), given).status_code == 302
    envelope = Envelope.objects.get()
    assert envelope.amount_cents == 125_050
    assert client.post(reverse("envelope_add", args=[call.code]), given).status_code == 422
    assert (
        client.post(reverse("envelope_add", args=[call.code]), {**given, "amount": "-3"}).status_code == 422
    )
    edit = reverse("envelope_edit", args=[call.code, envelope.pk])
    assert client.post(edit, {**given, "amount": "2000", "version": 1}).status_code == 302
    client.post(edit, {**given, "amount": "9000", "version": 1})
    envelope.refresh_from_db()
    assert envelope.amount_cents == 200_000
    assert client.get(reverse("call_envelopes", args=[call.code])).status_code == 200
    with pytest.raises(Conflict):
        services.write_envelope(
            call=call, envelope=envelope, base_version=1, by=FAUBOURG, funder=row, nature="operating",
            year=2015, territory=None, amount_cents=1, level="voted",
        )  # fmt: skip
    with pytest.raises(Refused):
        services.remove_funder(funder=row, by=FAUBOURG)
    client.post(reverse("envelope_remove", args=[call.code, envelope.pk]))
    client.post(reverse("funder_remove", args=[call.code, row.pk]))
    assert not call.funders.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_envelopes_takes_the_same_queries(client, call, count, django_assert_max_num_queries):
    for _rank in range(count):
        EnvelopeFactory(funder=CallFunderFactory(call=call), territory=TerritoryFactory())
    client.force_login(call.runner)
    with django_assert_max_num_queries(15):
        assert client.get(reverse("call_envelopes", args=[call.code])).status_code == 200


def test_what_ships_is_loaded_once():
    assert [bool(one.written) for one in load_calls(by=FAUBOURG)] == [True, True]
    assert [bool(one.written) for one in load_calls(by=FAUBOURG)] == [False, False]
    statuses = dict(RuleSetVersion.objects.values_list("code", "status"))
    assert statuses == {"npdc-2014": "frozen", "hdf-2017": "published"}
    assert Call.objects.get(code="npdc-2015").state == "closed"


def test_the_example_is_open_and_made_once(client):
    contract = ContractFactory(code="CN04203M", generation="2024-2030")
    call = make_example_call()
    assert make_example_call() == call
    assert call.state == "applications_open"
    page = client.get(call.get_absolute_url())
    assert page.context["takes_dossiers"].ok
    assert page.context["takes_intents"].ok
    assert [label for label, _url, _state in calls_panel(contract).lines] == ["Appel d’exemple"]


def test_the_first_page_shows_what_waits_in_ones_calls_and_dossiers(client, call):
    ApplicationFactory(call=call, submitted=True)
    (line,) = desk_lines(call.runner)
    assert line.url == reverse("call_run", args=[call.code])
    assert "1 dossier ou fiche attend" in line.detail
    draft = ApplicationFactory(call=call, title="Jardin")
    writer = ApplicantRoleFactory(organisation=draft.organisation).person
    assert [one.label for one in desk_lines(writer)] == ["Jardin"]
    assert desk_lines(PersonFactory()) == []
    client.force_login(call.runner)
    assert call.title in client.get(reverse("home")).content.decode()


def corrected(client, funder, **changed):
    said = {"name": funder.name, "level": funder.level, "organisation": funder.organisation.name, **changed}
    status = client.post(reverse("funder_edit", args=[funder.call.code, funder.pk]), said).status_code
    funder.refresh_from_db()
    return status


def test_nobody_makes_their_own_organisation_a_funder_that_another_is(client, call):
    funder = CallFunderFactory(call=call, name="Ville", organisation=OrganisationFactory(name="Ville"))
    mine, other = OrganisationFactory(name="Mienne"), OrganisationFactory(name="Autre")
    MembershipFactory(person=call.runner, organisation=mine)
    client.force_login(call.runner)
    assert corrected(client, funder, organisation="Mienne") == 422
    assert corrected(client, funder, organisation="Autre") == 302
    assert funder.organisation == other
    entry = JournalEntry.objects.filter(act="calls.funder.written").latest("pk")
    assert (entry.before["organisation"], entry.after["organisation"]) == ("Ville", "Autre")
    RoleGrantFactory(person=call.runner, role="funder_officer", scope_kind="instance", scope_code="")
    assert corrected(client, funder, organisation="Mienne") == 302


@pytest.mark.parametrize("begins_in", [-1, 1], ids=["a member already", "a member tomorrow"])
def test_a_new_row_gives_no_power_to_who_adds_it_but_the_lead_at_its_own_level(client, call, begins_in):
    since = timezone.localdate() + timedelta(begins_in)
    mine = MembershipFactory(person=call.runner, since=since, organisation__name="Mienne").organisation
    client.force_login(call.runner)
    said = {"name": "Région", "level": "region", "organisation": mine.name}
    address = reverse("funder_add", args=[call.code])
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "une autre personne en fait le financeur" in refused.content.decode()
    assert not call.funders.exists()
    MembershipFactory(person=call.runner, organisation=call.lead)
    assert client.post(address, said | {"organisation": call.lead.name}).status_code == 422
    led = {"name": "Agglo", "level": "epci", "organisation": call.lead.name}
    assert client.post(address, led).status_code == 302
    assert call.funders.get().organisation == call.lead


def test_a_funder_in_whose_name_something_was_decided_keeps_its_organisation_and_level(client, call):
    funder = CallFunderFactory(
        call=call, name="Ville", level="commune", organisation=OrganisationFactory(name="Ville")
    )
    OrganisationFactory(name="Autre")
    FunderDecisionFactory(application=ApplicationFactory(call=call, submitted=True), funder=funder)
    client.force_login(call.runner)
    assert corrected(client, funder, organisation="Autre") == 422
    assert corrected(client, funder, level="region") == 422
    assert corrected(client, funder, name="Ville de Roubaix") == 302


def test_an_envelope_is_neither_removed_nor_lowered_below_what_was_voted_on_it(client, call):
    envelope = EnvelopeFactory(funder=CallFunderFactory(call=call), amount_cents=300_000)
    FunderDecisionFactory(
        application=ApplicationFactory(call=call, submitted=True), funder=envelope.funder,
        state="voted", amount_cents=200_000, voted_on="2015-04-01",
    )  # fmt: skip
    client.force_login(call.runner)
    page = client.post(reverse("envelope_remove", args=[call.code, envelope.pk]), follow=True)
    assert "déjà votés" in page.content.decode()
    edit = reverse("envelope_edit", args=[call.code, envelope.pk])
    said = {
        "funder": envelope.funder.pk, "nature": envelope.nature, "year": envelope.year,
        "level": envelope.level, "version": envelope.version,
    }  # fmt: skip
    page = client.post(edit, {**said, "amount": "1999,99"})
    assert page.status_code == 422
    assert "déjà votés" in page.content.decode()
    assert client.post(edit, {**said, "year": 2016, "amount": "3000"}).status_code == 422
    assert client.post(edit, {**said, "amount": "2000"}).status_code == 302
    envelope.refresh_from_db()
    assert envelope.amount_cents == 200_000


def test_places_of_a_call_that_is_read_already_are_the_same(call, django_assert_num_queries):
    region, above = TerritoryFactory(kind="region"), TerritoryFactory(kind="departement")
    above.region = region
    above.save()
    town = TerritoryFactory(kind="commune", departement=above)
    contract = ContractFactory(departement=above)
    call.contracts.add(contract, ContractFactory(departement=None))
    ContractBearerFactory(contract=contract, territory=town)
    ContractBearerFactory(contract=contract, territory=None)
    read = call_by_code(call.code)
    with django_assert_num_queries(0):
        found = places_in(read)
    assert found == places_of_contracts(call.pk)
    assert {town.pk, above.pk, region.pk} <= found[contract.pk]
