"""An agent types for somebody on the phone, reads it back, and a letter waits to be printed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faubourg.proximity.models import News, Ticket
from tests.factories.proximity import (
    AreaFactory,
    AreaSeatFactory,
    CategoryFactory,
    SpotFactory,
    TicketFactory,
)

TYPED = {
    "category": "litter", "place": "spot:hall42", "place_words": "devant le hall", "text": "Un matelas",
    "answer_by": "letter", "name": "Une habitante", "postal": "3 rue de l’Exemple\n63000 Clermont-Ferrand",
    "channel": "phone", "language": "fr", "client_id": "3b241101-e2bb-4255-8caf-4136c566a962",
}  # fmt: skip


@pytest.fixture
def area(db):
    area = AreaFactory(code="ville", hotline="0 800 00 00 00")
    CategoryFactory(area=area, code="litter", name="Saleté")
    SpotFactory(area=area, key="hall42", name="Hall 4")
    return area


@pytest.fixture
def agent(area, client):
    seat = AreaSeatFactory(area=area, task="agent")
    client.force_login(seat.person, backend="faubourg.people.signin.PersonBackend")
    return client


def test_typed_read_back_then_sent_with_a_letter_to_print(agent, area):
    address = "/proximite/ville/saisir/"
    assert agent.get(address).status_code == 200
    read = agent.post(address, TYPED | {"go": "read"})
    for words in ("Saleté", "Hall 4", "devant le hall", "Un matelas", "Une habitante", "3 rue de l’Exemple"):
        assert words in read.content.decode()
    assert not Ticket.objects.exists(), "reading back sends nothing"
    for _ in range(2):
        assert agent.post(address, TYPED | {"go": "send"}).status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.answer_by) == ("phone", "letter")
    assert ticket.taken_by_name
    assert ticket.person is None
    news = News.objects.get()
    assert news.state == "to_print"
    letters = agent.get("/proximite/ville/courriers/").content.decode()
    assert f"/proximite/ville/courriers/{news.pk}/lettre.pdf" in letters
    assert agent.get(f"/proximite/ville/courriers/{news.pk}/lettre.pdf").content.startswith(b"%PDF-")
    agent.post(f"/proximite/ville/courriers/{news.pk}/fait/")
    news.refresh_from_db()
    assert news.state == "sent"


def test_what_lacks_is_said_and_nothing_typed_is_lost(agent, area):
    page = agent.post("/proximite/ville/saisir/", {"go": "send", "text": "Un matelas", "answer_by": "letter"})
    assert page.status_code == 422
    assert "Un matelas" in page.content.decode()
    page = agent.post("/proximite/ville/saisir/", TYPED | {"go": "send", "name": ""})
    assert page.status_code == 422
    assert "il faut un nom" in page.content.decode()
    back = agent.post("/proximite/ville/saisir/", TYPED | {"go": "edit"}).content.decode()
    assert 'value="devant le hall"' in back


def test_letters_of_another_area_are_not_ones_own(agent):
    ticket = TicketFactory()
    news = News.objects.create(
        cause="x", area=ticket.area, ticket=ticket, channel="letter", to="…", text="…", state="to_print"
    )
    assert agent.get(f"/proximite/ville/courriers/{news.pk}/lettre.pdf").status_code == 404
    assert agent.get(f"/proximite/{ticket.area.code}/courriers/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_letters_ask_as_much_for_three_as_for_one(agent, area, rows):
    for rank in range(rows):
        ticket = TicketFactory(area=area)
        News.objects.create(
            cause=str(rank), area=area, ticket=ticket, channel="phone", to="…", text="…", state="to_call"
        )
    with CaptureQueriesContext(connection) as asked:
        agent.get("/proximite/ville/courriers/")
    assert len(asked) <= 12, [query["sql"][:80] for query in asked]


def test_the_letters_are_sorted_filtered_and_exported_without_an_address(agent, area):
    for rank, state in enumerate(("to_call", "to_print")):
        ticket = TicketFactory(area=area)
        News.objects.create(
            cause=f"l{rank}", area=area, ticket=ticket, channel="letter", to=f"SECRET {rank}",
            subject=f"Objet {rank}", text="…", state=state,
        )  # fmt: skip
    page = agent.get("/proximite/ville/courriers/?faire=to_print&tri=-depuis").content.decode()
    assert "Objet 1" in page
    assert "Objet 0" not in page
    file = agent.get("/proximite/ville/courriers/?format=csv").content.decode()
    assert "Objet 0" in file
    assert "SECRET" not in file
