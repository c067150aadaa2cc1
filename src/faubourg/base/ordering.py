"""One order on both databases: what is missing comes last, ties are broken by the primary key."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.where import WhereNode

FAR = 1_000


def stable(queryset: QuerySet[Any], fields: tuple[str, ...], *, descending: bool = False) -> QuerySet[Any]:
    """Ordered by `fields` (a field that starts with `-` goes the other way), then by `pk`."""
    return queryset.order_by(*(_expression(queryset.model, field, descending) for field in fields), "pk")


def has_keys(queryset: QuerySet[Any]) -> bool:
    """Whether its rows are objects that can be asked again by their keys."""
    return not queryset.query.combinator and issubclass(queryset._iterable_class, ModelIterable)


def rows_of(queryset: QuerySet[Any], page: Any, start: int) -> Any:
    """The rows of a page of `queryset` that begins at `start`.

    Far away, their keys are found first: what is skipped is neither joined nor read.
    """
    if start < FAR or not has_keys(queryset):
        return page
    return rows_at(queryset, list(_keys(page)))


def rows_at(queryset: QuerySet[Any], keys: Sequence[Any]) -> list[Any]:
    """The rows of keys that were just found in `queryset`, in their order."""
    found = _by_keys(queryset, keys)
    return [found[key] for key in keys if key in found]


def keys_between(queryset: QuerySet[Any], start: int, stop: int, total: int) -> list[Any]:
    """The keys from rank `start` to `stop` of `total`: what lies beyond the middle is counted backwards."""
    if start <= total // 2:
        return list(_keys(queryset)[start:stop])
    return list(_keys(queryset.reverse())[max(total - stop, 0) : total - start])[::-1]


def _keys(queryset: QuerySet[Any]) -> QuerySet[Any]:
    return queryset.select_related(None).prefetch_related(None).values_list("pk", flat=True)


def _by_keys(queryset: QuerySet[Any], keys: Sequence[Any]) -> dict[Any, Any]:
    """The rows of keys that were just found: no condition is asked again, which a database could begin with.

    Conditions stay where rows are added up: they bound what is.
    """
    rows = queryset.order_by()
    if rows.query.group_by is None:
        rows.query.where = WhereNode()
    return rows.in_bulk(keys)


def in_lots(queryset: QuerySet[Any], *, size: int = 500, most: int | None = None) -> Iterator[Any]:
    """The rows in their order, a lot at a time, at most `most` of them: memory stays flat.

    Keys are sorted alone: SQLite sorts whole rows in memory, however few are read of them at once.
    """
    if not has_keys(queryset):
        yield from queryset[:most].iterator(chunk_size=size)
        return
    keys = list(queryset.select_related(None).prefetch_related(None).values_list("pk", flat=True)[:most])
    for first in range(0, len(keys), size):
        lot = keys[first : first + size]
        found = _by_keys(queryset, lot)
        yield from (found[key] for key in lot if key in found)


def _expression(model: type[Model], field: str, descending: bool) -> Any:
    name = field.removeprefix("-")
    down = descending != field.startswith("-")
    if not _may_be_null(model, name):
        # A plain name keeps the database's index useful.
        return f"-{name}" if down else name
    return F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True)


def _may_be_null(model: type[Model], path: str) -> bool:
    """False only when every step of the path is known never to be null; an annotation may be."""
    current: Any = model
    for step in path.split("__"):
        if current is None:
            return True
        try:
            field = current._meta.pk if step == "pk" else current._meta.get_field(step)
        except FieldDoesNotExist:
            return True
        if (
            field.null
            or field.one_to_many
            or field.many_to_many
            or (field.auto_created and not field.concrete)
        ):
            return True
        current = field.related_model
    return False
