"""What a worker reads once (search index, contours, the first page's map), read before anybody asks.

It also has the rows counted by which the database chooses its indexes.

Started by `faubourg serve` in a thread of its own: `/sante/` answers at once, and a failure is only told.
"""

import json
import logging
import sys
import threading
import time
from collections.abc import Callable

from django.db import connection, connections

from faubourg.base import planner, search
from faubourg.territories.geo.contours import contour_index

from .queries.overview import overview
from .queries.plate import plate

log = logging.getLogger(__name__)


def _first_page() -> None:
    counts = overview()
    plate(counts.neighbourhoods_2024, counts.kinds.get("commune", 0))


def _count() -> None:
    if connection.vendor == "sqlite":
        planner.count_rows()


STEPS: dict[str, Callable[[], object]] = {
    "planner": _count,
    "search": lambda: search.find("quartier"),
    "contours": contour_index,
    "first_page": _first_page,
}


def beside() -> threading.Thread:
    """Warm this process in the background."""
    thread = threading.Thread(target=warm, name="warming", daemon=True)
    thread.start()
    return thread


def warm() -> dict[str, float | str]:
    """Each step with its seconds, or « failed »; one JSON line tells it."""
    told: dict[str, float | str] = {}
    for name, step in STEPS.items():
        start = time.monotonic()
        try:
            step()
        except Exception:
            log.exception("warming %s failed: the first reader will wait instead", name)
            told[name] = "failed"
        else:
            told[name] = round(time.monotonic() - start, 3)
    connections.close_all()
    print(json.dumps({"event": "warmed", **told}), file=sys.stderr, flush=True)
    return told
