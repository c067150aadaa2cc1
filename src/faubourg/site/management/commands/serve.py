"""`faubourg serve`: one process with threads serves a town."""

import os
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

from faubourg.site import warming


class Server(BaseApplication):
    """gunicorn with our options, without its own command line or configuration file."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()


class Command(BaseCommand):
    """Serves on an address until interrupted."""

    help = "Sert l’application (gunicorn, plusieurs fils)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument(
            "--work", action="store_true", default=settings.DEMO, help="aussi « faubourg work »"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        Server(
            {
                "bind": f"{options['bind']}:{options['port']}",
                "workers": options["workers"],
                "threads": options["threads"],
                "worker_class": "gthread",
                # A worker's heartbeat file belongs in memory: a slow disk must not kill a request.
                "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112
                "max_requests": 5000,
                "max_requests_jitter": 500,
                "loglevel": "warning",
                "control_socket_disable": True,
                "post_worker_init": _begin_and_work if options["work"] else _begin,
            }
        ).run()


def _begin(worker: Any) -> None:
    """A fresh worker reads its indexes while it already answers."""
    warming.beside()


def _begin_and_work(worker: Any) -> None:
    """Do the long work in a thread of the server too: enough for a demo or a town, one command less."""
    _begin(worker)
    threading.Thread(target=call_command, args=("work",), name="work", daemon=True).start()
