"""Everything that is asked of a point, answered for a batch of rows at once."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import shapely

from ..models import Perimeter, Territory
from .columns import Asked
from .coverage import REACH, complete_area, shrunk
from .distance import CAP, Nearest
from .layer import Bools, Floats, Held, Ints, Layer
from .places import EITHER, UNKNOWN_HERE, Communes, Lookup, Place, numbered

ON_LIMIT = "sur la limite"
_ANSWERS = ("non", UNKNOWN_HERE, "oui", ON_LIMIT)
_SURE = ("inconnue ici", "exacte", "au plus", "2 km ou plus")
_MINE = ("_code", "_nom")


@dataclass(frozen=True, slots=True)
class Version:
    """The contours of one version; `places[i]` is that of the i-th shape. `covered`: where *no* is sure."""

    kind: str
    layer: Layer
    places: list[Place]
    covered: Layer | None

    def answers(self, held: Held, lon: Floats, lat: Floats) -> Ints:
        """Ranks in « non, inconnu ici, oui, sur la limite »."""
        answers = np.where(held.sets > 0, 2, 1).astype(np.int32)
        if self.covered is not None:
            answers[(answers == 1) & (self.covered.holding(lon, lat).sets > 0)] = 0
        answers[held.border] = 3
        return answers


class Locator:
    """Read once from the database, then asked as often as wanted."""

    def __init__(
        self, versions: list[Version], communes: Layer, commune_ids: list[int], asked: Asked
    ) -> None:
        self.asked = asked
        self.versions = versions
        self.communes = communes
        self._commune_ids = commune_ids
        self._communes_of = _communes_of({place.pk for version in versions for place in version.places})
        needed = {pk for communes in self._communes_of.values() for pk in communes}
        self._words = Communes(needed | set(commune_ids))
        self._named = [_named(version) for version in versions]
        self._near = _Near(versions) if asked.distance else None

    def columns(self, lon: Floats, lat: Floats) -> tuple[list[pl.Series], Bools, Bools]:
        """The columns for points of France, and which lie on a limit: of a perimeter, of communes."""
        columns: list[pl.Series] = []
        on_limit = np.zeros(len(lon), dtype=np.bool_)
        held = [version.layer.holding(lon, lat) for version in self.versions]
        for version, found, lookup in zip(self.versions, held, self._named, strict=True):
            said = Lookup((version.kind,), [(word,) for word in _ANSWERS])
            columns += said.gather(version.answers(found, lon, lat))
            _grow(lookup, version)
            columns += lookup.gather(found.sets)
            on_limit |= found.border
        communes = self.communes.holding(lon, lat)
        columns += self._places(held, communes.sets)
        if self._near is not None:
            columns += self._near.columns(held, lon, lat)
        return columns, on_limit, communes.border

    def headings(self) -> list[str]:
        """The columns that are added, in order."""
        empty = np.zeros(0)
        return [column.name for column in self.columns(empty, empty)[0]]

    def _places(self, held: list[Held], communes: Ints) -> list[pl.Series]:
        """Commune, EPCI, attributions: by the contour, else by the neighbourhood around the point."""
        nowhere = [0] * len(held)
        numbers = numbered(communes, lambda found: self._number(nowhere, found))
        inside = np.flatnonzero(np.any([found.sets > 0 for found in held], axis=0))
        for row in inside.tolist():
            numbers[row] = self._number([int(found.sets[row]) for found in held], int(communes[row]))
        return self._words.lookup.gather(numbers)

    def _number(self, held: list[int], commune: int) -> int:
        """The number of the words for one set of each version and one set of communes."""
        within = [
            version.places[shape].pk
            for version, found in zip(self.versions, held, strict=True)
            for shape in version.layer.sets[found]
        ]
        own = [self._commune_ids[shape] for shape in self.communes.sets[commune]]
        if own:
            return self._words.number_of(own, within)
        around = [commune for place in within for commune in self._communes_of.get(place, ())]
        return self._words.number_of(list(dict.fromkeys(around)), within, EITHER)


class _Near:
    """The distance to the nearest perimeter of the versions asked, and how sure it is."""

    def __init__(self, versions: list[Version]) -> None:
        self._versions = versions
        shapes = [shape for version in versions for shape in version.layer.shapes]
        self._codes = Lookup(("qpv_le_plus_proche",), [("",)])
        self._codes.rows += [(place.code,) for version in versions for place in version.places]
        self._nearest = Nearest(shapes) if shapes else None
        # Of the versions that have contours: one without any would leave every distance unknown.
        areas = [complete_area(version.kind) for version in versions if version.layer.shapes]
        sure = shapely.intersection_all([area for area in areas if area is not None]) if all(areas) else None
        inner = shrunk(sure, REACH) if sure is not None and areas else None
        self._sure = Layer([inner]) if inner is not None and not inner.is_empty else None

    def columns(self, held: list[Held], lon: Floats, lat: Floats) -> list[pl.Series]:
        """Metres (whole; empty when unknown), code of the nearest, « exacte, au plus, 2 km ou plus »."""
        metres, code = np.full(len(lon), CAP), np.zeros(len(lon), dtype=np.int32)
        if self._nearest is not None:
            found = self._nearest.to(lon, lat)
            metres, code = found.metres, found.shape + 1
        sure = np.where(metres < CAP, 2, 0).astype(np.int32)
        if self._sure is not None:
            inside = self._sure.holding(lon, lat).sets > 0
            sure[inside] = np.where(metres[inside] < CAP, 1, 3)
        start = 1
        for version, one in zip(self._versions, held, strict=True):
            within = one.sets > 0
            metres[within], sure[within] = 0, 1
            code[within] = numbered(one.sets, _first_of(version, start))[within]
            start += len(version.places)
        known = pl.Series("distance_qpv_m", np.round(metres).astype(np.int32))
        known = (
            known.to_frame().select(pl.when(pl.Series(sure > 0)).then(pl.col("distance_qpv_m"))).to_series()
        )
        return [
            known,
            *self._codes.gather(code),
            *Lookup(("distance_qpv",), [(w,) for w in _SURE]).gather(sure),
        ]


def _first_of(version: Version, start: int) -> Any:
    return lambda held: start + version.layer.sets[held][0] if held else 0


def _named(version: Version) -> Lookup:
    return Lookup(tuple(version.kind + mine for mine in _MINE))


def _grow(lookup: Lookup, version: Version) -> None:
    """One row for each set of the layer met so far."""
    for held in version.layer.sets[len(lookup.rows) :]:
        places = [version.places[rank] for rank in held]
        codes, names = (" | ".join(getattr(place, part) for place in places) for part in ("code", "name"))
        lookup.rows.append((codes, names))


def read_locator(asked: Asked) -> Locator:
    """The contours in force now; takes a second or two for the whole country."""
    rows: dict[str, list[Any]] = defaultdict(list)
    found = Perimeter.objects.filter(withdrawn_at__isnull=True, wkb__isnull=False).order_by("code", "id")
    quarters = found.filter(territory__kind=Territory.Kind.NEIGHBOURHOOD, kind__in=asked.versions)
    fields = ("kind", "territory_id", "code", "territory__code", "territory__name", "wkb")
    for row in quarters.values_list(*fields):
        rows[row[0]].append(row)
    communes = list(
        found.filter(territory__kind=Territory.Kind.COMMUNE, kind=Perimeter.Kind.ADMINISTRATIVE).values_list(
            "territory_id", "wkb"
        )
    )
    return Locator(
        [_version(kind, rows[kind]) for kind in dict.fromkeys(asked.versions)],
        Layer(shapely.from_wkb([bytes(wkb or b"") for _, wkb in communes]).tolist()),
        [pk for pk, _ in communes],
        asked,
    )


def _version(kind: str, rows: list[Any]) -> Version:
    shapes = shapely.from_wkb([bytes(row[-1]) for row in rows]).tolist()
    area = complete_area(kind) if rows else None
    places = [Place(row[1], row[2] or row[3], row[4]) for row in rows]
    return Version(str(kind), Layer(shapes), places, Layer([area]) if area is not None else None)


def _communes_of(neighbourhoods: set[int]) -> dict[int, list[int]]:
    """Id of each neighbourhood → ids of its communes."""
    found: dict[int, list[int]] = defaultdict(list)
    links = Territory.communes.through.objects.order_by("id")
    for quarter, commune in links.values_list("from_territory", "to_territory"):
        if quarter in neighbourhoods:
            found[quarter].append(commune)
    return found
