"""A summary sheet: begun, deposited in time or late, judged, made into a dossier; nothing typed is lost."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.access import intents as access
from faubourg.calls.models import Application, Intent, Interest
from faubourg.calls.queries.intents import escalated, submitted_intents
from faubourg.calls.services import intents as services
from faubourg.calls.services.prior_contacts import Talk, note_contact, remove_contact
from faubourg.rules.calls.intents import ANSWERS, judge_filled, judge_opinion, opinion_due
from tests.factories.calls import CallFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

from .applying import BEHIND, association, at_once, codes, of_a_contract, receiving

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
TOLD = {
    "title": "Jardin",
    "measure": "f1",
    "summary": "Un jardin au pied des tours.",
    "audience": "Tous",
    "budget_cents": 300_000,
    "requested_cents": 200_000,
}


@pytest.fixture
def zoe(db):
    return PersonFactory(name="Zoé Roux")


@pytest.fixture
def place(db):
    return TerritoryFactory(kind="neighbourhood", code="QN05901N", name="Les Tilleuls")


def written(call, person, place, **changes):
    """A draft that says everything, for an association that this person administers."""
    of_a_contract(call, place)
    organisation = association(administrator=person)
    draft = services.start_intent(call=call, organisation=organisation, title="Jardin", by=person.actor)
    told = TOLD | {"territories": [place]} | changes
    return services.write_intent(intent=draft, changes=told, base_version=draft.version, by=person.actor)


def officer_of(call, role="contract_officer"):
    return RoleGrantFactory(role=role, scope_kind="call", scope_code=call.code).person


def test_a_sheet_is_received_with_its_number_and_a_delay_for_the_opinion(zoe, place):
    draft = written(receiving(opinion_days=15), zoe, place)
    assert draft.contract is not None, "the only contract of the call is chosen at once"
    intent = services.submit_intent(intent=draft, by=zoe.actor)
    today = timezone.localdate()
    assert (intent.state, intent.late, intent.opinion_due_on) == ("submitted", False, today + timedelta(15))
    assert intent.number == f"F2015-{intent.pk:05d}"
    assert [step.move for step in intent.steps.all()] == ["start", "submit"]
    assert "calls.intent_written" in {entry.act for entry in entries_for("intent", str(intent.pk))}
    with pytest.raises(Refused):
        services.submit_intent(intent=intent, by=zoe.actor)


@pytest.mark.parametrize("name", ["measure", "summary", "audience", "budget_cents", "requested_cents"])
def test_what_is_missing_is_said_and_the_draft_stays(zoe, place, name):
    empty = "" if isinstance(TOLD[name], str) else None
    draft = written(receiving(), zoe, place, **{name: empty})
    with pytest.raises(Refused) as refused:
        services.submit_intent(intent=draft, by=zoe.actor)
    assert codes(refused) == [name.removesuffix("_cents")]
    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.title) == ("draft", None, "Jardin")


@pytest.mark.parametrize(
    ("sanction", "second", "state"),
    [
        ("late_flag", 59, "submitted"),
        ("late_flag", 60, "late"),
        ("warn", 60, "late"),
        ("block", 59, "submitted"),
        ("block", 60, "draft"),
    ],
)
def test_one_second_decides(zoe, place, sanction, second, state):
    draft = written(receiving(closes="2014-12-01T23:59:59+01:00", sanction=sanction), zoe, place)
    at = datetime(2014, 12, 1, 23, 59, tzinfo=PARIS) + timedelta(seconds=second)
    with suppress(Refused):
        services.submit_intent(intent=draft, by=zoe.actor, at=at)
    draft.refresh_from_db()
    assert (draft.state, draft.late) == (state, state == "late")
    assert draft.summary == TOLD["summary"], "nothing typed is lost"


def test_before_the_window_opens_one_writes_and_does_not_deposit(zoe, place):
    draft = written(receiving(opens="2099-01-01T00:00:00+01:00"), zoe, place)
    with pytest.raises(Refused) as refused:
        services.submit_intent(intent=draft, by=zoe.actor)
    assert codes(refused) == ["window-early"]


@pytest.mark.parametrize("state", ["draft", "reviewed", "examination", "closed"])
def test_a_call_that_receives_no_sheet_begins_none(zoe, state):
    call = CallFactory(state=state)
    with pytest.raises(Refused) as refused:
        services.start_intent(call=call, organisation=association(), title="Jardin", by=zoe.actor)
    assert codes(refused) == ["intents_over"]
    assert not Intent.objects.exists()


def test_two_who_write_do_not_overwrite_each_other(zoe, place):
    draft = written(receiving(), zoe, place)
    services.write_intent(intent=draft, changes={"title": "A"}, base_version=draft.version, by=zoe.actor)
    with pytest.raises(Conflict):
        services.write_intent(intent=draft, changes={"title": "B"}, base_version=draft.version, by=zoe.actor)


def test_the_opinion_is_motivated_revised_and_given_again(zoe, place):
    call = receiving()
    intent = services.submit_intent(intent=written(call, zoe, place), by=zoe.actor)
    by = officer_of(call).actor
    for act in ("reserve", "refuse"):
        with pytest.raises(Refused) as refused:
            services.give_opinion(intent=intent, sense=act, text=" ", base_version=intent.version, by=by)
        assert codes(refused) == ["intent_reason"]
    refused_one = services.give_opinion(
        intent=intent, sense="refuse", text="Hors quartier.", base_version=intent.version, by=by
    )
    assert (refused_one.state, refused_one.opinion) == ("not_conforming", "Hors quartier.")
    with pytest.raises(Refused):
        services.convert_intent(intent=refused_one, by=zoe.actor)
    with pytest.raises(Conflict):
        services.revise_opinion(intent=intent, reason="Erreur", base_version=intent.version, by=by)
    back = services.revise_opinion(
        intent=refused_one, reason="Le quartier a changé", base_version=refused_one.version, by=by
    )
    assert (back.state, back.opinion, back.opinion_on) == ("submitted", "", None)
    given_again = services.give_opinion(
        intent=back, sense="conform", text="", base_version=back.version, by=by
    )
    assert given_again.state == "conforming"
    notes = [step.note for step in given_again.steps.all()]
    assert "Hors quartier." in notes, "the former opinion stays in the steps"


def test_nobody_judges_one_s_own_and_a_recused_officer_sees_nothing(zoe, place):
    call = receiving()
    intent = services.submit_intent(intent=written(call, zoe, place), by=zoe.actor)
    officer, stranger = officer_of(call), PersonFactory()
    RoleGrantFactory(person=zoe, scope_kind="call", scope_code=call.code)
    assert access.can_give_opinion(officer, intent).ok
    assert not access.can_give_opinion(zoe, intent).ok
    assert not access.can_give_opinion(officer_of(call, "elected"), intent).ok
    assert not access.can_read_intent(stranger, intent).ok
    assert list(submitted_intents(call, officer)) == [intent]
    Interest.objects.create(
        call=call,
        person=officer,
        organisation=intent.organisation,
        reason="Au bureau",
        declared_on="2015-01-01",
    )
    for may in (access.can_read_intent, access.can_give_opinion, access.can_note_contact):
        assert not may(officer, intent).ok
    assert not submitted_intents(call, officer).exists()


def test_a_draft_is_its_applicant_s_alone(zoe, place):
    call = receiving()
    draft = written(call, zoe, place)
    assert access.can_read_intent(zoe, draft).ok
    assert not access.can_read_intent(officer_of(call), draft).ok
    assert not submitted_intents(call, officer_of(call)).exists()


def test_contacts_are_noted_by_both_sides_and_follow_the_dossier(zoe, place):
    call = receiving()
    intent = services.submit_intent(intent=written(call, zoe, place), by=zoe.actor)
    officer = officer_of(call)
    told = Talk("epci", "Politique de la ville", timezone.localdate(), "Associer les écoles.")
    mine = note_contact(intent=intent, talk=told, by=zoe.actor)
    theirs = note_contact(intent=intent, talk=told, by=officer.actor)
    with pytest.raises(Refused) as refused:
        remove_contact(contact=theirs, by=zoe.actor)
    assert codes(refused) == ["noted_by_another"]
    tomorrow = timezone.localdate() + timedelta(1)
    with pytest.raises(Refused):
        note_contact(intent=intent, talk=Talk("epci", "PV", tomorrow, "…"), by=zoe.actor)
    application = services.convert_intent(intent=intent, by=zoe.actor)
    assert set(application.prior_contacts.all()) == {mine, theirs}
    with pytest.raises(Refused):
        remove_contact(contact=mine, by=zoe.actor)
    later = note_contact(intent=intent, talk=told, by=officer.actor)
    assert later.application == application


def test_the_dossier_begins_with_what_the_sheet_says(zoe, place):
    intent = services.submit_intent(intent=written(receiving(), zoe, place), by=zoe.actor)
    made = services.convert_intent(intent=intent, by=zoe.actor, assisted=True)
    assert (made.state, made.title, made.measure, made.contract) == ("draft", "Jardin", "f1", intent.contract)
    assert list(made.territories.all()) == [place]
    assert made.assisted_by == zoe.ref
    assert [step.move for step in made.steps.all()] == ["start"]
    with pytest.raises(Refused):
        services.convert_intent(intent=intent, by=zoe.actor)


def test_where_the_opinion_blocks_the_dossier_waits_for_it(zoe, place):
    call = receiving(opinion="block")
    intent = services.submit_intent(intent=written(call, zoe, place), by=zoe.actor)
    with pytest.raises(Refused) as refused:
        services.convert_intent(intent=intent, by=zoe.actor)
    assert codes(refused) == ["intent_opinion"]
    given = services.give_opinion(
        intent=intent, sense="conform", text="", base_version=intent.version, by=officer_of(call).actor
    )
    assert services.convert_intent(intent=given, by=zoe.actor).state == "draft"


def test_two_days_late_an_opinion_is_taken_up(zoe, place):
    call = receiving()
    intent = services.submit_intent(intent=written(call, zoe, place), by=zoe.actor)
    today = timezone.localdate()
    for days, taken in ((-1, 0), (0, 0), (1, 0), (2, 1)):
        Intent.objects.update(opinion_due_on=today - timedelta(days))
        assert escalated(submitted_intents(call, officer_of(call))).count() == taken
        assert judge_opinion(today - timedelta(days), None, today).escalated is bool(taken)
    assert intent.state == "submitted"


@given(st.sets(st.sampled_from(ANSWERS)), st.sets(st.sampled_from(ANSWERS)))
def test_a_sheet_is_filled_when_every_answer_asked_is_given(answered, asked):
    verdict = judge_filled(answered, asked)
    assert (verdict.ok is not False) is (asked <= answered)
    assert {reason.code for reason in verdict.refusals()} == asked - answered


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 200), st.integers(-300, 300))
def test_an_opinion_is_escalated_from_its_second_day_of_delay(submitted, days, after):
    due = opinion_due(submitted, days)
    found = judge_opinion(due, None, due + timedelta(after))
    assert found.escalated is (after >= 2)
    assert found.judged.late is (after > 0)


@pytest.mark.django_db(transaction=True)
def test_two_who_convert_at_once_make_one_dossier():
    zoe, place = PersonFactory(), TerritoryFactory(kind="neighbourhood", code="QN05902N")
    intent = services.submit_intent(intent=written(receiving(), zoe, place), by=zoe.actor)
    write = [lambda: services.convert_intent(intent=intent, by=zoe.actor)] * 2
    assert at_once(*write) == ["Refused", "done"]
    assert Application.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_opinions_at_once_one_stands():
    zoe, place, call = PersonFactory(), TerritoryFactory(kind="neighbourhood", code="QN05902N"), receiving()
    intent = services.submit_intent(intent=written(call, zoe, place), by=zoe.actor)
    said = {"intent": intent, "text": "Motif", "base_version": intent.version, "by": zoe.actor}
    answers = at_once(
        *(lambda act=act: services.give_opinion(sense=act, **said) for act in ("conform", "refuse"))
    )
    assert answers == ["Conflict", "done"]


def test_the_preset_of_2014_flags_what_comes_after_its_window(zoe, place):
    draft = written(receiving(closes=BEHIND), zoe, place)
    assert services.submit_intent(intent=draft, by=zoe.actor).state == "late"
