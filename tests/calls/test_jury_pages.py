"""A session seen from its screens: what each person is shown, what is refused, what two screens do to it."""

from datetime import date

import pytest
from django.urls import reverse

from faubourg.base.numbers import cents as in_euros
from faubourg.calls.models import BudgetLine, Interest, Review
from tests.factories.calls import EnvelopeFactory, JurorFactory, JuryItemFactory, a_session
from tests.factories.contracts import ContractBearerFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def officer_of(session):
    grant = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=session.jury.call.code)
    return grant.person


def address(name, session, *more):
    return reverse(name, args=[session.pk, *more])


def stand_back(person, application):
    Interest.objects.create(
        call=application.call,
        person=person,
        organisation=application.organisation,
        reason="Membre du bureau",
        declared_on=date(2015, 2, 1),
    )


def sent(item, cents="2000", **more):
    request = item.application.requests.get()
    field = f"cents-{request.funder_id}-{request.nature}-{request.year}"
    return {"decision": "retained", field: cents, "version": item.version, **more}


@pytest.fixture
def session():
    return a_session(dossiers=2)


@pytest.fixture
def officer(session, client):
    person = officer_of(session)
    client.force_login(person)
    return person


PAGES = ("jury_session", "jury_session_live", "session_pack", "session_marks")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("as_juror", [True, False])
def test_a_dossier_from_which_one_stands_back_is_on_no_page(client, session, name, as_juror):
    hidden, shown = (item.application for item in session.items.all())
    person = session.jury.jurors.first().person if as_juror else officer_of(session)
    stand_back(person, hidden)
    client.force_login(person)
    for item in session.items.all():
        Review.objects.create(
            juror=session.jury.jurors.first(), application=item.application, finished_at="2015-03-01T09:00Z"
        )
    page = client.get(address(name, session)).content.decode()
    assert hidden.title not in page
    assert hidden.organisation.name not in page
    assert shown.title in page


def test_its_own_page_and_its_acts_answer_403(client, session, officer):
    item = session.items.first()
    stand_back(officer, item.application)
    assert client.get(address("review", session, item.pk)).status_code == 403
    for act in ("session_point", "session_weigh", "session_decide", "session_reconsider"):
        assert client.post(address(act, session, item.pk), sent(item)).status_code == 403


def test_the_programming_table_and_its_files_do_not_tell_it(client, session, officer):
    hidden, shown = (item.application for item in session.items.all())
    stand_back(officer, hidden)
    where = reverse("call_programming", args=[session.jury.call.code])
    for suffix in ("", "?format=csv"):
        told = client.get(where + suffix).content.decode()
        assert hidden.title not in told
        assert shown.title in told


def test_nothing_is_shown_before_interests_are_declared(client, session):
    silent = JurorFactory(jury=session.jury, declared_at=None)
    client.force_login(silent.person)
    for name in (*PAGES, "session_pack_pdf", "session_minutes"):
        assert client.get(address(name, session)).status_code == 403
    assert client.get(reverse("jury", args=[session.jury_id])).status_code == 200
    where = reverse("jury_declare", args=[session.jury_id, silent.pk])
    page = client.get(where).content.decode()
    first = session.items.first().application
    assert first.organisation.name in page
    assert first.title not in page
    assert client.post(where, {f"org-{first.organisation_id}": "head"}).status_code == 302
    assert client.get(address("jury_session", session)).status_code == 200
    assert silent.person.interests.get().organisation == first.organisation


def test_nobody_declares_for_another_but_the_services(client, session):
    one, other = session.jury.jurors.all()[:2]
    client.force_login(one.person)
    where = reverse("jury_declare", args=[session.jury_id, other.pk])
    assert client.post(where, {}).status_code == 403
    client.force_login(officer_of(session))
    assert client.post(where, {}).status_code == 302


def test_a_decision_is_refused_with_its_reasons_and_keeps_what_was_typed(client, officer):
    session = a_session(envelope=100_000, dossiers=1)
    client.force_login(officer_of(session))
    item = session.items.get()
    where = address("session_decide", session, item.pk)
    refused = client.post(where, sent(item, "2 000,00"))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "est dépassée de" in page
    assert 'value="2 000,00"' in page
    done = client.post(
        where, sent(item, override_reason="Seule action du quartier", override_by_name="Camille Roux")
    )
    assert done.status_code == 302
    page = client.get(done.url).content.decode()
    assert "dépassée de" in page
    assert "Camille Roux" in page


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"decision": "rejected"}, "Écrivez le motif"),
        ({"decision": "fly"}, "Sélectionnez"),
        ({"in_favour": "900"}, "500"),
        ({"in_favour": "9"}, "voix sont comptées"),
        ({"version": "x"}, "entier"),
    ],
)
def test_bad_input_gets_one_sentence(client, session, officer, change, told):
    item = session.items.first()
    answer = client.post(address("session_decide", session, item.pk), sent(item) | change)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    item.refresh_from_db()
    assert item.decision == ""


def test_the_second_screen_sees_both_and_nothing_is_lost(client, session, officer):
    item = session.items.first()
    where = address("session_decide", session, item.pk)
    assert client.post(where, sent(item, "1500")).status_code == 302
    late = client.post(where, sent(item, "1200"))
    assert late.status_code == 409
    page = late.content.decode()
    assert "1\u202f500" in page
    assert "1200" in page


def test_amounts_are_weighed_before_they_are_saved(client, officer):
    session = a_session(envelope=100_000, dossiers=1)
    client.force_login(officer_of(session))
    item = session.items.get()
    told = client.post(address("session_weigh", session, item.pk), sent(item)).content.decode()
    assert "dépassée de 1\u202f000" in told
    assert "is-over" in told
    item.refresh_from_db()
    assert not item.amounts.exists()


def test_screens_are_told_only_of_what_moved(client, session, officer):
    first = client.get(address("jury_session_live", session))
    stamp = first.content.decode().split("?vu=")[1].split("&")[0]
    live = address("jury_session_live", session)
    assert client.get(live, {"vu": stamp}).status_code == 204
    juror = session.jury.jurors.first()
    client.post(address("session_presence", session), {"juror": juror.pk, "act": "leave"})
    assert client.get(live, {"vu": stamp}).status_code == 200


def test_a_member_answers_for_themselves_only(client):
    session = a_session(opened=False)
    one, other = session.jury.jurors.all()[:2]
    client.force_login(one.person)
    where = address("session_presence", session)
    assert client.post(where, {"juror": one.pk, "act": "coming"}).status_code == 302
    assert client.post(where, {"juror": other.pk, "act": "coming"}).status_code == 403
    assert client.post(where, {"juror": one.pk, "act": "arrive"}).status_code == 403


def test_a_whole_session_to_its_signed_minutes(client, session, officer):
    for item in session.items.all():
        assert client.post(address("session_decide", session, item.pk), sent(item)).status_code == 302
    juror = session.jury.jurors.first()
    stand_back(juror.person, session.items.last().application)
    client.post(address("session_act", session), {"act": "close"})
    whole = client.get(address("session_minutes", session))
    kept = b"".join(whole.streaming_content)
    assert kept.startswith(b"%PDF")
    client.force_login(juror.person)
    redacted = client.get(address("session_minutes", session))
    assert redacted.content != kept
    for seat in session.jury.jurors.all():
        client.force_login(seat.person)
        assert client.post(address("session_sign", session)).status_code == 302
    session.refresh_from_db()
    assert session.state == "signed"
    client.force_login(PersonFactory())
    assert client.get(address("session_minutes", session)).status_code == 403


def test_packs_are_pdfs_without_what_their_reader_stands_back_from(client, session, officer):
    item = session.items.first()
    BudgetLine.objects.create(application=item.application, account="74com", cents=5_000, standing="obtained")
    whole = client.get(address("session_pack_pdf", session)).content
    juror = session.jury.jurors.first()
    assert client.get(address("juror_pack_pdf", session, juror.pk)).content.startswith(b"%PDF")
    stand_back(juror.person, item.application)
    assert len(client.get(address("juror_pack_pdf", session, juror.pk)).content) < len(whole)


def test_a_long_pack_is_read_page_by_page_and_its_index_names_every_dossier(client, monkeypatch):
    monkeypatch.setattr("faubourg.calls.views.reading.A_PAGE", 2)
    session = a_session(dossiers=3)
    client.force_login(officer_of(session))
    first = client.get(address("session_pack", session))
    assert [sheet.rank for sheet, _ in first.context["sheets"]] == [1, 2]
    assert [title for _address, _number, title in first.context["index"]] == [
        item.application.title for item in session.items.order_by("order", "pk")
    ]
    last = client.get(address("session_pack", session) + first.context["index"][2][0].partition("#")[0])
    assert [sheet.rank for sheet, _ in last.context["sheets"]] == [3]


GRID = ("quality", "inhabitants", "partnership", "network", "governance")


def test_marks_are_kept_as_they_are_typed_and_shown_once_handed_in(client, session):
    item = session.items.first()
    one, other = (seat for seat in session.jury.jurors.all()[:2])
    Review.objects.create(
        juror=other,
        application=item.application,
        marks=dict.fromkeys(GRID, 1),
        finished_at="2015-03-01T09:00Z",
    )
    client.force_login(one.person)
    where = address("review", session, item.pk)
    typed = client.post(where, {"mark-quality": "4", "version": "0"}, headers={"HX-Request": "true"})
    assert 'name="version" value="1"' in typed.content.decode()
    assert Review.objects.get(juror=one).marks == {"quality": 4}
    stale = client.post(where, {"mark-quality": "1", "version": "0"}, headers={"HX-Request": "true"})
    assert "une autre fenêtre" in stale.content.decode()
    assert item.application.title not in client.get(address("session_marks", session)).content.decode()
    assert client.post(where, {"mark-quality": "9", "version": "1"}).status_code == 422
    marks = {f"mark-{code}": "4" for code in GRID}
    assert client.post(where, {**marks, "version": "1", "finish": "1"}).status_code == 302
    assert item.application.title in client.get(address("session_marks", session)).content.decode()


@pytest.mark.parametrize("name", ["jury_session", "session_pack", "session_marks", "session_items"])
def test_three_dossiers_ask_no_more_than_one(client, name, django_assert_max_num_queries):
    asked = []
    for dossiers in (1, 3):
        session = a_session(dossiers=dossiers)
        client.force_login(officer_of(session))
        client.get(address(name, session))
        with django_assert_max_num_queries(40) as found:
            assert client.get(address(name, session)).status_code == 200
        asked.append(len(found))
    assert asked[1] <= asked[0]
    assert asked[0] <= MOST_QUERIES, asked


@pytest.mark.parametrize("as_juror", [True, False])
@pytest.mark.parametrize("name", ["jury_session", "jury_session_live"])
def test_a_sitting_with_a_dossier_at_hand_asks_little(client, name, as_juror, django_assert_max_num_queries):
    session = a_session(dossiers=3)
    call, held = session.jury.call, session.items.first()
    # As in life: contracts with their bearers, an envelope kept for a territory, a service's opinion.
    for _ in range(2):
        bearer = ContractBearerFactory(contract__departement=TerritoryFactory(kind="departement"))
        call.contracts.add(bearer.contract)
    EnvelopeFactory(funder=call.funders.get(), year=2016, territory=bearer.territory)
    held.application.opinions.create(
        funder=call.funders.get(), sense="favourable", operating_cents=150_000, given_on=date(2015, 3, 1)
    )
    held.amounts.create(funder=call.funders.get(), nature="operating", year=2015, cents=120_000)
    session.at_hand = held
    session.save()
    client.force_login(session.jury.jurors.first().person if as_juror else officer_of(session))
    client.get(address(name, session))
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(address(name, session)).content.decode()
    assert held.application.title in page
    if name == "jury_session":
        assert in_euros(150_000) in page


@pytest.mark.parametrize("name", ["call_juries", "call_programming", "call_allocation"])
def test_three_juries_ask_no_more_than_one(client, name, django_assert_max_num_queries):
    session = a_session(dossiers=1)
    client.force_login(officer_of(session))
    where = reverse(name, args=[session.jury.call.code])
    client.get(where)
    asked = []
    for more in (0, 2):
        for _ in range(more):
            JuryItemFactory(session__jury__call=session.jury.call)
        with django_assert_max_num_queries(40) as found:
            assert client.get(where).status_code == 200
        asked.append(len(found))
    assert asked[1] <= asked[0]
    assert asked[0] <= MOST_QUERIES, asked


def test_a_version_of_five_thousand_digits_is_refused_in_words(client, session, officer):
    page = address("session_reconsider", session, session.items.first().pk)
    assert client.post(page, {"version": "9" * 5000, "reason": "Erreur"}).status_code == 302


def test_who_plans_a_session_and_is_heard_in_it_goes_on_running_it(client, officer):
    session = a_session(opened=False)
    RoleGrantFactory(
        person=officer, role="contract_officer", scope_kind="call", scope_code=session.jury.call.code
    )
    seat = JurorFactory(jury=session.jury, person=officer, votes=False, declared_at=None)
    client.force_login(officer)
    for name in ("jury_session", "session_items", "session_pack", "session_marks"):
        assert client.get(reverse(name, args=[session.pk])).status_code == 200, name
    own, other = session.items.all()
    stand_back(officer, own.application)
    page = client.get(reverse("session_pack", args=[session.pk])).content.decode()
    assert own.application.title not in page
    assert other.application.title in page
    # A member who votes still declares first, whatever other roles are held.
    seat.votes = True
    seat.save()
    assert client.get(reverse("jury_session", args=[session.pk])).status_code == 403
