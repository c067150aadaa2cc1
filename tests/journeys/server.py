"""A real `faubourg serve` on a copy of the real data, and the commands that prepare it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from tests.prepared import Live, copy

# Seconds that a loaded machine may take to open its first page.
PATIENCE = 120
FAUBOURG = [sys.executable, "-c", "from faubourg.site.cli import main; main()"]


@dataclass(frozen=True)
class Server:
    """What a journey opens: an address, and the process behind it."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    # What a command of the same installation needs.
    environment: dict[str, str]

    def faults(self) -> list[str]:
        """What went wrong in the server since it was last asked; a refusal (WARNING) is no fault."""
        told = self.log.read_text()
        self.log.write_text("")
        return [told] if " ERROR " in told else []

    def run(self, *command: str) -> str:
        """What a `faubourg` command says beside it; it must succeed."""
        told = subprocess.run(
            [*FAUBOURG, *command], env=self.environment, check=False, capture_output=True, text=True
        )
        assert told.returncode == 0, told.stderr
        return told.stdout

    def stop(self) -> None:
        """Ask it to end, then insist."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


@contextmanager
def served(home: Path) -> Iterator[Server]:
    """A server on a copy of the real data of its own, which lasts as long; `home` must not exist yet."""
    installation = copy(home)
    server = serve(installation)
    try:
        yield server
    finally:
        server.stop()
        installation.discard()


def serve(live: Live) -> Server:
    """The demonstration as anybody starts it: gunicorn, demo accounts, its own folder."""
    environment = os.environ | live.environment | {"FAUBOURG_DEMO": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "faubourg.site.settings"
    subprocess.run([*FAUBOURG, "demo_accounts"], env=environment, check=True, capture_output=True)
    port = free_port()
    log = live.home / "server.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*FAUBOURG, "serve", "--port", str(port)], env=environment, stdout=out, stderr=out
        )
    server = Server(f"http://127.0.0.1:{port}", process, log, environment)
    wait_for(server)
    return server


def free_port() -> int:
    """One that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(server: Server) -> None:
    """Until it says that it is well; a process that died says why."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.address}/sante/", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    server.stop()
    raise RuntimeError(f"the server did not start:\n{server.log.read_text()}")
