"""Who lives inside an outline, by the grid of its intercommunalité. Versions and grids never change once
written, so each answer is kept in this process.
"""

from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection
from shapely.geometry.base import BaseGeometry

from faubourg.rules.grid.inside import Inside, inside

from ..geo.shapes import shape_of
from ..models import GridExtract, Perimeter, Territory

if TYPE_CHECKING:
    from ..reading.grid_store import Stored

Key = tuple[object, ...]
MOST_KEPT = 4_000
_kept: "OrderedDict[Key, Inside]" = OrderedDict()


def grid_of(area: Territory) -> GridExtract | None:
    """The extract that answers for an area: the newest that is ready and not withdrawn; one query."""
    return (
        GridExtract.objects.filter(area=area, withdrawn_at__isnull=True, ready_at__isnull=False)
        .select_related("source", "document")
        .defer("cells", "extent")
        .order_by("-added_at", "-id")
        .first()
    )


def people_of(extract: GridExtract | None, perimeters: Iterable[Perimeter]) -> dict[int, Inside]:
    """Id of each perimeter that has a contour → who lives in it; empty without a grid.

    No query once known; two for those that this process has not measured yet.
    """
    if extract is None:
        return {}
    keys = {row.pk: _key(extract, row) for row in perimeters if row.west is not None}
    missing = [pk for pk, key in keys.items() if key not in _kept]
    if missing:
        for row in Perimeter.objects.filter(pk__in=missing).only("wkb"):
            _keep(keys[row.pk], measured(extract, shape_of(row)))
    return {pk: _kept[key] for pk, key in keys.items() if key in _kept}


def measured(extract: GridExtract, shape: BaseGeometry) -> Inside:
    """Who lives in a shape in longitude and latitude."""
    stored = _stored(str(connection.settings_dict["NAME"]), extract.pk, str(extract.ready_at))
    return inside(stored.cells, stored.extent, stored.to_metres(shape))


def _key(extract: GridExtract, row: Perimeter) -> Key:
    name = str(connection.settings_dict["NAME"])
    return (name, extract.pk, extract.ready_at, row.pk, row.west, row.south, row.east, row.north)


def _keep(key: Key, found: Inside) -> None:
    _kept[key] = found
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)


@lru_cache(maxsize=4)
def _stored(database: str, extract: int, ready_at: str) -> "Stored":
    """The cells in memory; `database` and `ready_at` tell two states of one number apart."""
    from ..reading.grid_store import unpacked  # noqa: PLC0415 (pyproj: only who asks needs it)

    return unpacked(bytes(GridExtract.objects.only("cells").get(pk=extract).cells or b""))
