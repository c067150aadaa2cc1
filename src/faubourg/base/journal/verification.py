"""Reading the whole chain against its key and its anchor: what was changed, removed, inserted, moved?

Streams: neither the journal nor the anchor is ever held in memory whole.
"""

import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils.translation import gettext as _

from faubourg.base.models import JournalEntry, PersonalValue
from faubourg.base.progress import bar
from faubourg.rules.verdict import mark

from . import anchor, guard
from .chain import GENESIS, keyed_hash, personal_digest

_CHUNK = 1000
# Beyond these, findings are counted, not listed: a wrong key makes every row one.
_LISTED = 200

SENTENCES = {
    "changed": mark(
        "L’écriture {seq} a été modifiée, ou ajoutée hors de Faubourg : son empreinte n’est pas celle "
        "de son contenu."
    ),
    "moved": mark("L’écriture {seq} a été déplacée ou recopiée : elle a été écrite au rang {written}."),
    "column": mark("L’écriture {seq} a été modifiée : « {column} » ne dit plus ce qui a été écrit."),
    "broken": mark("L’écriture {seq} ne suit pas l’écriture {before} : une autre a pris sa place."),
    "removed": mark("L’écriture {first} a été supprimée."),
    "removed_range": mark("Les écritures {first} à {last} ont été supprimées."),
    "inserted": mark("Une écriture a été ajoutée au rang {seq}, où le journal n’écrit jamais."),
    "replaced": mark("L’écriture {seq} n’est pas celle dont l’empreinte a été ancrée hors de la base."),
    "personal_changed": mark("L’écriture {seq} : la valeur personnelle « {path} » a été modifiée."),
    "personal_added": mark("L’écriture {seq} : la valeur personnelle « {path} » a été ajoutée après coup."),
    "erased_untold": mark("{count} valeurs personnelles manquent sans qu’aucun effacement ne le dise."),
    "unguarded": mark(
        "La base ne refuse plus de modifier le journal : ses déclencheurs ont été retirés. "
        "« faubourg journal guard » les remet."
    ),
    "empty": mark("Le journal est vide alors que des comptes existent : toutes ses écritures ont disparu."),
    "head_missing": mark("L’écriture {seq} notée ailleurs ({hash}) n’est plus dans le journal."),
    "anchor_missing": mark(
        "Le fichier d’ancrage {file} manque : la suppression des dernières écritures ne se verrait pas. "
        "Retrouvez-le dans une sauvegarde, ou recommencez-en un avec « faubourg journal anchor »."
    ),
    "anchor_unreadable": mark(
        "Le fichier d’ancrage {file} n’est pas lisible à la ligne {line} : il a été modifié. "
        "Retrouvez-le dans une sauvegarde."
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written."""

    code: str
    params: dict[str, Any]

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        return _(SENTENCES[self.code]).format(**self.params)


@dataclass(slots=True)
class Report:
    """What a verification read and found; `not_anchored` entries wait for the file (a warning only)."""

    entries: int = 0
    erased: int = 0
    count: int = 0
    not_anchored: int = 0
    guarded: bool = True
    # What the entries themselves say was erased.
    told: int = 0
    head: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nothing found and nothing left to anchor."""
        return not self.count and not self.not_anchored

    def find(self, code: str, **params: Any) -> None:
        """Count a finding, list it while there is room."""
        self.count += 1
        if len(self.findings) < _LISTED:
            self.findings.append(Finding(code, params))


def verify(*, progress: bool = False, expected: tuple[int, str] | None = None) -> Report:
    """Read every entry once, in order; see `SENTENCES` for what can be found.

    `expected`: rank and hash of a head noted elsewhere, which must still stand.
    """
    report = Report(guarded=guard.is_armed(connection))
    heads = _Heads(report)
    rows: Iterable[JournalEntry] = _rows()
    if progress:
        rows = bar(rows, _("Journal"), total=JournalEntry.objects.count())
    last, previous, trusted = 0, GENESIS, True
    for row in rows:
        report.entries += 1
        if row.seq < 1:
            report.find("inserted", seq=row.seq)
            continue
        if row.seq != last + 1:
            _removed(report, last + 1, row.seq - 1)
            trusted = False
        written = _own_findings(report, row)
        if written and trusted and written["previous"] != previous:
            report.find("broken", seq=row.seq, before=last)
        heads.meet(row.seq, row.hash)
        last, previous, trusted = row.seq, row.hash, written is not None
        report.head = f"{row.seq}:{row.hash}"
    heads.end(last)
    _whole(report, expected)
    return report


def _whole(report: Report, expected: tuple[int, str] | None) -> None:
    """What no single row tells."""
    if report.erased > report.told:
        report.find("erased_untold", count=report.erased - report.told)
    if not report.guarded:
        report.find("unguarded")
    if not report.entries and get_user_model().objects.exists():
        report.find("empty")
    if expected and not JournalEntry.objects.filter(seq=expected[0], hash=expected[1]).exists():
        report.find("head_missing", seq=expected[0], hash=expected[1])


def _rows() -> Iterator[JournalEntry]:
    """Every entry by rank, with its personal values, a chunk at a time."""
    chunk: list[JournalEntry] = []
    for row in JournalEntry.objects.order_by("seq").iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield from _with_personal_values(chunk)
            chunk = []
    yield from _with_personal_values(chunk)


def _with_personal_values(chunk: list[JournalEntry]) -> list[JournalEntry]:
    if chunk:
        values = defaultdict(list)
        for value in PersonalValue.objects.filter(entry__gte=chunk[0].seq, entry__lte=chunk[-1].seq):
            values[value.entry_id].append(value)
        for row in chunk:
            row._prefetched_objects_cache = {"personal_values": values[row.seq]}  # type: ignore[attr-defined]
    return chunk


def _own_findings(report: Report, row: JournalEntry) -> dict[str, Any] | None:
    """What one row says by itself; its content when the key vouches for it, else None."""
    if not hmac.compare_digest(keyed_hash(row.payload), row.hash):
        report.find("changed", seq=row.seq)
        return None
    written: dict[str, Any] = json.loads(row.payload)
    if written["seq"] != row.seq:
        report.find("moved", seq=row.seq, written=written["seq"])
        return None
    columns = {
        "at": (row.at, datetime.fromisoformat(written["at"])),
        "actor_ref": (str(row.actor_ref) if row.actor_ref else None, written["actor_ref"]),
        "act": (row.act, written["act"]),
        "object_kind": (row.object_kind, written["kind"]),
        "object_ref": (row.object_ref, written["ref"]),
        "previous_hash": (row.previous_hash, written["previous"]),
    }
    for column, (stands, was_written) in columns.items():
        if stands != was_written:
            report.find("column", seq=row.seq, column=column)
    digests = dict(written["personal"])
    for value in row._prefetched_objects_cache["personal_values"]:  # type: ignore[attr-defined]
        digest = digests.pop(value.path, None)
        if digest is None:
            report.find("personal_added", seq=row.seq, path=value.path)
        elif digest != personal_digest(value.salt, value.value):
            report.find("personal_changed", seq=row.seq, path=value.path)
    report.erased += len(digests)
    if written["act"] == "personal_values_erased":
        report.told += int((written["after"] or {}).get("count") or 0)
    return written


def _removed(report: Report, first: int, last: int) -> None:
    report.find("removed" if first == last else "removed_range", first=first, last=last)


class _Heads:
    """Walks the anchored heads beside the rows."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.heads = anchor.heads()
        self.readable = True
        self.next = self._advance()
        self.found_one = self.next is not None or not self.readable

    def _advance(self) -> anchor.Head | None:
        try:
            return next(self.heads, None)
        except anchor.UnreadableAnchor as problem:
            self.readable = False
            file = settings.JOURNAL_ANCHOR
            self.report.find("anchor_unreadable", file=file, line=problem.line)
            return None

    def meet(self, seq: int, digest: str) -> None:
        """Compare one row with what was anchored at its rank."""
        while self.next and self.next.seq < seq:
            self.next = self._advance()
        if self.next and self.next.seq == seq and self.next.hash != digest:
            self.report.find("replaced", seq=seq)

    def end(self, last: int) -> None:
        """After the last row: what was anchored further on has been removed; what was not, waits."""
        furthest = 0
        while self.next:
            furthest, self.next = self.next.seq, self._advance()
        if furthest > last:
            _removed(self.report, last + 1, furthest)
        newest = anchor.newest()
        if newest:
            self.report.not_anchored = max(0, last - newest.seq)
        elif last and self.readable:
            self.report.find("anchor_missing", file=settings.JOURNAL_ANCHOR)
