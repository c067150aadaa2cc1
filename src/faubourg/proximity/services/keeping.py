"""What every setting of an area shares: one row written under its version, and told to the journal."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

from faubourg.base import journal
from faubourg.base.actor import Actor

from ..models import Area
from .moving import locked

Row = TypeVar("Row", bound=Model)


def written(row: Row, values: Mapping[str, Any], *, base_version: int | None = None) -> Row:
    """The row with these columns: a new one, or one that is still the version that was read.

    Raises Conflict when somebody wrote it in between. Inside a transaction.
    """
    held: Any = row if row.pk is None else locked(row, base_version)
    for name, value in values.items():
        setattr(held, name, value)
    if row.pk is not None and hasattr(held, "version"):
        held.version += 1
    held.save()
    return held


def note(area: Area, act: str, by: Actor, after: Mapping[str, Any] | None = None, reason: str = "") -> None:
    """Tell the journal what was done to this area; names of people never go in `after`."""
    journal.record(by=by, act=act, kind="area", ref=area.code, after=after, reason=reason)
