"""Windows and outlines over Dask workers (`pip install faubourg[dask]`), or in this process."""

import importlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import CommandError

from faubourg.rules.grid.lattice import Mapper

# How many jobs wait for each core of the workers: enough to keep it busy, few enough to hold in memory.
AHEAD = 3


@contextmanager
def mapper_for(address: str | None) -> Iterator[Mapper]:
    """`map`, or the same over the workers of a scheduler: results in the order of the jobs."""
    if not address:
        yield map
        return
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise CommandError("Dask n’est pas installé : pip install faubourg[dask].") from error
    with _client(distributed, address) as client:
        try:
            yield _spread(client)
        except ModuleNotFoundError as error:
            raise CommandError(
                f"Les ouvriers Dask n’ont pas {error.name} : installez-y faubourg, à la même version."
            ) from error
        except (distributed.KilledWorker, distributed.client.FutureCancelledError, OSError) as error:
            raise CommandError(
                f"Les ouvriers Dask de {address} se sont arrêtés avant la fin : voyez leur mémoire, relancez."
            ) from error


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise CommandError(f"Aucun ordonnanceur Dask ne répond à {address}.") from error
    with client:
        if not client.ncores():
            raise CommandError(f"L’ordonnanceur Dask {address} n’a aucun ouvrier : démarrez « dask worker ».")
        yield client


def _spread(client: Any) -> Mapper:
    def spread(act: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[Any]:
        most = AHEAD * max(1, sum(client.ncores().values()))
        running: deque[Any] = deque()
        for job in jobs:
            running.append(client.submit(act, client.scatter(job, hash=False), pure=False))
            if len(running) >= most:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()

    return spread
