"""Where the map opens: a code or a name in the address becomes a point and a zoom."""

from dataclasses import dataclass

from django.db.models import Avg

from faubourg.base import search
from faubourg.contracts.models import Contract
from faubourg.territories.models import Territory

Kind = Territory.Kind
# What is looked for first when a code could be several kinds, and how near one then looks.
ZOOMS = {
    Kind.COMMUNE.value: 12,
    Kind.NEIGHBOURHOOD.value: 14,
    Kind.EPCI.value: 11,
    Kind.EPT.value: 12,
    Kind.DEPARTEMENT.value: 9,
    Kind.REGION.value: 8,
    Kind.URBAN_UNIT.value: 11,
}
CONTRACT_ZOOM = 11
_MEMBERS = {
    Kind.EPCI.value: "epci",
    Kind.EPT.value: "ept",
    Kind.DEPARTEMENT.value: "departement",
    Kind.REGION.value: "region",
    Kind.URBAN_UNIT.value: "urban_unit",
}


@dataclass(frozen=True, slots=True)
class Centre:
    """Longitude and latitude in degrees; `name` empty for the whole country."""

    lon: float
    lat: float
    zoom: int
    name: str = ""


FRANCE = Centre(2.6, 46.6, 6)
# West, south, east, north of metropolitan France: an opening frame, whatever its size, holds all of it.
METROPOLITAN = (-5.2, 41.3, 9.6, 51.1)


def centre_of(asked: str) -> Centre | None:
    """The centre for a code, else for the first place that the search finds; None when neither is placed."""
    asked = asked.strip()[:100]
    if not asked:
        return FRANCE
    return _by_code(asked.upper()) or _by_name(asked)


def _by_code(code: str) -> Centre | None:
    order = list(ZOOMS)
    found = sorted(Territory.objects.filter(code=code), key=lambda place: order.index(place.kind))
    for place in found:
        if centre := _of_place(place):
            return centre
    contract = Contract.objects.filter(code=code, lon__isnull=False).order_by("-generation").first()
    if contract and contract.lon is not None and contract.lat is not None:
        return Centre(contract.lon, contract.lat, CONTRACT_ZOOM, contract.name)
    return None


def _by_name(text: str) -> Centre | None:
    for hit in search.find(text, kinds=list(ZOOMS), limit=3):
        place = Territory.objects.filter(kind=hit.kind, code=hit.code).first()
        if place and (centre := _of_place(place)):
            return centre
    return None


def _of_place(place: Territory) -> Centre | None:
    """Its own point, else the middle of the communes in it that have one."""
    zoom = ZOOMS[place.kind]
    if place.lon is not None and place.lat is not None:
        return Centre(place.lon, place.lat, zoom, place.name)
    if place.kind not in _MEMBERS:
        return None
    members = Territory.objects.filter(kind=Kind.COMMUNE, lon__isnull=False, **{_MEMBERS[place.kind]: place})
    middle = members.aggregate(lon=Avg("lon"), lat=Avg("lat"))
    if middle["lon"] is None:
        return None
    return Centre(middle["lon"], middle["lat"], zoom, place.name)
