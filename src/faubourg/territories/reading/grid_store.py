"""The cells of a grid as an installation keeps them: columns in one compressed block, read back at once."""

import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from faubourg.rules.grid import Cells, Lattice

from .grid import WORLD, Grid


@dataclass(frozen=True)
class Stored:
    """Cells and the extent in which they are complete, in metres of `crs`."""

    cells: Cells
    extent: BaseGeometry
    crs: pyproj.CRS

    def to_metres(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in longitude and latitude, in the coordinates of the cells."""
        turn = _from_world(self.crs.to_wkt()).transform
        return shapely.transform(shape, lambda points: np.column_stack(turn(points[:, 0], points[:, 1])))


@lru_cache(maxsize=8)
def _from_world(crs: str) -> pyproj.Transformer:
    """Made once: to make one takes longer than to move a thousand points."""
    return pyproj.Transformer.from_crs(WORLD, crs, always_xy=True)


def packed(grid: Grid, extent: BaseGeometry) -> bytes:
    """The block that `unpacked` reads: no code in it, only columns."""
    cells, lattice = grid.cells, grid.cells.lattice
    block = io.BytesIO()
    np.savez_compressed(
        block,
        allow_pickle=False,
        lattice=np.array([lattice.origin, lattice.across, lattice.up]),
        crs=np.frombuffer(grid.crs.to_wkt().encode(), dtype=np.uint8),
        extent=np.frombuffer(shapely.to_wkb(extent), dtype=np.uint8),
        row=cells.row.astype(np.int32),
        column=cells.column.astype(np.int32),
        people=cells.people,
        poverty=cells.poverty,
        income=cells.income,
        imputed=cells.imputed,
    )
    return block.getvalue()


def unpacked(data: bytes) -> Stored:
    """What `packed` wrote."""
    with np.load(io.BytesIO(data), allow_pickle=False) as block:
        origin, across, up = (tuple(float(value) for value in pair) for pair in block["lattice"])
        cells = Cells(
            Lattice((origin[0], origin[1]), (across[0], across[1]), (up[0], up[1])),
            block["row"].astype(np.int64),
            block["column"].astype(np.int64),
            block["people"],
            block["poverty"],
            block["income"],
            block["imputed"],
        )
        extent = shapely.from_wkb(block["extent"].tobytes())
        return Stored(cells, extent, pyproj.CRS.from_wkt(block["crs"].tobytes().decode()))
