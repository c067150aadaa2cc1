"""Two votes at once never spend the same euro; what the pages of the money ask of the database."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import Call, Envelope, FunderDecision
from faubourg.calls.services import envelopes
from faubourg.calls.services import funder_decisions as deciding
from tests.factories.calls import (
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    EnvelopeFactory,
    FunderDecisionFactory,
)
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory, RoleGrantFactory

SQL_LIMIT = 15
TODAY = timezone.localdate()


def at_once(*acts):
    """Each act in a thread with a connection of its own, started together; their answers in order."""
    answers: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place, act):
        gate.wait(10)
        try:
            answers[place] = act()
        except (Refused, Conflict) as refused:
            answers[place] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def favourable(funder, cents=100_000):
    application = ApplicationFactory(submitted=True, call=funder.call, state="retained", contract=None)
    return FunderDecisionFactory(
        application=application, funder=funder, state="favourable", requested_cents=cents, amount_cents=cents
    )


@pytest.mark.django_db(transaction=True)
def test_two_votes_at_once_never_exceed_an_envelope():
    funder = CallFunderFactory()
    EnvelopeFactory(funder=funder, amount_cents=250_000)
    decisions = [favourable(funder) for _ in range(3)]
    people = [PersonFactory().actor for _ in range(3)]
    act = deciding.Act("Délibération 1", TODAY)

    def voting(person, decision):
        call = Call.objects.get(pk=funder.call_id)
        ballots = [deciding.Ballot(decision.pk, decision.version)]
        return lambda: deciding.vote(call=call, ballots=ballots, act=act, by=person)

    answers = at_once(*(voting(*pair) for pair in zip(people, decisions, strict=True)))
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    voted = FunderDecision.objects.filter(state="voted").values_list("amount_cents", flat=True)
    assert sum(voted) == 200_000


@pytest.mark.django_db(transaction=True)
def test_an_envelope_lowered_while_it_is_voted_never_ends_below_what_is_voted():
    """2 000 € to vote on 2 500 €, that somebody lowers to 1 000 €: whoever comes second is refused."""
    funder = CallFunderFactory()
    envelope = EnvelopeFactory(funder=funder, amount_cents=250_000)
    decision, person = favourable(funder, 200_000), PersonFactory().actor
    call = Call.objects.get(pk=funder.call_id)

    def lower():
        row = Envelope.objects.get(pk=envelope.pk)
        return envelopes.write_envelope(
            call=call, envelope=row, base_version=row.version, by=person, funder=funder, nature=row.nature,
            year=row.year, territory=None, amount_cents=100_000, level=row.level,
        )  # fmt: skip

    def vote():
        ballots = [deciding.Ballot(decision.pk, decision.version)]
        return deciding.vote(call=call, ballots=ballots, act=deciding.Act("Délibération", TODAY), by=person)

    answers = at_once(lower, vote)
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    envelope.refresh_from_db()
    voted = sum(FunderDecision.objects.filter(state="voted").values_list("amount_cents", flat=True))
    assert (voted, envelope.amount_cents) in {(200_000, 250_000), (0, 100_000)}


@pytest.mark.django_db(transaction=True)
def test_two_people_who_correct_an_envelope_keep_the_first_and_tell_the_second():
    envelope = EnvelopeFactory(funder=CallFunderFactory(), amount_cents=250_000)
    call, person = Call.objects.get(pk=envelope.funder.call_id), PersonFactory().actor

    def write(cents):
        row = Envelope.objects.get(pk=envelope.pk)
        return lambda: envelopes.write_envelope(
            call=call, envelope=row, base_version=row.version, by=person, funder=row.funder,
            nature=row.nature, year=row.year, territory=None, amount_cents=cents, level=row.level,
        )  # fmt: skip

    answers = at_once(write(300_000), write(400_000))
    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    envelope.refresh_from_db()
    assert envelope.amount_cents in (300_000, 400_000)
    assert envelope.version == 2


@pytest.fixture
def lead(db):
    """A call with a funder and its envelope, and the officer who leads it."""
    funder = CallFunderFactory(call=CallFactory())
    EnvelopeFactory(funder=funder)
    person = RoleGrantFactory(scope_kind="call", scope_code=funder.call.code).person
    client = Client()
    client.force_login(person)
    return funder, client


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def _decision(funder):
    decision = favourable(funder)
    application = decision.application
    application.letters.create(kind="award", subject="Décision", body="Votre aide.")
    decision.payments.create(cents=100, due_on=TODAY)
    FunderDecision.objects.filter(pk=decision.pk).update(state="notified", voted_on=TODAY, notified_on=TODAY)
    return decision


@pytest.mark.parametrize("page", ["decisions/", "courriers/", "conventions/", "versements/", "gels/"])
def test_the_lists_ask_as_much_for_three_rows_as_for_one(lead, page):
    funder, client = lead
    _decision(funder)
    client.get("/")
    address = f"/appels/{funder.call.code}/{page}"
    client.get(address)
    one = asked(client, address)
    for _ in range(2):
        _decision(funder)
    assert asked(client, address) == one <= SQL_LIMIT


def test_a_vote_and_a_dossier_s_money_stay_light(lead):
    funder, client = lead
    decision = _decision(funder)
    favourable(funder)
    for address in (
        f"/appels/{funder.call.code}/decisions/voter/{funder.pk}/",
        f"/aides/{decision.pk}/",
        f"/dossiers/{decision.application.pk}/argent/",
    ):
        client.get(address)
        assert asked(client, address) <= SQL_LIMIT, address


def test_an_officer_decides_for_its_own_funder_only(db):
    call = CallFactory()
    mine = CallFunderFactory(call=call, name="Région", organisation=OrganisationFactory(kind="region"))
    other = CallFunderFactory(call=call, name="Département", level="departement")
    person = RoleGrantFactory(role="funder_officer", scope_kind="call", scope_code=call.code).person
    MembershipFactory(person=person, organisation=mine.organisation)
    client = Client()
    client.force_login(person)
    for funder, status in ((mine, 200), (other, 403)):
        decision = favourable(funder)
        assert client.get(f"/aides/{decision.pk}/").status_code == 200
        assert client.get(f"/aides/{decision.pk}/faire/vote/").status_code == status
        assert client.get(f"/appels/{call.code}/decisions/voter/{funder.pk}/").status_code == status


def test_whoever_stands_back_sees_no_money_of_the_dossier(lead):
    from faubourg.calls.models import Interest
    from faubourg.people.models import Person

    funder, client = lead
    decision = _decision(funder)
    letter = decision.application.letters.get()
    person = Person.objects.get(role_grants__scope_code=funder.call.code)
    Interest.objects.create(
        person=person, call=funder.call, application=decision.application, declared_on=TODAY
    )
    payment = decision.payments.get()
    for address in (
        f"/aides/{decision.pk}/",
        f"/aides/{decision.pk}/faire/vote/",
        f"/aides/{decision.pk}/echeancier/",
        f"/versements/{payment.pk}/order/",
        f"/dossiers/{decision.application.pk}/argent/",
        f"/courriers/{letter.pk}/",
        f"/courriers/{letter.pk}/courrier.pdf",
    ):
        assert client.get(address).status_code == 403, address
    number = decision.application.number
    for page in (
        "decisions/",
        "decisions/?format=csv",
        "courriers/",
        "versements/",
        "versements/?format=csv",
    ):
        assert number not in client.get(f"/appels/{funder.call.code}/{page}").content.decode(), page
