"""Files that are no sound grid, given to `faubourg designate propose`: each mended or refused in a sentence.

The tables are the documentation; what concerns figures alone is in tests/rules/test_grid_broken.py.
"""

import json
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pyogrio.raw
import pytest
import shapely
from django.core.management import CommandError, call_command

from .test_propose import propose, shapes, town, write, write_contours


def without(*names: str) -> dict[str, np.ndarray]:
    return {name: column for name, column in town().items() if name not in names}


BROKEN = [
    ("no people", without("num_people"), {}, "Aucune colonne de population"),
    (
        "no measure",
        without("poverty_ratio", "mean_std_living"),
        {},
        "Aucune colonne de pauvreté ni de revenu",
    ),
    ("text for people", town() | {"num_people": town()["id"]}, {}, "ne contient pas que des nombres"),
    ("negative people", town() | {"num_people": -town()["num_people"]}, {}, "Population négative"),
    ("a layer that is not there", town(), {"layer": "carreaux"}, "n’a pas de couche « carreaux »"),
    ("a column that is not there", town(), {"income_column": "snv"}, "Pas de colonne « snv »"),
    ("a threshold in per cent", town(), {"threshold": 28.0}, "entre 0 et 1"),
]


@pytest.mark.parametrize(("name", "columns", "options", "says"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_broken_file_is_refused_in_one_sentence(tmp_path, name, columns, options, says):
    with pytest.raises(CommandError) as refused:
        propose(write(tmp_path / "broken.gpkg", columns), **options)
    assert says in str(refused.value)


def test_what_is_no_grid_is_refused(tmp_path):
    (tmp_path / "text.gpkg").write_text("bonjour")
    (tmp_path / "text.parquet").write_text("bonjour")
    for name, says in (
        ("absent.gpkg", "n’existe pas"),
        ("text.gpkg", "lisible"),
        ("text.parquet", "lisible"),
    ):
        with pytest.raises(CommandError, match=says):
            propose(tmp_path / name)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_without_projection_or_identifiers_nothing_can_be_placed(tmp_path):
    with pytest.raises(CommandError, match="système de coordonnées"):
        propose(write(tmp_path / "lost.gpkg", without("id"), crs=None))


PLACE = json.dumps(
    {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "crs": "EPSG:2154"}}}
)


def parquet(path: Path, columns: dict, **metadata: str) -> Path:
    plain = {name: list(column) for name, column in columns.items()}
    pl.DataFrame(plain, strict=False).write_parquet(path, metadata=metadata or None)
    return path


def named(**changed) -> dict:
    """Identifiers: the n-th is replaced."""
    names = list(town()["id"])
    for place, name in changed.values():
        names[place] = name
    return town() | {"id": names}


def other(old: str, new: str) -> dict:
    return town() | {"id": [name.replace(old, new) for name in town()["id"]]}


def placed(**changed) -> dict:
    return without("id") | {"geometry": shapely.to_wkb(shapes(2154)).tolist()} | changed


PARQUETS = [
    ("no row", {name: column[:0] for name, column in town().items()}, {}, "est vide"),
    ("one row", {name: column[:1] for name, column in town().items()}, {}, "moins de quatre carreaux"),
    ("people unknown everywhere", town() | {"num_people": [None] * 576}, {}, "aucun carreau habité"),
    ("yes or no for people", town() | {"num_people": [True] * 576}, {}, "que des nombres"),
    ("dates for people", town() | {"num_people": [date(2020, 1, 1)] * 576}, {}, "que des nombres"),
    ("lists for people", town() | {"num_people": [[1]] * 576}, {}, "que des nombres"),
    ("a projection that is none", other("CRS3035", "CRS999999"), {}, "inconnu : EPSG:999999"),
    ("all in one place", town() | {"id": [town()["id"][0]] * 576}, {}, "moins de quatre carreaux"),
    ("no place at all", without("id"), {}, "ni identifiant INSEE, ni géométrie"),
    ("a note that is no note", without("id"), {"geo": "bonjour"}, "où est sa géométrie"),
    ("an empty note", without("id"), {"geo": "{}"}, "où est sa géométrie"),
    ("a note on a column that is not there", without("id"), {"geo": PLACE}, "où est sa géométrie"),
    ("broken shapes", placed(geometry=[b"zz"] * 576), {"geo": PLACE}, "géométrie illisible"),
    ("shapes in nowhere", placed(), {"geo": PLACE.replace("2154", "123456")}, "inconnu : EPSG:123456"),
    ("metres said to be degrees", placed(), {"geo": PLACE.replace("2154", "4326")}, "ne vont pas avec"),
]
MENDED = [
    ("one identifier is a word", named(a=(575, "bonjour")), {}, "sans place connue"),
    ("one identifier is missing", named(a=(0, None)), {}, "sans place connue"),
    (
        "one shape is missing",
        placed(geometry=[None, *shapely.to_wkb(shapes(2154)).tolist()[1:]]),
        {"geo": PLACE},
        "sans place connue",
    ),
    (
        "one shape is empty",
        placed(geometry=[shapely.to_wkb(shapely.Polygon()), *shapely.to_wkb(shapes(2154)).tolist()[1:]]),
        {"geo": PLACE},
        "sans place connue",
    ),
    (
        "degrees",
        placed(geometry=shapely.to_wkb(shapes(4326)).tolist()),
        {"geo": PLACE.replace("2154", "4326")},
        "Coordonnées en WGS 84 : carreaux remis en mètres",
    ),
    ("figures written as text", town() | {"num_people": ["150"] * 576}, {}, ""),
    ("flags written yes or no", town() | {"imputed": [False] * 576}, {}, ""),
    ("a GeoParquet", placed(), {"geo": PLACE}, ""),
]


@pytest.mark.parametrize(("name", "columns", "note", "says"), PARQUETS, ids=[one[0] for one in PARQUETS])
def test_a_broken_parquet_is_refused_in_one_sentence(tmp_path, name, columns, note, says):
    with pytest.raises(CommandError) as refused:
        propose(parquet(tmp_path / "broken.parquet", columns, **note))
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(("name", "columns", "note", "says"), MENDED, ids=[one[0] for one in MENDED])
def test_a_parquet_that_can_be_mended_is(tmp_path, name, columns, note, says):
    told = propose(parquet(tmp_path / "mended.parquet", columns, **note))
    assert len(told["candidates"]) == 2
    assert says in " ".join(told["remarks"])


def test_x_and_y_are_enough_with_their_projection(tmp_path):
    middle = shapely.centroid(shapes(2154))
    columns = without("id") | {"x": shapely.get_x(middle), "y": shapely.get_y(middle)}
    path = parquet(tmp_path / "plain.parquet", columns)
    with pytest.raises(CommandError, match="--crs"):
        propose(path)
    with pytest.raises(CommandError, match="inconnu : bonjour"):
        propose(path, crs="bonjour")
    assert len(propose(path, crs="EPSG:2154")["candidates"]) == 2


def test_cut_files_and_folders_are_refused(tmp_path):
    whole = write(tmp_path / "whole.gpkg", town())
    (tmp_path / "cut.gpkg").write_bytes(whole.read_bytes()[:30_000])
    whole = parquet(tmp_path / "whole.parquet", town())
    (tmp_path / "cut.parquet").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (tmp_path / "empty.gpkg").write_bytes(b"")
    (tmp_path / "folder.parquet").mkdir()
    for name in ("cut.gpkg", "cut.parquet", "empty.gpkg", "folder.parquet"):
        with pytest.raises(CommandError, match=r"lisible|n’existe pas"):
            propose(tmp_path / name)


def test_layers_that_hold_no_grid_are_refused(tmp_path):
    """Contours without people, squares strewn about, a layer without a row."""
    chance = np.random.default_rng(1)
    x, y = chance.uniform(0, 9_000, (2, 300))
    strewn = shapely.box(x, y, x + 300, y + 200)
    for name, drawn in (("strewn", strewn), ("none", strewn[:0])):
        pyogrio.raw.write(
            tmp_path / f"{name}.gpkg",
            shapely.to_wkb(drawn),
            [np.full(len(drawn), 50.0), np.full(len(drawn), 0.3)],
            ["pop", "poverty"],
            layer="a",
            driver="GPKG",
            geometry_type="Polygon",
            crs="EPSG:2154",
        )
    write_contours(tmp_path / "contours.gpkg")
    for name, says in (
        ("strewn", "maille carrée"),
        ("none", "est vide"),
        ("contours", "Aucune colonne de population"),
    ):
        with pytest.raises(CommandError, match=says):
            propose(tmp_path / f"{name}.gpkg")


def test_contours_that_cannot_be_read_are_told(tmp_path):
    path = write(tmp_path / "town.gpkg", town())
    (tmp_path / "text.gpkg").write_text("bonjour")
    for name, says in (("absent.gpkg", "n’existe pas"), ("text.gpkg", "fichier de contours lisible")):
        with pytest.raises(CommandError, match=says):
            propose(path, compare=tmp_path / name)


def test_contours_of_another_town_are_remarked(tmp_path):
    other = write_contours(tmp_path / "other.gpkg", away=500_000)
    told = propose(write(tmp_path / "town.gpkg", town()), compare=other)
    assert (told["population_iou"], told["recall"], told["found"]) == (0, None, 0)
    assert "contours officiels : vérifiez" in " ".join(told["remarks"])


def test_where_nothing_can_be_written_is_told_before_the_work(tmp_path):
    path = write(tmp_path / "town.gpkg", town())
    before = path.read_bytes()
    for out, says in (
        (tmp_path / "nowhere" / "c.geojson", "n’existe pas"),
        (tmp_path, "est un dossier"),
        (path, "celui qu’on lit"),
    ):
        with pytest.raises(CommandError, match=says):
            call_command("designate", "propose", str(path), out=str(out))
    assert path.read_bytes() == before
