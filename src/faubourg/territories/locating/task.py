"""The long work behind the page: locate the points of a file that passes, and leave the result beside it."""

from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faubourg.base import jobs, tables
from faubourg.base.numbers import number
from faubourg.rules.verdict import mark

from ..reading.limits import unreadable
from .columns import Asked, Choice
from .passing import Parcel, Summary, parcel

if TYPE_CHECKING:
    from .files import Batch
    from .run import Tally

NAME = "locate-points"
# Beyond, a spreadsheet takes minutes to write and to open: the result is a CSV.
MOST_IN_A_SHEET = 50_000
# As they are written in the file, in the order in which they are counted.
ANSWERS = ("oui", "sur la limite", "non", "inconnu ici")
CAPTION = (
    "« non » n’est répondu que là où la version est complète ; ailleurs : « inconnu ici ».",
    "QPV 2015 : complets en Occitanie et dans les communes nommées autour de Lille. "
    "QPV 2024 : sans contours publiés ici ; la liste de la commune est donnée comme indice.",
    "Communes : contours 2018 de la Loire, du Nord et du Puy-de-Dôme ; ailleurs, celle du quartier trouvé.",
)


@jobs.task(NAME)
def locate_points(
    progress: jobs.Progress,
    *,
    parcel_id: str,
    owner: str,
    columns: list[int | None],
    asked: dict[str, Any],
    fmt: str,
) -> dict[str, Any]:
    """Write `result.<fmt>` in the parcel's folder; run twice, it ends the same."""
    # polars: only the worker needs it.
    from .files import BATCH, Table  # noqa: PLC0415
    from .locator import read_locator  # noqa: PLC0415
    from .run import locate_file  # noqa: PLC0415

    sent = parcel(UUID(parcel_id), UUID(owner))
    if sent is None:
        raise unreadable("parcel-gone", mark("Le fichier a été effacé (24 heures) : envoyez-le de nouveau."))
    lon, lat, identifier = columns
    assert lon is not None
    assert lat is not None
    progress.tell(_("Lecture des périmètres"))
    locator = read_locator(Asked(tuple(asked["versions"]), bool(asked["distance"])))
    with Table(sent.points) as table:
        total = ceil(table.lines() / BATCH)

        def told(batches: Iterator["Batch"]) -> Iterator["Batch"]:
            return progress.through(batches, _("Points"), total)

        target = sent.folder / "located.csv"
        choice = Choice(lon, lat, identifier)
        tally = locate_file(table, target, locator=locator, choice=choice, through=told, neutral=True)
        fmt = fmt if tally.rows <= MOST_IN_A_SHEET else "csv"
        progress.tell(_("Écriture du résultat"))
        _leave(target, sent, fmt, table.separator)
        sent.tell(_summary(tally, asked["versions"]))
    return {"sentence": _sentence(tally), "url": reverse("locate_file", args=[sent.id])}


def _leave(located: Path, sent: Parcel, fmt: str, separator: str) -> None:
    for older in sent.folder.glob("result.*"):
        older.unlink()
    result = sent.folder / f"result.{fmt}"
    if fmt == "csv":
        located.replace(result)
        return
    import polars as pl  # noqa: PLC0415 (only the worker needs it)

    rows = pl.read_csv(located, separator=separator, infer_schema=False)
    if "distance_qpv_m" in rows.columns:
        rows = rows.with_columns(pl.col("distance_qpv_m").cast(pl.Int32, strict=False))
    content = tables.write(
        "xlsx" if fmt == "xlsx" else "ods",
        title=_("Points situés"),
        headers=rows.columns,
        rows=rows.iter_rows(),
        caption_lines=CAPTION,
    )
    located.unlink()
    result.write_bytes(content)


def _summary(tally: "Tally", versions: list[str]) -> Summary:
    answers = [
        (version, [tally.answers[version, answer] for answer in ANSWERS])
        for version in dict.fromkeys(versions)
    ]
    return Summary(tally.rows, answers, tally.findings.most_common())


def _sentence(tally: "Tally") -> str:
    """How many rows, and how many are in a perimeter."""
    inside = sum(
        count for (_version, answer), count in tally.answers.items() if answer in ("oui", "sur la limite")
    )
    read = ngettext("{rows} ligne lue", "{rows} lignes lues", tally.rows).format(rows=number(tally.rows))
    held = ngettext(
        "{inside} réponse « oui » ou « sur la limite ».",
        "{inside} réponses « oui » ou « sur la limite ».",
        inside,
    ).format(inside=number(inside))
    return f"{read}, {held}"
