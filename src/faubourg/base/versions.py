"""Two people who write the same row: the second is told, nothing of the first is overwritten."""

from typing import Any, TypeVar, cast

from django.db import models

from .refusal import Conflict

R = TypeVar("R", bound=models.Model)


def held_at(row: R, version: int) -> R:
    """The row, locked until the transaction ends, still at the version that was read; raises Conflict."""
    held: Any = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if held.version != version:
        raise Conflict
    return cast(R, held)
