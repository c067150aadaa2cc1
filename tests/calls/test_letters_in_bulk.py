"""Letters by the hundred: a worker drafts and sends them, each once, whatever happens to the worker."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from faubourg.base import jobs
from faubourg.base.actor import FAUBOURG
from faubourg.base.models import Job, JournalEntry
from faubourg.calls.models import Letter
from faubourg.calls.services import letters_in_bulk
from faubourg.calls.services.letters import draft_letter
from faubourg.people.models import RoleGrant
from tests.factories.calls import ApplicationFactory, CallFunderFactory, FunderDecisionFactory
from tests.factories.people import RoleGrantFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def funder(monkeypatch):
    monkeypatch.setattr(letters_in_bulk, "INLINE", 1)
    made = CallFunderFactory()
    for _ in range(3):
        dossier = ApplicationFactory(
            submitted=True, call=made.call, state="funders_decided", decided_on="2015-03-10", contract=None
        )
        FunderDecisionFactory(
            application=dossier, funder=made, state="voted", amount_cents=100_000, voted_on="2015-04-01"
        )
    return made


@pytest.fixture
def officer(funder):
    person = RoleGrantFactory(scope_kind="call", scope_code=funder.call.code).person
    client = Client()
    client.force_login(person)
    return client


def asked(officer, funder, act):
    answer = officer.post(reverse(f"call_letters_{act}", args=[funder.call.code]))
    job = Job.objects.latest("created_at")
    assert answer.url == reverse("job", args=[job.pk])
    return job


def test_they_are_drafted_then_sent_by_the_worker_with_their_progress(officer, funder):
    drafting = asked(officer, funder, "draft")
    page = officer.get(reverse("call_letters", args=[funder.call.code])).content.decode()
    assert reverse("job", args=[drafting.pk]) in page
    call_command("work", "--once")
    assert Letter.objects.filter(sent_at=None).count() == 3
    sending = asked(officer, funder, "send")
    call_command("work", "--once")
    for job, words in ((drafting, "3 courriers sont à relire"), (sending, "3 courriers sont partis")):
        job.refresh_from_db()
        assert (job.state, job.done, job.total) == ("done", 3, 3), job.error
        assert words in job.result["sentence"]
    assert Letter.objects.filter(sent_at__isnull=False, document__isnull=False).count() == 3


def test_a_worker_that_dies_in_the_middle_sends_no_letter_twice(officer, funder, monkeypatch):
    for dossier in funder.call.applications.all():
        draft_letter(application=dossier, funder=None, by=FAUBOURG)
    job = asked(officer, funder, "send")
    real, sent = letters_in_bulk.send_letter, []

    def dies(**given):
        if len(sent) == 2:
            raise KeyboardInterrupt
        sent.append(real(**given))

    monkeypatch.setattr(letters_in_bulk, "send_letter", dies)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    assert Letter.objects.filter(sent_at__isnull=False).count() == 2
    monkeypatch.setattr(letters_in_bulk, "send_letter", real)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    assert jobs.run(job.pk).result["sentence"].startswith("3 courriers sont partis")
    assert JournalEntry.objects.filter(act="calls.letter_sent").count() == 3


def test_a_letter_edited_after_it_was_asked_for_stays(officer, funder):
    for dossier in funder.call.applications.all():
        draft_letter(application=dossier, funder=None, by=FAUBOURG)
    job = asked(officer, funder, "send")
    edited = Letter.objects.order_by("pk")[0]
    Letter.objects.filter(pk=edited.pk).update(version=edited.version + 1)
    said = jobs.run(job.pk).result["sentence"]
    assert "2 courriers sont partis" in said
    assert "1 brouillon reste" in said
    edited.refresh_from_db()
    assert edited.sent_at is None


def test_a_role_that_ended_meanwhile_sends_nothing(officer, funder):
    for dossier in funder.call.applications.all():
        draft_letter(application=dossier, funder=None, by=FAUBOURG)
    job = asked(officer, funder, "send")
    RoleGrant.objects.filter(scope_code=funder.call.code).delete()
    assert jobs.run(job.pk).state == "failed"
    assert not Letter.objects.filter(sent_at__isnull=False).exists()
