"""Bringing a spreadsheet of money: kept, tried, written once when confirmed; again, it writes nothing."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.models import Document
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.contracts.access import Hand
from faubourg.contracts.models import Contract, FundingLine
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.reading import sheets
from faubourg.territories.reading.limits import check_size

from .money_noting import KIND, mark_of, ref_of
from .money_trial import MoneyTrial, Plan, try_out

PURPOSE = "funding_import"


def bring(*, upload: "UploadedFile[Any]", by: Actor) -> Document:
    """Keep the file once it can be read; raises Refused otherwise. Nothing is written in the maquette."""
    check_size(upload.size or 0)
    upload.seek(0)
    sheets.read(upload.read(), upload.name or "")
    return documents.keep(upload=upload, purpose=PURPOSE, by=by)


def brought_by(person_ref: UUID, pk: UUID) -> Document | None:
    """The file, for whoever brought it."""
    return Document.objects.filter(pk=pk, purpose=PURPOSE, added_by=person_ref).first()


def trial_of(contract: Contract, document: Document, hand: Hand) -> MoneyTrial:
    """The dry run of its sheet that says most, against the maquette of today."""
    with document.file.open("rb") as stored:
        found = sheets.read(stored.read(), document.name)
    trials = [try_out(contract, sheet.rows, hand) for sheet in found]
    return max(trials, key=lambda trial: (not trial.lacks, trial.rows))


def confirm(
    *, contract: Contract, document: Document, digest: str, warnings_seen: bool, hand: Hand, by: Actor
) -> int:
    """Write what the dry run showed, all or none; how many sums.

    Raises Conflict when the maquette changed since, Refused when something is wrong or there is nothing new.
    """
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        trial = trial_of(contract, document, hand)
        refuse_unless(_ready(trial, warnings_seen))
        if trial.digest != digest:
            raise Conflict
        cells = _write(trial.plans, by)
        journal.record(
            by=by,
            act="funding.imported",
            kind=KIND,
            ref=ref_of(contract),
            before={"cells": {name: pair[0] for name, pair in cells.items()}},
            after={
                "money_line": document.name,
                "money_lines": len(cells),
                "sha256": document.sha256,
                "cells": {name: pair[1] for name, pair in cells.items()},
            },
        )
        return len(cells)


def _ready(trial: MoneyTrial, warnings_seen: bool) -> Verdict:
    if trial.blocked:
        return Verdict.no(
            "import_errors",
            mark("Il reste {count} erreur(s) : corrigez le fichier et renvoyez-le. Rien n’a été écrit."),
            count=trial.count("error") + len(trial.lacks),
        )
    if not trial.plans:
        return Verdict.no(
            "nothing_new", mark("Toutes les sommes de ce fichier sont déjà là : il n’y a rien à écrire.")
        )
    if trial.count("warning") and not warnings_seen:
        return Verdict.no(
            "warnings_unseen",
            mark("Cochez la case qui dit que vous avez lu les {count} avertissement(s)."),
            count=trial.count("warning"),
        )
    return Verdict.yes()


def _write(plans: list[Plan], by: Actor) -> dict[str, tuple[str, str]]:
    """Marks of the lines with what stood before and after."""
    new = [
        FundingLine(
            **plan.key._asdict(),
            organisation_id=plan.organisation_id,
            note=plan.note,
            year=plan.year,
            amount_cents=plan.cents,
            added_by=by.ref,
            added_by_name=by.name,
        )
        for plan in plans
        if plan.now is None
    ]
    added = FundingLine.objects.bulk_create(new, batch_size=500)
    cells = {mark_of(line.pk): ("", str(Cents(line.amount_cents))) for line in added}
    for plan in plans:
        if plan.now is None:
            continue
        moved = FundingLine.objects.filter(pk=plan.now.pk, version=plan.now.version).update(
            amount_cents=plan.cents,
            version=plan.now.version + 1,
            source=None,
            added_by=by.ref,
            added_by_name=by.name,
        )
        if not moved:
            raise Conflict
        cells[mark_of(plan.now.pk)] = (str(Cents(plan.now.cents)), str(Cents(plan.cents)))
    return cells
