"""The columns of a grid in memory, whatever the file; Parquet through polars, with or without geometry."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyproj
import shapely

from faubourg.rules.grid import BrokenGrid


@dataclass(frozen=True)
class Table:
    """Columns by name; the shapes and their projection when the file has them."""

    frame: pl.DataFrame
    geometry: Any
    crs: pyproj.CRS | None

    @property
    def names(self) -> list[str]:
        return self.frame.columns

    def numbers(self, name: str, *, yes_or_no: bool = False) -> npt.NDArray[np.float64]:
        """A column as floats, NaN where unknown; raises BrokenGrid on text, dates, yes or no unless asked."""
        column = self.frame[name]
        try:
            if column.dtype.is_temporal() or (column.dtype == pl.Boolean and not yes_or_no):
                raise pl.exceptions.ComputeError(name)
            return np.asarray(column.cast(pl.Float64).fill_null(float("nan")).to_numpy(), float)
        except pl.exceptions.PolarsError as error:
            raise BrokenGrid(f"La colonne « {name} » ne contient pas que des nombres.") from error


def parquet_table(path: Path) -> Table:
    """A Parquet file; GeoParquet's own note says where the shapes are and in which projection."""
    try:
        frame = pl.read_parquet(path)
        note = pl.read_parquet_metadata(path).get("geo")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise BrokenGrid(f"{path.name} n’est pas un fichier Parquet lisible.") from error
    if not note:
        return Table(frame, None, None)
    try:
        geo = json.loads(note)
        name = geo["primary_column"]
        described = geo["columns"][name]
        shapes = frame[name].to_numpy()
    except (ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        raise BrokenGrid(f"{path.name} ne dit pas où est sa géométrie : enregistrez-le autrement.") from error
    if described.get("encoding", "WKB") != "WKB":
        raise BrokenGrid("La géométrie de ce GeoParquet n’est pas en WKB : enregistrez-le autrement.")
    return Table(frame.drop(name), shapes_of(shapes), crs_of(described.get("crs") or "OGC:CRS84"))


def shapes_of(wkb: Any) -> Any:
    """Shapes, None where there is none; raises BrokenGrid."""
    try:
        return shapely.from_wkb(wkb)
    except (shapely.errors.GEOSException, TypeError) as error:
        raise BrokenGrid(
            "Des carreaux ont une géométrie illisible : enregistrez le fichier autrement."
        ) from error


def crs_of(named: Any) -> pyproj.CRS:
    """A system of coordinates as a file names it; raises BrokenGrid."""
    try:
        return pyproj.CRS.from_user_input(named)
    except pyproj.exceptions.CRSError as error:
        said = str(named) if len(str(named)) < 40 else "celui du fichier"
        raise BrokenGrid(f"Système de coordonnées inconnu : {said}.") from error
