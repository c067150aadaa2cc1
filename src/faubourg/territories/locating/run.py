"""From file to file: rows are read, answered and written batch by batch, whatever their number."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.exceptions import PolarsError

from .columns import Choice
from .files import Batch, Table
from .layer import Bools
from .locator import Locator
from .points import TOLD, Finding, read_points

TWICE = "identifiant déjà vu plus haut"
ON_A_PERIMETER, ON_A_COMMUNE = "sur la limite d’un périmètre", "sur la limite de communes"
_FORMULA = r"^([=+@\t\r＝＋－＠]|-[^0-9.,])"


@dataclass(slots=True)
class Tally:
    """How many rows, what was told of them, and the answers: `("qpv_2015", "oui")` → rows."""

    rows: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)


class Rows:
    """Answers batches of one file; remembers the identifiers met (eight bytes each)."""

    def __init__(self, locator: Locator, choice: Choice, *, neutral: bool = False) -> None:
        self.locator, self.choice, self.neutral = locator, choice, neutral
        self.tally = Tally()
        self._met: NDArray[np.uint64] = np.zeros(0, dtype=np.uint64)

    def answered(self, batch: Batch) -> pl.DataFrame:
        """The batch with its answers beside it."""
        rows = batch.rows
        points = read_points(rows.to_series(self.choice.lon), rows.to_series(self.choice.lat), batch.ragged)
        told = pl.Series("constat", TOLD, dtype=pl.String).gather(pl.Series(points.findings.astype(np.int32)))
        placed = np.flatnonzero(points.findings < Finding.OUTSIDE)
        found, on_limit, on_communes = self.locator.columns(points.lon[placed], points.lat[placed])
        added = _spread(found, placed, rows.height)
        told = _with(told, _ranks(placed[on_limit], rows.height), ON_A_PERIMETER)
        told = _with(told, _ranks(placed[on_communes], rows.height), ON_A_COMMUNE)
        if self.choice.identifier is not None:
            told = _with(told, self._seen_before(rows.to_series(self.choice.identifier)), TWICE)
        self._count(told, found)
        if self.neutral:
            rows = rows.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'${1}"))
        taken = set(rows.columns)
        named = [one.alias(f"{one.name} (Faubourg)") if one.name in taken else one for one in (told, *added)]
        return rows.hstack(named)

    def _seen_before(self, identifiers: pl.Series) -> Bools:
        hashes = identifiers.hash().to_numpy()
        seen = ~identifiers.is_first_distinct().to_numpy()
        if len(self._met):
            rank = np.minimum(np.searchsorted(self._met, hashes), len(self._met) - 1)
            seen |= self._met[rank] == hashes
        self._met = np.sort(np.concatenate([self._met, np.sort(hashes)]), kind="stable")
        blank = identifiers.is_null() | (identifiers.str.strip_chars() == "")
        return seen & ~blank.fill_null(True).to_numpy()

    def _count(self, told: pl.Series, found: list[pl.Series]) -> None:
        self.tally.rows += len(told)
        self.tally.findings.update(dict(told.value_counts().iter_rows()))
        versions = {version.kind for version in self.locator.versions}
        for column in found:
            if column.name in versions:
                counts = column.value_counts().iter_rows()
                self.tally.answers.update({(column.name, answer): count for answer, count in counts})


def locate_file(
    table: Table,
    target: Path,
    *,
    locator: Locator,
    choice: Choice,
    through: Callable[[Iterator[Batch]], Iterator[Batch]] = lambda batches: batches,
    neutral: bool = False,
) -> Tally:
    """Write `target`, whole or not at all: the rows of the table and their answers, in UTF-8.

    `through` shows progress; `neutral` disarms the texts that a spreadsheet would run. A row that is
    longer than the headings makes the file be read again, row by row. Raises `Refused` for a broken file.
    """
    unfinished = target.with_name(f"{target.name}.part")
    try:
        for reading in (table.quickly, table.patiently):
            rows = Rows(locator, choice, neutral=neutral)
            try:
                with unfinished.open("wb") as file:
                    _write(table, rows, through(reading()), file)
            except PolarsError:
                if reading == table.patiently:
                    raise
                continue
            unfinished.replace(target)
            return rows.tally
    finally:
        unfinished.unlink(missing_ok=True)
    raise AssertionError


def _write(table: Table, rows: Rows, batches: Iterator[Batch], file: IO[bytes]) -> None:
    started = False
    for batch in batches:
        answers = rows.answered(batch)
        answers.write_csv(
            file, separator=table.separator, include_header=not started, include_bom=not started
        )
        started = True
    if not started:
        nothing = pl.DataFrame(schema=dict.fromkeys(table.headers, pl.String))
        rows.answered(Batch(nothing)).write_csv(file, separator=table.separator, include_bom=True)


def _spread(columns: list[pl.Series], placed: NDArray[np.int64], height: int) -> list[pl.Series]:
    """Columns of the placed points as columns of all rows, empty for the others."""
    if len(placed) == height:
        return columns
    where = np.full(height, -1, dtype=np.int64)
    where[placed] = np.arange(len(placed))
    ranks = pl.Series(where).to_frame("r").select(pl.when(pl.col("r") >= 0).then(pl.col("r"))).to_series()
    return [column.gather(ranks) for column in columns]


def _ranks(ranks: NDArray[np.int64], height: int) -> Bools:
    chosen = np.zeros(height, dtype=np.bool_)
    chosen[ranks] = True
    return chosen


def _with(told: pl.Series, rows: Bools, words: str) -> pl.Series:
    """Add these words to those rows."""
    if not rows.any():
        return told
    added = pl.when(pl.Series(rows)).then(pl.col("constat") + f" ; {words}").otherwise(pl.col("constat"))
    return told.to_frame().select(added).to_series()
