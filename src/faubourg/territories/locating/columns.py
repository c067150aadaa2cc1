"""What is asked of a file: its columns (said, or recognised by their heading) and the versions wanted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from faubourg.base.text import fold
from faubourg.rules.verdict import mark

from ..models import Perimeter
from ..reading.limits import unreadable

VERSIONS = (Perimeter.Kind.QPV_2015, Perimeter.Kind.QPV_2024)

# Folded, without spaces or signs; the surest first.
LONGITUDES = (
    "longitude",
    "lon",
    "long",
    "lng",
    "longitudewgs84",
    "xlon",
    "coordx",
    "xwgs84",
    "xl93",
    "xlambert93",
    "x",
)
LATITUDES = ("latitude", "lat", "latitudewgs84", "ylat", "coordy", "ywgs84", "yl93", "ylambert93", "y")
IDENTIFIERS = ("id", "identifiant", "ident", "numero", "ref", "reference")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which versions of the perimeters (kinds of `Perimeter`), and whether distances are wanted."""

    versions: tuple[str, ...] = VERSIONS
    distance: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Ranks of the columns (from 0); `identifier` is None when rows carry none."""

    lon: int
    lat: int
    identifier: int | None = None


def choose(headers: Sequence[str], *, lon: str = "", lat: str = "", identifier: str = "") -> Choice:
    """The columns as named, else as recognised; raises `Refused` naming the headings of the file."""
    found_lon = _named(headers, lon) if lon else _recognised(headers, LONGITUDES)
    found_lat = _named(headers, lat) if lat else _recognised(headers, LATITUDES)
    if found_lon is None or found_lat is None:
        raise unreadable(
            "columns-unknown",
            mark(
                "Les colonnes de longitude et de latitude ne se reconnaissent pas : indiquez-les. "
                "Colonnes du fichier : {headers}."
            ),
            headers=", ".join(headers[:30]),
        )
    if found_lon == found_lat:
        raise unreadable("same-column", mark("La longitude et la latitude sont deux colonnes différentes."))
    found = _named(headers, identifier) if identifier else _recognised(headers, IDENTIFIERS)
    return Choice(found_lon, found_lat, None if found in (found_lon, found_lat) else found)


def _named(headers: Sequence[str], name: str) -> int:
    """By its exact heading, else folded."""
    for key in (str, _key):
        wanted = key(name)
        ranks = [rank for rank, heading in enumerate(headers) if key(heading) == wanted]
        if ranks:
            return ranks[0]
    raise unreadable(
        "column-missing",
        mark("Aucune colonne ne s’appelle « {name} ». Colonnes du fichier : {headers}."),
        name=name,
        headers=", ".join(headers[:30]),
    )


def _recognised(headers: Sequence[str], names: Sequence[str]) -> int | None:
    keys = [_key(heading) for heading in headers]
    return next((keys.index(name) for name in names if name in keys), None)


def _key(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(heading))
