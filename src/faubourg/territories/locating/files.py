"""A CSV of any size as batches of text columns: encoding and separator found, cells left as written."""

import codecs
import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl

from faubourg.rules.verdict import mark

from ..reading.limits import unreadable
from .layer import Bools

BATCH = 250_000
_SEPARATORS = ";,\t|"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Columns of text; `ragged` tells the rows with more cells than headings (None: there is none)."""

    rows: pl.DataFrame
    ragged: Bools | None = None


class Table:
    """A CSV file ready to be read: UTF-8 on disk, whatever it was. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self._copy: Path | None = None
        self.encoding = _encoding(path)
        self.path = path
        if self.encoding != "utf-8" or _only_returns(path):
            self.path = self._copy = _recoded(path, self.encoding)
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            start = file.read(_CHUNK)
        if not start.strip():
            raise unreadable(
                "empty-file", mark("Le fichier est vide : choisissez celui qui porte les données.")
            )
        self.separator = _separator(start)
        self.headers = _distinct(next(csv.reader(start.splitlines(), delimiter=self.separator), []))
        self.sample = list(islice(csv.reader(start.splitlines(), delimiter=self.separator), 1, 6))

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *exc: object) -> None:
        if self._copy is not None:
            self._copy.unlink(missing_ok=True)

    def lines(self) -> int:
        """About how many rows: ends of line in the file."""
        with self.path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))

    def quickly(self) -> Iterator[Batch]:
        """Column by column; raises PolarsError at a row that is longer than the headings."""
        scanned = pl.scan_csv(self.path, separator=self.separator, infer_schema=False)
        for rows in scanned.collect_batches(chunk_size=BATCH):
            rows.columns = self.headers
            yield Batch(rows)

    def patiently(self) -> Iterator[Batch]:
        """Row by row, what is broken told; ten times slower."""
        width = len(self.headers)
        csv.field_size_limit(1_000_000)
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=self.separator)
            next(reader)
            try:
                while rows := list(islice(reader, BATCH // 5)):
                    yield batch_of(rows, self.headers, width)
            except csv.Error as wrong:
                raise unreadable(
                    "broken-csv",
                    mark("Le CSV est mal formé vers la ligne {line} (guillemets non refermés ?)."),
                    line=reader.line_num,
                ) from wrong


def batch_of(rows: list[list[str]], headers: list[str], width: int) -> Batch:
    """Rows of cells as columns: short ones are filled, long ones cut and told."""
    ragged = np.array([len(row) > width for row in rows], dtype=np.bool_)
    columns = {
        heading: [row[rank] if rank < len(row) else "" for row in rows]
        for rank, heading in enumerate(headers)
    }
    return Batch(pl.DataFrame(columns, schema=dict.fromkeys(headers, pl.String)), ragged)


def _distinct(headers: list[str]) -> list[str]:
    """No heading empty nor twice."""
    seen: Counter[str] = Counter()
    names = []
    for rank, heading in enumerate(headers, start=1):
        name = heading.strip() or f"colonne {rank}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _encoding(path: Path) -> str:
    """UTF-8, UTF-16 with its mark, else Windows-1252, which always reads."""
    with path.open("rb") as file:
        start = file.read(4096)
        if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        if b"\0" in start:
            raise unreadable("unknown-table", mark("Ce fichier n’est pas un tableau lisible ici."))
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            for chunk in iter(lambda: file.read(_CHUNK), b""):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _only_returns(path: Path) -> bool:
    """Lines end as on old Macintoshes."""
    with path.open("rb") as file:
        start = file.read(_CHUNK)
    return b"\r" in start and b"\n" not in start


def _recoded(path: Path, encoding: str) -> Path:
    """A temporary copy in UTF-8, with the ends of line of today."""
    with (
        path.open(encoding=encoding, errors="replace") as source,
        tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", delete=False) as copy,
    ):
        while chunk := source.read(_CHUNK):
            copy.write(chunk)
    return Path(copy.name)


def _separator(text: str) -> str:
    """The sign that cuts the first lines into the same number (two or more) of cells most often."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    best, best_score = ";", 0
    for sign in _SEPARATORS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
        cells, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
        score = 0 if cells < 2 else times * 100 + cells
        if score > best_score:
            best, best_score = sign, score
    return best
