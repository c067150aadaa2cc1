"""Between a browser and real servers: what a street does to a network, drawn from a seeded chance.

Each fault falls on one exchange of the notebook; pages and files pass, for a phone that has no page at all
loses nothing either.
"""

import asyncio
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

# The product's own server, without the gathering of files that `faubourg serve` does first.
GUNICORN = [
    sys.executable,
    "-m",
    "gunicorn",
    "--worker-class",
    "gthread",
    "--threads",
    "4",
    "--no-control-socket",
]
PATIENCE = 90
FAULTS = {
    "request lost": 3,
    "answer lost after commit": 5,
    "answer cut in the middle": 2,
    "sent twice": 4,
    "sent twice at once": 2,
    "server killed during the request": 1,
    "server killed after commit": 1,
    "bad gateway": 2,
    "slow": 4,
}


def free_port() -> int:
    """One that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Servers:
    """Real servers on one database: one answers, one stands ready for its death."""

    environment: dict[str, str]
    log: Path
    running: list[tuple[int, "subprocess.Popen[bytes]"]] = field(default_factory=list)

    def open(self) -> None:
        """Gather the files as in production, start the one that answers and the one that stands ready."""
        gather = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(gather, env=os.environ | self.environment, check=True)
        self.start()
        self.start()
        self.wait()

    def start(self) -> None:
        """One more process; it is used once it answers."""
        port = free_port()
        with self.log.open("ab") as out:
            process = subprocess.Popen(
                [*GUNICORN, "--bind", f"127.0.0.1:{port}", "faubourg.site.wsgi:application"],
                env=os.environ | self.environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.running.append((port, process))

    @property
    def port(self) -> int:
        """Of the one that answers now."""
        return self.running[0][0]

    def kill(self) -> None:
        """kill -9 of the one that answers, with all its children; the next takes its place."""
        _port, process = self.running.pop(0)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.start()

    def wait(self) -> None:
        """Until the first one answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(URLError, OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sante/", timeout=5).close()
                return
            time.sleep(0.2)
        raise RuntimeError(f"no server:\n{self.log.read_text()}")

    def stop(self) -> None:
        """Every process that was started here."""
        for _port, process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass
class Proxy:
    """One address for the browser; `trouble` is the share of exchanges that go wrong."""

    servers: Servers
    chance: random.Random = field(default_factory=random.Random)
    trouble: float = 0.0
    told: Counter[str] = field(default_factory=Counter)
    port: int = 0
    only: tuple[str, ...] = tuple(FAULTS)
    server: asyncio.Server | None = None
    # A task that nobody holds may be collected before it has answered.
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    async def open(self) -> None:
        """Listen."""
        self.server = await asyncio.start_server(self._taken, "127.0.0.1", 0, limit=2**26)
        self.port = self.server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """No socket stays open behind a test."""
        if self.server:
            self.server.close()
        for task in set(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _message(reader)
            if request:
                await self._pass(request, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            with contextlib.suppress(OSError):
                writer.close()

    async def _pass(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        exchange = b"/carnet/api/" in request.split(b"\r\n", 1)[0]
        fault = ""
        if exchange and self.chance.random() < self.trouble:
            fault = self.chance.choices(self.only, [FAULTS[name] for name in self.only])[0]
            self.told[fault] += 1
        answer = await self._answered(request, fault)
        if answer:
            writer.write(answer)
            await writer.drain()

    async def _answered(self, request: bytes, fault: str) -> bytes:
        if fault == "request lost":
            return b""
        if fault == "bad gateway":
            return b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\nConnection: close\r\n\r\n<h1>"
        if fault == "slow":
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))
        if fault == "server killed during the request":
            sending = asyncio.create_task(self._ask(request))
            await asyncio.sleep(self.chance.uniform(0.0, 0.06))
            self.servers.kill()
            await asyncio.gather(sending, return_exceptions=True)
            return b""
        if fault == "sent twice at once":
            both = await asyncio.gather(self._ask(request), self._ask(request))
            return both[1]
        answer = await self._ask(request)
        if fault == "sent twice":
            answer = await self._ask(request)
        if fault == "server killed after commit":
            self.servers.kill()
        if fault in {"answer lost after commit", "server killed after commit"}:
            return b""
        return answer[: len(answer) * 2 // 3] if fault == "answer cut in the middle" else answer

    async def _ask(self, request: bytes) -> bytes:
        """The whole answer of the server that runs now; nothing when none does."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.servers.port)
        except OSError:
            await asyncio.sleep(0.1)
            return b""
        try:
            writer.write(request)
            await writer.drain()
            return await reader.read()
        except OSError:
            return b""
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One request, head and body; it asks the server to close after its answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = [
        line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"keep-alive:"))
    ]
    length = next(
        (int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0
    )
    body = await reader.readexactly(length) if length else b""
    return b"\r\n".join([*[line for line in lines if line], b"Connection: close"]) + b"\r\n\r\n" + body
