"""Windows of a grid over Dask workers (`pip install faubourg[dask]`); in this process without an address."""

import importlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import CommandError

from faubourg.rules.grid.windows import Mapper


@contextmanager
def mapper_for(address: str | None) -> Iterator[Mapper]:
    """`map`, or the same over the workers of a scheduler; the order of the windows is kept."""
    if not address:
        yield map
        return
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise CommandError("Dask n’est pas installé : pip install faubourg[dask].") from error
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise CommandError(f"Aucun ordonnanceur Dask ne répond à {address}.") from error

    def spread(act: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterable[Any]:
        return client.gather(client.map(act, list(jobs), pure=False))

    with client:
        yield spread
