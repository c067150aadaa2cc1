"""The right to question: typed, read, followed to its public answer; few, never twice, never a name."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.base import erasure
from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Interpellation
from faubourg.contracts.services.questions import (
    Difficulty,
    Step,
    amend_question,
    publish_question,
    send_back_question,
    submit_question,
    take_step,
)
from faubourg.rules.interpellation import MOST_WAITING, Act, State
from tests.factories.governance import BodyFactory, MeetingFactory
from tests.factories.people import PersonFactory
from tests.factories.questions import InterpellationFactory

pytestmark = pytest.mark.django_db
TOLD = Difficulty("L’ascenseur est en panne", "Depuis six mois.", "Conseil citoyen Alpha")
TYPED = {"title": TOLD.title, "text": TOLD.text, "submitted_by": TOLD.submitted_by}


@pytest.fixture
def resident(db):
    return PersonFactory(name="Camille Secret")


@pytest.fixture
def waiting(town, resident):
    return submit_question(contract=town.contract, told=TOLD, by=resident.actor)


def codes(refused):
    return [reason.code for reason in refused.value.verdict.refusals()]


def address(question, name="contract_question"):
    return reverse(name, args=[question.contract.code, question.pk])


def walk(question, officer, meeting):
    """Every step, each a day after the other until today."""
    today = timezone.localdate()
    said = {
        Act.TRANSMIT: Step(today - timedelta(9), "Le maire, l’EPCI, le préfet"),
        Act.DIAGNOSE: Step(today - timedelta(8), "Un défaut d’entretien."),
        Act.STEER: Step(None, meeting=meeting),
        Act.PUT_ON_AGENDA: Step(today - timedelta(1), "Conseil municipal"),
        Act.ANSWER: Step(today, "Réparé le 3 juin."),
    }
    for act, step in said.items():
        question = take_step(
            question=question, act=act, step=step, base_version=question.version, by=officer.actor
        )
    return question


@pytest.fixture
def meeting(town):
    body = BodyFactory(contract=town.contract)
    start = timezone.now() - timedelta(days=3)
    return MeetingFactory(body=body, starts_at=start, state="held")


def test_from_the_residents_to_the_public_answer_each_day_is_logged(town, officer, meeting):
    told = submit_question(
        contract=town.contract, told=TOLD, by=officer.actor, read_already=True,
        on=timezone.localdate() - timedelta(10),
    )  # fmt: skip
    answered = walk(told, officer, meeting)
    assert (answered.state, answered.answer) == (State.ANSWERED, "Réparé le 3 juin.")
    days = list(answered.steps.values_list("on", flat=True))
    assert len(days) == 6
    assert days == sorted(days)
    assert answered.meeting == meeting
    acts = {entry.act for entry in entries_for("interpellation", str(answered.pk))}
    assert acts == {"question.submitted", "question.moved"}


def test_a_step_out_of_order_or_too_early_or_empty_is_refused(town, officer, meeting):
    question = InterpellationFactory(contract=town.contract, on=date(2024, 2, 1))
    for act, step, told in (
        (Act.ANSWER, Step(date(2024, 3, 1), "Non."), ["question_state"]),
        (Act.TRANSMIT, Step(date(2024, 1, 1), "Le maire"), ["question_day"]),
        (Act.TRANSMIT, Step(date(2024, 3, 1), " "), ["question_recipients"]),
        (Act.STEER, Step(None, meeting=meeting), ["question_state"]),
    ):
        with pytest.raises(Refused) as refused:
            take_step(question=question, act=act, step=step, base_version=1, by=officer.actor)
        assert codes(refused) == told


def test_a_meeting_of_another_contract_or_not_held_examines_nothing(town, officer, meeting):
    question = InterpellationFactory(contract=town.contract, state="diagnosed", on=date(2024, 2, 1))
    planned = MeetingFactory(body=meeting.body)
    for other in (planned, MeetingFactory(past=True, state="held")):
        step = Step(None, meeting=other)
        with pytest.raises(Refused) as refused:
            take_step(question=question, act=Act.STEER, step=step, base_version=1, by=officer.actor)
        assert "question_meeting" in codes(refused)


def test_two_officers_do_not_take_the_same_step_twice(town, officer):
    question = InterpellationFactory(contract=town.contract)
    step = {"act": Act.TRANSMIT, "step": Step(date(2024, 3, 1), "Le maire"), "by": officer.actor}
    take_step(question=question, base_version=1, **step)
    with pytest.raises(Conflict):
        take_step(question=question, base_version=1, **step)


def test_what_a_resident_types_waits_to_be_read_and_may_come_back(town, waiting, resident, officer, client):
    assert waiting.published_on is None
    client.logout()
    assert client.get(address(waiting)).status_code == 302
    assert (
        TOLD.title
        not in client.get(reverse("contract_questions", args=[town.contract.code])).content.decode()
    )
    step = Step(timezone.localdate(), "Le maire")
    with pytest.raises(Refused) as refused:
        take_step(question=waiting, act=Act.TRANSMIT, step=step, base_version=1, by=officer.actor)
    assert codes(refused) == ["question_unread"]
    back = send_back_question(question=waiting, reason="Un voisin y est nommé.", by=officer.actor)
    better = Difficulty(TOLD.title, "Trois immeubles.", TOLD.submitted_by)
    amended = amend_question(question=back, told=better, base_version=back.version, by=resident.actor)
    assert (amended.sent_back_on, amended.text) == (None, "Trois immeubles.")
    public = publish_question(question=amended, by=officer.actor)
    assert client.get(address(public)).status_code == 200
    with pytest.raises(Refused):
        send_back_question(question=public, reason="Trop tard", by=officer.actor)


def test_an_account_submits_few_and_never_the_same(town, resident):
    for rank in range(MOST_WAITING):
        told = Difficulty(f"Difficulté {rank}", "Texte.", "Collectif")
        submit_question(contract=town.contract, told=told, by=resident.actor)
    with pytest.raises(Refused) as refused:
        submit_question(contract=town.contract, told=TOLD, by=resident.actor)
    assert codes(refused) == ["question_waiting"]
    again = Difficulty("DIFFICULTÉ 0".lower().capitalize(), "Texte.", "Collectif")
    with pytest.raises(Refused) as refused:
        submit_question(contract=town.contract, told=again, by=PersonFactory().actor)
    assert codes(refused) == ["question_again"]


def test_no_page_of_the_tracker_names_a_person(town, waiting, officer, meeting, client):
    publish_question(question=waiting, by=officer.actor)
    waiting.refresh_from_db()
    waiting.contract = town.contract
    Interpellation.objects.filter(pk=waiting.pk).update(
        state="answered", answer="Réparé.", diagnosis="Défaut."
    )
    waiting.steps.create(state="transmitted", on=date(2024, 3, 1), by=officer.ref, by_name=officer.name)
    tracker = reverse("contract_questions", args=[town.contract.code])
    for url in (address(waiting), tracker, f"{tracker}?format=csv"):
        page = client.get(url).content.decode()
        assert "Camille Secret" not in page
        assert officer.name not in page


def test_a_closed_account_leaves_no_way_back_to_who_typed(waiting, resident):
    erasure.erase(resident.ref)
    waiting.refresh_from_db()
    assert waiting.entered_by is None
    assert set(waiting.steps.values_list("by_name", flat=True)) == {""}


@pytest.mark.parametrize("count", [1, 3])
def test_the_tracker_costs_the_same_with_one_or_three(
    client, town, officer, django_assert_max_num_queries, count
):
    for _ in range(count):
        InterpellationFactory(contract=town.contract, neighbourhood=town.quarters[0])
        InterpellationFactory(contract=town.contract, waiting=True)
    client.force_login(officer)
    url = reverse("contract_questions", args=[town.contract.code])
    with django_assert_max_num_queries(15):
        page = client.get(url)
    assert (page.context["listing"].total, len(page.context["unread"])) == (count, count)


def test_one_difficulty_has_a_page_of_few_queries(client, town, django_assert_max_num_queries):
    question = InterpellationFactory(contract=town.contract, neighbourhood=town.quarters[0])
    with django_assert_max_num_queries(12):
        assert client.get(address(question)).status_code == 200


def test_a_resident_submits_by_the_page_and_the_officer_follows(client, town, resident, officer, meeting):
    submit = reverse("contract_question_submit", args=[town.contract.code])
    assert client.get(submit).status_code == 302
    client.force_login(resident)
    assert client.post(submit, TYPED | {"title": ""}).status_code == 422
    assert client.post(submit, TYPED).status_code == 302
    again = client.post(submit, TYPED)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["title"])
    question = Interpellation.objects.get()
    client.force_login(officer)
    client.post(address(question, "contract_question_publish"))
    today = timezone.localdate().isoformat()
    step = address(question, "contract_question_step")
    assert town.epci.name in client.get(step).content.decode()
    early = client.post(step, {"on": "2001-01-01", "words": "Le maire", "version": 2})
    assert list(early.context["form"].errors) == ["on"]
    assert client.post(step, {"on": today, "words": "Le maire", "version": 2}).status_code == 302
    stale = client.post(step, {"on": today, "words": "Diagnostic", "version": 2})
    assert stale.status_code == 409
    assert client.post(step, {"on": today, "words": "Diagnostic", "version": 3}).status_code == 302
    question.refresh_from_db()
    assert (question.state, question.diagnosis) == ("diagnosed", "Diagnostic")


def test_what_was_sent_back_is_corrected_by_its_author_alone(client, town, waiting, resident, officer):
    client.force_login(officer)
    client.post(address(waiting, "contract_question_send_back"), {"reason": ""})
    waiting.refresh_from_db()
    assert waiting.sent_back_on is None
    client.post(address(waiting, "contract_question_send_back"), {"reason": "Un voisin y est nommé."})
    amend = address(waiting, "contract_question_amend")
    assert client.get(amend).status_code == 403
    client.force_login(resident)
    assert "Un voisin y est nommé." in client.get(amend).content.decode()
    assert client.post(amend, TYPED | {"text": "Mieux.", "version": 1}).status_code == 409
    assert client.post(amend, TYPED | {"text": "Mieux.", "version": 2}).status_code == 302
