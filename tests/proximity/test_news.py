"""Whoever reported is told once, by the channel they chose, whatever breaks on the way."""

import threading
from datetime import date
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.base.models import Job
from faubourg.base.refusal import Refused
from faubourg.proximity.gateways import NotSent
from faubourg.proximity.gateways.ways import EmailGateway, FileSmsGateway
from faubourg.proximity.models import News
from faubourg.proximity.services import news as services
from faubourg.proximity.tasks import tell
from tests.factories.proximity import AreaFactory, TicketFactory

LETTER = {"contact_name": "Une habitante", "contact_address": "3 rue de l’Exemple\n63000 Clermont-Ferrand"}


@pytest.fixture(autouse=True)
def _sms(settings, tmp_path):
    settings.SMS_FILE_PATH = tmp_path / "sms"
    settings.SITE_URL = "https://ville.exemple.fr"


@pytest.fixture
def area(db):
    return AreaFactory(hotline="0 800 00 00 00")


def stepped(ticket, after="planned", before="assigned", move="plan"):
    return ticket.steps.create(before=before, after=after, move=move, on=ticket.created_at.date())


def told(ticket, **step):
    """What is owed of one step, as it is kept."""
    causes = [news.cause for news in services.tell_step(ticket, stepped(ticket, **step))]
    return list(News.objects.filter(cause__in=causes))


@pytest.mark.parametrize(
    ("channel", "state", "contact"),
    [
        ("email", "waiting", {"contact": "a@exemple.fr"}),
        ("sms", "waiting", {"contact": "0612345678"}),
        ("letter", "to_print", LETTER),
        ("phone", "to_call", {"contact": "0612345678"}),
    ],
)
def test_each_channel_waits_for_what_serves_it(area, channel, state, contact):
    ticket = TicketFactory(area=area, answer_by=channel, planned_on=date(2026, 3, 9), **contact)
    (news,) = told(ticket)
    assert (news.state, news.channel, news.ticket) == (state, channel, ticket)
    assert ticket.reference in news.text
    assert f"https://ville.exemple.fr/s/{ticket.key}/" in news.text
    assert "0 800 00 00 00" in news.text
    assert not Job.objects.exists()
    for _ in range(2):
        services.take_up(timezone.now())
        assert Job.objects.filter(task=services.TASK).count() == (state == "waiting")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_planned_day_is_read_the_day_first(area, language):
    planned = {"planned_on": date(2026, 3, 2), "language": language}
    (news,) = told(TicketFactory(area=area, answer_by="sms", contact="0612345678", **planned))
    assert "02/03/2026" in news.text


def test_nobody_is_told_who_did_not_ask(area):
    assert told(TicketFactory(area=area)) == []


def test_no_letter_for_what_changes_nothing_for_them(area):
    ticket = TicketFactory(area=area, answer_by="letter", **LETTER)
    assert told(ticket, after="qualified", before="new") == []
    assert told(ticket, after="refused")


def test_the_same_step_told_twice_is_owed_once(area):
    ticket = TicketFactory(area=area, answer_by="email", contact="a@exemple.fr")
    step = stepped(ticket)
    for _ in range(2):
        assert len(services.tell_step(ticket, step)) == 1
    assert News.objects.count() == 1


def test_an_email_leaves_once_however_often_the_job_runs(area):
    ticket = TicketFactory(area=area, answer_by="email", contact="a@exemple.fr", language="en")
    (news,) = told(ticket)
    for _ in range(3):
        tell(None, news=news.pk)
    news.refresh_from_db()
    assert news.state == "sent"
    (message,) = mail.outbox
    assert message.to == ["a@exemple.fr"]
    assert message.extra_headers["Message-ID"].endswith("@localhost>")


def test_an_sms_is_a_file_and_a_worker_that_died_after_sending_sends_no_other(area, settings):
    ticket = TicketFactory(area=area, answer_by="sms", contact="0612345678")
    (news,) = told(ticket)
    tell(None, news=news.pk)
    News.objects.filter(pk=news.pk).update(state="waiting")
    tell(None, news=news.pk)
    (file,) = settings.SMS_FILE_PATH.iterdir()
    assert file.read_text().startswith("0612345678\n\n")


def test_a_service_that_is_down_is_tried_again_then_given_up_and_somebody_may_resume(area, monkeypatch):
    ticket = TicketFactory(area=area, answer_by="email", contact="a@exemple.fr")
    (news,) = told(ticket)

    def down(self, message):
        raise NotSent("refused by the service")

    monkeypatch.setattr(EmailGateway, "send", down)
    services.take_up(timezone.now())
    for rank in range(services.MOST_ATTEMPTS):
        assert Job.objects.count() == rank + 1
        tell(None, news=news.pk)
    news.refresh_from_db()
    assert (news.state, news.error) == ("failed", "refused by the service")
    assert Job.objects.count() == services.MOST_ATTEMPTS
    monkeypatch.undo()
    services.try_again(news=news)
    tell(None, news=news.pk)
    news.refresh_from_db()
    assert news.state == "sent"
    with pytest.raises(Refused):
        services.try_again(news=news)


def test_what_a_service_answers_is_kept_without_the_address_it_names(area, monkeypatch):
    ticket = TicketFactory(area=area, answer_by="email", contact="camille@exemple.fr")
    (news,) = told(ticket)
    refused = SMTPRecipientsRefused({"camille@exemple.fr": (550, b"<Camille@exemple.fr>: no such user")})

    def send(self, **kwargs):
        raise refused

    monkeypatch.setattr(EmailMessage, "send", send)
    services.send(pk=news.pk)
    news.refresh_from_db()
    assert "no such user" in news.error
    assert "camille" not in news.error.lower()


def test_a_number_is_not_kept_either(area, monkeypatch):
    ticket = TicketFactory(area=area, answer_by="sms", contact="0612345678")
    (news,) = told(ticket)

    def send(self, message):
        raise NotSent(f"unknown subscriber {message.to} (+33612345678)")

    monkeypatch.setattr(FileSmsGateway, "send", send)
    services.send(pk=news.pk)
    news.refresh_from_db()
    assert "unknown subscriber" in news.error
    assert "612345678" not in news.error


def test_a_message_to_nobody_any_more_is_not_said_to_be_sent(area):
    (news,) = told(TicketFactory(area=area, answer_by="email", contact="a@exemple.fr"))
    News.objects.filter(pk=news.pk).update(state="failed", to="")
    with pytest.raises(Refused, match="plus de destinataire"):
        services.try_again(news=news)
    assert not Job.objects.exists()


def test_a_message_whose_workers_died_is_queued_again_then_given_up(area):
    ticket = TicketFactory(area=area, answer_by="email", contact="a@exemple.fr")
    (news,) = told(ticket)
    for rank in range(services.MOST_ATTEMPTS):
        assert services.take_up(timezone.now()) == 1
        Job.objects.update(state="failed")
        News.objects.filter(pk=news.pk).update(attempts=rank + 1)
    assert services.take_up(timezone.now()) == 0
    news.refresh_from_db()
    assert news.state == "failed"
    assert news.error


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", [("work", "--once"), ("clocks",)])
def test_the_worker_or_the_timer_takes_up_what_waits(area, command):
    told(TicketFactory(area=area, answer_by="email", contact="a@exemple.fr"))
    call_command(*command)
    assert Job.objects.filter(task=services.TASK).count() == 1
    sent = News.objects.filter(state="sent").exists()
    assert sent is (command[0] == "work")


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_look_at_once_queue_a_message_once():
    ticket = TicketFactory(answer_by="email", contact="a@exemple.fr")
    for _ in range(8):
        told(ticket)
    together, found = threading.Barrier(4), []

    def look():
        together.wait()
        found.append(services.take_up(timezone.now()))
        connection.close()

    workers = [threading.Thread(target=look) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(found) == Job.objects.count() == 8


def test_those_who_reported_the_same_are_told_too(area):
    first = TicketFactory(area=area)
    second = TicketFactory(
        area=area, state="duplicate", original=first, answer_by="sms", contact="0612345678"
    )
    (news,) = told(first, after="declared_done", before="in_progress")
    assert news.ticket == second
    assert second.reference in news.text


def test_a_letter_is_posted_once(area):
    ticket = TicketFactory(area=area, answer_by="letter", **LETTER)
    (news,) = told(ticket)
    assert news.to.splitlines()[0] == "Une habitante"
    sent_at = services.done_by_hand(news=news, by=FAUBOURG).sent_at
    assert services.done_by_hand(news=news, by=FAUBOURG).sent_at == sent_at


def test_a_letter_is_in_a_writing_that_is_printed(area):
    ticket = TicketFactory(area=area, answer_by="letter", language="ar", **LETTER)
    (news,) = told(ticket)
    assert news.language == "fr"
    assert "Signalement" in news.subject
