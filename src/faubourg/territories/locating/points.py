"""Coordinates as people write them into longitude and latitude, with what is to be said of each row."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
import polars as pl
import pyproj
from numpy.typing import NDArray

from ..reading.placing import FRANCE, WGS84
from .layer import Bools, Floats

# Where Lambert-93 coordinates of the hexagon lie, in metres: west, south, east, north.
LAMBERT_93 = (0.0, 6_000_000.0, 1_300_000.0, 7_200_000.0)


class Finding(IntEnum):
    """What is told of a row; those above `OUTSIDE` have no point."""

    FINE = 0
    SWAPPED = 1
    LAMBERT = 2
    LAMBERT_SWAPPED = 3
    OUTSIDE = 4
    EMPTY = 5
    NO_LONGITUDE = 6
    NO_LATITUDE = 7
    NO_NUMBER = 8
    RAGGED = 9


# Written into the file: French, as its headings.
TOLD = (
    "lu",
    "latitude et longitude inversées, remises dans l’ordre",
    "Lambert-93 converti",
    "Lambert-93 converti, X et Y inversés remis dans l’ordre",
    "hors de France",
    "coordonnées vides",
    "longitude illisible",
    "latitude illisible",
    "longitude et latitude illisibles",
    "ligne mal découpée : plus de cellules que d’en-têtes",
)


@dataclass(frozen=True, slots=True)
class Points:
    """One entry a row; `lon` and `lat` are NaN where `findings` says that there is no point in France."""

    lon: Floats
    lat: Floats
    findings: NDArray[np.int8]


def read_points(lon: pl.Series, lat: pl.Series, ragged: Bools | None = None) -> Points:
    """From two columns of text, row by row: degrees or Lambert-93, in the right order or not."""
    x, no_x = _numbers(lon)
    y, no_y = _numbers(lat)
    findings = np.zeros(len(x), dtype=np.int8)
    bad_x, bad_y = ~np.isfinite(x), ~np.isfinite(y)
    findings[bad_x] = Finding.NO_LONGITUDE
    findings[bad_y] = Finding.NO_LATITUDE
    findings[bad_x & bad_y] = Finding.NO_NUMBER
    findings[no_x | no_y] = Finding.EMPTY
    if ragged is not None:
        findings[ragged] = Finding.RAGGED
    readable = findings == Finding.FINE
    fine = readable & in_france(x, y)
    if (readable & ~fine).any():
        _right(x, y, findings, readable & ~fine)
    gone = findings >= Finding.OUTSIDE
    x[gone] = y[gone] = np.nan
    return Points(x, y, findings)


def in_france(lon: Floats, lat: Floats) -> Bools:
    """Whether each point lies in one of the boxes around the hexagon and the territories overseas."""
    within = np.zeros(len(lon), dtype=np.bool_)
    for west, south, east, north in FRANCE:
        within |= (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return within


def _right(x: Floats, y: Floats, findings: NDArray[np.int8], wrong: Bools) -> None:
    """Try what explains each point outside France: swapped, Lambert-93, both; the others stay outside."""
    rows = np.flatnonzero(wrong)
    a, b = x[rows], y[rows]
    findings[rows] = Finding.OUTSIDE
    swapped = in_france(b, a)
    x[rows[swapped]], y[rows[swapped]] = b[swapped], a[swapped]
    findings[rows[swapped]] = Finding.SWAPPED
    for east, north, finding in ((a, b, Finding.LAMBERT), (b, a, Finding.LAMBERT_SWAPPED)):
        metres = _looks_like_lambert(east, north)
        lon, lat = _from_lambert().transform(east[metres], north[metres])
        inside = in_france(lon, lat)
        chosen = rows[metres][inside]
        x[chosen], y[chosen], findings[chosen] = lon[inside], lat[inside], finding


def _looks_like_lambert(east: Floats, north: Floats) -> Bools:
    west_most, south_most, east_most, north_most = LAMBERT_93
    return (east >= west_most) & (east <= east_most) & (north >= south_most) & (north <= north_most)


@cache
def _from_lambert() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs("EPSG:2154", WGS84, always_xy=True)


def _numbers(column: pl.Series) -> tuple[Floats, Bools]:
    """Values (NaN when unreadable), and which cells are empty; a decimal comma and spaces are accepted."""
    values = column.cast(pl.Float64, strict=False)
    missed = values.is_null()
    if missed.any():
        text = column.str.replace_all(r"[\s\u00a0\u202f']", "").str.replace(",", ".", literal=True)
        values = values.fill_null(text.cast(pl.Float64, strict=False))
        empty = (text.is_null() | (text == "")).fill_null(True).to_numpy()
    else:
        empty = np.zeros(len(column), dtype=np.bool_)
    return values.fill_null(float("nan")).to_numpy().copy(), empty
