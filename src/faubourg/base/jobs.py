"""Long work that somebody waits for: queued in the database, its progress kept, a dead worker noticed.

    @jobs.task("load-perimeters")
    def load_perimeters(progress: Progress, *, path: str) -> dict[str, object]:
        for row in progress.through(rows, _("Périmètres")):
            ...
        return {"sentence": _("1 493 périmètres lus."), "url": "/quartiers/"}

    job = jobs.enqueue("load-perimeters", asked_by=person.ref, path=path)

A task may run twice (its worker died): it must end the same. It runs outside any transaction and opens its
own; what it reports inside one is seen when that one commits. Rooms register their tasks at start-up.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks import task as queued
from django_tasks_db.models import DBTaskResult

from .models import Job
from .refusal import Refused

T = TypeVar("T")
Task = Callable[..., dict[str, Any] | None]

HEARTBEAT = timedelta(seconds=15)
# Without a sign of life for so long, the worker is taken for dead. Longer than any single transaction.
STALE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
_EVERY = 0.5

_tasks: dict[str, Task] = {}
_log = logging.getLogger(__name__)


class Progress:
    """What a task tells of its advance; written at most twice a second."""

    def __init__(self, job_id: UUID) -> None:
        self.job_id = job_id
        self._told = 0.0

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Now at `step`, `done` of `total` items."""
        self._told = time.monotonic()
        Job.objects.filter(pk=self.job_id).update(
            step=step[:200], done=done, total=total, heartbeat_at=timezone.now()
        )

    def through(self, items: Iterable[T], step: object, total: int | None = None) -> Iterator[T]:
        """Go through `items`, telling how many are done."""
        if total is None:
            total = len(items) if isinstance(items, Sized) else 0
        self.tell(str(step), 0, total)
        done = 0
        for done, item in enumerate(items, start=1):
            yield item
            if time.monotonic() - self._told > _EVERY:
                self.tell(str(step), done, total)
        self.tell(str(step), done, total or done)


def task(name: str) -> Callable[[Task], Task]:
    """Register a task under its name; two tasks of one name are an error of ours."""

    def register(function: Task) -> Task:
        if _tasks.setdefault(name, function) is not function:
            message = f"Two tasks are named {name!r}."
            raise ValueError(message)
        return function

    return register


@transaction.atomic
def enqueue(
    name: str, *, asked_by: UUID | None = None, after: datetime | None = None, **arguments: Any
) -> Job:
    """Queue a task with arguments that JSON can hold; it starts once this transaction is committed, and not
    before `after`.

    Raises KeyError when no room registered that name.
    """
    if name not in _tasks:
        raise KeyError(name)
    job = Job.objects.create(task=name, arguments=arguments, asked_by=asked_by)
    queue = _queue.using(run_after=after) if after else _queue
    queue.enqueue(str(job.pk))
    return job


@queued()
def _queue(job_id: str) -> None:
    run(UUID(job_id))


def run(job_id: UUID) -> Job:
    """Run one job now, in this process, unless it already ran or runs elsewhere."""
    claimed = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, attempts=F("attempts") + 1, heartbeat_at=timezone.now()
    )
    job = Job.objects.get(pk=job_id)
    if not claimed:
        return job
    try:
        with _heartbeat(job_id):
            result = _tasks[job.task](Progress(job_id), **job.arguments)
    except Refused as refusal:
        return _end(job, Job.State.FAILED, error=str(refusal))
    except Exception:
        _log.exception("job %s %s", job.task, job_id)
        return _end(
            job, Job.State.FAILED, error=_("Une erreur imprévue a arrêté ce travail ; rien n’est perdu.")
        )
    return _end(job, Job.State.DONE, result=result)


def reap() -> int:
    """Queue again the jobs whose worker died, and give up after a few times; returns how many were found.

    Their rows in the queue are closed: nobody waits for that worker any more.
    """
    found = 0
    for job in Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=timezone.now() - STALE):
        with transaction.atomic():
            again = job.attempts < MOST_ATTEMPTS
            # Only if it still has not given a sign of life: the worker may have been waiting for a lock.
            taken = Job.objects.filter(
                pk=job.pk, state=Job.State.RUNNING, heartbeat_at=job.heartbeat_at
            ).update(state=Job.State.WAITING if again else Job.State.FAILED)
            if not taken:
                continue
            found += 1
            DBTaskResult.objects.filter(
                status=TaskResultStatus.RUNNING, args_kwargs__args__0=str(job.pk)
            ).update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
            if again:
                _queue.enqueue(str(job.pk))
            else:
                _end(
                    job,
                    Job.State.FAILED,
                    error=_("Ce travail a été interrompu plusieurs fois ; relancez-le."),
                )
    return found


def _end(job: Job, state: Job.State, *, result: dict[str, Any] | None = None, error: str = "") -> Job:
    job.refresh_from_db()
    job.state, job.result, job.error, job.ended_at = state, result, error, timezone.now()
    job.save(update_fields=["state", "result", "error", "ended_at"])
    return job


@contextmanager
def _heartbeat(job_id: UUID) -> Iterator[None]:
    """A sign of life at intervals, from beside the task: a long computation is not a dead worker."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(HEARTBEAT.total_seconds()):
            try:
                Job.objects.filter(pk=job_id).update(heartbeat_at=timezone.now())
            except DatabaseError:
                _log.warning("job %s: the database is busy, no heartbeat", job_id)
        connection.close()

    beating = threading.Thread(target=beat, name=f"heartbeat-{job_id}", daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()
