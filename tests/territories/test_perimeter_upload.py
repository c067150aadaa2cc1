"""Contours as people send them: repaired and said so, put back in place, or refused in one sentence."""

import io
import json
import zipfile

import numpy as np
import pyogrio.raw
import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from shapely.geometry import MultiPoint, Polygon, mapping

from faubourg.base.refusal import Refused
from faubourg.people.models import RoleGrant
from faubourg.territories.models import Perimeter
from faubourg.territories.reading import archives, geofiles, limits, placing
from faubourg.territories.reading.contour import contour_of
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import SourceFactory, TerritoryFactory

SQUARE = Polygon([(3.10, 45.78), (3.11, 45.78), (3.11, 45.79), (3.10, 45.79)])
BOW_TIE = [[3.10, 45.78], [3.11, 45.79], [3.11, 45.78], [3.10, 45.79], [3.10, 45.78]]


def geojson(geometry, **more):
    return json.dumps(
        {"type": "Feature", "properties": {"nom": "Test"}, "geometry": geometry, **more}
    ).encode()


def read(data, name="x.geojson", crs=""):
    layer = geofiles.read(data, name)[0]
    shape, notes = placing.placed(layer.features[0].shape, layer.crs, crs)
    contour = contour_of([shape])
    return contour, [note.code for note in (*notes, *contour.notes)]


def written(tmp_path, name, driver, *, crs="EPSG:4326", shapes=(SQUARE,)):
    path = tmp_path / name
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=[np.array([f"Quartier {n}" for n in range(len(shapes))], dtype=object)],
        fields=np.array(["nom"], dtype=object),
        geometry_type="Polygon",
        driver=driver,
        crs=crs,
    )
    return path


def zipped(folder, stem):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in folder.glob(f"{stem}.*"):
            archive.write(path, f"dossier/{path.name}")
    return stream.getvalue()


def test_a_contour_that_crosses_itself_is_repaired_and_said_so():
    contour, said = read(geojson({"type": "Polygon", "coordinates": [BOW_TIE]}))
    assert said == ["repaired"]
    assert contour.shape.is_valid
    assert contour.repaired == "Le contour a été réparé : il se croisait lui-même."
    assert contour.area == pytest.approx(43.3, abs=0.5)


def moved(crs):
    import pyproj

    transformer = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    return shapely.transform(SQUARE, lambda p: np.column_stack(transformer.transform(p[:, 0], p[:, 1])))


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (mapping(SQUARE), []),
        (mapping(moved("EPSG:2154")), ["crs-contradicted", "lambert-93"]),
        (mapping(moved("EPSG:3946")), ["crs-contradicted", "lambert-cc"]),
        (mapping(shapely.transform(SQUARE, lambda p: p[:, ::-1])), ["swapped"]),
        (
            {
                "type": "GeometryCollection",
                "geometries": [mapping(SQUARE), {"type": "Point", "coordinates": [3.1, 45.7]}],
            },
            ["parts-left"],
        ),
    ],
)
def test_a_contour_finds_its_place_and_says_how(geometry, said):
    contour, notes = read(geojson(geometry))
    assert notes == said
    assert contour.shape.bounds == pytest.approx(SQUARE.bounds, abs=1e-5)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:2154"])
def test_a_geopackage_and_a_zipped_shapefile_are_read(tmp_path, crs):
    shape = SQUARE if crs == "EPSG:4326" else moved(crs)
    package = written(tmp_path, "a.gpkg", "GPKG", crs=crs, shapes=[shape]).read_bytes()
    written(tmp_path, "b.shp", "ESRI Shapefile", crs=crs, shapes=[shape])
    for data, name in ((package, "a.gpkg"), (zipped(tmp_path, "b"), "b.zip")):
        contour, said = read(data, name)
        assert contour.shape.bounds == pytest.approx(SQUARE.bounds, abs=1e-5)
        assert said == ([] if crs == "EPSG:4326" else ["reprojected"])


def test_a_shapefile_without_its_prj_is_recognised(tmp_path):
    written(tmp_path, "c.shp", "ESRI Shapefile", crs="EPSG:2154", shapes=[moved("EPSG:2154")])
    (tmp_path / "c.prj").unlink()
    assert read(zipped(tmp_path, "c"), "c.zip")[1] == ["lambert-93"]


def archive_of(**entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("DOTS", ".."), content)
    return stream.getvalue()


FAR = {"type": "Polygon", "coordinates": [[[103, 45], [103.1, 45], [103.1, 45.1], [103, 45]]]}


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.geojson", "empty-file"),
        (b'{"type":', "a.geojson", "geojson-syntax"),
        (b"[" * 100_000, "a.geojson", "not-geojson"),
        (b'{"a": 1}', "a.geojson", "not-geojson"),
        (b'{"type":"FeatureCollection","features":[]}', "a.geojson", "no-shape"),
        (geojson(mapping(MultiPoint([(3, 45), (4, 46)]))), "a.geojson", "no-area"),
        (geojson({"type": "LineString", "coordinates": [[3, 45], [4, 46]]}), "a.geojson", "no-area"),
        (geojson({"type": "Polygon", "coordinates": [[[3, 45], [4, 45]]]}), "a.geojson", "geojson-geometry"),
        (b'{"type":"Polygon","coordinates":[[[3,45],[3,NaN],[4,45],[3,45]]]}', "a.geojson", "not-finite"),
        (
            geojson({"type": "Polygon", "coordinates": [[[3, 45], [3.1, 45], [3.2, 45], [3, 45]]]}),
            "a.json",
            "no-surface",
        ),
        (geojson(FAR), "a.geojson", "outside-france"),
        (b"SQLite format 3\0broken", "a.gpkg", "broken-geofile"),
        (b"hello", "a.shp", "shapefile-alone"),
        (b"hello", "a.doc", "unknown-format"),
        (b"PK\x03\x04broken", "a.zip", "broken-zip"),
        (archive_of(texte="x"), "a.zip", "zip-without-layer"),
        (archive_of(DOTS__DOTS__a="x"), "a.zip", "zip-traversal"),
        (archive_of(**{"a.shp": b"\0" * 60_000_000}), "a.zip", "zip-bomb"),
    ],
)
def test_a_bad_file_gets_one_clear_sentence(data, name, code):
    with pytest.raises(Refused) as refused:
        read(data, name)
    reason = refused.value.verdict.refusals()[0]
    assert reason.code == code
    assert reason.sentence


def test_a_million_points_are_too_many(monkeypatch):
    monkeypatch.setattr("faubourg.territories.reading.shapes.MOST_VERTICES", 4)
    with pytest.raises(Refused, match="un million"):
        read(geojson(mapping(SQUARE)))
    assert limits.MOST_VERTICES == 1_000_000


def test_an_entry_that_lies_about_its_size_is_refused():
    archive = archives.opened(archive_of(a="x" * 100))
    archive.getinfo("a").file_size = 10
    with pytest.raises(Refused):
        archives.unpacked(archive, "a")


# --- by the pages -------------------------------------------------------------------------------------


@pytest.fixture
def town(db):
    commune = TerritoryFactory(code="63113", name="Clermont-Ferrand", lon=3.0819, lat=45.7867)
    quarter = TerritoryFactory(neighbourhood=True, code="QN06302I", name="La Gauthière")
    quarter.communes.add(commune)
    return quarter


@pytest.fixture
def officer(db):
    return RoleGrantFactory(role=RoleGrant.Role.CONTRACT_OFFICER).person


def send(client, town, data, name="x.geojson"):
    url = reverse("perimeter_add", args=["neighbourhood", town.code])
    return client.post(url, {"file": SimpleUploadedFile(name, data)})


def test_a_contour_is_looked_at_before_it_is_written(client, town, officer):
    client.force_login(officer)
    answer = send(client, town, geojson({"type": "Polygon", "coordinates": [BOW_TIE]}))
    assert answer.status_code == 302
    assert not Perimeter.objects.exists()
    page = client.get(answer["Location"]).content.decode()
    assert "il se croisait lui-même" in page
    assert "outline-here" in page
    said = {
        "kind": "local_p1",
        "valid_from": "2024-01-01",
        "source": SourceFactory().pk,
        "legal_reference": "Contrat",
    }
    assert client.post(answer["Location"], said).status_code == 302
    perimeter = Perimeter.objects.get()
    assert perimeter.kind == "local_p1"
    assert shapely.from_wkb(bytes(perimeter.wkb)).is_valid
    assert json.loads(perimeter.outline)["type"] == "MultiPolygon"
    assert perimeter.west == pytest.approx(3.10)
    assert perimeter.repaired
    again = client.post(answer["Location"], said)
    assert "a déjà un contour" in again.content.decode()


def test_a_pasted_contour_and_a_bad_one(client, town, officer):
    client.force_login(officer)
    url = reverse("perimeter_add", args=["neighbourhood", town.code])
    assert client.post(url, {"pasted": geojson(mapping(SQUARE)).decode()}).status_code == 302
    page = client.post(url, {"pasted": '{"type": "Polygon"'}).content.decode()
    assert "s’interrompt à la ligne 1" in page
    assert "&quot;Polygon&quot;" in page
    assert "l’un des deux" in client.post(url, {}).content.decode()


def test_a_contour_far_away_must_be_confirmed(client, town, officer):
    client.force_login(officer)
    lyon = Polygon([(4.83, 45.75), (4.84, 45.75), (4.84, 45.76), (4.83, 45.76)])
    answer = send(client, town, geojson(mapping(lyon)))
    assert "est-ce le bon" in client.get(answer["Location"]).content.decode()
    said = {"kind": "lived", "source": SourceFactory().pk}
    assert client.post(answer["Location"], said).status_code == 200
    assert client.post(answer["Location"], {**said, "confirmed": "on"}).status_code == 302


def test_several_shapes_leave_a_choice(client, town, officer, tmp_path):
    client.force_login(officer)
    other = Polygon([(3.12, 45.78), (3.13, 45.78), (3.13, 45.79), (3.12, 45.79)])
    data = written(tmp_path, "d.gpkg", "GPKG", shapes=[SQUARE, other]).read_bytes()
    answer = send(client, town, data, "d.gpkg")
    assert "Quartier 1" in client.get(answer["Location"]).content.decode()
    both = client.get(answer["Location"] + "?couche=0&forme=0&forme=1")
    assert both.context["read"].contour.shape.geom_type == "MultiPolygon"
    second = client.get(answer["Location"] + "?couche=0&forme=1")
    assert second.context["read"].contour.shape.bounds[0] == pytest.approx(3.12)
    for layer in ("x", "²", "9" * 5000):
        assert client.get(answer["Location"] + f"?couche={layer}&forme=99&crs=zz").status_code == 200


def test_dates_out_of_order_and_a_file_of_somebody_else(client, town, officer):
    client.force_login(officer)
    answer = send(client, town, geojson(mapping(SQUARE)))
    said = {
        "kind": "lived",
        "source": SourceFactory().pk,
        "valid_from": "2024-01-01",
        "valid_to": "2023-01-01",
    }
    assert "précède le premier" in client.post(answer["Location"], said).content.decode()
    bad = client.post(answer["Location"], {**said, "valid_from": "2024-02-31"}).content.decode()
    assert "field-wrong" in bad
    client.force_login(RoleGrantFactory(role=RoleGrant.Role.CONTRACT_OFFICER).person)
    assert client.get(answer["Location"]).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(answer["Location"]).status_code == 403


def test_a_50_megabyte_file_is_told_its_weight(client, town, officer):
    client.force_login(officer)
    page = send(client, town, b"{" + b" " * (50 * 1024 * 1024)).content.decode()
    assert "pèse 50" in page
