"""The points of the map in memory: neighbourhoods and contracts by generation, large communes as marks."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.db.models import Count, Max, Q, Sum
from django.urls import NoReverseMatch, reverse

from faubourg.contracts.models import Contract
from faubourg.territories.geo import Cluster, clusters_of
from faubourg.territories.models import Perimeter, Territory

QUARTERS, CONTRACTS = "quartiers", "contrats"
G2015, G2024 = Contract.Generation.G2015.value, Contract.Generation.G2024.value
_Kind = Perimeter.Kind
# Local tiers and lived quarters belong to the present; only the statuses that ended belong to the past.
PERIMETERS = {
    G2015: (_Kind.QPV_2015.value, _Kind.QVA.value),
    G2024: tuple(
        kind.value for kind in _Kind if kind not in (_Kind.QPV_2015, _Kind.QVA, _Kind.ADMINISTRATIVE)
    ),
}
LANDMARK_HEADCOUNT = 15_000


@dataclass(frozen=True, slots=True)
class Spot:
    """One object as a point. `basis` says what the point is (« commune »: not the place's own)."""

    layer: str
    id: int
    code: str
    name: str
    detail: str
    url: str
    lon: float
    lat: float
    basis: str


class Points:
    """Immutable: spots by (layer, generation), in order of name; clusters are made once a zoom."""

    def __init__(self, signature: tuple[object, ...]) -> None:
        self.signature = signature
        self.spots = {
            (layer, generation): read(generation)
            for layer, read in ((QUARTERS, _quarters), (CONTRACTS, _contracts))
            for generation in (G2024, G2015)
        }
        self.landmarks = [
            (name, lon or 0.0, lat or 0.0)
            for name, lon, lat in Territory.objects.filter(
                kind=Territory.Kind.COMMUNE, headcount__gte=LANDMARK_HEADCOUNT, lon__isnull=False
            )
            .order_by("-headcount", "code")
            .values_list("name", "lon", "lat")
        ]
        self._clusters: dict[tuple[str, str, int, bool], list[Cluster]] = {}

    def of(self, layer: str, generation: str) -> list[Spot]:
        """The spots of a layer in a generation."""
        return self.spots[layer, generation]

    def clusters(self, layer: str, generation: str, zoom: int, leave_out: frozenset[int]) -> list[Cluster]:
        """Clusters of a layer at a zoom, without the objects drawn by their contour."""
        key = (layer, generation, zoom, bool(leave_out))
        if key not in self._clusters:
            spots = self.of(layer, generation)
            kept = np.array([i for i, spot in enumerate(spots) if spot.id not in leave_out], dtype=np.int64)
            lon = np.array([spots[i].lon for i in kept], dtype=float)
            lat = np.array([spots[i].lat for i in kept], dtype=float)
            self._clusters[key] = [
                Cluster(c.lon, c.lat, tuple(int(kept[m]) for m in c.members), c.box)
                for c in clusters_of(lon, lat, zoom)
            ]
        return self._clusters[key]


def signature() -> tuple[object, ...]:
    """Changes with any neighbourhood, perimeter or contract; three small queries."""
    places = Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD)
    counted = Count("id"), Max("id"), Sum("version")
    perimeters = Perimeter.objects.aggregate(Count("id"), Max("id"), Count("withdrawn_at"))
    return (
        str(connection.settings_dict["NAME"]),
        *places.aggregate(*counted).values(),
        *Contract.objects.aggregate(*counted).values(),
        *perimeters.values(),
    )


_lock = threading.Lock()
_current: Points | None = None


def points() -> Points:
    """The points of what the database holds now."""
    global _current
    now = signature()
    if _current is None or _current.signature != now:
        with _lock:
            if _current is None or _current.signature != now:
                _current = Points(now)
    return _current


def _quarters(generation: str) -> list[Spot]:
    rows = (
        Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, lon__isnull=False, lat__isnull=False)
        .filter(Q(perimeters__kind__in=PERIMETERS[generation], perimeters__withdrawn_at__isnull=True))
        .distinct()
        .select_related("epci", "departement")
        .prefetch_related("communes")
        .order_by("sort_key", "code")
    )
    return [
        Spot(
            layer=QUARTERS,
            id=place.pk,
            code=place.code,
            name=place.name,
            detail=_joined([", ".join(c.name for c in place.communes.all()), place.departement]),
            url=_url("neighbourhood", place.code),
            lon=place.lon or 0.0,
            lat=place.lat or 0.0,
            basis=place.point_basis,
        )
        for place in rows
    ]


def _contracts(generation: str) -> list[Spot]:
    rows = (
        Contract.objects.filter(generation=generation, lon__isnull=False, lat__isnull=False)
        .select_related("departement")
        .order_by("sort_key", "code")
    )
    return [
        Spot(
            layer=CONTRACTS,
            id=contract.pk,
            code=contract.code,
            name=contract.name,
            detail=_joined([contract.departement]),
            url=_url("contract", contract.code),
            lon=contract.lon or 0.0,
            lat=contract.lat or 0.0,
            basis="",
        )
        for contract in rows
    ]


def _joined(parts: Iterable[object]) -> str:
    return " · ".join(str(part) for part in parts if part)


def _url(name: str, code: str) -> str:
    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return ""
