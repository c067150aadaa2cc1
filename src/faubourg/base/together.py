"""Small rows of several tables in one question: what decides one act is read at one moment.

    found = together(partners=area.partners.all(), routes=area.routes.all())
    found["partners"], found["routes"]  # lists of objects, in no order

A question costs its way to the database, whatever it brings back: for some hundreds of narrow rows.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, F, Field, FloatField, Func, JSONField, Model, QuerySet, Value
from django.db.models.functions import JSONObject


def together(**asked: QuerySet[Any]) -> dict[str, list[Any]]:
    """The objects of each queryset under its name; one query. Neither order nor `select_related` is kept."""
    parts = [_as_json(name, queryset) for name, queryset in asked.items()]
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found: dict[str, list[Any]] = {name: [] for name in asked}
    for name, columns in rows:
        found[name].append(_built(asked[name].model, columns))
    return found


def _as_json(name: str, queryset: QuerySet[Any]) -> QuerySet[Any]:
    columns = {field.attname: _column(field) for field in queryset.model._meta.concrete_fields}
    narrow = queryset.order_by().select_related(None).prefetch_related(None)
    return narrow.annotate(_of=Value(name), _row=JSONObject(**columns)).values_list("_of", "_row")


def _column(field: "Field[Any, Any]") -> Any:
    return _Exact(field.attname) if isinstance(field, FloatField) else F(field.attname)


class _Exact(Func):
    """A float to its last bit: in the JSON of SQLite it would keep fifteen digits."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """There, as a text that reads back the same; PRINTF writes 0 for what is missing."""
        return super().as_sql(compiler, connection, template=_TO_THE_LAST_BIT, **extra)


_TO_THE_LAST_BIT = "CASE WHEN %(expressions)s IS NOT NULL THEN PRINTF('%%%%!.17g', %(expressions)s) END"


def _built(model: type[Model], columns: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    values = [_value(field, columns[field.attname]) for field in fields]
    return model.from_db(connection.alias, [field.attname for field in fields], values)


def _value(field: "Field[Any, Any]", told: Any) -> Any:
    """What the column would have given: JSON knows neither days nor moments, SQLite no boolean either."""
    if told is None:
        return None
    if isinstance(field, JSONField):
        return json.loads(told) if connection.vendor == "sqlite" and isinstance(told, str) else told
    value = field.to_python(told) if not isinstance(field, DateTimeField) else datetime.fromisoformat(told)
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value
