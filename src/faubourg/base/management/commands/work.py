"""`faubourg work`: does the long work that pages ask for; run as many as there are cores to give."""

import itertools
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from faubourg.base import jobs
from faubourg.base.forgetting import forget
from faubourg.base.rounds import CLOCKS, SOON

# How often somebody's message is looked for, and how many such turns make a minute.
SECONDS = 5
A_MINUTE = 12


class Command(BaseCommand):
    """A worker of django-tasks-db, with a reaper beside it: dead jobs, what outlived its time, the clocks."""

    help = "Fait les travaux de fond, jusqu’à Ctrl+C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="s’arrête quand rien n’attend")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        _each_minute()
        SOON.go(timezone.now())
        over = threading.Event()
        reaper = threading.Thread(target=_reap_at_intervals, args=(over,), name="reaper", daemon=True)
        if not once:
            reaper.start()
        worker = Worker(
            queue_names=["default"],
            interval=1,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        if threading.current_thread() is threading.main_thread():
            worker.configure_signals()
        try:
            worker.run()
        finally:
            over.set()


def _each_minute() -> None:
    jobs.reap()
    forget(timezone.now())
    CLOCKS.go(timezone.now())


def _reap_at_intervals(over: threading.Event) -> None:
    turns = itertools.count(1)
    while not over.wait(SECONDS):
        close_old_connections()
        try:
            SOON.go(timezone.now())
            if next(turns) % A_MINUTE == 0:
                _each_minute()
        except DatabaseError as error:
            jobs._log.warning("reaper: %s", error)
    connection.close()
