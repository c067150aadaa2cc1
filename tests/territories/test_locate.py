"""Points into perimeters: bad rows told one by one, *no* only where a layer is complete, exact as Shapely."""

import csv
from datetime import date

import numpy as np
import pytest
import shapely
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from faubourg.base.refusal import Refused
from faubourg.territories.locating import coverage
from faubourg.territories.locating.columns import choose
from faubourg.territories.locating.distance import CAP, Nearest
from faubourg.territories.locating.layer import Layer
from faubourg.territories.models import Perimeter, Territory
from tests.factories.territories import PerimeterFactory, SourceFactory, TerritoryFactory, member_of

pytestmark = pytest.mark.django_db
TOWN, QUARTER = (3.0, 45.7, 3.2, 45.8), (3.05, 45.72, 3.10, 45.75)


def outlined(territory, box, **fields):
    west, south, east, north = box
    shape = shapely.box(*box)
    return PerimeterFactory(
        territory=territory,
        wkb=shapely.to_wkb(shape),
        **{"west": west, "south": south, "east": east, "north": north, "source": SourceFactory(), **fields},
    )


@pytest.fixture
def town(monkeypatch):
    """A commune with its contour, an EPCI, a QPV of 2015 that is drawn and one of 2024 that is not."""
    epci = TerritoryFactory(epci=True, code="246300701", name="Métropole")
    commune = member_of(epci, code="63113", name="Clermont")
    outlined(commune, TOWN, kind=Perimeter.Kind.ADMINISTRATIVE, code="63113")
    quarter = TerritoryFactory(neighbourhood=True, code="QP063001", name="Centre ancien")
    quarter.communes.add(commune)
    source = SourceFactory(slug="essai-2015")
    outlined(quarter, QUARTER, kind="qpv_2015", code="QP063001", source=source, valid_from=date(2015, 1, 1))
    newer = TerritoryFactory(neighbourhood=True, code="QN06301N", name="Centre")
    newer.communes.add(commune)
    PerimeterFactory(territory=newer, kind="qpv_2024", code="QN06301N")
    claim = {"kind": "qpv_2015", "source": "essai-2015", "of_source": True}
    monkeypatch.setattr(coverage, "declared", lambda: [claim])
    return commune


def located(tmp_path, content, *options):
    source, target = tmp_path / "points.csv", tmp_path / "out.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("locate", str(source), "--out", str(target), *options)
    text = target.read_text(encoding="utf-8-sig")
    assert not list(tmp_path.glob("*.part"))
    return list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))


def test_a_point_says_its_perimeter_commune_and_epci(town, tmp_path):
    inside, beside, far = located(tmp_path, "id,lon,lat\n1,3.07,45.73\n2,3.15,45.78\n3,2.35,48.85\n")
    assert [row["qpv_2015"] for row in (inside, beside, far)] == ["oui", "non", "inconnu ici"]
    assert (inside["qpv_2015_code"], inside["qpv_2015_nom"]) == ("QP063001", "Centre ancien")
    assert [row["qpv_2024"] for row in (inside, beside, far)] == ["inconnu ici"] * 3
    assert inside["qpv_2024_de_la_commune"] == "QN06301N"
    assert (inside["commune_code"], inside["commune"], inside["epci_code"]) == (
        "63113",
        "Clermont",
        "246300701",
    )
    assert (far["commune"], far["epci"], far["contrat"]) == ("inconnu ici", "inconnu ici", "inconnu ici")
    assert inside["contrat"] == "aucun"


def test_where_no_contour_of_the_commune_is_known_the_neighbourhood_tells_it(town, tmp_path):
    Perimeter.objects.filter(kind=Perimeter.Kind.ADMINISTRATIVE).delete()
    (row,) = located(tmp_path, "lon,lat\n3.07,45.73\n")
    assert (row["qpv_2015"], row["commune"]) == ("oui", "Clermont")


BAD_ROWS = [
    ("3.07", "45.73", "lu", "oui"),
    ("3,07", "45,73", "lu", "oui"),
    (" 3.07 ", "45.73", "lu", "oui"),
    ("45.73", "3.07", "latitude et longitude inversées, remises dans l’ordre", "oui"),
    ("705444", "6514493", "Lambert-93 converti", "oui"),
    ("6514493", "705444", "Lambert-93 converti, X et Y inversés remis dans l’ordre", "oui"),
    ("705\u202f444,1", "6 514 492,6", "Lambert-93 converti", "oui"),
    ("3.05", "45.73", "lu ; sur la limite d’un périmètre", "sur la limite"),
    ("3.0", "45.75", "lu ; sur la limite de communes", "non"),
    ("-0.1", "51.9", "hors de France", ""),
    ("0", "0", "hors de France", ""),
    ("1e400", "45.73", "longitude illisible", ""),
    ("3.07", "NaN", "latitude illisible", ""),
    ("3°04'", "nord", "longitude et latitude illisibles", ""),
    ("", "45.73", "coordonnées vides", ""),
    ("", "", "coordonnées vides", ""),
]


@pytest.mark.parametrize(("lon", "lat", "told", "answer"), BAD_ROWS)
def test_what_is_wrong_is_told_row_by_row(town, tmp_path, lon, lat, told, answer):
    (row,) = located(tmp_path, f"nom;longitude;latitude\nA;{lon};{lat}\n")
    assert (row["constat"], row["qpv_2015"]) == (told, answer)
    assert (row["nom"], row["longitude"], row["latitude"]) == ("A", lon, lat)


ACCENTED = "Prénom;X;Y\nZoé;3,07;45,73\n"


@pytest.mark.parametrize(
    "content",
    [
        ACCENTED.encode(),
        b"\xef\xbb\xbf" + ACCENTED.encode(),
        ACCENTED.encode("cp1252"),
        ACCENTED.encode("utf-16"),
        ACCENTED.replace("\n", "\r\n").encode(),
        ACCENTED.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "windows-1252", "utf-16", "crlf", "cr"],
)
def test_real_files_are_read(town, tmp_path, content):
    (row,) = located(tmp_path, content)
    assert (row["Prénom"], row["qpv_2015"]) == ("Zoé", "oui")


def test_a_row_with_too_many_cells_is_told_and_the_others_are_located(town, tmp_path):
    rows = located(tmp_path, 'id,lon,lat\n1,3,07,45,73\n2,3.07,45.73\n"3\nbis",3.07\n')
    assert [row["constat"].split(" : ")[0] for row in rows] == [
        "ligne mal découpée",
        "lu",
        "coordonnées vides",
    ]
    assert rows[1]["qpv_2015"] == "oui"


def test_an_identifier_seen_before_is_told(town, tmp_path):
    rows = located(
        tmp_path, "id,lon,lat\na,3.07,45.73\nb,3.07,45.73\na,3.07,45.73\n,3.07,45.73\n,3.07,45.73\n"
    )
    assert ["déjà vu" in row["constat"] for row in rows] == [False, False, True, False, False]


def test_a_column_that_exists_is_not_lost(town, tmp_path):
    (row,) = located(tmp_path, "lon,lat,commune\n3.07,45.73,mienne\n")
    assert (row["commune"], row["commune (Faubourg)"]) == ("mienne", "Clermont")


def test_only_headings_give_only_headings(town, tmp_path):
    assert located(tmp_path, "lon,lat\n") == []


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        ("a,b\n1,2\n", [], "ne se reconnaissent pas"),
        ("a,b\n1,2\n", ["--lon", "c", "--lat", "b"], "Aucune colonne ne s’appelle « c »"),
        ("a,b\n1,2\n", ["--lon", "a", "--lat", "a"], "deux colonnes différentes"),
        ("", [], "vide"),
        (b"PK\x03\x04\x00\x00", [], "pas un tableau"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(town, tmp_path, content, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        located(tmp_path, content, *options)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("points", "out", "sentence"),
    [
        ("absent.csv", "out.csv", "absent.csv n’existe pas"),
        (".", "out.csv", "n’est pas un fichier"),
        ("points.csv", "nulle/part/out.csv", "part n’existe pas : créez-le"),
        ("points.csv", ".", "est un dossier"),
        ("points.csv", "points.csv", "celui qu’on lit"),
    ],
)
def test_where_nothing_can_be_read_or_written_is_told_before_the_work(tmp_path, points, out, sentence):
    (tmp_path / "points.csv").write_text("lon,lat\n")
    with pytest.raises(CommandError, match=sentence):
        call_command("locate", str(tmp_path / points), "--out", str(tmp_path / out))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["id", "lon", "lat"], (1, 2, 0)),
        (["Latitude", "Longitude"], (1, 0, None)),
        (["X", "Y", "Réf."], (0, 1, 2)),
        (["x", "y", "Longitude", "Latitude"], (2, 3, None)),
        (["coord_x", "coord_y", "identifiant"], (0, 1, 2)),
    ],
)
def test_columns_are_recognised(headers, expected):
    found = choose(headers)
    assert (found.lon, found.lat, found.identifier) == expected


def test_a_missing_pair_is_refused():
    with pytest.raises(Refused):
        choose(["lon", "altitude"])


def test_distance_is_in_metres_capped_and_says_how_sure_it_is(town, tmp_path):
    rows = located(
        tmp_path,
        "lon,lat\n3.07,45.73\n3.05,45.76\n3.19,45.79\n3.0,45.74\n2.35,48.85\n",
        "--distance",
    )
    metres = [row["distance_qpv_m"] for row in rows]
    # One hundredth of a degree of latitude is 1,111 m there.
    assert metres == ["0", "1111", "", "", ""] or metres == ["0", "1112", "", "", ""]
    assert [row["distance_qpv"] for row in rows] == [
        "exacte", "exacte", "inconnue ici", "inconnue ici", "inconnue ici"
    ]  # fmt: skip
    assert rows[1]["qpv_le_plus_proche"] == "QP063001"


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(7.7, 48.6), (2.3, 48.8), (9.4, 42.5), (-61.0, 14.6), (55.45, -20.9), (-52.3, 4.9), (45.2, -12.8)],
)
def test_distances_are_those_of_the_ground_everywhere(lon, lat):
    """Against the ellipsoid; two metres in two kilometres are allowed."""
    import pyproj

    nearest = Nearest([shapely.box(lon - 0.002, lat - 0.002, lon, lat)])
    away, _, _ = pyproj.Geod(ellps="GRS80").fwd(lon, lat - 0.001, 90, 1500)
    far, _, _ = pyproj.Geod(ellps="GRS80").fwd(lon, lat - 0.001, 90, 2500)
    found = nearest.to(np.array([away, far]), np.array([lat - 0.001] * 2))
    assert found.metres[0] == pytest.approx(1500, abs=2)
    assert (found.metres[1], found.shape[1]) == (CAP, -1)


def star(seed, x, y):
    """A jagged polygon, holes now and then."""
    random = np.random.default_rng(seed)
    angles = np.sort(random.uniform(0, 2 * np.pi, 24))
    reach = random.uniform(0.0005, 0.02, 24)
    ring = np.column_stack([x + reach * np.cos(angles), y + reach * np.sin(angles)])
    shape = shapely.make_valid(shapely.Polygon(ring))
    hole = shapely.Point(x, y).buffer(0.0007)
    return shape.difference(hole) if seed % 2 else shape


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), shapes=st.integers(1, 12))
def test_bulk_answers_are_those_of_shapely_one_by_one(seed, shapes):
    random = np.random.default_rng(seed)
    made = [star(seed + rank, *random.uniform([2.98, 45.98], [3.02, 46.02])) for rank in range(shapes)]
    layer = Layer(made)
    # Random points, and every corner: those are on a line.
    corners = shapely.get_coordinates(made)[:50]
    lon, lat = np.vstack([random.uniform([2.95, 45.95], [3.05, 46.05], (300, 2)), corners]).T
    held = layer.holding(lon, lat)
    for rank, point in enumerate(shapely.points(lon, lat)):
        naive = {n for n, shape in enumerate(made) if shape.distance(point) <= 1e-7}
        assert set(layer.sets[held.sets[rank]]) == naive
        assert held.border[rank] == any(shape.boundary.distance(point) <= 1e-7 for shape in made)


def test_the_whole_is_complete_nowhere_without_its_source():
    assert coverage.complete_area("qpv_2015") is None
    assert coverage.complete_area("qpv_2024") is None


def test_the_area_of_a_region_lies_inside_its_own_points():
    ours, other = (
        TerritoryFactory(kind=Territory.Kind.REGION, code=code, name=code) for code in ("76", "75")
    )
    for rank in range(100):
        lon, lat = 1 + rank % 10 * 0.1, 43 + rank // 10 * 0.1
        TerritoryFactory(code=f"31{rank:03}", lon=lon, lat=lat, region=ours if lon < 1.55 else other)
    PerimeterFactory(source=SourceFactory(slug="qpv-2015-occitanie"), kind="qpv_2015")
    area = coverage.complete_area("qpv_2015")
    assert area.contains(shapely.Point(1.2, 43.5))
    assert not area.intersects(shapely.box(1.5, 42, 3, 45))
    assert not area.contains(shapely.Point(1.01, 43.5))
