"""An order by the few names of another table: a hundred thousand reports by their sixty neighbourhoods.

Sorting every row for one page costs as much as there are rows. Here an index counts those of each name, the
names are put in order, and only the rows of the names that stand on the page are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, Count, Field, ForeignKey, Q, QuerySet, Value, When

from .ordering import stable


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one name. `keys` are those that bear it, None among them for the rows without any."""

    keys: tuple[Any, ...]
    count: int

    def condition(self, relation: str) -> Q:
        """Which rows those are."""
        known = [key for key in self.keys if key is not None]
        held = Q(**{f"{relation}__in": known}) if known else Q(pk__in=[])
        return held | Q(**{f"{relation}__isnull": True}) if None in self.keys else held


def relation_of(queryset: QuerySet[Any], fields: Sequence[str]) -> str:
    """The foreign key through which `fields` order by a name, then by the key of the row; else nothing."""
    if len(fields) != 2 or fields[1] != "pk":
        return ""
    if queryset.query.group_by is not None or queryset.query.distinct:
        # Counted by name, a row that a condition finds twice would be two.
        return ""
    relation, _, name = fields[0].partition("__")
    try:
        field = queryset.model._meta.get_field(relation)
        plain = isinstance(field, ForeignKey) and isinstance(_field_of(field, name), Field)
    except FieldDoesNotExist:
        return ""
    return relation if plain else ""


def _field_of(relation: "ForeignKey[Any, Any]", name: str) -> Any:
    return relation.related_model._meta.get_field(name)


def groups_of(queryset: QuerySet[Any], fields: Sequence[str], *, descending: bool) -> list[Group]:
    """The names in their order, nobody's rows last; two queries."""
    relation, _, name = fields[0].partition("__")
    rows = queryset.order_by().select_related(None).prefetch_related(None)
    counts = dict(rows.values_list(f"{relation}_id").annotate(Count("pk")))
    model: Any = queryset.model._meta.get_field(relation).related_model
    named = stable(model._base_manager.filter(pk__in=[key for key in counts if key is not None]), (name,),
                   descending=descending)  # fmt: skip
    bearers = list(named.values_list(name, "pk")) + [(None, None) for key in counts if key is None]
    return [
        Group(keys, sum(counts[key] for key in keys))
        for keys in (
            tuple(key for _name, key in same) for _name, same in groupby(bearers, key=lambda one: one[0])
        )
    ]


class FewNames:
    """The rows of a queryset by the names of a relation."""

    def __init__(self, queryset: QuerySet[Any], fields: Sequence[str], descending: bool) -> None:
        self.queryset = queryset
        self.relation = fields[0].partition("__")[0]
        self.descending = descending
        self.groups = groups_of(queryset, fields, descending=descending)
        self.total = sum(group.count for group in self.groups)

    def keys(self, start: int, stop: int) -> list[Any]:
        """Those of the rows from rank `start` to `stop`; one query."""
        on_page, skipped, reached = [], 0, 0
        for group in self.groups:
            if reached + group.count <= start:
                skipped += group.count
            elif reached < stop:
                on_page.append(group)
            reached += group.count
        return list(self._rows(on_page)[start - skipped : stop - skipped]) if on_page else []

    def _rows(self, groups: Sequence[Group]) -> QuerySet[Any]:
        conditions = [group.condition(self.relation) for group in groups]
        order: list[Any] = ["-pk" if self.descending else "pk"]
        if len(groups) > 1:
            ranks = [When(held, then=Value(rank)) for rank, held in enumerate(conditions)]
            order.insert(0, Case(*ranks))
        held = reduce(or_, conditions)
        rows = self.queryset.filter(held).select_related(None).prefetch_related(None)
        return rows.order_by(*order).values_list("pk", flat=True)


def few_names(queryset: QuerySet[Any], fields: Sequence[str], *, descending: bool) -> FewNames | None:
    """None when these fields are not the name of a relation, then the key of the row."""
    return FewNames(queryset, fields, descending) if relation_of(queryset, fields) else None
