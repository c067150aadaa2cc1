"""A report is kept once, whole and private, whatever is sent, twice, at once or half-way."""

import threading
import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faubourg.base.refusal import Refused
from faubourg.proximity.models import News, Ticket
from faubourg.proximity.references import ALPHABET, as_written
from faubourg.proximity.services import filing as services
from faubourg.proximity.services.filing import WITHOUT_ACCOUNT, Filing, file_same, file_ticket
from faubourg.proximity.services.reachable import Contact
from tests.factories.proximity import (
    LAT,
    LON,
    AreaFactory,
    CategoryFactory,
    LandFactory,
    PartnerFactory,
    ReferentFactory,
    RouteFactory,
    SpotFactory,
    TicketFactory,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def category(db):
    return CategoryFactory(working_days=2)


def a_filing(here, **more):
    told = {"area": here.area, "category": here, "lon": LON, "lat": LAT, "client_id": uuid.uuid4()}
    return Filing(**(told | more))


def filed(here, **more):
    return file_ticket(filing=a_filing(here, **more), by=WITHOUT_ACCOUNT, at=AT)


def test_it_has_a_number_a_key_a_deadline_and_a_first_step(category):
    ticket = filed(category, text="Un matelas", place_words="devant la tour")
    assert ticket.state == "new"
    assert set(ticket.reference) <= {*ALPHABET, "-"}
    assert not set("01OIL8BSZ") & set(ALPHABET)
    assert as_written(f" {ticket.reference.lower().replace('-', ' ')} ") == ticket.reference
    assert len(ticket.key) > 20
    assert ticket.due_on == date(2026, 3, 4)
    step = ticket.steps.get()
    assert (step.move, step.after, step.public) == ("file", "new", True)
    assert not ticket.by_night
    assert not ticket.public_text
    assert ticket.taken_by_name == ""


def test_the_same_sent_twice_is_one(category):
    filing = a_filing(category, text="Première")
    first = file_ticket(filing=filing, by=WITHOUT_ACCOUNT, at=AT)
    again = file_ticket(
        filing=a_filing(category, client_id=filing.client_id, text="Seconde"), by=WITHOUT_ACCOUNT, at=AT
    )
    assert again.pk == first.pk
    assert Ticket.objects.get().text == "Première"


@pytest.mark.django_db(transaction=True)
def test_the_same_sent_many_times_at_once_is_one():
    category, client_id = CategoryFactory(), uuid.uuid4()
    contact = Contact("sms", "06 12 34 56 78")
    found, ready = [], threading.Barrier(4)

    def send():
        try:
            ready.wait()
            found.append(filed(category, client_id=client_id, contact=contact).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == Ticket.objects.count() == News.objects.count() == 1
    assert Ticket.objects.get().steps.count() == 1


def test_a_number_already_taken_is_drawn_again(category, monkeypatch):
    taken = filed(category).reference
    drawn = iter([taken, taken, "222-333"])
    monkeypatch.setattr(services, "new_reference", lambda: next(drawn))
    assert filed(category).reference == "222-333"
    assert Ticket.objects.count() == 2


def test_half_way_nothing_is_kept(category, monkeypatch):
    def broken(*_):
        raise OSError("the plug is pulled")

    monkeypatch.setattr(services, "tell_step", broken)
    filing = a_filing(category)
    with pytest.raises(OSError, match="plug"):
        file_ticket(filing=filing, by=WITHOUT_ACCOUNT, at=AT)
    assert not Ticket.objects.exists()
    monkeypatch.undo()
    assert file_ticket(filing=filing, by=WITHOUT_ACCOUNT, at=AT).pk


hostile = st.text(max_size=300) | st.sampled_from(
    ["<script>alert(1)</script>", "'; DROP TABLE proximity_ticket; --", "{0.__class__}", "%s%n", "é" * 9000]
)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hostile, hostile, hostile,
    st.floats(width=64) | st.just(LON), st.floats(width=64) | st.just(LAT),
    st.integers(-5, 10**9) | st.none(),
    st.sampled_from(["none", "email", "sms", "letter", "phone", "pigeon"]),
)  # fmt: skip
def test_whatever_is_typed_it_is_kept_or_refused_in_words(text, place, address, lon, lat, accuracy, channel):
    category = CategoryFactory()
    contact = Contact(channel, address, text, place)
    try:
        ticket = filed(
            category, text=text, place_words=place, lon=lon, lat=lat, accuracy_m=accuracy, contact=contact
        )
    except Refused as refused:
        said = str(refused)
        assert said
        return
    ticket.refresh_from_db()
    assert len(ticket.text) <= services.LONGEST_TEXT
    assert "\x00" not in ticket.text + ticket.place_words
    assert abs(ticket.lon - LON) < 1
    assert ticket.answer_by != "none" or not ticket.contact + ticket.contact_address + ticket.contact_name


@pytest.mark.parametrize(
    ("contact", "ok"),
    [
        (Contact(), True),
        (Contact("email", "a@exemple.fr"), True),
        (Contact("email", "a@"), False),
        (Contact("sms", "06.12.34.56.78"), True),
        (Contact("sms", "+33 6 12 34 56 78"), True),
        (Contact("phone", "112"), False),
        (Contact("letter", "", "Une habitante", "3 rue de l’Exemple\n63000 Clermont-Ferrand"), True),
        (Contact("letter", "", "", "3 rue de l’Exemple\n63000 Clermont-Ferrand"), False),
        (Contact("letter", "", "Une habitante", "chez moi"), False),
    ],
)
def test_news_can_reach_whoever_wants_some(category, contact, ok):
    if not ok:
        with pytest.raises(Refused):
            filed(category, contact=contact)
    else:
        ticket = filed(category, contact=contact)
        assert ticket.news.count() == (contact.answer_by != "none")


def test_another_areas_category_spot_or_place_is_refused(category):
    for wrong in (
        {"category": CategoryFactory()},
        {"spot": SpotFactory()},
        {"lon": 2.35, "lat": 48.85},
        {"lon": float("nan")},
        {"lat": 91.0},
    ):
        with pytest.raises(Refused):
            filed(category, **wrong)
    category.active = False
    with pytest.raises(Refused):
        filed(category)


@pytest.mark.django_db
def test_a_closed_area_still_takes_calls():
    category = CategoryFactory(area=AreaFactory(open=False))
    with pytest.raises(Refused, match="en ligne"):
        filed(category)
    assert filed(category, channel="phone").channel == "phone"


def test_the_same_problem_follows_the_first_report(category):
    first = filed(category)
    contact = Contact("email", "b@exemple.fr")
    second = file_same(filing=a_filing(category, contact=contact), original=first, by=WITHOUT_ACCOUNT, at=AT)
    assert (second.state, second.original) == ("duplicate", first)
    assert [news.text.split("\n")[0] for news in second.news.all()] == [
        f"Votre signalement {second.reference} rejoint un signalement du même problème."
    ]
    third = file_same(filing=a_filing(category), original=second, by=WITHOUT_ACCOUNT, at=AT)
    assert third.original == first, "never the duplicate of a duplicate"


def test_what_is_settled_meanwhile_is_not_followed(category):
    first = TicketFactory(area=category.area, category=category, state="closed")
    filing = a_filing(category)
    second = file_same(filing=filing, original=first, by=WITHOUT_ACCOUNT, at=AT)
    assert second.state == "new"
    assert file_same(filing=filing, original=first, by=WITHOUT_ACCOUNT, at=AT).pk == second.pk


def test_who_should_answer_is_proposed_with_the_reasons_and_nobody_is_asked_yet(category):
    partner = PartnerFactory(area=category.area)
    ReferentFactory(partner=partner)
    LandFactory(area=category.area, partner=partner)
    RouteFactory(area=category.area)
    ticket = filed(category, accuracy_m=5)
    assert ticket.routing["answer"] == "routed"
    assert ticket.routing["partner"] == partner.pk
    assert ticket.routing["reasons"]
    assert ticket.partner is None
    assert ticket.state == "new"


@pytest.mark.parametrize("contact", [Contact(), Contact("email", "a@exemple.fr")])
def test_filing_asks_little_of_the_database(category, contact):
    LandFactory(area=category.area)
    RouteFactory(area=category.area)
    filed(category)
    with CaptureQueriesContext(connection) as asked:
        filed(category, contact=contact)
    # Whatever the way it comes: see test_creating_cost.py.
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]
