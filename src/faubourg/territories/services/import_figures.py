"""Bringing a spreadsheet of figures: tried first, written once when confirmed, undone by withdrawing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Correction, Figure, FigureImport, Indicator, Source, Territory
from faubourg.territories.reading import sheets
from faubourg.territories.reading.limits import check_size

from .import_columns import Layout, missing, names_of, recognise
from .import_lookup import Editable
from .import_trial import FileWide, Trial, run

PURPOSE = "figure_import"


def bring(
    *, upload: "UploadedFile[Any]", source: Source | None, vintage: str, editable: Editable, by: Actor
) -> FigureImport:
    """Keep the file, recognise its columns and try it; nothing is written among the figures."""
    check_size(upload.size or 0)
    upload.seek(0)
    read = sheets.read(upload.read(), upload.name or "")
    document = documents.keep(upload=upload, purpose=PURPOSE, by=by)
    layout = recognise(read, names_of(Indicator.objects.all()))
    with transaction.atomic():
        brought = FigureImport.objects.create(document=document, source=source, created_by=_ref(by))
        _try(brought, read, layout, vintage, editable)
        journal.record(
            by=by,
            act="import_tried",
            kind="figure_import",
            ref=str(brought.pk),
            after={"document": document.name, "sha256": document.sha256, **_counts(brought.report)},
        )
    return brought


def _ref(by: Actor) -> UUID:
    """An import is always somebody's."""
    if by.ref is None:
        raise ValueError("An import is brought by a person.")
    return by.ref


@transaction.atomic
def change_layout(
    *,
    brought: FigureImport,
    layout: Layout,
    source: Source | None,
    vintage: str,
    editable: Editable,
    by: Actor,
) -> FigureImport:
    """Try again with other columns, source or vintage; refused once the import is confirmed."""
    held = FigureImport.objects.select_for_update().select_related("document").get(pk=brought.pk)
    if held.confirmed_at:
        raise Refused(
            Verdict.no("import_confirmed", mark("Cet import est confirmé : ses colonnes ne changent plus."))
        )
    held.source = source
    _try(held, read_sheets(held), layout, vintage, editable)
    return held


def read_sheets(brought: FigureImport) -> list[sheets.Sheet]:
    """The sheets of the file that was kept."""
    with brought.document.file.open("rb") as stored:
        return sheets.read(stored.read(), brought.document.name)


def _try(
    brought: FigureImport, read: list[sheets.Sheet], layout: Layout, vintage: str, editable: Editable
) -> Trial:
    sheet = read[min(layout.sheet, len(read) - 1)]
    lacks = missing(layout)
    trial = Trial() if lacks else run(sheet, layout, _file_wide(brought.source, vintage), editable)
    brought.report = {
        **trial.as_json(),
        "layout": layout.as_json(),
        "vintage": vintage,
        "reading": sheet.reading,
        "sheets": [other.name for other in read],
        "lacks": [{"code": reason.code, "template": reason.template, "params": {}} for reason in lacks],
    }
    brought.row_count = trial.rows
    brought.error_count = brought.report["errors"] + len(lacks)
    brought.save()
    return trial


def _file_wide(source: Source | None, vintage: str) -> FileWide:
    return FileWide(source, vintage, timezone.localdate().year)


def confirm(
    *, brought: FigureImport, editable: Editable, warnings_seen: bool, by: Actor, at: datetime | None = None
) -> FigureImport:
    """Write the figures, all or none. Clicked twice or by two people at once, it writes once.

    The dry run is made again under lock: raises `Refused` when it finds an error, a warning not yet seen,
    or nothing to write.
    """
    try:
        with transaction.atomic():
            held = FigureImport.objects.select_for_update().select_related("document").get(pk=brought.pk)
            if held.confirmed_at:
                return held
            layout, vintage = Layout.from_json(held.report["layout"]), held.report["vintage"]
            trial = _try(held, read_sheets(held), layout, vintage, editable)
            verdict = _ready(held.report, warnings_seen)
            if verdict.ok:
                _write(held, trial, by, at or timezone.now())
    except IntegrityError as clash:
        raise Refused(
            Verdict.no(
                "import_clash",
                mark(
                    "Les mêmes chiffres viennent d’être apportés par quelqu’un d’autre : rechargez la page."
                ),
            )
        ) from clash
    if not verdict.ok:
        # The new report is kept: the page shows what has changed since the first try.
        raise Refused(verdict)
    return held


def _ready(report: dict[str, Any], warnings_seen: bool) -> Verdict:
    if report["lacks"] or report["errors"]:
        return Verdict.no(
            "import_errors",
            mark("Il reste {count} erreur(s) : corrigez le fichier et renvoyez-le. Rien n’a été écrit."),
            count=report["errors"] + len(report["lacks"]),
        )
    if report["warnings"] and not warnings_seen:
        return Verdict.no(
            "warnings_unseen",
            mark("Cochez la case qui dit que vous avez lu les {count} avertissement(s)."),
            count=report["warnings"],
        )
    if not report["figures"]:
        return Verdict.no(
            "nothing_new", mark("Tous les chiffres de ce fichier sont déjà là : il n’y a rien à écrire.")
        )
    return Verdict.yes()


def _write(held: FigureImport, trial: Trial, by: Actor, at: datetime) -> None:
    for figure in trial.figures:
        figure.batch, figure.added_by, figure.added_at = held, by.ref, at
    Figure.objects.bulk_create(trial.figures, batch_size=2_000)
    held.confirmed_at, held.confirmed_by = at, by.ref
    held.save(update_fields=["confirmed_at", "confirmed_by"])
    journal.record(
        by=by, act="import_confirmed", kind="figure_import", ref=str(held.pk), after=_counts(held.report)
    )


def _counts(report: dict[str, Any]) -> dict[str, Any]:
    return {name: report[name] for name in ("rows", "figures", "errors", "warnings")}


@transaction.atomic
def undo(*, brought: FigureImport, editable: Editable, by: Actor, reason: str = "") -> FigureImport:
    """Withdraw every figure of the import, none erased; refused when one was corrected since.

    Refused too when a place is no longer the person's to write. Undoing twice changes nothing.
    """
    held = FigureImport.objects.select_for_update().get(pk=brought.pk)
    if held.undone_at:
        return held
    if not held.confirmed_at:
        raise Refused(
            Verdict.no("import_not_confirmed", mark("Cet import n’a rien écrit : il n’y a rien à annuler."))
        )
    for verdict in (_within(held, editable), undoable(held)):
        refuse_unless(verdict)
    now = timezone.now()
    count = Figure.objects.filter(batch=held, withdrawn_at__isnull=True).update(withdrawn_at=now)
    held.undone_at, held.undone_by = now, by.ref
    held.save(update_fields=["undone_at", "undone_by"])
    journal.record(
        by=by,
        act="import_undone",
        kind="figure_import",
        ref=str(held.pk),
        before={"figures": count},
        reason=reason,
    )
    return held


def _within(held: FigureImport, editable: Editable) -> Verdict:
    """Whether every place of an import is still one that the person may write, as when confirming."""
    places = list(Territory.objects.filter(figures__batch=held).distinct())
    allowed = editable(places)
    if outside := next((place for place in places if place.pk not in allowed), None):
        return Verdict.no(
            "import_out_of_scope",
            mark(
                "{place} n’est plus dans le périmètre de vos rôles : l’import ne peut pas être annulé en "
                "bloc."
            ),
            place=outside.name,
        )
    return Verdict.yes()


def undoable(held: FigureImport) -> Verdict:
    """Whether nothing was built on the figures of an import since it was confirmed."""
    withdrawn = Figure.objects.filter(batch=held, withdrawn_at__isnull=False).count()
    if withdrawn:
        return Verdict.no(
            "import_corrected",
            mark(
                "{count} chiffre(s) de cet import ont été retirés ou remplacés depuis : l’annuler en bloc "
                "déferait ce travail. Retirez les autres un à un sur la fiche du lieu."
            ),
            count=withdrawn,
        )
    corrected = _corrections_since(held)
    if corrected:
        return Verdict.no(
            "import_corrected_since",
            mark(
                "Une correction a été décidée depuis sur {place} (« {subject} ») : retirez-la d’abord, ou "
                "retirez les chiffres un à un."
            ),
            place=corrected.territory.name,
            subject=corrected.subject,
        )
    return Verdict.yes()


def _corrections_since(held: FigureImport) -> Correction | None:
    if held.confirmed_at is None:
        return None
    figures = Figure.objects.filter(batch=held)
    names = set(figures.values_list("indicator__name_fr", flat=True)) | set(
        figures.values_list("indicator", flat=True)
    )
    return (
        Correction.objects.filter(
            territory__in=figures.values("territory"),
            printed_in__in=figures.values("source"),
            subject__in=names,
            decided_on__gte=timezone.localdate(held.confirmed_at),
        )
        .select_related("territory")
        .first()
    )
