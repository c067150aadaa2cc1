"""The versions of one outline through the decisions, and two of them side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from faubourg.rules.drawing import difference
from faubourg.rules.grid.inside import Inside

from ..geo.shapes import shape_of
from ..models import GridExtract, Perimeter, PerimeterChange, Territory
from ..reading.contour import hectares
from .contours import Drawing, draw_shapes
from .people_inside import measured, people_of


@dataclass(frozen=True, slots=True)
class Version:
    """One version with its surface in hectares and who lives in it; `change` made it, if one did."""

    perimeter: Perimeter
    area: float
    inside: Inside | None

    @property
    def stands(self) -> bool:
        return self.perimeter.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Compared:
    """Hectares and people that `after` gains on `before`, loses, keeps; drawn."""

    before: Version
    after: Version
    gained: float
    lost: float
    people_gained: float | None
    people_lost: float | None
    drawing: Drawing | None


def version_of(pk: int, area: Territory) -> Perimeter | None:
    """A version with a contour, of a neighbourhood of this area, standing or not."""
    found = (
        Perimeter.objects.select_related("territory", "territory__epci", "source", "made_in", "ended_in")
        .filter(pk=pk, wkb__isnull=False)
        .first()
    )
    if found is None or not _in_area(found.territory, area):
        return None
    return found


def _in_area(place: Territory, area: Territory) -> bool:
    return place.epci_id == area.pk or place.communes.filter(epci=area).exists()


def versions_of(perimeter: Perimeter, extract: GridExtract | None) -> list[Version]:
    """Every version of the same kind of the same place, the newest first."""
    rows = list(
        Perimeter.objects.filter(territory=perimeter.territory_id, kind=perimeter.kind, wkb__isnull=False)
        .select_related("territory", "source", "made_in", "ended_in")
        .order_by("-id")
    )
    people = people_of(extract, rows)
    return [Version(row, hectares(shape_of(row)), people.get(row.pk)) for row in rows]


def standing_now(perimeter: Perimeter) -> Perimeter | None:
    """The version of the same kind that stands today in the same place."""
    return (
        Perimeter.objects.filter(
            territory=perimeter.territory_id,
            kind=perimeter.kind,
            withdrawn_at__isnull=True,
            wkb__isnull=False,
        )
        .select_related("territory", "territory__epci", "source", "made_in")
        .order_by("-id")
        .first()
    )


def others_of(changes: Iterable[PerimeterChange | None], than: Perimeter) -> dict[int, list[Perimeter]]:
    """Id of each change → the versions of other places that it ended or made."""
    ids = {change.pk for change in changes if change}
    found: dict[int, list[Perimeter]] = {pk: [] for pk in ids}
    rows = Perimeter.objects.select_related("territory").defer("wkb", "outline")
    for row in rows.filter(made_in__in=ids).exclude(territory=than.territory_id):
        found[row.made_in_id or 0].append(row)
    for row in rows.filter(ended_in__in=ids).exclude(territory=than.territory_id):
        found[row.ended_in_id or 0].append(row)
    return found


def compared(before: Version, after: Version, extract: GridExtract | None) -> Compared:
    """Two versions side by side; people by the cells, None without a grid."""
    old, new = shape_of(before.perimeter), shape_of(after.perimeter)
    found = difference(old, new)
    return Compared(
        before=before,
        after=after,
        gained=_hectares(found.gained),
        lost=_hectares(found.lost),
        people_gained=_people(extract, found.gained),
        people_lost=_people(extract, found.lost),
        drawing=drawn_difference(old, new),
    )


def drawn_difference(before: BaseGeometry, after: BaseGeometry) -> Drawing | None:
    """What stays, what is gained, what is lost, each in its role."""
    found = difference(before, after)
    return draw_shapes({"kept": [found.kept], "lost": [found.lost], "gained": [found.gained]})


def _hectares(shape: BaseGeometry) -> float:
    return 0.0 if shape.is_empty else hectares(shape)


def _people(extract: GridExtract | None, shape: BaseGeometry) -> float | None:
    if extract is None:
        return None
    return 0.0 if shape.is_empty else measured(extract, shape).people
