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

    def numbers(self, name: str) -> npt.NDArray[np.float64]:
        """A column as floats, NaN where unknown; raises BrokenGrid on text."""
        column = self.frame[name]
        try:
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
    geo = json.loads(note)
    name = geo["primary_column"]
    described = geo["columns"][name]
    if described.get("encoding", "WKB") != "WKB":
        raise BrokenGrid("La géométrie de ce GeoParquet n’est pas en WKB : enregistrez-le autrement.")
    crs = pyproj.CRS.from_user_input(described.get("crs") or "OGC:CRS84")
    shapes = shapely.from_wkb(frame[name].to_numpy())
    return Table(frame.drop(name), shapes, crs)
