"""A grid of incomes from a GeoPackage or a Parquet file: its cells, found by the names that INSEE uses.

Reads columns, never rows. What is wrong is said in one French sentence (`BrokenGrid`).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyogrio
import pyogrio.raw
import pyproj
import shapely

from faubourg.rules.grid import BrokenGrid, Cells, checked_cells

from .grid_columns import CODE, Chosen, Columns, columns_in
from .grid_table import Table, crs_of, parquet_table, shapes_of

Floats = npt.NDArray[np.float64]
# The lattice of the European statistical grid, from which INSEE's own is taken.
EUROPE = pyproj.CRS.from_epsg(3035)
# Its metres are not metres away from the equator.
MERCATOR = pyproj.CRS.from_epsg(3857)
WORLD = pyproj.CRS.from_epsg(4326)
# Identifiers are believed when at least so many of them are written as INSEE does.
MOSTLY = 0.9
# Where the European grid still draws squares: west, south, east, north.
NEAR_EUROPE = (-32.0, 27.0, 45.0, 72.0)


@dataclass(frozen=True)
class Grid:
    """Cells, in metres of `crs`; what was mended; the columns that were read."""

    cells: Cells
    crs: pyproj.CRS
    remarks: tuple[str, ...]
    columns: Columns

    def to_degrees(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Longitude and latitude (WGS 84), as GeoJSON wants them; 7 decimals is a centimetre."""
        turn = pyproj.Transformer.from_crs(self.crs, WORLD, always_xy=True).transform
        moved = shapely.transform(shape, lambda points: np.column_stack(turn(points[:, 0], points[:, 1])))
        return shapely.set_precision(moved, 1e-7)


def read_grid(path: Path, chosen: Chosen) -> Grid:
    """The cells of a file; raises BrokenGrid."""
    if not path.is_file():
        raise BrokenGrid(f"Le fichier {path.name} n’existe pas.")
    table = parquet_table(path) if path.suffix.lower() in {".parquet", ".geoparquet"} else _gdal(path, chosen)
    columns = columns_in(table.names, chosen)
    if table.frame.is_empty():
        raise BrokenGrid(f"{path.name} est vide : aucun carreau.")
    x, y, said, crs = _centres(table, columns, chosen.crs)
    try:
        cells, remarks = _cells(table, columns, x, y)
    except BrokenGrid:
        x, y, unbent = _drawn(x, y, crs)
        if crs == unbent:
            raise
        # Seen over a whole country, a grid drawn in another projection is bent: unbend it.
        cells, remarks = _cells(table, columns, x, y)
        crs = unbent
    if said != crs:
        remarks = (f"Coordonnées en {said.name} : carreaux remis en mètres, en {crs.name}.", *remarks)
    return Grid(cells, crs, remarks, columns)


def _cells(table: Table, columns: Columns, x: Floats, y: Floats) -> tuple[Cells, tuple[str, ...]]:
    return checked_cells(
        x,
        y,
        table.numbers(columns.people),
        poverty=_poverty(table, columns),
        income=_income(table, columns),
        imputed=table.numbers(columns.imputed, yes_or_no=True) if columns.imputed else None,
    )


def read_contours(path: Path, layer: str, crs: pyproj.CRS) -> list[shapely.Geometry]:
    """The official contours, made valid, in the coordinates of the grid; raises BrokenGrid."""
    if not path.is_file():
        raise BrokenGrid(f"Le fichier {path.name} n’existe pas.")
    try:
        layers = _layers(path)
    except BrokenGrid as error:
        raise BrokenGrid(f"{path.name} n’est pas un fichier de contours lisible (GeoPackage).") from error
    name = layer if layer in layers else layers[0]
    if layer not in layers and len(layers) > 1:
        raise BrokenGrid(f"{path.name} n’a pas de couche « {layer} » : il a {', '.join(layers)}.")
    meta, shapes, _ = _read(path, name, columns=[])
    if not meta["crs"] or shapes is None:
        raise BrokenGrid(f"La couche « {name} » n’a pas de contours ou pas de système de coordonnées.")
    turn = pyproj.Transformer.from_crs(crs_of(meta["crs"]), crs, always_xy=True).transform
    found = shapely.make_valid(shapes_of(shapes))
    found = [shape for shape in found if shape is not None and not shape.is_empty]
    return [
        shapely.make_valid(shapely.transform(shape, lambda p: np.column_stack(turn(p[:, 0], p[:, 1]))))
        for shape in found
    ]


def _read(path: Path, layer: str, **what: Any) -> tuple[dict[str, Any], Any, Any]:
    """What it says of itself, its shapes (None for a table) and its columns."""
    try:
        meta, _, shapes, fields = pyogrio.raw.read(path, layer=layer or None, **what)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError, RuntimeError) as error:
        raise BrokenGrid(f"{path.name} n’est pas lisible jusqu’au bout : copiez-le de nouveau.") from error
    return meta, shapes, fields


def _layers(path: Path) -> list[str]:
    try:
        return [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None] or [""]
    except (pyogrio.errors.DataSourceError, OSError) as error:
        raise BrokenGrid(f"{path.name} n’est ni un GeoPackage ni un Parquet lisible.") from error


def _gdal(path: Path, chosen: Chosen) -> Table:
    """The layer that was named, or the first one that has the columns of a grid."""
    layers = _layers(path)
    if chosen.layer and chosen.layer not in layers:
        raise BrokenGrid(f"{path.name} n’a pas de couche « {chosen.layer} » : il a {', '.join(layers)}.")
    wrong: BrokenGrid | None = None
    for layer in [chosen.layer] if chosen.layer else layers:
        try:
            columns_in(list(pyogrio.read_info(path, layer=layer or None)["fields"]), chosen)
        except BrokenGrid as error:
            wrong = wrong or error
            continue
        meta, shapes, fields = _read(path, layer)
        crs = crs_of(meta["crs"]) if meta["crs"] else None
        geometry = None if shapes is None else shapes_of(shapes)
        return Table(
            pl.DataFrame(dict(zip(meta["fields"], fields, strict=True)), strict=False), geometry, crs
        )
    raise wrong or BrokenGrid(f"{path.name} n’a aucune couche.")


def _centres(table: Table, columns: Columns, named: str) -> tuple[Floats, Floats, pyproj.CRS, pyproj.CRS]:
    """Centres in metres: from INSEE's identifiers, exact, or else from the shapes or the x and y columns.

    And two systems of coordinates: that of the file, that of the centres.
    """
    if columns.code:
        parsed = _from_codes(table.frame[columns.code].cast(pl.String, strict=False))
        if parsed:
            return *parsed, parsed[2]
    if table.geometry is not None:
        # An empty shape is nowhere, as one that is missing.
        middle = np.where(shapely.is_empty(table.geometry), None, shapely.centroid(table.geometry))
        x, y = shapely.get_x(middle), shapely.get_y(middle)
    elif columns.x and columns.y:
        x, y = table.numbers(columns.x), table.numbers(columns.y)
    else:
        raise BrokenGrid("Les carreaux n’ont ni identifiant INSEE, ni géométrie, ni colonnes x et y.")
    crs = crs_of(named) if named else table.crs
    if crs is None:
        raise BrokenGrid("La grille ne dit pas son système de coordonnées : dites-le, --crs EPSG:2154.")
    unit = crs.axis_info[0].unit_name if crs.axis_info else ""
    if not crs.is_projected or unit != "metre" or crs == MERCATOR:
        x, y, drawn = _drawn(x, y, crs)
        return x, y, crs, drawn
    return np.asarray(x, float), np.asarray(y, float), crs, crs


def _drawn(x: Floats, y: Floats, crs: pyproj.CRS) -> tuple[Floats, Floats, pyproj.CRS]:
    """In the projection in which grids are drawn there: European, or the UTM zone of the place overseas."""
    lon, lat = pyproj.Transformer.from_crs(crs, WORLD, always_xy=True).transform(x, y)
    known = np.isfinite(lon) & np.isfinite(lat)
    if not known.any():
        raise BrokenGrid(
            "Les coordonnées des carreaux ne vont pas avec le système de coordonnées que dit le fichier."
        )
    middle = float(np.median(lon[known])), float(np.median(lat[known]))
    west, south, east, north = NEAR_EUROPE
    there = EUROPE
    if not (west <= middle[0] <= east and south <= middle[1] <= north):
        there = pyproj.CRS.from_epsg(
            (32600 if middle[1] >= 0 else 32700) + int((middle[0] + 180) // 6) % 60 + 1
        )
    moved = pyproj.Transformer.from_crs(crs, there, always_xy=True).transform(x, y)
    return np.asarray(moved[0], float), np.asarray(moved[1], float), there


def _from_codes(codes: pl.Series) -> tuple[Floats, Floats, pyproj.CRS] | None:
    """`CRS3035RES200mN3067800E3817400`: projection, step, south-west corner; None if written otherwise.

    A few that are written otherwise, or not at all, have no place (NaN).
    """
    first = codes.str.extract_groups(CODE).struct.unnest().drop_nulls().head(1)
    if first.is_empty():
        return None
    crs, step = first["crs"][0], first["step"][0]
    parts = codes.str.extract_groups(f"^CRS{crs}RES{step}mN(-?\\d+)E(-?\\d+)$").struct
    half = int(step) / 2
    y, x = (parts.field(name).cast(pl.Float64).to_numpy() + half for name in ("1", "2"))
    if np.isfinite(x).sum() < MOSTLY * len(x):
        return None
    return x, y, crs_of(f"EPSG:{crs}")


def _poverty(table: Table, columns: Columns) -> Floats | None:
    if columns.poverty:
        return table.numbers(columns.poverty)
    if columns.poor_households and columns.households:
        return _ratio(table.numbers(columns.poor_households), table.numbers(columns.households))
    return None


def _income(table: Table, columns: Columns) -> Floats | None:
    if columns.income:
        return table.numbers(columns.income)
    if columns.income_sum:
        return _ratio(table.numbers(columns.income_sum), table.numbers(columns.people))
    return None


def _ratio(part: Floats, whole: Any) -> Floats:
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
