"""Long work: queued once, its progress kept, a dead worker noticed, an error told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from faubourg.base import jobs
from faubourg.base.models import Job
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def ran(monkeypatch):
    """Tasks of these tests only, and what they did."""
    monkeypatch.setattr(jobs, "_tasks", {})
    done = []

    @jobs.task("count")
    def count(progress, *, to):
        for rank in progress.through(range(to), "Comptage"):
            done.append(rank)
        return {"sentence": f"{to} comptés", "url": "/"}

    @jobs.task("refuse")
    def refuse(progress):
        raise Refused(Verdict.no("x", "Le fichier est vide."))

    @jobs.task("break")
    def break_down(progress):
        raise ZeroDivisionError

    return done


def test_a_job_is_done_by_the_worker_with_its_progress_and_result(ran):
    job = jobs.enqueue("count", to=3)
    call_command("work", "--once")
    job.refresh_from_db()
    assert ran == [0, 1, 2]
    assert (job.state, job.step, job.done, job.total) == ("done", "Comptage", 3, 3)
    assert job.result == {"sentence": "3 comptés", "url": "/"}
    assert job.ended_at


def test_nothing_starts_when_the_transaction_is_undone(ran):
    with transaction.atomic():
        jobs.enqueue("count", to=3)
        transaction.set_rollback(True)
    call_command("work", "--once")
    assert (ran, Job.objects.count(), DBTaskResult.objects.count()) == ([], 0, 0)


def test_an_unknown_task_is_an_error():
    with pytest.raises(KeyError):
        jobs.enqueue("nothing")
    with pytest.raises(ValueError, match="Two tasks"):
        jobs.task("count")(print)


def test_a_job_runs_once_even_when_asked_twice(ran):
    job = jobs.enqueue("count", to=1)
    jobs.run(job.pk)
    jobs.run(job.pk)
    call_command("work", "--once")
    assert ran == [0]


@pytest.mark.parametrize(("name", "sentence"), [("refuse", "Le fichier est vide."), ("break", "imprévue")])
def test_a_failure_is_told_in_one_sentence(name, sentence):
    job = jobs.run(jobs.enqueue(name).pk)
    assert job.state == "failed"
    assert sentence in job.error


def killed(job, ago):
    """As a killed worker leaves it."""
    Job.objects.filter(pk=job.pk).update(state="running", heartbeat_at=timezone.now() - ago, attempts=1)
    DBTaskResult.objects.update(status="RUNNING")


def test_the_job_of_a_dead_worker_is_taken_up_again(ran):
    job = jobs.enqueue("count", to=2)
    killed(job, jobs.STALE + timedelta(seconds=1))
    call_command("work", "--once")
    job.refresh_from_db()
    assert (job.state, job.attempts, ran) == ("done", 2, [0, 1])
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]


def test_a_living_job_is_left_alone():
    job = jobs.enqueue("count", to=2)
    killed(job, timedelta(seconds=30))
    assert jobs.reap() == 0


def test_a_job_that_keeps_dying_is_given_up():
    job = jobs.enqueue("count", to=2)
    killed(job, jobs.STALE * 2)
    Job.objects.update(attempts=jobs.MOST_ATTEMPTS)
    assert jobs.reap() == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert "plusieurs fois" in job.error


def test_a_long_computation_keeps_giving_signs_of_life(monkeypatch):
    monkeypatch.setattr(jobs, "HEARTBEAT", timedelta(milliseconds=20))
    beats = set()

    @jobs.task("think")
    def think(progress):
        # Until there are three, however busy the machine; a heart that stopped is given up.
        for _ in range(1500):
            beats.add(Job.objects.get().heartbeat_at)
            if len(beats) > 2:
                break
            jobs.time.sleep(0.02)

    assert jobs.run(jobs.enqueue("think").pk).state == "done"
    assert len(beats) > 2


def test_who_asked_sees_the_job_and_nobody_else(client):
    person = PersonFactory()
    job = jobs.enqueue("count", asked_by=person.ref, to=1)
    page = reverse("job", args=[job.pk])
    assert client.get(page).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(page).status_code == 404
    client.force_login(person)
    assert "hx-get" in client.get(page).content.decode()
    assert client.get(reverse("job", args=[uuid4()])).status_code == 404
    jobs.run(job.pk)
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "1 comptés" in part
    assert "hx-get" not in part
    assert "<html" not in part
