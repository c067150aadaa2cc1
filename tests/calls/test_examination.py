"""From the receipt to the opinions: pieces, clock, messages, exceptions, and two people at once."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from faubourg.base import documents
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import CallFunder, FunderOpinion, Letter
from faubourg.calls.services import checking, claims, opinions, routing, talks
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    FundingRequestFactory,
    JurySessionFactory,
)
from tests.factories.contracts import ContractBearerFactory, ContractFactory
from tests.factories.people import MembershipFactory, PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
PIECE = {"code": "statuts", "name": "Statuts"}


@pytest.fixture
def call():
    found = CallFactory()
    found.rule_set.told["pieces"] = [PIECE, {"code": "rib", "name": "RIB", "measures": ["f1"]}]
    found.rule_set.save()
    return found


@pytest.fixture
def runner(call, client):
    person = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person
    client.force_login(person)
    return person


@pytest.fixture
def application(call):
    found = ApplicationFactory(submitted=True, call=call)
    FundingRequestFactory(application=found, funder=CallFunderFactory(call=call), cents=200_000)
    return found


def paper(application, code, **more):
    upload = SimpleUploadedFile(f"{code}.pdf", b"%PDF-1.7 essai", "application/pdf")
    document = documents.keep(upload=upload, purpose="test", by=PersonFactory().actor)
    return application.pieces.create(code=code, document=document, added_by_name="Camille", **more)


def accepted(application):
    for code in ("statuts", "rib"):
        paper(application, code, accepted=True)


def values(**more):
    told = {"sense": "favourable", "text": "", "operating_cents": 150_000, "investment_cents": None}
    return told | more


def test_a_dossier_is_complete_once_each_piece_is_accepted_and_not_before(application, runner):
    paper(application, "statuts", accepted=True)
    unchecked = paper(application, "rib")
    with pytest.raises(Refused, match="RIB"):
        checking.declare_complete(application=application, by=runner.actor)
    checking.check_piece(piece=unchecked, accepted=True, remark="", by=runner.actor)
    done = checking.declare_complete(application=application, by=runner.actor)
    assert done.state == "complete"
    assert done.complete_on == timezone.localdate()  # the day when the last piece came
    assert done.jury_code == "territorial"


def test_without_a_contract_the_jury_is_that_of_what_a_territory_cannot_examine(application, runner):
    accepted(application)
    application.contract = None
    application.save()
    assert checking.declare_complete(application=application, by=runner.actor).jury_code == "regional"


def test_the_clock_starts_on_the_day_of_the_last_piece_or_on_the_day_that_is_said(application, runner):
    accepted(application)
    day = date(2015, 2, 2)
    assert (
        checking.declare_complete(application=application, received_on=day, by=runner.actor).complete_on
        == day
    )


def test_nobody_is_complete_tomorrow(application, runner):
    accepted(application)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="demain"):
        checking.declare_complete(application=application, received_on=tomorrow, by=runner.actor)


def test_a_piece_is_refused_with_its_reason_alone(application, runner):
    piece = paper(application, "rib")
    with pytest.raises(Refused):
        checking.check_piece(piece=piece, accepted=False, remark=" ", by=runner.actor)
    checking.check_piece(piece=piece, accepted=False, remark="Illisible", by=runner.actor)
    piece.refresh_from_db()
    assert (piece.accepted, piece.remark) == (False, "Illisible")


def test_missing_pieces_are_asked_with_a_deadline_and_a_letter(application, runner):
    due = timezone.localdate() + timedelta(days=15)
    asked = checking.ask_pieces(
        application=application, missing=["rib", "inconnue"], message="Merci.", due_on=due, by=runner.actor
    )
    application.refresh_from_db()
    assert application.state == "to_complete"
    assert [one["code"] for one in asked.missing] == ["rib"]
    letter = application.letters.get()
    assert letter.kind == Letter.Kind.INCOMPLETE
    assert "RIB" in letter.body
    assert letter.sent_at is None


def test_nothing_is_asked_for_without_saying_what_or_for_yesterday(application, runner):
    with pytest.raises(Refused):
        checking.ask_pieces(
            application=application, missing=[], message="", due_on=date(2100, 1, 1), by=runner.actor
        )
    with pytest.raises(Refused):
        checking.ask_pieces(
            application=application, missing=["rib"], message="", due_on=timezone.localdate(), by=runner.actor
        )


def test_inadmissible_has_its_reason_and_its_letter(application, runner):
    with pytest.raises(Refused):
        checking.declare_inadmissible(application=application, reason=" ", by=runner.actor)
    checking.declare_inadmissible(application=application, reason="Hors du territoire.", by=runner.actor)
    application.refresh_from_db()
    assert application.state == "inadmissible"
    assert application.letters.get().body == "Hors du territoire."


@pytest.fixture
def complete(application, runner):
    accepted(application)
    return checking.declare_complete(application=application, by=runner.actor)


def test_the_first_opinion_begins_the_examination(complete, runner):
    funder = CallFunder.objects.get()
    opinion = opinions.give_opinion(
        application=complete, funder=funder, values=values(), base_version=0, by=runner.actor
    )
    complete.refresh_from_db()
    assert (complete.state, opinion.version) == ("examined", 1)


def test_two_people_of_one_service_do_not_overwrite_each_other(complete, runner):
    told = {"application": complete, "funder": CallFunder.objects.get(), "by": runner.actor}
    opinions.give_opinion(**told, values=values(text="Premier"), base_version=0)
    with pytest.raises(Conflict):
        opinions.give_opinion(**told, values=values(text="Second"), base_version=0)
    assert FunderOpinion.objects.get().text == "Premier"
    opinions.give_opinion(**told, values=values(text="Second, relu"), base_version=1)
    assert FunderOpinion.objects.get().text == "Second, relu"


def test_the_page_shows_both_texts_when_somebody_wrote_in_between(client, complete, runner):
    funder = CallFunder.objects.get()
    opinions.give_opinion(
        application=complete, funder=funder, values=values(text="Le leur"), base_version=0, by=runner.actor
    )
    address = reverse("application_opinion", args=[complete.pk, funder.pk])
    sent = {"sense": "favourable", "text": "Le mien", "operating_cents": "1000", "version": "0"}
    page = client.post(address, sent | {"on_behalf": "Courriel du 3 mars"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "Le leur" in text
    assert "Le mien" in text
    assert FunderOpinion.objects.get().text == "Le leur"


def test_an_opinion_stays_within_what_is_asked(complete, runner):
    with pytest.raises(Refused, match="proposez moins"):
        opinions.give_opinion(
            application=complete,
            funder=CallFunder.objects.get(),
            values=values(operating_cents=200_001),
            base_version=0,
            by=runner.actor,
        )


@pytest.mark.parametrize(
    ("decision", "locked"), [("retained", True), ("rejected", True), ("adjourned", False), ("", False)]
)
def test_the_decision_of_the_jury_locks_and_an_adjournment_does_not(complete, runner, decision, locked):
    session = JurySessionFactory(jury__call=complete.call)
    session.items.create(application=complete, decision=decision, reason="Motif")
    assert opinions.is_locked(complete) is locked


def test_who_runs_the_call_records_for_a_funder_with_a_note(client, complete, runner):
    funder = CallFunder.objects.get()
    address = reverse("application_opinion", args=[complete.pk, funder.pk])
    sent = {"sense": "favourable", "text": "", "operating_cents": "1 500", "version": "0"}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"on_behalf": "Comité du 12 mars"}).status_code == 302
    assert FunderOpinion.objects.get().on_behalf == "Comité du 12 mars"


def test_a_member_of_the_funder_s_organisation_writes_its_opinion_and_no_other(client, complete):
    own = CallFunder.objects.get()
    own.organisation = MembershipFactory().organisation
    own.save()
    person = own.organisation.memberships.get().person
    other = CallFunderFactory(call=complete.call)
    client.force_login(person)
    sent = {"sense": "favourable", "text": "", "operating_cents": "1500", "version": "0"}
    assert client.post(reverse("application_opinion", args=[complete.pk, own.pk]), sent).status_code == 302
    assert client.get(reverse("application_opinion", args=[complete.pk, other.pk])).status_code == 403
    assert FunderOpinion.objects.get().on_behalf == ""


def test_the_applicant_reads_shared_messages_and_no_opinion(client, complete, runner):
    talks.comment(application=complete, text="Entre nous", shared=False, by=runner.actor)
    talks.comment(application=complete, text="Pour vous", shared=True, by=runner.actor)
    client.force_login(ApplicantRoleFactory(organisation=complete.organisation).person)
    text = client.get(reverse("application_thread", args=[complete.pk])).content.decode()
    assert "Pour vous" in text
    assert "Entre nous" not in text
    assert client.get(reverse("application_opinions", args=[complete.pk])).status_code == 403
    assert client.get(reverse("application_similar", args=[complete.pk])).status_code == 403
    assert (
        client.post(reverse("application_thread", args=[complete.pk]), {"text": "Merci"}).status_code == 302
    )
    assert complete.comments.get(text="Merci").shared


def test_an_exception_is_decided_with_its_reason_and_may_be_decided_again(complete, runner):
    claim = complete.claims.create(exclusion="double", justification="Besoin réel")
    with pytest.raises(Refused):
        claims.decide_claim(claim=claim, accepted=True, reason="", by=runner.actor)
    claims.decide_claim(claim=claim, accepted=False, reason="Déjà financé", by=runner.actor)
    decided = claims.decide_claim(claim=claim, accepted=True, reason="Besoin prouvé", by=runner.actor)
    assert (decided.accepted, decided.reason) == (True, "Besoin prouvé")


def test_a_jury_is_changed_with_a_reason_until_a_jury_has_it(complete, runner):
    with pytest.raises(Refused):
        routing.route(application=complete, territory_examines=False, reason="", by=runner.actor)
    routed = routing.route(
        application=complete, territory_examines=False, reason="Trois EPCI", by=runner.actor
    )
    assert routed.jury_code == "regional"
    routed.state = "before_jury"
    routed.save()
    with pytest.raises(Refused):
        routing.route(application=routed, territory_examines=True, reason="Retour", by=runner.actor)


def test_several_dossiers_are_declared_complete_and_each_that_is_not_says_why(client, call, runner):
    ready, unready = (ApplicationFactory(submitted=True, call=call) for _ in range(2))
    accepted(ready)
    page = client.post(
        reverse("call_applications_act", args=[call.code]),
        {"act": "complete", "dossier": [ready.pk, unready.pk, "x", "9" * 30]},
        follow=True,
    )
    ready.refresh_from_db()
    unready.refresh_from_db()
    assert (ready.state, unready.state) == ("complete", "submitted")
    assert unready.number in page.content.decode()


def test_the_papers_are_handed_to_who_reads_the_dossier(client, application, runner):
    piece = paper(application, "rib")
    address = reverse("application_piece_file", args=[application.pk, piece.pk])
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    other = ApplicationFactory(submitted=True, call=application.call)
    assert client.get(reverse("application_piece_file", args=[other.pk, piece.pk])).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(address).status_code == 403


def test_the_sheet_says_when_silence_becomes_a_refusal(client, complete, runner):
    complete.complete_on = date(2014, 12, 31)
    complete.save()
    text = client.get(reverse("application", args=[complete.pk])).content.decode()
    assert "28 février 2015" in text


def test_the_jury_is_told_to_the_services_then_to_the_applicant_once_a_letter_left(
    client, complete, runner, django_assert_max_num_queries
):
    session = JurySessionFactory(jury__call=complete.call, jury__name="Jury de mars")
    session.items.create(
        application=complete, decision="retained_with_reserves", reserves="Associer l’école.",
        votes_for=5, votes_against=2, abstentions=1, decided_at="2015-03-10T10:00:00Z",
    )  # fmt: skip
    address = reverse("application", args=[complete.pk])

    def told() -> str:
        with django_assert_max_num_queries(15):
            return client.get(address).content.decode()

    text = told()
    assert "Associer l’école." in text
    assert "contre\u00a0: 2" in text
    member = ApplicantRoleFactory(organisation=complete.organisation, role="signatory").person
    client.force_login(member)
    assert "Associer l’école." not in told()
    complete.letters.create(kind="award", subject="Notification", body="…", sent_at="2015-04-01T10:00:00Z")
    text = told()
    assert "Associer l’école." in text
    assert "contre\u00a0: 2" not in text
    assert reverse("jury_session", args=[session.pk]) not in text


@pytest.mark.parametrize("name", ["pieces", "opinions", "similar", "thread"])
def test_each_page_of_the_examination_asks_at_most_fifteen_questions(
    client, complete, runner, name, django_assert_max_num_queries
):
    for n in range(3):
        paper(complete, f"piece-{n}")
        talks.comment(application=complete, text="Bonjour", shared=True, by=runner.actor)
        complete.opinions.create(
            funder=CallFunderFactory(call=complete.call), sense="favourable", given_on=date(2015, 2, 1)
        )
        ApplicationFactory(submitted=True, organisation=complete.organisation, call=complete.call)
        ApplicationFactory(submitted=True, call=complete.call, title=complete.title)
    with django_assert_max_num_queries(15):
        assert client.get(reverse(f"application_{name}", args=[complete.pk])).status_code == 200


def test_comparing_asks_as_much_for_a_contract_of_three_bearers(
    client, complete, runner, django_assert_max_num_queries
):
    complete.contract = ContractFactory()
    complete.save()
    complete.call.contracts.add(complete.contract)
    for _ in range(3):
        ContractBearerFactory(contract=complete.contract)
    with django_assert_max_num_queries(15):
        assert client.get(reverse("application_similar", args=[complete.pk])).status_code == 200


def test_a_project_that_sounds_alike_is_shown_with_its_words(client, application, runner):
    application.title = "Jardin partagé et compost des Tilleuls"
    application.save()
    ApplicationFactory(submitted=True, call=application.call, title="Un compost dans le jardin partagé")
    ApplicationFactory(submitted=True, call=application.call, title="Atelier de couture")
    text = client.get(reverse("application_similar", args=[application.pk])).content.decode()
    assert "Un compost dans le jardin partagé" in text
    assert "Atelier de couture" not in text


@pytest.mark.parametrize(("over", "here", "there"), [("call", True, False), ("contract", False, True)])
def test_comparing_opens_no_dossier_that_one_may_not_read(client, application, over, here, there):
    contract = ContractFactory()
    application.contract, application.state = contract, "complete"
    application.save()
    more = {"submitted": True, "organisation": application.organisation, "state": "rejected"}
    ApplicationFactory(call=application.call, title="Refus ici", contract=ContractFactory(), **more)
    ApplicationFactory(call=CallFactory(), title="Refus ailleurs", contract=contract, **more)
    code = application.call.code if over == "call" else contract.code
    client.force_login(RoleGrantFactory(role="funder_officer", scope_kind=over, scope_code=code).person)
    text = client.get(reverse("application_similar", args=[application.pk])).content.decode()
    assert ("Refus ici" in text, "Refus ailleurs" in text) == (here, there)
