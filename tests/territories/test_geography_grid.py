"""The grid of an intercommunalité: read by a job, refused in a sentence, answering only in its extent."""

import io

import numpy as np
import polars as pl
import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.base import jobs
from faubourg.base.journal import entries_for
from faubourg.base.refusal import Refused
from faubourg.people.models import RoleGrant
from faubourg.territories.models import GridExtract
from faubourg.territories.queries.geography import board_of
from faubourg.territories.queries.people_inside import grid_of, measured
from faubourg.territories.reading.contour import contour_of
from faubourg.territories.services.draw_perimeters import draw_perimeter
from faubourg.territories.services.drawing_decisions import Decision
from faubourg.territories.services.grid_extracts import bring_grid, withdraw_grid
from tests.factories.people import RoleGrantFactory
from tests.factories.territories import SourceFactory, TerritoryFactory, member_of

pytestmark = pytest.mark.django_db
SIDE, EAST, NORTH = 24, 3_800_000, 2_500_000


def town(**changes):
    """Two poor places of 6 × 6 cells on the European lattice, 150 people a cell; as a Parquet."""
    row, column = (axis.ravel() for axis in np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij"))
    poor = ((row >= 3) & (row < 9) & (column >= 3) & (column < 9)) | (
        (row >= 14) & (row < 20) & (column >= 12) & (column < 18)
    )
    code = [f"CRS3035RES200mN{NORTH + 200 * r}E{EAST + 200 * c}" for r, c in zip(row, column, strict=True)]
    columns = {
        "idcar_200m": code,
        "ind": np.full(len(row), 150.0),
        "poverty_ratio": np.where(poor, 0.45, 0.1),
        **changes,
    }
    block = io.BytesIO()
    pl.DataFrame(columns).write_parquet(block)
    return block.getvalue()


def at(west, south, east, north):
    """A box of cells, in longitude and latitude."""
    import pyproj

    turn = pyproj.Transformer.from_crs(3035, 4326, always_xy=True).transform
    box = shapely.box(EAST + 200 * west, NORTH + 200 * south, EAST + 200 * east, NORTH + 200 * north)
    return shapely.transform(shapely.segmentize(box, 50), lambda p: np.column_stack(turn(p[:, 0], p[:, 1])))


@pytest.fixture
def area():
    area = TerritoryFactory(epci=True, name="Agglomération d’essai")
    middle = at(10, 10, 12, 12).centroid
    member_of(area, name="Ville", lon=middle.x, lat=middle.y)
    return area


@pytest.fixture
def officer(area):
    return RoleGrantFactory(
        role=RoleGrant.Role.CONTRACT_OFFICER, scope_kind="epci", scope_code=area.code
    ).person


def bring(area, officer, data=None, name="grille.parquet"):
    upload = SimpleUploadedFile(name, town() if data is None else data)
    extract, job = bring_grid(area=area, upload=upload, source=SourceFactory(), by=officer.actor)
    done = jobs.run(job.pk)
    extract.refresh_from_db()
    return extract, done


def test_a_grid_is_read_with_its_candidates_at_each_threshold(area, officer):
    extract, job = bring(area, officer)
    assert (job.state, job.error) == ("done", "")
    assert (extract.cell_count, round(extract.people), round(extract.cell_size)) == (576, 86_400, 200)
    board = board_of(area, 250)
    assert board.level.threshold == 250
    assert [one["name"] for one in board.level.candidates] == ["A", "B"]
    kept = [step.kept for step in board.steps]
    assert kept[0] >= 1
    assert 2 in kept
    assert entries_for("epci", area.code)[0].act == "grid_brought"


def test_people_inside_and_unknown_outside(area, officer):
    extract, _ = bring(area, officer)
    for box, people, known in [
        (at(3, 3, 9, 9), 5_400, 1),
        (at(-6, 0, 6, 6), 5_400, 0.5),
        (at(100, 100, 110, 110), 0, 0),
    ]:
        found = measured(extract, box)
        assert found.people == pytest.approx(people, rel=1e-3)
        assert found.known == pytest.approx(known, abs=0.01)


def test_the_board_counts_people_and_says_what_it_cannot_know(client, area, officer):
    bring(area, officer)
    commune = area.members.get(kind="commune")
    for name, box in (
        ("Dedans", at(3, 3, 9, 9)),
        ("À cheval", at(-6, 0, 6, 6)),
        ("Dehors", at(60, 60, 66, 66)),
    ):
        draw_perimeter(
            area=area,
            place=None,
            name=name,
            communes=[commune],
            kind="local_p1",
            contour=contour_of([box]),
            decision=Decision(extract_day(), reason="essai"),
            by=officer.actor,
        )
    page = " ".join(client.get(f"/geographie/{area.code}/").content.decode().split())
    page = page.replace("\u202f", " ").replace("\u00a0", " ")
    assert "5 400" in page
    assert "au moins 5 4" in page or "au moins 5 3" in page
    assert "inconnu ici : hors de la grille" in page


def extract_day():
    from django.utils import timezone

    return timezone.localdate()


def test_a_reading_that_runs_twice_ends_the_same(area, officer):
    from faubourg.territories.services.grid_extracts import read_extract

    extract, _ = bring(area, officer)
    before = list(extract.levels.values_list("threshold", "kept", "people"))
    read_extract(extract.pk, lambda levels, total: levels)
    assert list(extract.levels.values_list("threshold", "kept", "people")) == before


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PAR1 broken", "Parquet lisible"),
        (town(ind=np.full(576, -1.0)), "négative"),
        (town(poverty_ratio=np.full(576, 900.0)), "pauvreté"),
    ],
)
def test_a_broken_grid_is_refused_in_one_sentence(area, officer, data, said):
    extract, job = bring(area, officer, data)
    assert job.state == "failed"
    assert said in job.error
    assert said in extract.refusal
    assert grid_of(area) is None


def test_a_grid_of_somewhere_else_is_refused(officer, area):
    elsewhere = TerritoryFactory(epci=True, name="Ailleurs")
    member_of(elsewhere, name="Loin", lon=-1.5, lat=47.2)
    extract, job = bring(elsewhere, officer)
    assert job.state == "failed"
    assert "aucune commune de Ailleurs" in extract.refusal


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("grille.csv", b"a;b", "grid_kind"),
        ("grille.parquet", b"", "upload-empty"),
        ("grille.gpkg", b"pas une base", "upload-content"),
    ],
)
def test_what_is_no_grid_is_refused_at_once(area, officer, name, data, code):
    with pytest.raises(Refused) as refused:
        bring(area, officer, data, name)
    assert refused.value.verdict.refusals()[0].code == code
    assert not GridExtract.objects.exists()


def test_a_withdrawn_grid_answers_no_more(area, officer):
    extract, _ = bring(area, officer)
    withdraw_grid(extract=extract, reason="mauvais millésime", by=officer.actor)
    board = board_of(area, None)
    assert board.extract is None
    assert board.level is None
