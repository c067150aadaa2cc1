"""A grid for an intercommunalité: the file kept and acknowledged, then read by a job, candidates and all."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from faubourg.base import documents, jobs
from faubourg.base.actor import Actor
from faubourg.base.models import Job
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import GridExtract, GridLevel, Source, Territory
from faubourg.territories.queries.surroundings import communes_in
from faubourg.territories.reading.contour import hectares

from .edit_loaded import refuse_loaded_source
from .edit_noting import held, note

if TYPE_CHECKING:
    from faubourg.rules.grid.merging import Grown, Level
    from faubourg.territories.reading.grid import Grid

PURPOSE = "grid"
TASK = "read-grid"
SUFFIXES = (".gpkg", ".parquet")
MOST_CELLS = 200_000
Told = Callable[[Iterator["Level"], int], Iterator["Level"]]


@transaction.atomic
def bring_grid(
    *, area: Territory, upload: "UploadedFile[Any]", source: Source, by: Actor
) -> tuple[GridExtract, Job]:
    """Keep the file and queue its reading. Raises `Refused` for what is no grid file by its name or size."""
    refuse_loaded_source(source)
    if PurePath(upload.name or "").suffix.lower() not in SUFFIXES:
        raise Refused(
            Verdict.no(
                "grid_kind",
                mark(
                    "Une grille est un GeoPackage (.gpkg) ou un Parquet (.parquet) : « {name} » n’en est pas."
                ),
                name=PurePath(upload.name or "").name,
            )
        )
    kept = documents.keep(upload=upload, purpose=PURPOSE, by=by)
    place = held(area)
    assert by.ref is not None
    extract = GridExtract.objects.create(area=place, document=kept, source=source, added_by=by.ref)
    job = jobs.enqueue(TASK, asked_by=by.ref, extract_id=extract.pk)
    note(place, "grid_brought", by=by, after={"document": kept.name, "sha256": kept.sha256})
    return extract, job


@transaction.atomic
def withdraw_grid(*, extract: GridExtract, reason: str, by: Actor) -> None:
    """It answers no more; the one before it, if any, answers again. Its file and its cells are kept."""
    place = held(extract.area)
    stands = GridExtract.objects.select_for_update().defer("cells", "extent").get(pk=extract.pk)
    if stands.withdrawn_at is None:
        stands.withdrawn_at = timezone.now()
        stands.save(update_fields=["withdrawn_at"])
        note(place, "grid_withdrawn", by=by, before={"document": stands.document.name}, reason=reason)


def read_extract(extract_id: int, told: Told) -> GridExtract:
    """Read the file, sweep it, write its cells and levels; run twice, it ends the same.

    Raises `Refused` with one sentence, kept on the extract, when the file is no sound grid of this area.
    """
    # polars, scipy and GDAL: only the worker needs them.
    from faubourg.rules.grid import BrokenGrid, candidates_of  # noqa: PLC0415
    from faubourg.rules.grid.inside import extent_of  # noqa: PLC0415
    from faubourg.rules.grid.merging import levels_of, steps_around  # noqa: PLC0415

    extract = GridExtract.objects.select_related("area", "document").get(pk=extract_id)
    try:
        grid = _grid(extract)
        proposal = candidates_of(grid.cells)
    except BrokenGrid as broken:
        raise _unsound(extract, str(broken)) from broken
    extent = extent_of(grid.cells)
    outside = grid.to_degrees(extent)
    if not _covers(extract.area, outside):
        raise _unsound(
            extract, _("Cette grille ne couvre aucune commune de %(area)s.") % {"area": extract.area.name}
        )
    steps = steps_around(proposal.cut, proposal.town_poverty)
    levels = _rows(extract, grid, told(levels_of(proposal, steps), len(steps)))
    return _write(extract, grid, (extent, outside), levels, (proposal.cut, proposal.town_poverty))


def _grid(extract: GridExtract) -> "Grid":
    from faubourg.rules.grid import BrokenGrid  # noqa: PLC0415
    from faubourg.territories.reading.grid import read_grid  # noqa: PLC0415
    from faubourg.territories.reading.grid_columns import Chosen  # noqa: PLC0415

    suffix = PurePath(extract.document.name).suffix.lower()
    with tempfile.TemporaryDirectory() as folder, extract.document.file.open("rb") as stored:
        path = Path(folder) / f"grille{suffix}"
        path.write_bytes(stored.read())
        grid = read_grid(path, Chosen())
    count = len(grid.cells.people)
    if count > MOST_CELLS:
        raise BrokenGrid(
            f"La grille compte {count} carreaux ; la limite est de {MOST_CELLS} : "
            "gardez ceux de l’intercommunalité et de ses abords."
        )
    return grid


def _covers(area: Territory, extent: shapely.Geometry) -> bool:
    """At least one commune whose point is known lies in it; nothing can be said when no point is known."""
    points = [(c.lon, c.lat) for c in communes_in(area) if c.lon is not None]
    if not points and area.lon is not None:
        points = [(area.lon, area.lat)]
    return not points or bool(shapely.intersects(extent, shapely.points(points)).any())


def _unsound(extract: GridExtract, sentence: str) -> Refused:
    GridExtract.objects.filter(pk=extract.pk).update(refusal=sentence[:400])
    return Refused(Verdict.no("grid_unsound", sentence.replace("{", "(").replace("}", ")")))


def _rows(extract: GridExtract, grid: "Grid", levels: Iterator["Level"]) -> list[GridLevel]:
    """One row a threshold that still has candidates; a place keeps its letter from one to the next."""
    names: dict[int, str] = {}
    rows = []
    for level in levels:
        for candidate in level.candidates:
            names.setdefault(candidate.key, _letters(len(names)))
        if level.candidates:
            told = _told(level.candidates, grid, names)
            rows.append(
                GridLevel(
                    extract=extract,
                    threshold=round(level.threshold * 1000),
                    components=level.components,
                    kept=len(told),
                    people=level.people,
                    candidates=told,
                )
            )
    return rows


def _told(candidates: Sequence["Grown"], grid: "Grid", names: dict[int, str]) -> list[dict[str, Any]]:
    """Each candidate in values that JSON holds; the outlines are moved all at once."""
    flat = np.array([candidate.outline for candidate in candidates], dtype=object)
    outlines = shapely.set_precision(grid.to_degrees(flat), 1e-6)
    return [
        {
            "name": names[candidate.key],
            "people": round(candidate.people, 1),
            "poverty": round(candidate.poverty, 4),
            "density": round(candidate.density, 1),
            "imputed": round(candidate.imputed, 4),
            "hectares": round(hectares(outline), 2),
            "absorbed": sorted(names[key] for key in candidate.absorbed),
            "outline": shapely.geometry.mapping(outline),
        }
        for candidate, outline in zip(candidates, outlines, strict=True)
    ]


def _letters(rank: int) -> str:
    """0 is A, 25 is Z, 26 is AA, as the columns of a sheet."""
    name = ""
    rank += 1
    while rank:
        rank, left = divmod(rank - 1, 26)
        name = chr(65 + left) + name
    return name


def _write(
    extract: GridExtract,
    grid: "Grid",
    extents: tuple[shapely.Geometry, shapely.Geometry],
    levels: list[GridLevel],
    shares: tuple[float, float],
) -> GridExtract:
    from faubourg.territories.reading.grid_store import packed  # noqa: PLC0415

    with transaction.atomic():
        written = GridExtract.objects.select_for_update().get(pk=extract.pk)
        written.levels.all().delete()
        GridLevel.objects.bulk_create(levels)
        written.cells = packed(grid, extents[0])
        written.extent = shapely.to_wkb(extents[1])
        written.cell_count = len(grid.cells.people)
        written.cell_size = grid.cells.lattice.size
        written.people = float(grid.cells.people.sum())
        written.cut, written.town_poverty = shares
        written.remarks = list(grid.remarks)
        written.refusal = ""
        written.ready_at = timezone.now()
        written.save()
    return written
