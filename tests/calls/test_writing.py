"""Writing a dossier: step by step, two people lose nothing, money typed once, last year's again, rights."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from faubourg.base import drafts
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.forms.dossier_money import typed
from faubourg.calls.models import Application, Piece
from faubourg.calls.queries.facts import facts_of
from faubourg.calls.queries.verdicts import judged
from faubourg.calls.queries.writing import SLUGS, mark_of, values_of, written
from faubourg.calls.services import dossier_pieces
from faubourg.calls.services.erasing_dossiers import erase_names
from faubourg.calls.services.reusing import reuse_application
from faubourg.calls.services.submitting import submit_application
from faubourg.calls.services.writing import proposed_years, save_step, start_application
from faubourg.rules.calls.accounts import ACCOUNTS, Side
from faubourg.rules.calls.budget import Line
from faubourg.rules.calls.budget import judge as judge_budget
from faubourg.rules.typed_money import read_cents
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFunderFactory,
    FunderDecisionFactory,
    IntentFactory,
    RuleSetVersionFactory,
)
from tests.factories.people import PersonFactory

from .dossiers import a_call, asks, ready, rules, signatory_of
from .test_submitting import IN_TIME

db = pytest.mark.django_db
NO_GRANT = [code for code, account in ACCOUNTS.items() if not account.is_grant]


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def step_url(dossier, step):
    return reverse("application_step", args=[dossier.pk, SLUGS[step]])


def posted(client, dossier, step, **data):
    """Sends a step upon what the page shows now, whatever is not said staying as it is."""
    form = client.get(step_url(dossier, step)).context["form"]
    start = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    sent = {name: value for name, value in (start | data).items() if value is not False}
    return client.post(step_url(dossier, step), sent)


@given(st.lists(st.tuples(st.sampled_from(NO_GRANT), st.integers(0, 10**9)), max_size=12))
def test_a_budget_balances_when_and_only_when_both_sides_are_equal(amounts):
    lines = [Line(account, cents) for account, cents in amounts]
    total = {side: sum(c for a, c in amounts if ACCOUNTS[a].side is side) for side in Side}
    met = {reason.code: reason.met for reason in judge_budget(lines).reasons}
    assert met["budget-balance"] is (total[Side.CHARGES] == total[Side.PRODUCTS])
    assert met["budget-in-kind"] is (total[Side.IN_KIND_USE] == total[Side.IN_KIND_SOURCE])


@given(st.integers(0, 10**11))
def test_an_amount_comes_back_as_it_was_kept(cents):
    assert read_cents(typed(cents)).cents == cents


@db
@pytest.mark.parametrize("step", list(SLUGS))
@pytest.mark.parametrize("past", [False, True])
def test_each_step_is_a_page_of_few_questions(step, past, time_machine_at, django_assert_max_num_queries):
    dossier = ready()
    if past:
        dossier.intent = IntentFactory(call=dossier.call, organisation=dossier.organisation, submitted=True)
        dossier.intent.state = "converted"
        dossier.intent.save()
        dossier.intent.steps.create(before="conforming", after="converted", move="convert", on="2015-01-10")
        dossier.save()
    with time_machine_at(IN_TIME.replace(day=24, hour=0) if past else IN_TIME):
        client = browser(signatory_of(dossier))
        client.get(step_url(dossier, step))
        with django_assert_max_num_queries(15):
            assert client.get(step_url(dossier, step)).status_code == 200


@db
@pytest.mark.parametrize(
    "step", ["project", "places", "calendar", "conditions", "indicators", "budget", "funders"]
)
def test_a_step_sent_as_it_stands_changes_nothing(step):
    dossier = ready()
    client = browser(signatory_of(dossier))
    before = values_of(written(dossier.pk), step)
    assert posted(client, dossier, step).status_code == 302
    after = Application.objects.get(pk=dossier.pk)
    assert (values_of(after, step), after.version) == (before, dossier.version)


@db
def test_a_project_is_written_and_leads_to_the_next_step():
    dossier = ready()
    client = browser(signatory_of(dossier))
    answer = posted(client, dossier, "project", title="Jardin du bas", measure="f2", themes=["innovation"])
    assert answer.url == step_url(dossier, "places")
    kept = Application.objects.get(pk=dossier.pk)
    assert (kept.title, kept.measure, kept.themes) == ("Jardin du bas", "f2", ["innovation"])


@db
def test_two_people_in_one_step_see_both_texts_and_in_two_steps_do_not_meet():
    dossier = ready()
    client = browser(signatory_of(dossier))
    seen = mark_of(dossier, "project")
    first = {**values_of(dossier, "project"), "summary": "Le premier texte"}
    save_step(application=dossier, step="project", changes=first, seen=seen, by=signatory_of(dossier).actor)
    sent = {"title": "T", "measure": "f1", "summary": "Le second texte", "version": seen}
    answer = client.post(step_url(dossier, "project"), sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Le premier texte" in page
    assert "Le second texte" in page
    assert Application.objects.get(pk=dossier.pk).summary == "Le premier texte"
    elsewhere = {"years": "1", "means": "Une salle", "version": mark_of(dossier, "calendar")}
    assert client.post(step_url(dossier, "calendar"), elsewhere).status_code == 302


@db
def test_what_somebody_sent_in_a_page_that_is_too_old_raises_a_conflict():
    dossier = ready()
    with pytest.raises(Conflict):
        save_step(
            application=dossier,
            step="budget",
            changes={"amounts": {}},
            seen="vieux",
            by=PersonFactory().actor,
        )


@db
def test_what_is_asked_is_typed_once_and_stands_in_the_budget():
    dossier = ready()
    client = browser(signatory_of(dossier))
    region, town = dossier.call.funders.order_by("pk")
    answer = posted(
        client, dossier, "funders",
        **{
            f"r-{region.pk}-operating-2015": "4 000,50 €", f"r-{region.pk}-investment-2015": "1000",
            f"s-{town.pk}": "obtained",
            "o-0-account": "74aidespriv", "o-0-name": "Fondation", "o-0-cents": "250",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    lines = {line.account: line for line in written(dossier.pk).budget_lines.all()}
    assert (lines["74region"].cents, lines["74region"].funder) == (500_050, region)
    assert (lines["74com"].cents, lines["74com"].standing) == (300_000, "obtained")
    assert (lines["74aidespriv"].label, lines["74aidespriv"].cents) == ("Fondation", 25_000)
    assert facts_of(written(dossier.pk)).requests_cents == {"operating": 400_050, "investment": 100_000}


@db
def test_a_doubtful_amount_is_refused_beside_its_field_and_nothing_is_saved():
    dossier = ready()
    client = browser(signatory_of(dossier))
    answer = posted(client, dossier, "budget", a_601="10.000")
    assert answer.status_code == 422
    assert "a_601" in answer.context["form"].errors
    assert values_of(written(dossier.pk), "budget")["amounts"]["601"] == 1_000_000


@db
def test_the_balance_is_judged_while_it_is_typed_and_saves_nothing():
    dossier = ready()
    client = browser(signatory_of(dossier))
    url = reverse("application_balance", args=[dossier.pk, "budget"])
    page = client.post(url, {"a_601": "10000", "a_insufprevisionnel": "1000"}).content.decode()
    assert "il manque 1\u202f000\u202f€ de produits" in page
    assert values_of(written(dossier.pk), "budget")["amounts"]["601"] == 1_000_000


@db
def test_money_of_a_later_year_is_not_lost_by_asking_for_fewer_years():
    dossier = ready(years=2)
    region = dossier.call.funders.order_by("pk")[0]
    dossier.requests.create(funder=region, nature="operating", year=2016, cents=100_000)
    answer = posted(browser(signatory_of(dossier)), dossier, "calendar", years="1")
    assert answer.status_code == 422
    assert "years" in answer.context["form"].errors
    assert dossier.requests.filter(year=2016).exists()


@db
def test_several_years_are_proposed_to_whoever_had_a_grant_the_year_before():
    call = a_call()
    held = FunderDecisionFactory(year=2014, state="paid", voted_on=date(2014, 3, 1), amount_cents=500_000)
    assert proposed_years(held.application.organisation, call.year) == 3
    assert proposed_years(ApplicationFactory().organisation, call.year) == 1


@db
def test_an_exception_is_asked_for_in_writing():
    dossier = ready()
    client = browser(signatory_of(dossier))
    answer = posted(
        client, dossier, "conditions", x_programme_activite="yes", j_programme_activite="Un autre besoin"
    )
    assert answer.status_code == 302
    assert dossier.claims.get().justification == "Un autre besoin"
    assert judged(written(dossier.pk), IN_TIME).ok


@db
def test_a_talk_that_came_before_is_noted():
    dossier = ready()
    dossier.prior_contacts.all().delete()
    client = browser(signatory_of(dossier))
    told = {"party": "commune", "service": "Politique de la ville", "on": "2014-11-03", "advice": "Allez-y."}
    client.post(
        reverse("application_contact", args=[dossier.pk]), {f"contact-{k}": v for k, v in told.items()}
    )
    assert dossier.prior_contacts.get().party == "commune"


@db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ\x90"),
        ("dessin.svg", b"<svg><script>alert(1)</script></svg>"),
        ("statuts.pdf", b"<html><script>alert(1)</script></html>"),
        ("script.pdf", b"%PDF-1.7\n1 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj\n%%EOF"),
        ("comptes.xlsx", b"PK\x03\x04 pas une archive"),
        ("vide.pdf", b""),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(name, content):
    dossier = ready()
    client = browser(signatory_of(dossier))
    upload = SimpleUploadedFile(name, content)
    answer = client.post(reverse("application_piece_add", args=[dossier.pk]), {"code": "", "file": upload})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not Piece.objects.exists()


def a_pdf(name="statuts.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7\nStatuts\n%%EOF", "application/pdf")


@db
def test_a_piece_that_the_rules_ask_for_is_taken_from_the_vault_in_one_act():
    pieces = [{"code": "statutes", "name": "Statuts signés"}]
    dossier = ready(a_call(rule_set=RuleSetVersionFactory(told=rules(pieces=pieces))))
    assert not judged(written(dossier.pk), IN_TIME).ok
    by = signatory_of(dossier).actor
    kept = dossier_pieces.documents.keep(upload=a_pdf(), purpose="vault", by=by)
    vault = dossier.organisation.vault.create(kind="statutes", document=kept)
    client = browser(signatory_of(dossier))
    client.post(reverse("application_piece_add", args=[dossier.pk]), {"code": "statutes", "vault": vault.pk})
    assert judged(written(dossier.pk), IN_TIME).ok
    piece = dossier.pieces.get()
    client.post(reverse("application_piece_remove", args=[dossier.pk, piece.pk]))
    assert not dossier.pieces.exists()
    assert dossier.organisation.vault.exists()


@db
def test_a_dossier_to_complete_receives_pieces_and_nothing_else():
    dossier = ApplicationFactory(submitted=True, call=a_call())
    Application.objects.filter(pk=dossier.pk).update(state="to_complete")
    dossier.refresh_from_db()
    by = ApplicantRoleFactory(organisation=dossier.organisation, role="signatory").person
    missing = [{"code": "bank", "sentence": "Le RIB"}]
    asked = dossier.completion_requests.create(missing=missing, asked_on="2015-01-26", due_on="2015-02-26")
    client = browser(by)
    assert client.get(step_url(dossier, "project")).url == step_url(dossier, "pieces")
    assert "Le RIB" in client.get(step_url(dossier, "pieces")).content.decode()
    with pytest.raises(Refused):
        dossier_pieces.answer_completion(application=dossier, by=by.actor)
    dossier_pieces.add_upload(
        application=dossier, upload=a_pdf("rib.pdf"), code="bank", label="", by=by.actor
    )
    with pytest.raises(Refused):
        dossier_pieces.remove_piece(application=dossier, piece=dossier.pieces.get(), by=by.actor)
    client.post(reverse("answer_pieces", args=[dossier.pk]))
    asked.refresh_from_db()
    assert asked.answered_on is not None


@db
def test_last_year_s_dossier_comes_back_with_its_amounts_and_new_dates():
    last = ready(starts_on=date(2015, 3, 1), ends_on=date(2015, 12, 31))
    other = CallFunderFactory(call=last.call, name="Département", level="departement")
    last.requests.create(funder=other, nature="operating", year=2015, cents=100_000)
    last.budget_lines.create(account="74dep", cents=100_000, funder=other, standing="obtained")
    call = a_call(year=2016)
    made = reuse_application(previous=last, call=call, by=signatory_of(last).actor)
    new = written(made.application.pk)
    assert (new.starts_on, new.ends_on) == (date(2016, 3, 1), date(2016, 12, 31))
    assert (new.summary, new.themes, new.previous_id) == (last.summary, last.themes, last.pk)
    assert facts_of(new).requests_cents == {"operating": 500_000}
    assert {line.standing for line in new.budget_lines.all() if line.account.startswith("74")} == {"asked"}
    assert new.budget_lines.get(account="74dep").label == "Département"
    assert [row.name for row in new.indicators.all()] == ["Participants"]
    assert any("Département" in reason.sentence for reason in made.told)


@db
def test_an_assistant_writes_and_it_is_said():
    dossier = ready()
    helper = ApplicantRoleFactory(organisation=dossier.organisation, role="assistant").person
    client = browser(helper)
    assert "sur son mandat" in client.get(step_url(dossier, "project")).content.decode()
    posted(client, dossier, "project", title="Dicté au téléphone")
    kept = Application.objects.get(pk=dossier.pk)
    assert (kept.title, kept.assisted_by) == ("Dicté au téléphone", helper.ref)


@db
def test_whoever_may_not_sign_tells_the_signatory(
    mailoutbox, django_capture_on_commit_callbacks, time_machine_at
):
    dossier = ready()
    writer = browser(ApplicantRoleFactory(organisation=dossier.organisation).person)
    assert "Prévenir" in writer.get(step_url(dossier, "check")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        writer.post(reverse("application_ask_signature", args=[dossier.pk]))
    assert mailoutbox[0].to == [signatory_of(dossier).email]
    with time_machine_at(IN_TIME):
        mine = browser(signatory_of(dossier)).get(reverse("my_applications")).content.decode()
    assert "attend la signature" in mine
    refused = writer.post(
        reverse("application_submit", args=[dossier.pk]), {"sworn": "1", "version": dossier.version}
    )
    assert refused.status_code == 422


@db
def test_signing_on_the_page_leads_to_the_receipt(time_machine_at):
    dossier = ready()
    client = browser(signatory_of(dossier))
    with time_machine_at(IN_TIME):
        sent = {"sworn": "1", "version": dossier.version}
        answer = client.post(reverse("application_submit", args=[dossier.pk]), sent)
        assert answer.url == reverse("application_receipt", args=[dossier.pk])
        page = client.get(answer.url).content.decode()
    kept = Application.objects.get(pk=dossier.pk)
    assert kept.number in page
    for words in ("10:00:00", "réputée rejetée", "tribunal administratif", kept.signed_by_name):
        assert words in page
    pdf = client.get(reverse("application_receipt_pdf", args=[dossier.pk]))
    assert pdf.content.startswith(b"%PDF-")


@db
def test_a_dossier_too_late_says_so_and_keeps_everything(time_machine_at):
    dossier = ready()
    client = browser(signatory_of(dossier))
    with time_machine_at(IN_TIME.replace(day=24, hour=0)):
        sent = {"sworn": "1", "version": dossier.version}
        answer = client.post(reverse("application_submit", args=[dossier.pk]), sent)
    assert answer.status_code == 422
    assert "hors délai" in answer.content.decode()
    assert Application.objects.get(pk=dossier.pk).summary == dossier.summary


@db
@pytest.mark.parametrize("count", [1, 3])
def test_my_dossiers_are_read_in_few_questions(count, django_assert_max_num_queries):
    call = a_call()
    role = ApplicantRoleFactory()
    ApplicationFactory.create_batch(count, call=call, organisation=role.organisation)
    client = browser(role.person)
    client.get(reverse("my_applications"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("my_applications"))
    assert len(page.context["mine"]) == count


@db
def test_a_new_dossier_is_begun_or_last_year_s_taken_up_from_one_page():
    last = ready()
    call = a_call(year=2016)
    client = browser(signatory_of(last))
    url = reverse("application_new", args=[call.code])
    assert last.title in client.get(url).content.decode()
    again = client.post(url, {"previous": last.pk})
    made = Application.objects.get(call=call)
    assert again.url == step_url(made, "project")
    client.post(url, {"organisation": last.organisation_id, "title": "Neuf", "contract": last.contract_id})
    assert Application.objects.filter(call=call, title="Neuf").exists()
    stranger = browser(PersonFactory())
    assert "Déclarez votre association" in stranger.get(url).content.decode()
    stranger.post(url, {"previous": last.pk})
    assert Application.objects.filter(call=call).count() == 2


@db
def test_a_call_that_is_not_published_receives_no_draft():
    call = a_call(state="draft", published_at=None)
    role = ApplicantRoleFactory()
    with pytest.raises(Refused):
        start_application(call=call, organisation=role.organisation, title="T", by=role.person.actor)


@db
def test_strangers_and_services_meet_a_no_on_every_page_of_a_draft():
    dossier = asks(ready())
    for person in (PersonFactory(), ApplicantRoleFactory().person):
        for step in SLUGS:
            assert browser(person).get(step_url(dossier, step)).status_code == 403
        assert browser(person).post(reverse("application_submit", args=[dossier.pk])).status_code == 403


@pytest.fixture
def time_machine_at():
    """Freezes the server's clock."""
    import time_machine

    return lambda at: time_machine.travel(at, tick=False)


@db
def test_a_text_that_was_not_sent_waits_in_the_step_that_was_left():
    dossier = ready()
    person = signatory_of(dossier)
    key = f"dossier:{dossier.pk}:project"
    browser(person).post(
        reverse("draft", args=[key]),
        {
            "content": {"summary": ["Tapé puis perdu"]},
            "seen": 0,
            "base_version": dossier.version,
            "title": f"Le projet – {dossier.title}",
            "page": step_url(dossier, "project"),
        },
        content_type="application/json",
    )
    assert [draft.page for draft in drafts.begun_by(person.ref)] == [step_url(dossier, "project")]
    posted(browser(person), dossier, "project", title="Envoyé")
    assert drafts.load(person_ref=person.ref, form_key=key) is None


@db
def test_a_step_whose_session_ended_asks_to_sign_in_and_saves_nothing():
    dossier = ready()
    answer = Client().post(step_url(dossier, "project"), {"title": "Sans session"})
    assert answer.status_code == 302
    assert "login" in answer.url
    assert Application.objects.get(pk=dossier.pk).title == dossier.title


@db
@pytest.mark.parametrize("sent", ["", "0", "-1", "99999999999", "abc", "1;drop"])
def test_a_version_that_is_none_of_ours_is_a_conflict_and_no_error(sent, time_machine_at):
    dossier = ready()
    client = browser(signatory_of(dossier))
    with time_machine_at(IN_TIME):
        answer = client.post(
            reverse("application_submit", args=[dossier.pk]), {"sworn": "1", "version": sent}
        )
    assert answer.status_code == 302
    assert Application.objects.get(pk=dossier.pk).state == "draft"


@db
def test_my_dossiers_say_that_the_deadline_is_over(time_machine_at):
    dossier = ready()
    with time_machine_at(IN_TIME.replace(year=2016)):
        page = browser(signatory_of(dossier)).get(reverse("my_applications")).content.decode()
    assert "est passée" in page


@db
def test_a_closed_account_leaves_its_dossiers_without_its_name():
    dossier = ready()
    person = signatory_of(dossier)
    submit_application(application=dossier, by=person.actor, at=IN_TIME, version=dossier.version)
    erase_names(person.ref)
    kept = Application.objects.get(pk=dossier.pk)
    assert (kept.signed_by, kept.signed_by_name) == (person.ref, "")
    assert {step.by_name for step in kept.steps.all()} == {""}
