"""Whoever reported follows and answers with a key: no account, nothing of it is anybody else's."""

import pytest

from faubourg.base.models import JournalEntry
from faubourg.proximity.models import News, Photo
from faubourg.proximity.services.filing import WITHOUT_ACCOUNT
from faubourg.proximity.services.photos import keep_photo
from tests.factories.proximity import AreaFactory, PartnerFactory, ReferentFactory, TicketFactory

from .test_keep_photo import taken


@pytest.fixture
def ticket(db):
    area = AreaFactory()
    partner = PartnerFactory(area=area)
    ReferentFactory(partner=partner)
    return TicketFactory(
        area=area,
        partner=partner,
        state="declared_done",
        declared_done_at="2026-03-05T10:00:00Z",
        answer_by="sms",
        contact="0612345678",
    )


def at(ticket, end=""):
    return f"/s/{ticket.key}/{end}"


def test_the_page_says_where_it_stands_and_shows_nothing_to_index(client, ticket):
    page = client.get(at(ticket))
    text = page.content.decode()
    assert ticket.reference in text
    assert "noindex" in text
    assert ticket.text not in text
    assert ticket.contact not in text
    assert "no-store" in page["Cache-Control"]


def test_not_done_with_a_photograph_it_is_open_again_then_done_it_is_closed(client, ticket):
    answer = client.post(at(ticket, "fait/"), {"done": "no", "word": "Encore là", "file": taken()})
    assert answer.status_code == 302
    ticket.refresh_from_db()
    assert (ticket.state, ticket.reopened) == ("assigned", 1)
    assert ticket.photos.get().moment == "doubt"
    ticket.state = "declared_done"
    ticket.save()
    client.post(at(ticket, "fait/"), {"done": "yes"})
    ticket.refresh_from_db()
    assert ticket.state == "closed"
    assert [check.who for check in ticket.checks.all()] == ["reporter", "reporter"]


def test_answering_twice_says_that_it_changed(client, ticket):
    client.post(at(ticket, "fait/"), {"done": "yes"})
    again = client.post(at(ticket, "fait/"), {"done": "yes"})
    assert again.status_code == 422
    assert ticket.checks.count() == 1


def test_without_yes_or_no_what_was_typed_stays(client, ticket):
    page = client.post(at(ticket, "fait/"), {"word": "Je ne sais <b>pas</b>"})
    assert page.status_code == 422
    assert "Je ne sais &lt;b&gt;pas&lt;/b&gt;" in page.content.decode()


def test_what_comes_back_is_said_with_words(client, ticket):
    ticket.state = "closed"
    ticket.save()
    assert client.post(at(ticket, "rouvrir/"), {"word": "  "}).status_code == 422
    assert client.post(at(ticket, "rouvrir/"), {"word": "Revenu"}).status_code == 302
    ticket.refresh_from_db()
    assert ticket.state == "assigned"


def test_whoever_follows_the_first_report_answers_for_it(client, ticket):
    second = TicketFactory(area=ticket.area, state="duplicate", original=ticket)
    assert "premier signalement" in client.get(at(second)).content.decode()
    client.post(at(second, "fait/"), {"done": "yes"})
    ticket.refresh_from_db()
    assert ticket.state == "closed"


def test_left_in_peace_then_forgotten_at_once(client, ticket):
    news = News.objects.create(
        cause="x", area=ticket.area, ticket=ticket, channel="sms", to=ticket.contact, text="…"
    )
    client.post(at(ticket, "silence/"))
    ticket.refresh_from_db()
    assert (ticket.answer_by, ticket.contact) == ("none", "0612345678")
    assert not News.objects.filter(pk=news.pk).exists()
    client.post(at(ticket, "effacer/"))
    client.post(at(ticket, "effacer/"))
    ticket.refresh_from_db()
    assert ticket.contact == ""
    assert "0612345678" not in "".join(entry.payload for entry in JournalEntry.objects.all())


def test_ones_photographs_are_ones_own(client, ticket):
    photo = keep_photo(owner=ticket, upload=taken(), moment=Photo.Moment.BEFORE, by=WITHOUT_ACCOUNT)
    answer = client.get(at(ticket, f"photos/{photo.pk}/"))
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    other = TicketFactory(area=ticket.area)
    assert client.get(at(other, f"photos/{photo.pk}/")).status_code == 404


@pytest.mark.parametrize(
    ("language", "direction"), [("fr-easy", "ltr"), ("en", "ltr"), ("ar", "rtl"), ("tr", "ltr")]
)
def test_each_language_says_that_it_is_to_be_read_again(client, ticket, language, direction):
    text = client.get(at(ticket), {"langue": language}).content.decode()
    assert f'dir="{direction}" data-theme' in text
    assert "traduction à relire" in text
    browser = client.get(at(ticket), headers={"accept-language": "tr-TR,tr;q=0.9,fr;q=0.5"})
    assert '<html lang="tr"' in browser.content.decode()
