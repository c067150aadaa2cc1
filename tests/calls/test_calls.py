"""A call is prepared, relit, published with its frozen rules, opens and closes by the clock, and is run."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from faubourg.base import search
from faubourg.base.actor import FAUBOURG
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import Call, RuleSetVersion
from faubourg.calls.queries.calls import as_of, receives, rules_of
from faubourg.calls.services import calls as services
from faubourg.calls.services import rules
from faubourg.rules.calls import Step
from faubourg.rules.calls.presets import DATA
from tests.factories.calls import (
    ApplicationFactory,
    CallFactory,
    EnvelopeFactory,
    IntentFactory,
    JurorFactory,
    JurySessionFactory,
    RuleSetVersionFactory,
)
from tests.factories.contracts import ContractFactory
from tests.factories.people import OrganisationFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
LAST = datetime(2015, 1, 23, 23, 59, 59, tzinfo=PARIS)
Status = RuleSetVersion.Status


def at(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=PARIS)


def published(**fields) -> Call:
    version = RuleSetVersionFactory(status=Status.FROZEN, frozen_at=at(2014, 9, 15))
    return CallFactory(rule_set=version, state="published", published_at=at(2014, 9, 15), **fields)


@pytest.fixture
def officer():
    grant = RoleGrantFactory(role="contract_officer", scope_kind="contract", scope_code="CN1")
    grant.since = date(2014, 1, 1)
    grant.save()
    return grant.person


@pytest.mark.parametrize(
    ("moment", "state", "intents", "dossiers"),
    [
        (at(2014, 10, 1), "intents_open", True, True),
        (at(2014, 12, 1, 23, 59, 59), "intents_open", True, True),
        (at(2014, 12, 2), "applications_open", True, True),  # a late sheet is received and flagged
        (LAST, "applications_open", True, True),
        (LAST + timedelta(milliseconds=999), "applications_open", True, True),
        (LAST + timedelta(seconds=1), "applications_closed", False, False),
    ],
)
def test_a_call_opens_and_closes_to_the_second_without_anybody(moment, state, intents, dossiers):
    call = published()
    assert as_of(call, moment).state == state
    assert receives(call, Step.APPLICATION, moment).ok is dossiers
    assert receives(call, Step.INTENT, moment).ok is intents


def test_the_clock_is_written_once_with_the_day_of_its_window():
    call = published()
    assert services.tick(at=LAST + timedelta(days=3)) == 1
    assert services.tick(at=LAST + timedelta(days=3)) == 0
    call.refresh_from_db()
    assert call.state == "applications_closed"
    last = call.steps.last()
    assert (last.move, last.on.isoformat(), last.by_name) == ("close-applications", "2015-01-23", "Faubourg")


@time_machine.travel(LAST + timedelta(seconds=1), tick=False)
def test_the_command_writes_what_the_clock_did(capsys):
    published()
    call_command("calls", "tick")
    assert "1 appel a changé" in capsys.readouterr().out


@time_machine.travel(at(2014, 10, 1), tick=False)
def test_a_call_from_its_draft_to_its_publication(client, officer):
    contract = ContractFactory(code="CN1")
    lead = OrganisationFactory(kind="epci")
    version = RuleSetVersionFactory()
    client.force_login(officer)
    assert client.get(reverse("call_new")).status_code == 200
    given = {
        "title": "Appel 2015", "year": 2015, "lead": lead.pk, "contracts": [contract.pk],
        "rule_set": version.pk, "missing_report": "warn", "opinion_days": 15, "presentation": "Pour qui ?",
    }  # fmt: skip
    assert client.post(reverse("call_new"), {**given, "contracts": []}).status_code == 422
    assert client.post(reverse("call_new"), given).status_code == 302
    call = Call.objects.get(code="appel-2015")
    assert client.get(reverse("call", args=[call.code])).status_code == 200
    client.logout()
    assert client.get(reverse("call", args=[call.code])).status_code == 302
    client.force_login(officer)

    def act(name, note=""):
        client.post(reverse("call_act", args=[call.code]), {"act": name, "note": note})
        call.refresh_from_db()
        return call.state

    assert act("publish") == "draft"
    assert act("review") == "reviewed"
    assert act("publish") == "reviewed"  # its rules are still a draft
    rules.publish_rule_set(rule_set=version, by=FAUBOURG)
    assert act("publish") == "intents_open"
    version.refresh_from_db()
    assert (version.status, call.published_at) == (Status.FROZEN, at(2014, 10, 1))
    client.logout()
    html = client.get(reverse("call", args=[call.code])).content.decode()
    assert "Règle 2014, Région Nord-Pas-de-Calais" in html
    assert "23 janvier 2015 à 23:59:59 (heure de Paris)" in html
    assert "Qualité et inventivité" in html
    assert "Pour qui ?" in html
    assert [hit.ref for hit in search.results("Appel 2015").hits] == [call.code]


def test_a_grid_comes_before_publication():
    told = deepcopy(DATA["npdc-2014"])
    del told["grid"]
    call = CallFactory(
        state="reviewed", published_at=None, rule_set=RuleSetVersionFactory(told=told, status="published")
    )
    with pytest.raises(Refused, match="grille"):
        services.act_on_call(call=call, doing="publish", by=FAUBOURG)
    call.rule_set.refresh_from_db()
    assert call.rule_set.status == "published"


@time_machine.travel(LAST + timedelta(hours=1), tick=False)
def test_a_closed_call_reopens_under_a_longer_version_with_a_reason():
    call = published()
    with pytest.raises(Refused, match="version prolongée"):
        services.act_on_call(call=call, doing="reopen", note="Tempête", by=FAUBOURG)
    longer = rules.new_version(of=call.rule_set, why="Tempête", by=FAUBOURG)
    told = deepcopy(longer.told)
    told["windows"][1]["closes"] = "2015-01-30T23:59:59"
    longer = rules.write_rule_set(rule_set=longer, told=told, base_version=1, by=FAUBOURG)
    with pytest.raises(Refused):
        services.change_rules(call=call, rule_set=longer, why="Tempête", by=FAUBOURG)
    rules.publish_rule_set(rule_set=longer, by=FAUBOURG)
    services.change_rules(call=call, rule_set=longer, why="Tempête", by=FAUBOURG)
    with pytest.raises(Refused):
        services.act_on_call(call=call, doing="reopen", by=FAUBOURG)
    services.act_on_call(call=call, doing="reopen", note="Tempête", by=FAUBOURG)
    call.refresh_from_db()
    assert as_of(call).state == "applications_open"
    assert as_of(call, at(2015, 1, 31)).state == "applications_closed"


@time_machine.travel(LAST + timedelta(days=9), tick=False)
def test_the_jury_waits_for_interests_and_the_programme_for_signed_minutes():
    call = published()
    services.act_on_call(call=call, doing="examine", by=FAUBOURG)
    with pytest.raises(Refused, match="intérêts"):
        services.act_on_call(call=call, doing="convene", by=FAUBOURG)
    juror = JurorFactory(jury__call=call)
    silent = JurorFactory(jury=juror.jury, declared_at=None)
    with pytest.raises(Refused, match="intérêts"):
        services.act_on_call(call=call, doing="convene", by=FAUBOURG)
    silent.declared_at = at(2015, 2, 1)
    silent.save()
    services.act_on_call(call=call, doing="convene", by=FAUBOURG)
    session = JurySessionFactory(jury=juror.jury)
    with pytest.raises(Refused, match="procès-verbal"):
        services.act_on_call(call=call, doing="programme", by=FAUBOURG)
    session.state = "signed"
    session.save()
    services.act_on_call(call=call, doing="programme", by=FAUBOURG)
    services.act_on_call(call=call, doing="notify", by=FAUBOURG)
    ApplicationFactory(call=call, submitted=True)
    with pytest.raises(Refused, match="attend encore"):
        services.act_on_call(call=call, doing="close", by=FAUBOURG)


def test_two_who_write_the_same_call(client, officer):
    call = CallFactory(state="draft", published_at=None)
    call.contracts.add(ContractFactory(code="CN1"))
    client.force_login(officer)
    address = reverse("call_edit", args=[call.code])
    page = client.get(address)
    data = {
        "title": "Le mien", "year": 2015, "lead": call.lead.pk, "rule_set": call.rule_set.pk,
        "contracts": [one.pk for one in call.contracts.all()], "missing_report": "warn", "opinion_days": 15,
        "version": page.context["form"]["version"].value(),
    }  # fmt: skip
    services.write_call(call=call, fields={"title": "Le leur"}, base_version=1, by=FAUBOURG)
    answer = client.post(address, data)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Le leur" in html
    assert "Le mien" in html
    with pytest.raises(Conflict):
        services.write_call(call=call, fields={"title": "Trop tard"}, base_version=1, by=FAUBOURG)
    assert client.post(address, {**data, "version": 2}).status_code == 302
    call.refresh_from_db()
    assert call.title == "Le mien"


def test_once_published_only_the_words_change():
    call = published(title="Avant")
    services.write_call(call=call, fields={"title": "Après", "year": 1999}, base_version=1, by=FAUBOURG)
    call.refresh_from_db()
    assert (call.title, call.year) == ("Après", 2015)


@time_machine.travel(at(2014, 11, 1), tick=False)
def test_the_list_tells_open_from_over(client):
    opened, over = published(title="Ouvert"), CallFactory(title="Fini", state="closed")
    CallFactory(title="Brouillon", state="draft", published_at=None)
    address = reverse("calls")

    def titles(**query):
        return {call.title for call in client.get(address, query).context["listing"].page.object_list}

    assert titles() == {"Ouvert", "Fini"}
    assert titles(etat="ouverts") == {opened.title}
    assert titles(etat="passes") == {over.title}
    assert titles(q="ouv") == {"Ouvert"}
    assert titles(annee="1999") == set()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_and_boards_take_the_same_queries(client, officer, count, django_assert_max_num_queries):
    contract = ContractFactory(code="CN1")
    call = published()
    call.contracts.add(contract)
    for _rank in range(count):
        other = published()
        other.contracts.add(contract)
        ApplicationFactory(call=call, submitted=True)
        IntentFactory(call=call, submitted=True)
        EnvelopeFactory(funder__call=call, territory=TerritoryFactory(epci=True))
    with django_assert_max_num_queries(15):
        assert client.get(reverse("calls")).status_code == 200
    with django_assert_max_num_queries(15):
        assert client.get(reverse("call", args=[call.code])).status_code == 200
    client.force_login(officer)
    for state in ("intents_open", "jury"):
        Call.objects.filter(pk=call.pk).update(state=state)
        with django_assert_max_num_queries(15):
            html = client.get(reverse("call_run", args=[call.code])).content.decode()
        assert "dossiers à vérifier" in html
        assert "fiches à juger" in html


def test_the_rules_of_a_call_keep_reading(client):
    call = published()
    assert rules_of(call).id == call.rule_set.code
    assert datetime.now(UTC) > call.published_at
