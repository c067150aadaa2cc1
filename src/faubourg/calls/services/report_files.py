"""Photographs and papers of a report: made harmless, kept by their hash, shown to everybody or not."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.cleaning import cleaned
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.rules.verdict import Verdict, mark

from ..access.reports import OPEN_STATES
from ..models import Report, ReportFile
from .moving import locked

MOST_FILES = 40


def add(
    *, report: Report, uploads: "Sequence[UploadedFile[Any]]", caption: str, public: bool, by: Actor
) -> list[ReportFile]:
    """Join some; all are checked before the first is kept, and the same one sent twice is joined once."""
    bare = [cleaned(upload) for upload in uploads]
    kept = [documents.keep(upload=upload, purpose="report", by=by) for upload in bare]
    with transaction.atomic():
        held = locked(report)
        _refuse_when_in(held)
        known = set(held.files.values_list("document__sha256", flat=True))
        if len(known) + len(kept) > MOST_FILES:
            raise Refused(Verdict.no("files-many", _MANY, most=MOST_FILES))
        found = []
        for document in kept:
            if document.sha256 in known:
                continue
            known.add(document.sha256)
            found.append(
                held.files.create(
                    document=document, caption=caption, public=public, added_by_name=by.name
                )
            )  # fmt: skip
            note(held, "report.file_added", by, sha256=document.sha256)
    return found


_MANY = mark("Un bilan tient {most} fichiers au plus : retirez-en d’abord.")


def change(*, file: ReportFile, caption: str, public: bool, by: Actor) -> ReportFile:
    """What it shows, and whether everybody may see it."""
    with transaction.atomic():
        held = ReportFile.objects.select_for_update().get(pk=file.pk)
        held.caption, held.public = caption, public
        held.save(update_fields=["caption", "public"])
        note(file.report, "report.file_changed", by, public=public)
    return held


def withdraw_from_public(*, file: ReportFile, by: Actor) -> ReportFile:
    """The service takes it out of what everybody sees; its caption stays its authors'."""
    return change(file=file, caption=file.caption, public=False, by=by)


def remove(*, file: ReportFile, by: Actor) -> None:
    """Take it out while the report is still written; the journal remembers its hash."""
    with transaction.atomic():
        held = locked(file.report)
        _refuse_when_in(held)
        note(held, "report.file_removed", by, sha256=file.document.sha256)
        ReportFile.objects.filter(pk=file.pk).delete()


def _refuse_when_in(report: Report) -> None:
    if report.state not in OPEN_STATES:
        refuse_unless(Verdict.no("report_is_in", mark("Ce bilan est remis : il ne change plus.")))


def note(report: Report, act: str, by: Actor, **after: Any) -> None:
    """Tell the journal what was done to this report."""
    journal.record(by=by, act=act, kind="report", ref=str(report.pk), after=after)
