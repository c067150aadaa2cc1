"""`faubourg designate propose`: from a file of cells to GeoJSON, and broken files refused in one sentence."""

import json
from io import StringIO
from pathlib import Path

import numpy as np
import polars as pl
import pyogrio.raw
import pyproj
import pytest
import shapely
from django.core.management import CommandError, call_command

SIDE = 24
EAST, NORTH = 3_800_000, 3_060_000


def town() -> dict[str, np.ndarray]:
    """A town on the European lattice with two poor places of 6 × 6 cells, one of them half estimated."""
    row, column = (a.ravel() for a in np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij"))
    poor = ((row >= 3) & (row < 9) & (column >= 3) & (column < 9)) | (
        (row >= 14) & (row < 20) & (column >= 12) & (column < 18)
    )
    code = [f"CRS3035RES200mN{NORTH + 200 * r}E{EAST + 200 * c}" for r, c in zip(row, column, strict=True)]
    return {
        "id": np.array(code, dtype=object),
        "imputed": (row >= 17).astype(np.int32),
        "num_people": np.full(len(row), 150.0),
        "mean_std_living": np.where(poor, 13_000.0, 24_000.0),
        "poverty_ratio": np.where(poor, 0.45, 0.1),
    }


def shapes(crs: int) -> np.ndarray:
    row, column = (a.ravel() for a in np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij"))
    x, y = EAST + 200.0 * column, NORTH + 200.0 * row
    boxes = shapely.box(x, y, x + 200, y + 200)
    turn = pyproj.Transformer.from_crs(3035, crs, always_xy=True).transform
    return shapely.transform(boxes, lambda p: np.column_stack(turn(p[:, 0], p[:, 1])))


def write(
    path: Path, columns: dict[str, np.ndarray], layer: str = "enriched_grid", crs: int | None = 2154
) -> Path:
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapes(crs or 2154)),
        list(columns.values()),
        list(columns),
        layer=layer,
        driver="GPKG",
        geometry_type="Polygon",
        crs=f"EPSG:{crs}" if crs else None,
        append=path.exists(),
    )
    return path


def write_contours(path: Path, away: float = 0) -> Path:
    """The first poor place exactly, or so many metres away, as an official contour; the second has none."""
    east = EAST + away
    box = shapely.box(east + 600, NORTH + 600, east + 1_800, NORTH + 1_800)
    turn = pyproj.Transformer.from_crs(3035, 4326, always_xy=True).transform
    moved = shapely.transform(shapely.segmentize(box, 20), lambda p: np.column_stack(turn(p[:, 0], p[:, 1])))
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array([moved])),
        [np.array(["QP1"], dtype=object)],
        ["CODE_QP"],
        layer="qpvs",
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:4326",
        append=path.exists(),
    )
    return path


def propose(grid: Path, **options) -> dict:
    out = StringIO()
    target = grid.with_suffix(".geojson")
    call_command("designate", "propose", str(grid), out=str(target), json=True, stdout=out, **options)
    return json.loads(out.getvalue()) | {"geojson": json.loads(target.read_text())}


def test_two_poor_places_are_found_outlined_and_explained(tmp_path):
    told = propose(write(tmp_path / "town.gpkg", town()))
    assert told["cell_size"] == pytest.approx(200)
    assert [round(one["people"], -3) for one in told["candidates"]] == [5_000, 5_000]
    assert {round(one["imputed"], 1) for one in told["candidates"]} == {0.0, 0.5}
    assert all(one["proxy"] and "Approximation" in one["label"] for one in told["candidates"])
    for feature in told["geojson"]["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert -5 < shape.centroid.x < 10
        assert 41 < shape.centroid.y < 52
        assert "habitants sur" in feature["properties"]["explanation"]


@pytest.mark.parametrize("crs", [2154, 3035, 4326, 3857])
@pytest.mark.parametrize("coded", [True, False])
def test_any_projection_gives_the_same_places(tmp_path, crs, coded):
    columns = town()
    if not coded:
        del columns["id"]
    told = propose(write(tmp_path / "town.gpkg", columns, crs=crs))
    assert [round(one["people"], -3) for one in told["candidates"]] == [5_000, 5_000]


def test_compared_with_official_contours(tmp_path):
    path = write_contours(write(tmp_path / "town.gpkg", town()))
    told = propose(path, compare=path)
    assert told["found"] == told["official"] == 1
    assert told["recall"] > 0.9
    assert told["precision"] == pytest.approx(0.5, abs=0.05)
    assert told["population_iou"] == pytest.approx(0.5, abs=0.05)


def test_parquet_gives_the_same_as_geopackage(tmp_path):
    pl.DataFrame({name: list(column) for name, column in town().items()}).write_parquet(
        tmp_path / "t.parquet"
    )
    write(tmp_path / "t.gpkg", town())
    one, other = propose(tmp_path / "t.parquet"), propose(tmp_path / "t.gpkg")
    assert one["geojson"] == other["geojson"]


def test_insee_s_own_columns_are_understood(tmp_path):
    columns = town()
    raw = {
        "idcar_200m": list(columns["id"]),
        "ind": columns["num_people"],
        "men": columns["num_people"] / 2.5,
        "men_pauv": columns["num_people"] / 2.5 * columns["poverty_ratio"],
        "ind_snv": columns["num_people"] * columns["mean_std_living"],
        "i_est_200": columns["imputed"],
    }
    pl.DataFrame(raw).write_parquet(tmp_path / "raw.parquet")
    assert len(propose(tmp_path / "raw.parquet")["candidates"]) == 2


def test_it_tells_people_too(tmp_path):
    path, out = write(tmp_path / "town.gpkg", town()), StringIO()
    call_command(
        "designate",
        "propose",
        str(path),
        out=str(tmp_path / "c.geojson"),
        compare=path,
        stdout=out,
        compare_layer="enriched_grid",
        threshold=0.95,
    )
    assert "Aucun lieu continu" in out.getvalue()
    assert "population_iou" in out.getvalue()


def test_a_grid_of_degrees_overseas_is_drawn_in_its_zone(tmp_path):
    """La Réunion: far from Europe, its squares are those of the local zone."""
    row, column = (a.ravel() for a in np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij"))
    x, y = 340_000 + 200.0 * column, 7_660_000 + 200.0 * row
    boxes = shapely.box(x, y, x + 200, y + 200)
    turn = pyproj.Transformer.from_crs(2975, 4326, always_xy=True).transform
    moved = shapely.transform(boxes, lambda p: np.column_stack(turn(p[:, 0], p[:, 1])))
    columns = {name: values for name, values in town().items() if name != "id"}
    pyogrio.raw.write(
        tmp_path / "reunion.gpkg",
        shapely.to_wkb(moved),
        list(columns.values()),
        list(columns),
        layer="carreaux",
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:4326",
    )
    told = propose(tmp_path / "reunion.gpkg", preset="overseas")
    assert told["cell_size"] == pytest.approx(200, rel=0.001)
    assert len(told["candidates"]) == 2
    for feature in told["geojson"]["features"]:
        middle = shapely.geometry.shape(feature["geometry"]).centroid
        assert 55 < middle.x < 56
        assert -22 < middle.y < -20


def test_candidates_that_cover_a_whole_town_are_remarked(tmp_path):
    poor = town() | {"poverty_ratio": np.full(SIDE**2, 0.6)}
    told = propose(write(tmp_path / "poor.gpkg", poor))
    assert any("couvrent 100 %" in remark for remark in told["remarks"])


def country() -> dict[str, np.ndarray]:
    """The town over the corner of four windows, and three copies of it far away, each in one window."""
    parts = []
    for north, east in ((500, 500), (0, 0), (20, 900), (1_030, 3)):
        part = town()
        row, column = (a.ravel() for a in np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij"))
        part["id"] = np.array(
            [
                f"CRS3035RES200mN{NORTH + 200 * (r + north)}E{EAST + 200 * (c + east)}"
                for r, c in zip(row, column, strict=True)
            ],
            dtype=object,
        )
        parts.append(part)
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as running:
        yield running


@pytest.mark.filterwarnings("ignore")
def test_two_workers_give_the_identical_candidates(tmp_path, cluster):
    """Windows and outlines run there; a place over the corner of four windows is one."""
    path = tmp_path / "country.parquet"
    pl.DataFrame({name: list(column) for name, column in country().items()}).write_parquet(path)
    alone = propose(path)
    assert len(alone["candidates"]) == 8
    before = cluster.scheduler.transition_counter
    assert propose(path, dask=cluster.scheduler_address) == alone
    assert cluster.scheduler.transition_counter > before, "nothing was sent to the workers"


@pytest.mark.filterwarnings("ignore")
def test_a_broken_grid_is_refused_alike_by_workers(tmp_path, cluster):
    path = write(tmp_path / "town.gpkg", town())
    with pytest.raises(CommandError, match="entre 0 et 1"):
        propose(path, dask=cluster.scheduler_address, threshold=28.0)


@pytest.mark.filterwarnings("ignore")
def test_no_scheduler_and_no_worker_are_told(tmp_path):
    distributed = pytest.importorskip("distributed")
    path = write(tmp_path / "town.gpkg", town())
    with (
        pytest.raises(CommandError, match="n’a aucun ouvrier"),
        distributed.LocalCluster(n_workers=0, dashboard_address=None) as empty,
    ):
        propose(path, dask=empty.scheduler_address)
    with pytest.raises(CommandError, match="Aucun ordonnanceur"):
        propose(path, dask="pas une adresse")
