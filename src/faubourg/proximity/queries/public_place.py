"""Where everybody sees a report, told by the database: `rules.proximity.public_place`, row by row.

A frame is compared with these columns, never with what was measured: asking for smaller and smaller frames
finds nothing more exact.
"""

from typing import Any

from django.db.models import Case, F, FloatField, Func, IntegerField, Q, QuerySet, Value, When

from faubourg.rules.proximity.public_place import HOME, SHOWN, UNKNOWN

from ..models import Category, Ticket

FARTHEST_M = SHOWN[-1][0]
# What rounding moves at most, in degrees: half of the last decimal that is shown.
MOST_MOVED = 0.5 * 10.0 ** -min(HOME, *(decimals for _, decimals in SHOWN))


class _Rounded(Func):
    """A float rounded to some decimals, a float again."""

    output_field = FloatField()
    template = "ROUND(%(expressions)s, %(decimals)s)"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """There, only decimals are rounded so."""
        template = "ROUND((%(expressions)s)::numeric, %(decimals)s)::float8"
        return super().as_sql(compiler, connection, template=template, **extra)


class Cell(Func):
    """The rank of the stripe of `size` degrees that holds a column; degrees are counted from -180."""

    output_field = IntegerField()
    template = "CAST((%(expressions)s + 180) / %(size)s AS INTEGER)"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """There, a cast rounds to the nearest."""
        template = "FLOOR((%(expressions)s + 180) / %(size)s)::int"
        return super().as_sql(compiler, connection, template=template, **extra)


def homes_of(categories: "list[Category]") -> list[int]:
    """The categories that are about somebody's dwelling."""
    return [one.pk for one in categories if one.theme == Category.Theme.HOUSING]


def with_public_point(tickets: "QuerySet[Ticket]", homes: list[int]) -> "QuerySet[Ticket]":
    """Annotated `public_lon` and `public_lat`; without those that nobody knows where to show."""
    placed = tickets.filter(Q(accuracy_m=None) | Q(accuracy_m__lte=FARTHEST_M))
    return placed.annotate(public_lon=_shown("lon", homes), public_lat=_shown("lat", homes))


def _shown(column: str, homes: list[int]) -> Case:
    near, *others = SHOWN
    assert near[1] == UNKNOWN
    wider = [
        When(accuracy_m__gt=most, then=_Rounded(F(column), decimals=decimals))
        for (most, _), (_, decimals) in reversed(list(zip(SHOWN, others, strict=False)))
    ]
    dwelling = [When(category__in=homes, then=_Rounded(F(column), decimals=HOME))] if homes else []
    default = _Rounded(F(column), decimals=UNKNOWN)
    return Case(*dwelling, *wider, default=default, output_field=FloatField())


def within(tickets: "QuerySet[Ticket]", box: tuple[float, float, float, float]) -> "QuerySet[Ticket]":
    """Those whose public point is in west, south, east, north; needs `with_public_point`."""
    west, south, east, north = box
    # What was measured is only what an index is read by.
    wide = MOST_MOVED * 1.01
    found = tickets.filter(
        lat__gte=south - wide, lat__lte=north + wide, lon__gte=west - wide, lon__lte=east + wide
    )
    shown: dict[str, Any] = {
        "public_lon__range": (Value(west), Value(east)),
        "public_lat__range": (Value(south), Value(north)),
    }
    return found.filter(**shown)
