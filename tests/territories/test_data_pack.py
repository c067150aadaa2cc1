"""The shipped data says what its sources say: counts and facts that any loader can be checked against."""

import hashlib
from collections import Counter
from importlib.resources import files

import pytest
from shapely.geometry import Point, shape

from faubourg.territories import pack

DATA = files("faubourg.territories.data")


@pytest.fixture(scope="module")
def communes():
    return list(pack.communes())


@pytest.fixture(scope="module")
def actual(communes):
    return {c.code: c for c in communes if c.kind == "actuelle"}


@pytest.fixture(scope="module")
def contracts():
    return list(pack.contracts())


@pytest.fixture(scope="module")
def points():
    return {p.code: p for p in pack.commune_points()}


@pytest.fixture(scope="module")
def qpv():
    return list(pack.qpv_2024())


def generation(contracts, name):
    return [c for c in contracts if c.generation == name]


# --- provenance ---------------------------------------------------------------------------------------


def test_every_packed_file_is_the_one_its_provenance_describes():
    for file in pack.provenance():
        content = (DATA / file.name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.bytes), file.name


def test_no_file_is_shipped_without_provenance():
    shipped = {f.name for f in DATA.iterdir() if f.name.endswith(".xz")}
    assert shipped == {f.name for f in pack.provenance()}


def test_every_source_says_who_what_when_and_under_which_licence():
    for file in pack.provenance():
        assert file.sources, file.name
        for source in file.sources:
            assert all((source.title, source.publisher, source.origin, source.vintage)), source.id
            assert source.licence, source.id
            assert source.licence_stated, source.id
            assert len(source.raw_sha256) == 64, source.id


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("communes.csv.xz", pack.communes),
        ("epci.csv.xz", pack.epcis),
        ("ept.csv.xz", pack.epts),
        ("ept_members.csv.xz", pack.ept_members),
        ("departements.csv.xz", pack.departements),
        ("regions.csv.xz", pack.regions),
        ("urban_units.csv.xz", pack.urban_units),
        ("qpv_2024.csv.xz", pack.qpv_2024),
        ("contracts.csv.xz", pack.contracts),
        ("qpv_2015_contours.jsonl.xz", pack.qpv_2015_contours),
        ("qpv_2015_indicators.csv.xz", pack.qpv_2015_indicators),
        ("qpv_2015_dictionary.csv.xz", pack.indicator_definitions),
        ("commune_contours.jsonl.xz", pack.commune_contours),
        ("commune_points.csv.xz", pack.commune_points),
    ],
)
def test_the_provenance_counts_the_rows(name, reader):
    said = {f.name: f.rows for f in pack.provenance()}
    assert said[name] == sum(1 for _ in reader())


def test_the_pack_stays_light():
    assert sum(f.bytes for f in pack.provenance()) < 2_000_000


# --- communes and groups ------------------------------------------------------------------------------


def test_communes_of_every_kind(communes):
    assert Counter(c.kind for c in communes) == {
        "actuelle": 34_969,
        "deleguee": 2_105,
        "associee": 471,
        "arrondissement-municipal": 45,
    }


def test_a_code_and_a_kind_name_one_commune(communes):
    assert len({(c.code, c.kind) for c in communes}) == len(communes)


def test_every_part_of_a_commune_points_to_a_commune_of_today(communes, actual):
    assert {c.parent for c in communes if c.kind != "actuelle"} <= set(actual)


def test_the_two_populations_of_a_commune_are_not_of_one_vintage(actual):
    clermont = actual["63113"]
    assert clermont.municipal_population == 146_351
    assert (clermont.epci_municipal_population, clermont.epci_total_population) == (147_751, 150_251)
    assert clermont.epci == "246300701"


def test_mayotte_shows_that_the_list_gives_the_municipal_population(actual):
    mayotte = [c for c in actual.values() if c.departement == "976"]
    assert len(mayotte) == 17
    assert all(c.municipal_population == c.epci_municipal_population for c in mayotte)


def test_four_islands_are_in_no_epci(actual):
    alone = {c.code for c in actual.values() if c.zone != "com" and not c.epci}
    assert alone == {"22016", "29083", "29155", "85113"}


def test_codes_keep_their_leading_zeros_and_lists_are_lists(actual):
    assert actual["01004"].postal_codes == ("01500",)
    assert actual["91228"].former_codes == ("78182", "78228", "91182")


def test_epcis():
    epcis = {e.code: e for e in pack.epcis()}
    assert len(epcis) == 1_255
    clermont = epcis["246300701"]
    assert (clermont.total_population, clermont.municipal_population) == (302_259, 296_677)
    assert clermont.communes == 21


def test_an_unpublished_income_is_none_and_not_zero():
    incomes = [e.median_disposable_income_eur_2021 for e in pack.epcis()]
    assert incomes.count(None) == 15
    assert 0 not in incomes


def test_a_group_has_as_many_communes_as_it_says(actual):
    counted = Counter(c.epci for c in actual.values() if c.epci)
    assert counted == {e.code: e.communes for e in pack.epcis()}
    ept = Counter(c.ept for c in actual.values() if c.ept)
    assert ept == {e.code: e.communes for e in pack.epts()}


def test_urban_units(actual):
    units = {u.code: u for u in pack.urban_units()}
    assert len(units) == 2_409
    totals = {code: units[actual[code].urban_unit].total_population for code in ("63113", "42218", "59350")}
    assert totals == {"63113": 279_540, "42218": 378_774, "59350": 1_060_974}
    assert units[actual["28280"].urban_unit].total_population == 9_941  # Nogent-le-Rotrou


def test_a_commune_that_changed_code_keeps_its_urban_unit(actual):
    found = {c.code: c.urban_unit_from for c in actual.values() if c.urban_unit_from}
    assert found == {"12218": "12076", "14581": "14011", "49126": "49069", "69114": "69159"}
    lost = {c.code for c in actual.values() if c.zone != "com" and not c.urban_unit}
    assert lost == {"15031", "15035", "15047", "15171"}


def test_outside_urban_units_is_said_by_the_code(actual):
    assert actual["01001"].outside_urban_units
    assert not actual["63113"].outside_urban_units


# --- neighbourhoods and contracts ---------------------------------------------------------------------


def test_neighbourhoods_of_2024(qpv):
    assert len({q.code for q in qpv}) == len(qpv) == 1_493
    assert sum(q.hexagonal for q in qpv) == 1_362
    assert sum(not q.hexagonal for q in qpv) == 131
    assert sum(len(q.communes) > 1 for q in qpv) == 148


def test_names_hold_no_line_break(qpv):
    assert all(q.name == " ".join(q.name.split()) != "" for q in qpv)


def test_every_commune_of_a_neighbourhood_exists(qpv, actual):
    assert {code for q in qpv for code in q.communes} <= set(actual)


@pytest.mark.parametrize(("name", "rows", "codes"), [("2024-2030", 448, 446), ("2015-2023", 434, 433)])
def test_every_row_of_a_contract_file_is_kept(contracts, name, rows, codes):
    listed = generation(contracts, name)
    assert (len(listed), len({c.code for c in listed})) == (rows, codes)
    assert [c.rank for c in listed] == list(range(1, rows + 1))


def test_repeated_codes_and_codes_of_both_generations(contracts):
    newer, older = (
        Counter(c.code for c in generation(contracts, name)) for name in ("2024-2030", "2015-2023")
    )
    assert {code for code, times in newer.items() if times > 1} == {"CV428", "CN98701M"}
    assert {code for code, times in older.items() if times > 1} == {"CV043"}
    assert len(set(newer) & set(older)) == 45


def test_what_the_source_does_not_say_stays_unsaid(contracts):
    newer = {c.code: c for c in generation(contracts, "2024-2030")}
    assert newer["CN07303M"].qpv_population is None
    moorea = newer["CV419"]
    assert moorea.name == "987 - NA"
    assert (moorea.longitude, moorea.latitude) == (None, None)
    assert moorea.point_note


def test_no_contract_overseas_is_drawn_beside_the_hexagon(contracts):
    overseas = [c for c in contracts if c.departement[:2] in ("97", "98")]
    assert not [c for c in overseas if c.longitude is not None and -15 < c.longitude < 15]
    assert all(c.point_note for c in contracts if c.longitude is None)
    assert sum(c.longitude is not None for c in overseas) == 6


# --- contours and points ------------------------------------------------------------------------------


def test_contours_of_2015_are_all_there_and_all_valid():
    contours = list(pack.qpv_2015_contours())
    assert Counter(c.source for c in contours) == {"qpv-2015-occitanie": 105, "qpv-2015-lille": 26}
    assert len({c.code for c in contours}) == 131
    for contour in contours:
        geometry = shape(contour.geometry)
        assert geometry.is_valid, contour.code
        assert geometry.geom_type in ("Polygon", "MultiPolygon"), contour.code
        assert geometry.area > 0, contour.code


def test_repairs_are_told():
    repaired = Counter(c.source for c in pack.qpv_2015_contours() if c.repaired)
    assert repaired == {"qpv-2015-occitanie": 32, "qpv-2015-lille": 1}
    assert all("elf-intersection" in c.repair_reason for c in pack.qpv_2015_contours() if c.repaired)


def test_lille_is_in_degrees():
    lille = next(c for c in pack.qpv_2015_contours() if c.code == "QP059074")
    assert shape(lille.geometry).distance(Point(3.06, 50.61)) < 0.02


def test_indicators_and_their_dictionary():
    indicators = list(pack.qpv_2015_indicators())
    columns = {d.column for d in pack.indicator_definitions()}
    assert len(indicators) == 105
    assert all(set(i.values) <= columns and len(i.values) == 41 for i in indicators)
    assert {i.code for i in indicators} == {
        c.code for c in pack.qpv_2015_contours() if c.source == "qpv-2015-occitanie"
    }


def test_a_secret_value_is_none_and_not_zero():
    heart = next(i for i in pack.qpv_2015_indicators() if i.code == "QP009001")
    assert heart.values["part_chomprinc"] is None
    assert heart.values["decuc_d1"] == 0  # a published zero stays one
    assert sum(v is None for i in pack.qpv_2015_indicators() for v in i.values.values()) == 216


def test_commune_contours(actual):
    contours = list(pack.commune_contours())
    assert Counter(c.departement for c in contours) == {"42": 326, "59": 648, "63": 467}
    assert all(shape(c.geometry).is_valid for c in contours)
    assert {c.code for c in contours if c.current} <= set(actual)
    assert sum(not c.current for c in contours) == 11


def test_a_point_taken_from_a_contour_lies_in_it(points):
    for contour in pack.commune_contours():
        if contour.current:
            point = points[contour.code]
            assert point.basis == "contour"
            # A point is rounded to 0.00001°.
            assert shape(contour.geometry).distance(Point(point.longitude, point.latitude)) < 1e-5


def test_nearly_every_commune_of_a_neighbourhood_has_a_point(qpv, points):
    wanted = {code for q in qpv for code in q.communes}
    assert len(wanted) == 824
    assert wanted - set(points) == {"26325", "33324", "34079", "76305", "97116"}
    assert sum(any(code in points for code in q.communes) for q in qpv) == 1_489


def test_a_point_is_in_its_part_of_the_world(points, actual):
    for code, point in points.items():
        if actual[code].zone == "metro":
            assert -5.5 < point.longitude < 9.7, code
            assert 41.2 < point.latitude < 51.2, code
