"""Rule sets stored, written in their form, frozen, followed by another version, tried on past dossiers."""

from copy import deepcopy
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from faubourg.base.actor import FAUBOURG
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.forms.rule_sets import fields_of, typed
from faubourg.calls.models import RuleSetVersion
from faubourg.calls.queries.calls import rules_in, told_of
from faubourg.calls.services import rules as services
from faubourg.rules.calls import read
from faubourg.rules.calls.presets import DATA
from tests.factories.calls import (
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    FundingRequestFactory,
    RuleSetVersionFactory,
)
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
Status = RuleSetVersion.Status
FROZEN = {"status": Status.FROZEN, "frozen_at": datetime(2014, 9, 15, tzinfo=UTC)}


@pytest.fixture
def officer():
    return RoleGrantFactory(role="contract_officer").person


def sent(rule_set: RuleSetVersion, **changes: str) -> dict[str, list[str]]:
    """What the browser sends when nothing is touched but these boxes."""
    fields = {**fields_of(rule_set.told), "version": [str(rule_set.version)]}
    return fields | {name: [value] for name, value in changes.items()}


def page(client, rule_set, name="rule_set_edit"):
    return reverse(name, args=[rule_set.pk])


def test_the_form_of_a_draft_sent_back_untouched_says_the_same(client, officer):
    rule_set = RuleSetVersionFactory()
    before = rules_in(rule_set)
    client.force_login(officer)
    assert client.get(page(client, rule_set)).status_code == 200
    assert client.post(page(client, rule_set), sent(rule_set)).status_code == 302
    rule_set.refresh_from_db()
    assert rules_in(rule_set) == before
    assert rule_set.version == 2


def test_a_floor_changed_in_euros_is_kept_in_cents(client, officer):
    rule_set = RuleSetVersionFactory()
    client.force_login(officer)
    client.post(page(client, rule_set), sent(rule_set, **{"measures-0-floor_cents": "2 500,50 €"}))
    rule_set.refresh_from_db()
    assert rules_in(rule_set).measures[0].floor_cents == 250_050


@pytest.mark.parametrize(
    ("box", "typed_in", "said"),
    [
        ("measures-0-floor_cents", "deux mille", "n’est pas un montant en euros"),
        ("measures-0-floor_cents", "-5", "n’est pas un montant en euros"),
        ("measures-0-local_share-least_bp", "130", "pourcentage"),
        ("grid-criteria-0-weight_bp", "30", "les poids font"),
        ("windows-1-closes-day", "2015-02-30", "n’est pas une date"),
        ("exclusions-0-name", "", "Manque"),
        ("measures-1-code", "f1", "deux fois"),
    ],
)
def test_each_problem_stands_beside_its_box_and_nothing_typed_is_lost(client, officer, box, typed_in, said):
    rule_set = RuleSetVersionFactory()
    client.force_login(officer)
    answer = client.post(page(client, rule_set), sent(rule_set, **{box: typed_in}))
    assert answer.status_code == 422
    html = answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert said in html
    if typed_in:
        assert f'value="{typed_in}"' in html
    rule_set.refresh_from_db()
    assert rule_set.version == 1


def test_a_row_is_added_and_removed_without_saving(client, officer):
    rule_set = RuleSetVersionFactory()
    client.force_login(officer)
    more = client.post(page(client, rule_set), {**sent(rule_set), "ajouter": "measures-0-themes"})
    assert more.status_code == 200
    assert 'name="measures-0-themes-3-code"' in more.content.decode()
    client.post(page(client, rule_set), sent(rule_set, **{"measures-1-remove": "on"}))
    rule_set.refresh_from_db()
    assert [measure.code for measure in rules_in(rule_set).measures] == ["f1", "f3", "f4"]


def test_the_example_is_judged_by_what_is_typed_and_nothing_is_saved(client, officer):
    rule_set = RuleSetVersionFactory()
    client.force_login(officer)
    tried = {
        **sent(rule_set, **{"measures-0-floor_cents": "3000"}),
        "essayer": "1",
        "essai-measure": "f1",
        "essai-operating": "2 500",
        "essai-budget": "10000",
        "essai-commune": "3000",
        "essai-day": "2015-01-23",
        "essai-hour": "23:59:59",
        "essai-in_order": "on",
    }
    html = client.post(page(client, rule_set), tried).content.decode()
    assert "demandez au moins 3\u202f000\u202f€" in html
    rule_set.refresh_from_db()
    assert rules_in(rule_set).measures[0].floor_cents == 200_000


# D17, through a stored set and the page of the example.
EXAMPLES = [
    ("f1", {"operating": "1999,99"}, False),
    ("f1", {"operating": "2000"}, True),
    ("f2", {"operating": "1999,99"}, False),
    ("f2", {"operating": "2000"}, True),
    ("f3", {"operating": "4999,99"}, False),
    ("f4", {"operating": "4999,99", "budget": "10000"}, False),
    ("f1", {"operating": "2000", "commune": "2999"}, False),
    ("f1", {"operating": "2000", "commune": "1000", "epci": "1000", "departement": "1000"}, True),
    ("f4", {"investment": "150000", "commune": "0"}, True),
    ("f4", {"investment": "150000,01"}, False),
    ("f4", {"operating": "20000"}, True),
    ("f4", {"operating": "20000,01"}, False),
    ("f4", {"operating": "20000", "investment": "150000"}, True),
    ("f4", {"operating": "20000,01", "investment": "5000"}, False),
    ("f1", {"operating": "2000", "day": "2015-01-24", "hour": "00:00:00"}, False),
]


@pytest.mark.parametrize(("measure", "changes", "received"), EXAMPLES)
def test_the_thresholds_of_d17_in_a_stored_set(client, measure, changes, received):
    rule_set = RuleSetVersionFactory(**FROZEN)
    asked = {
        "measure": measure, "budget": "10000", "commune": "3000", "day": "2015-01-23", "hour": "23:59:59",
        "in_order": "on", **changes,
    }  # fmt: skip
    answer = client.get(
        page(client, rule_set, "rule_set"), {f"essai-{key}": one for key, one in asked.items()}
    )
    assert answer.context["verdict"].ok is received


@pytest.mark.parametrize("status", [FROZEN, {"status": Status.PUBLISHED}])
def test_what_is_published_never_changes(client, officer, status):
    rule_set = RuleSetVersionFactory(**status)
    told = deepcopy(rule_set.told)
    with pytest.raises(Refused):
        services.write_rule_set(rule_set=rule_set, told=DATA["hdf-2017"], base_version=1, by=FAUBOURG)
    client.force_login(officer)
    assert client.post(page(client, rule_set), sent(rule_set, name="Autre")).status_code == 403
    services.retire_rule_set(rule_set=rule_set, why="Remplacé", by=FAUBOURG)
    rule_set.refresh_from_db()
    assert rule_set.told == told


def test_another_version_says_why_and_what_changes(client, officer):
    rule_set = RuleSetVersionFactory(**FROZEN)
    client.force_login(officer)
    assert client.post(page(client, rule_set, "rule_set_version"), {"why": " "}).status_code == 422
    client.post(page(client, rule_set, "rule_set_version"), {"why": "Le plancher est relevé."})
    draft = RuleSetVersion.objects.get(code=rule_set.code, number=2)
    assert (draft.supersedes, draft.status) == (rule_set, Status.DRAFT)
    assert rules_in(draft).measures == rules_in(rule_set).measures
    client.post(page(client, draft), sent(draft, **{"measures-0-floor_cents": "3000"}))
    html = client.get(page(client, draft, "rule_set")).content.decode().replace("\u202f", " ")
    assert "<del>Demander au moins 2 000 €.</del>" in html
    assert "<ins>Demander au moins 3 000 €.</ins>" in html
    assert "Le plancher est relevé." in html


def test_two_who_write_at_once_see_both_texts(client, officer):
    rule_set = RuleSetVersionFactory()
    client.force_login(officer)
    mine = sent(rule_set, **{"measures-0-name": "La mienne"})
    theirs = deepcopy(rule_set.told)
    theirs["measures"][0]["name"] = "La leur"
    services.write_rule_set(rule_set=rule_set, told=theirs, base_version=1, by=FAUBOURG)
    answer = client.post(page(client, rule_set), mine)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "La leur" in html
    assert "La mienne" in html
    with pytest.raises(Conflict):
        services.write_rule_set(rule_set=rule_set, told=theirs, base_version=1, by=FAUBOURG)
    again = {**mine, "version": ["2"]}
    assert client.post(page(client, rule_set), again).status_code == 302


def test_a_set_travels_as_json(client, officer):
    rule_set = RuleSetVersionFactory(code="region", **FROZEN)
    client.force_login(officer)
    told = client.get(page(client, rule_set, "rule_set_json")).content.decode()
    address = reverse("rule_set_import")
    assert client.post(address, {"text": told}).status_code == 422  # the code exists: say why
    assert client.post(address, {"text": told, "why": "Reprise"}).status_code == 302
    second = RuleSetVersion.objects.get(code="region", number=2)
    assert read({**told_of(second), "version": 1, "status": "frozen"}) == read(told_of(rule_set))
    assert client.post(address, {"text": '{"id": "x", "floor": 3}'}).status_code == 422
    assert client.post(address, {"text": "[" * 100_000}).status_code == 422


def test_a_set_begins_from_a_preset_of_another_authority(client, officer):
    client.force_login(officer)
    given = {
        "start": "preset:hdf-2017", "name": "PIC 2026", "code": "pic-2026", "authority": "Région d’essai",
        "instrument": "pic", "valid_from": "2026-01-01",
    }  # fmt: skip
    assert client.post(reverse("rule_set_new"), given).status_code == 302
    made = RuleSetVersion.objects.get(code="pic-2026")
    assert (made.status, made.authority, rules_in(made).measures[0].code) == (
        Status.DRAFT, "Région d’essai", "pic",
    )  # fmt: skip
    assert client.post(reverse("rule_set_new"), given).status_code == 422
    blank = {**given, "start": "", "code": "vide"}
    assert client.post(reverse("rule_set_new"), blank).status_code == 302


def test_only_who_runs_calls_reads_drafts(client):
    draft = RuleSetVersionFactory()
    published = RuleSetVersionFactory(status=Status.PUBLISHED)
    client.force_login(PersonFactory())
    assert client.get(page(client, draft, "rule_set")).status_code == 403
    assert client.get(page(client, published, "rule_set")).status_code == 200
    listed = client.get(reverse("rule_sets")).content.decode()
    assert f"/{published.pk}/" in listed
    assert f"/{draft.pk}/" not in listed


def test_a_draft_is_tried_on_the_dossiers_of_a_past_call(client):
    call = CallFactory(rule_set=RuleSetVersionFactory(**FROZEN))
    funder = CallFunderFactory(call=call, is_authority=True)
    dossiers = [ApplicationFactory(call=call, submitted=True, title=f"Action {rank}") for rank in range(3)]
    for dossier, cents in zip(dossiers, (200_000, 240_000, 300_000), strict=True):
        FundingRequestFactory(application=dossier, funder=funder, cents=cents)
    looser = deepcopy(DATA["npdc-2014"])
    looser["measures"][0] = {"code": "f1", "name": "f1", "floor_cents": 250_000}
    for part in ("prior_contacts", "intent_opinion", "exclusions", "windows"):
        looser.pop(part)
    draft = RuleSetVersionFactory(told=looser, code="essai")
    runner = RoleGrantFactory(role="funder_officer", scope_kind="call", scope_code=call.code).person
    client.force_login(runner)
    answer = client.get(page(client, draft, "rule_set_simulate"), {"appel": call.code})
    tried = answer.context["tried"]
    assert tried.simulation.total == 3
    # No prior contact was noted: all were refused; the looser set still has a floor.
    assert [application.title for application, _flip in tried.flips] == ["Action 2"]
    assert "1 dossier(s) sur 3" in answer.content.decode()
    stranger = RoleGrantFactory(role="funder_officer", scope_kind="call", scope_code="autre").person
    client.force_login(stranger)
    assert (
        client.get(page(client, draft, "rule_set_simulate"), {"appel": call.code}).context.get("tried")
        is None
    )


def test_typed_reads_nothing_out_of_nothing():
    told = typed({}, about={"id": "x", "version": 1})
    assert told.told == {}
    assert {problem.operand for problem in told.problems} >= {"name", "measures", "source", "scope"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(client, count, django_assert_max_num_queries):
    for _rank in range(count):
        RuleSetVersionFactory(status=Status.PUBLISHED)
    with django_assert_max_num_queries(4):
        assert client.get(reverse("rule_sets")).status_code == 200
