"""Files of points that only pass: outside the uploads (no backup takes them), erased after 24 hours.

A list of addresses of beneficiaries is personal data: it belongs to who sent it, and nobody else opens it.
"""

import csv
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from faubourg.base.documents import acceptable
from faubourg.base.numbers import number
from faubourg.base.refusal import refuse_unless
from faubourg.rules.verdict import mark

from ..reading import sheets
from ..reading.limits import unreadable

KEPT = timedelta(hours=24)
MOST_POINTS = 300_000
_WORKBOOKS, _TEXTS = (".xlsx", ".ods"), (".csv", ".txt")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file on its way. `name` is the sender's; `headers` and `sample` are its first rows."""

    id: UUID
    owner: UUID
    name: str
    received_at: datetime
    headers: list[str]
    sample: list[list[str]]

    @property
    def gone_at(self) -> datetime:
        return self.received_at + KEPT

    @property
    def folder(self) -> Path:
        return _place() / str(self.id)

    @property
    def points(self) -> Path:
        return self.folder / "points.csv"

    def result(self) -> Path | None:
        """The located file, once it is written."""
        return next(iter(sorted(self.folder.glob("result.*"))), None)

    def tell(self, summary: "Summary") -> None:
        """Keep what is told beside the result, as long as it."""
        (self.folder / "summary.json").write_text(json.dumps(asdict(summary)), encoding="utf-8")

    def told(self) -> "Summary | None":
        """What was told beside the result, once it is written."""
        try:
            return Summary(**json.loads((self.folder / "summary.json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Summary:
    """Rows of a located file; for each version (kind of perimeter), how many of each of `ANSWERS`; findings.

    Findings: the words of the file with how many rows, the most frequent first.
    """

    rows: int
    answers: list[tuple[str, list[int]]]
    findings: list[tuple[str, int]]


def _place() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "passing"


def receive(*, upload: "UploadedFile[Any]", owner: UUID) -> Parcel:
    """Keep a CSV, XLSX or ODS for a day; raises `Refused` when it cannot be read or is too long."""
    refuse_unless(acceptable(upload))
    name = PurePath(upload.name or "").name[-200:]
    suffix = PurePath(name).suffix.lower()
    if suffix not in (*_WORKBOOKS, *_TEXTS):
        raise unreadable("not-a-table", mark("Un tableau est attendu : CSV, Excel (.xlsx) ou OpenDocument."))
    folder = _place() / str(uuid4())
    folder.mkdir(parents=True, mode=0o700)
    try:
        if suffix in _WORKBOOKS:
            _unfold(upload, name, folder / "points.csv")
        else:
            with (folder / "points.csv").open("wb") as file:
                upload.seek(0)
                file.writelines(upload.chunks())
        return _labelled(folder, name, owner)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _labelled(folder: Path, name: str, owner: UUID) -> Parcel:
    from .files import Table  # noqa: PLC0415 (polars, which only an upload needs)

    with Table(folder / "points.csv") as table:
        if table.lines() > MOST_POINTS + 1:
            raise unreadable(
                "too-many-points",
                mark(
                    "Le fichier compte {count} lignes ; la limite de cette page est de {limit}. "
                    "Découpez-le, ou demandez à votre administrateur·rice « faubourg locate », sans limite."
                ),
                count=number(table.lines()),
                limit=number(MOST_POINTS),
            )
        label = {
            "owner": str(owner),
            "name": name,
            "received_at": timezone.now().isoformat(),
            "headers": table.headers,
            "sample": table.sample,
        }
    (folder / "label.json").write_text(json.dumps(label, ensure_ascii=False), encoding="utf-8")
    found = parcel(UUID(folder.name), owner)
    assert found is not None
    return found


def parcel(parcel_id: UUID, owner: UUID | None) -> Parcel | None:
    """The file of this person; None when it is somebody else's, erased, or past its time."""
    try:
        label = json.loads((_place() / str(parcel_id) / "label.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    received_at = datetime.fromisoformat(label.pop("received_at"))
    if label.pop("owner") != str(owner) or received_at + KEPT <= timezone.now():
        return None
    return Parcel(id=parcel_id, owner=UUID(str(owner)), received_at=received_at, **label)


def discard(sent: Parcel) -> None:
    """Erase a file and its result now."""
    shutil.rmtree(sent.folder, ignore_errors=True)


def forget(now: datetime) -> int:
    """Erase every file received 24 hours ago or more, and what a crash left without a label."""
    gone = 0
    for folder in _place().glob("*"):
        if _received(folder) + KEPT <= now:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _received(folder: Path) -> datetime:
    try:
        label = json.loads((folder / "label.json").read_text(encoding="utf-8"))
        return datetime.fromisoformat(label["received_at"])
    except (OSError, ValueError, KeyError):
        return datetime.fromtimestamp(folder.stat().st_mtime, tz=UTC)


def _unfold(upload: "UploadedFile[Any]", name: str, target: Path) -> None:
    """The first sheet that holds something, as a CSV."""
    upload.seek(0)
    sheet = sheets.read(upload.read(), name)[0]
    width = max(len(row) for row in sheet.rows)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for row in sheet.rows:
            cells = ["" if cell is None else str(cell) for cell in row]
            writer.writerow(cells + [""] * (width - len(cells)))
