"""Writing thousands of rows at once and only those that changed, so that a second load writes nothing.

What a person has edited is never touched: each caller says which rows are a person's (`frozen`).
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import Model, Q, QuerySet

Key = tuple[Hashable, ...]
M = TypeVar("M", bound=Model)


@dataclass(slots=True)
class Written:
    """Rows created, updated and deleted by one step."""

    created: int = 0
    updated: int = 0
    deleted: int = 0

    def __add__(self, other: "Written") -> "Written":
        return Written(
            self.created + other.created, self.updated + other.updated, self.deleted + other.deleted
        )

    def __bool__(self) -> bool:
        return bool(self.created or self.updated or self.deleted)


def bring(
    existing: QuerySet[M],
    wanted: Iterable[M],
    *,
    key: Sequence[str],
    fields: Sequence[str] = (),
    frozen: Q | None = None,
    prune: bool = False,
) -> Written:
    """Bring the rows of `existing` to what `wanted` says, matching on the columns `key`.

    `fields` are the columns to compare and update (attnames). Rows matching `frozen` stay as they are.
    With `prune`, rows that are no longer wanted go, unless frozen.
    """
    model = existing.model
    untouchable = set(existing.filter(frozen).values_list("pk", flat=True)) if frozen is not None else set()
    known = _known(existing, key, fields, untouchable)
    new, changed, seen = _sorted_out(wanted, known, untouchable, key=key, fields=fields)
    model._default_manager.bulk_create(new, batch_size=2000)
    if changed:
        model._default_manager.bulk_update(changed, fields, batch_size=500)
    written = Written(len(new), len(changed))
    if prune:
        gone = [pk for identity, (pk, _) in known.items() if identity not in seen and pk not in untouchable]
        existing.filter(pk__in=gone).delete()
        written.deleted = len(gone)
    return written


def _sorted_out(
    wanted: Iterable[M],
    known: dict[Key, tuple[Any, Key]],
    untouchable: set[Any],
    *,
    key: Sequence[str],
    fields: Sequence[str],
) -> tuple[list[M], list[M], set[Key]]:
    """Rows to create, rows to update, and every key that was wanted."""
    new: list[M] = []
    changed: list[M] = []
    seen: set[Key] = set()
    for row in wanted:
        identity = _values(row, key)
        if identity in seen:
            continue
        seen.add(identity)
        if identity not in known:
            new.append(row)
            continue
        pk, values = known[identity]
        if pk not in untouchable and values != _values(row, fields):
            row.pk = pk
            changed.append(row)
    return new, changed, seen


def _known(
    existing: QuerySet[Any], key: Sequence[str], fields: Sequence[str], untouchable: set[Any]
) -> dict[Key, tuple[Any, Key]]:
    """Key → (primary key, compared values); a person's row wins when several share a key."""
    known: dict[Key, tuple[Any, Key]] = {}
    split = len(key) + 1
    for row in existing.order_by().values_list("pk", *key, *fields):
        identity = row[1:split]
        if identity in known and known[identity][0] in untouchable:
            continue
        known[identity] = (row[0], tuple(map(_plain, row[split:])))
    return known


def _values(row: Model, names: Sequence[str]) -> Key:
    return tuple(_plain(getattr(row, name)) for name in names)


def _plain(value: Any) -> Any:
    """PostgreSQL gives a memoryview where SQLite gives bytes."""
    return bytes(value) if isinstance(value, memoryview) else value


def attnames(model: type[models.Model], *names: str) -> tuple[str, ...]:
    """The column attribute of each named field (`region` → `region_id`)."""
    return tuple(model._meta.get_field(name).attname for name in names)  # type: ignore[union-attr]
