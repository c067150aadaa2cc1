"""The two sides of a journal entry without what stayed the same."""

from collections.abc import Mapping
from typing import Any, TypedDict


class Sides(TypedDict):
    """What `journal.record` calls them."""

    before: dict[str, Any]
    after: dict[str, Any]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sides:
    """`before` and `after`, each with the values that differ; to be passed to `journal.record`."""
    names = [name for name in after if before.get(name) != after[name]]
    return {
        "before": {name: before[name] for name in names if name in before},
        "after": {name: after[name] for name in names},
    }
