"""Long steps show how far they are: a bar on a terminal, nothing in a test or a log."""

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def bar(iterable: Iterable[T], label: object, total: int | None = None) -> Iterator[T]:
    """Go through `iterable` showing `label`, the share done and the time left (`total` items, if known)."""
    if total is None and isinstance(iterable, Sized):
        total = len(iterable)
    quiet = not sys.stderr.isatty()
    yield from tqdm(iterable, desc=str(label), total=total, disable=quiet, dynamic_ncols=True)
