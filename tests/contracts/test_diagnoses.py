"""Diagnoses on a shared grid: frozen when published, filled by several at once, delivered, crossed."""

from datetime import date

import pytest
from django.urls import reverse

from faubourg.base import drafts
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Diagnosis, DiagnosisPoint
from faubourg.contracts.queries.diagnoses import Point, board_of_diagnoses, progress_of
from faubourg.contracts.services import diagnoses, grids
from faubourg.contracts.services.diagnoses import AnswersConflict, Given, mark_of
from faubourg.contracts.services.dues import Due
from faubourg.contracts.services.erasing import erase_names
from tests.factories.governance import BodyFactory, MandateFactory, SeatFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.project import (
    ActionFactory,
    DiagnosisFactory,
    GridFactory,
    PointFactory,
    QuestionFactory,
    StakeFactory,
)

pytestmark = pytest.mark.django_db
QUESTION = {"section": "A", "text": "Quoi ?", "help": "", "answer": "text", "asked": "both", "required": True}


@pytest.fixture
def by():
    return PersonFactory(name="Ana Diaz").actor


@pytest.fixture
def referent(town):
    return RoleGrantFactory(role="commune_referent", scope_kind="commune", scope_code=town.centre.code).person


@pytest.fixture
def asked(town):
    """The diagnosis of the central town: a text, a number, a yes or no, points."""
    grid = GridFactory(contract=town.contract, published=True)
    for order, answer in enumerate(("text", "number", "yes_no", "points"), start=1):
        QuestionFactory(grid=grid, order=order, answer=answer, section="Un" if order < 4 else "Deux")
    return DiagnosisFactory(grid=grid, territory=town.centre)


def answer(diagnosis, by, **values):
    """`q1="…"`: to the first question, as one who saw it unanswered."""
    questions = list(diagnosis.grid.questions.order_by("order"))
    given = {}
    for name, value in values.items():
        question = questions[int(name[1:]) - 1]
        given[question.pk] = Given(value, mark_of(() if question.answer == "points" else ""))
    return diagnoses.save_answers(diagnosis=diagnosis, given=given, by=by)


FULL = {"q1": "Oui.", "q2": "12.5", "q3": "yes", "q4": (Point("weakness", "Mobilité", "Peu de bus"),)}


def test_a_grid_starts_from_the_model_and_is_changed(town, by):
    grid = grids.new_grid(contract=town.contract, name="Grille", by=by)
    assert {q.answer for q in grid.questions.all()} == {"text", "number", "yes_no", "points"}
    with pytest.raises(Refused, match="existe déjà"):
        grids.new_grid(contract=town.contract, name="Grille", by=by)
    grids.save_grid(grid=grid, name="Autre", questions=[QUESTION], base_version=1, by=by)
    with pytest.raises(Conflict):
        grids.save_grid(grid=grid, name="Tard", questions=[QUESTION], base_version=1, by=by)
    with pytest.raises(Refused, match="de 1 à"):
        grids.save_grid(grid=grid, name="Vide", questions=[], base_version=2, by=by)
    assert [q.text for q in grid.questions.all()] == ["Quoi ?"]


def test_a_published_grid_is_frozen_and_asks_each_once(town, by):
    grid = grids.new_grid(contract=town.contract, name="Grille", by=by)
    group = BodyFactory(contract=town.contract, kind="thematic")
    elsewhere = BodyFactory(kind="thematic")
    due = Due("mi-avril 2014")

    def publish(communes):
        return grids.publish_grid(
            grid=grid, communes=communes, bodies=[group, elsewhere], due_communes=due,
            due_groups=Due("fin mai", date(2014, 5, 31)), by=by,
        )  # fmt: skip

    with pytest.raises(Refused, match="au moins une"):
        grids.publish_grid(grid=grid, communes=[], bodies=[], due_communes=due, due_groups=due, by=by)
    assert len(publish([town.centre])) == 2
    assert [d.territory for d in publish([town.centre, town.suburb])] == [town.suburb]
    of_the_town = Diagnosis.objects.get(territory=town.centre)
    assert (of_the_town.due_printed, of_the_town.due_read_by_name) == ("mi-avril 2014", "Ana Diaz")
    assert of_the_town.due_on.month == 4
    assert Diagnosis.objects.get(body=group).due_on == date(2014, 5, 31)
    with pytest.raises(Refused, match="ne change plus"):
        grids.save_grid(grid=grid, name="X", questions=[QUESTION], base_version=2, by=by)


def test_the_next_version_carries_over_what_did_not_change(town, by, asked):
    answer(asked, by, **FULL)
    StakeFactory(contract=town.contract).points.set(asked.points.all())
    following = grids.next_version(grid=asked.grid, by=by)
    assert grids.next_version(grid=asked.grid, by=by) == following
    rows = [{key: getattr(q, key) for key in grids.ASKS} for q in following.questions.order_by("order")]
    rows[0]["text"] = "Autrement dit ?"
    grids.save_grid(grid=following, name=following.name, questions=rows, base_version=1, by=by)
    (made,) = grids.publish_grid(
        grid=following, communes=[town.centre], bodies=[], due_communes=Due(), due_groups=Due(), by=by
    )
    assert [a.question.answer for a in made.answers.order_by("question__order")] == ["number", "yes_no"]
    assert made.points.get().stakes.count() == 1
    with pytest.raises(Refused, match="modifiez-la directement"):
        grids.next_version(grid=GridFactory(contract=town.contract), by=by)


def test_two_who_answer_different_questions_lose_nothing(asked, by):
    answer(asked, by, q1="La première.")
    answer(asked, PersonFactory().actor, q2="3")
    assert sorted((a.text, a.number) for a in asked.answers.all())[1] == ("La première.", None)


def test_two_who_answer_the_same_question_are_told_and_nothing_is_written(asked, by):
    answer(asked, by, q1="La première.")
    with pytest.raises(AnswersConflict):
        answer(asked, by, q1="La seconde.", q3="yes")
    assert [a.text for a in asked.answers.all()] == ["La première."]
    assert answer(asked, by, q1="La première.") == 0  # the same words are no conflict


def test_a_question_that_one_did_not_touch_is_not_written_back(asked, by):
    stale = mark_of("")
    answer(asked, by, q1="Écrit entre-temps.")
    first = asked.grid.questions.order_by("order")[0]
    assert diagnoses.save_answers(diagnosis=asked, given={first.pk: Given("", stale)}, by=by) == 0
    assert asked.answers.get().text == "Écrit entre-temps."


def test_points_that_did_not_change_keep_their_row(asked, by):
    answer(asked, by, q4=FULL["q4"])
    kept = asked.points.get()
    question = asked.grid.questions.get(answer="points")
    more = (*FULL["q4"], Point("strength", "Santé", "Une maison de santé"))
    diagnoses.save_answers(diagnosis=asked, given={question.pk: Given(more, mark_of(FULL["q4"]))}, by=by)
    assert kept in asked.points.all()
    assert asked.points.count() == 2


def test_delivered_when_complete_then_validated_or_reopened(asked, by):
    with pytest.raises(Refused, match="4 questions"):
        diagnoses.deliver(diagnosis=asked, by=by)
    answer(asked, by, **FULL)
    assert progress_of(asked).percent == 100
    diagnoses.deliver(diagnosis=asked, by=by, on=date(2014, 4, 20))
    with pytest.raises(Refused, match="se rouvre"):
        answer(asked, by, q1="Trop tard.")
    diagnoses.validate(diagnosis=asked, by=by)
    with pytest.raises(Refused, match="pourquoi"):
        diagnoses.reopen(diagnosis=asked, reason="", by=by)
    again = diagnoses.reopen(diagnosis=asked, reason="Un oubli.", by=by)
    assert (again.delivered_on, again.validated_on) == (None, None)


def test_the_board_computes_delay_and_completeness(town, asked, by):
    diagnoses.set_due(diagnosis=asked, due=Due("mi-avril", date(2014, 4, 15)), by=by)
    answer(asked, by, q1="Oui.")
    (line,) = board_of_diagnoses(town.contract, date(2014, 5, 2)).lines
    assert (line.progress.percent, line.late, line.standing) == (25, 17, "late")


def test_a_closed_account_leaves_its_grids_and_its_notes(asked):
    person = PersonFactory(name="Ana Diaz")
    grid = GridFactory(published=True, published_by=person.ref)
    note = ActionFactory().notes.create(on=date(2024, 1, 1), text="Vu", by=person.ref, by_name="Ana Diaz")
    erase_names(person.ref)
    for row in (grid, note):
        row.refresh_from_db()
    assert (grid.published_by_name, note.by_name) == ("une personne habilitée", "")


# --- pages --------------------------------------------------------------------------------------------


def test_the_referent_fills_step_by_step(client, town, asked, referent):
    client.force_login(referent)
    first = reverse("diagnosis_fill", args=[asked.pk, 1])
    page = client.get(first)
    form = page.context["form"]
    sent = {name: field.initial for name, field in form.fields.items() if name.startswith("seen_")}
    q1, q2, q3, q4 = asked.grid.questions.order_by("order")
    key = f"diagnosis:{asked.pk}:1"
    drafts.save(person_ref=referent.ref, form_key=key, content={"a": "Commencé"})
    assert client.post(first, sent | {f"a_{q2.pk}": "beaucoup"}).status_code == 422
    sent |= {f"a_{q1.pk}": "Des mots", f"a_{q2.pk}": "1 250,5", f"a_{q3.pk}": "no"}
    response = client.post(first, sent)
    assert response["Location"] == reverse("diagnosis_fill", args=[asked.pk, 2])
    assert drafts.load(person_ref=referent.ref, form_key=key) is None
    second = response["Location"]
    line = f"p_{q4.pk}_0_"
    half = {f"{line}side": "strength", f"{line}text": "Un marché"}
    refused = client.post(second, half)
    assert refused.status_code == 422
    assert "Un marché" in refused.content.decode()
    seen = {f"seen_{q4.pk}": mark_of(())}
    done = client.post(second, half | seen | {f"{line}theme": "Commerce"})
    assert done["Location"] == reverse("diagnosis", args=[asked.pk])
    assert str(asked.answers.get(question=q2).number.normalize()) == "1250.5"
    assert asked.points.get().theme == "Commerce"
    client.post(reverse("diagnosis_act", args=[asked.pk]), {"act": "deliver"})
    asked.refresh_from_db()
    assert asked.delivered_on
    assert client.get(first).status_code == 302  # it is closed


def test_two_windows_meet_both_texts(client, asked, referent, by):
    client.force_login(referent)
    q1 = asked.grid.questions.order_by("order")[0]
    answer(asked, by, q1="Le leur")
    address = reverse("diagnosis_fill", args=[asked.pk, 1])
    page = client.post(address, {f"a_{q1.pk}": "Le mien", f"seen_{q1.pk}": mark_of("")})
    assert page.status_code == 409
    assert page.context["both"] == [{"label": q1.text, "mine": "Le mien", "theirs": "Le leur"}]
    again = {f"a_{q1.pk}": "Le mien", f"seen_{q1.pk}": page.context["form"].data[f"seen_{q1.pk}"]}
    assert client.post(address, again).status_code == 302
    assert asked.answers.get().text == "Le mien"


def test_a_theme_keeps_its_first_spelling(client, asked, referent):
    PointFactory(diagnosis=asked, theme="Mobilité", question=asked.grid.questions.get(answer="points"))
    client.force_login(referent)
    question = asked.grid.questions.get(answer="points")
    form = client.get(reverse("diagnosis_fill", args=[asked.pk, 2])).context["form"]
    sent = {name: field.initial for name, field in form.fields.items()}
    line = f"p_{question.pk}_1_"
    sent |= {f"{line}side": "strength", f"{line}theme": "MOBILITE ", f"{line}text": "Le tram"}
    assert client.post(reverse("diagnosis_fill", args=[asked.pk, 2]), sent).status_code == 302
    assert set(DiagnosisPoint.objects.values_list("theme", flat=True)) == {"Mobilité"}


def test_who_leads_a_group_fills_its_diagnosis_and_nobody_else(client, town, by):
    grid = GridFactory(contract=town.contract, published=True)
    QuestionFactory(grid=grid)
    of_group = DiagnosisFactory(grid=grid, group=True)
    lead, member = PersonFactory(), PersonFactory()
    for person, part in ((lead, "lead"), (member, "member")):
        MandateFactory(
            seat=SeatFactory(body=of_group.body, part=part), person_ref=person.ref,
            starts_on=date(2014, 1, 1), ends_on=None,
        )  # fmt: skip
    address = reverse("diagnosis_fill", args=[of_group.pk, 1])
    client.force_login(lead)
    assert (
        client.get(address).status_code
        == client.get(reverse("diagnosis", args=[of_group.pk])).status_code
        == 200
    )
    client.force_login(member)
    assert client.get(address).status_code == 403


def test_public_only_once_validated_and_without_names(client, town, asked, by):
    answer(asked, by, **FULL)
    address = reverse("diagnosis", args=[asked.pk])
    board, crossing = (
        reverse(n, args=[town.contract.code]) for n in ("contract_diagnoses", "contract_crossing")
    )
    assert client.get(address).status_code == 302
    assert "Peu de bus" not in client.get(crossing).content.decode()
    assert address not in client.get(board).content.decode()
    diagnoses.deliver(diagnosis=asked, by=by)
    diagnoses.validate(diagnosis=asked, by=by)
    for page in (address, crossing):
        text = client.get(page).content.decode()
        assert "Peu de bus" in text
        assert "Ana Diaz" not in text


def test_the_officer_changes_a_day_and_is_told_when_it_is_none(client, asked, officer):
    client.force_login(officer)
    address = reverse("diagnosis_act", args=[asked.pk])
    client.post(address, {"act": "due", "due_printed": "fin mai 2014"})
    asked.refresh_from_db()
    assert asked.due_on == date(2014, 5, 31)
    for sent in ({"due_on": "hier"}, {"due_printed": "bientôt"}):
        page = client.post(address, {"act": "due", **sent}, follow=True).content.decode()
        assert "n’en est pas une" in page or "sait lire" in page
    asked.refresh_from_db()
    assert asked.due_on == date(2014, 5, 31)


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_the_crossing_is_carried_away_on_the_side_asked_for(client, town, asked, officer, fmt):
    PointFactory(diagnosis=asked, side="strength", text="=Un atout")
    PointFactory(diagnosis=asked, side="weakness", text="Un manque")
    client.force_login(officer)
    response = client.get(
        reverse("contract_crossing", args=[town.contract.code]), {"format": fmt, "sens": "strength"}
    )
    assert response.status_code == 200
    if fmt == "csv":
        assert b"'=Un atout" in response.content
        assert b"Un manque" not in response.content


def test_groups_are_crossed_with_communes(client, town, asked, officer):
    of_group = DiagnosisFactory(grid=asked.grid, group=True)
    for diagnosis in (asked, of_group):
        PointFactory(diagnosis=diagnosis, theme="Logement")
    client.force_login(officer)
    board = client.get(reverse("contract_crossing", args=[town.contract.code])).context["board"]
    assert board.meetings[0].themes == (("Logement",),)


def test_the_officer_builds_publishes_and_opens_the_next(client, town, officer):
    client.force_login(officer)
    made = client.post(reverse("grid_new", args=[town.contract.code]), {"name": "Grille"})
    grid = town.contract.grids.get()
    assert made["Location"] == reverse("grid", args=[town.contract.code, grid.pk])
    row = {f"q-0-{name}": value for name, value in QUESTION.items() if name != "required"}
    sent = {"name": "Grille", "version": grid.version, "q-TOTAL_FORMS": 1, "q-INITIAL_FORMS": 0} | row
    assert client.post(made["Location"], sent | {"q-0-section": ""}).status_code == 422
    assert client.post(made["Location"], sent).status_code == 302
    late = client.post(made["Location"], sent)
    assert late.status_code == 409
    assert "Quoi ?" in late.content.decode()
    publish = reverse("grid_publish", args=[town.contract.code, grid.pk])
    assert client.post(publish, {"communes": []}).status_code == 422
    unclear = client.post(publish, {"communes": [town.centre.pk], "printed_communes": "mi-avril"})
    assert "ne dit pas l’année" in unclear.content.decode()
    days = {"due_communes": "2014-04-15", "printed_communes": "mi-avril"}
    assert client.post(publish, {"communes": [town.centre.pk], **days}).status_code == 302
    assert client.post(made["Location"], sent).status_code == 409  # frozen
    following = client.post(reverse("grid_next", args=[town.contract.code, grid.pk]))
    assert following["Location"].endswith(f"/{town.contract.grids.get(number=2).pk}/")


def test_a_stake_is_drawn_from_points_and_stays_while_objectives_answer_it(client, town, asked, officer):
    point = PointFactory(diagnosis=asked, theme="Mobilité")
    client.force_login(officer)
    add = reverse("stake_add", args=[town.contract.code])
    assert client.get(f"{add}?theme=mobilite").context["form"].initial["points"] == [point.pk]
    assert client.post(add, {"title": "Se déplacer", "points": [point.pk], "version": 0}).status_code == 302
    stake = town.contract.stakes.get()
    edit = reverse("stake_edit", args=[town.contract.code, stake.pk])
    assert client.post(edit, {"title": "Tard", "version": 0}).status_code == 409
    assert (
        client.post(edit, {"title": "Se déplacer le soir", "points": [point.pk], "version": 1}).status_code
        == 302
    )
    stake.objectives.create(contract=town.contract, rank="axis", title="Axe")
    remove = reverse("stake_remove", args=[town.contract.code, stake.pk])
    assert "détachez-les" in client.post(remove, follow=True).content.decode()
    stake.objectives.clear()
    client.post(remove)
    assert not town.contract.stakes.exists()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "cost"),
    [
        ("contract_diagnoses", 12), ("contract_crossing", 10), ("contract_stakes", 11), ("diagnosis", 12),
        ("diagnosis_fill", 12), ("grid", 10), ("stake_add", 9),
    ],
)  # fmt: skip
def test_pages_cost_the_same_with_one_or_three(
    client, town, officer, asked, by, django_assert_max_num_queries, name, cost, count
):
    client.force_login(officer)
    for _ in range(count):
        other = DiagnosisFactory(grid=asked.grid)
        answer(other, by, **FULL)
        StakeFactory(contract=town.contract).points.set(other.points.all())
        QuestionFactory(grid=asked.grid, order=900 - other.pk, section="Trois")
    target = {
        "diagnosis": [other.pk], "diagnosis_fill": [other.pk, 1],
        "grid": [town.contract.code, asked.grid.pk],
    }.get(name, [town.contract.code])  # fmt: skip
    with django_assert_max_num_queries(cost):
        assert client.get(reverse(name, args=target)).status_code == 200
