"""The papers of an organisation, kept once: added, replaced, removed while no dossier uses them."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from faubourg.base import documents
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.people.models import Organisation
from faubourg.rules.verdict import Verdict, mark

from ..models import VaultPiece
from .applicant_journal import note
from .applicant_roles import lock_space

MOST_PIECES = 300
PAPERS = (".pdf", ".png", ".jpg", ".jpeg", ".odt", ".docx", ".ods", ".xlsx", ".csv", ".txt")


@dataclass(frozen=True, slots=True)
class Paper:
    """What is said of a paper: its kind, its exercise, until when it is good."""

    kind: str
    label: str = ""
    year: int | None = None
    valid_until: date | None = None


def keep_piece(
    *,
    organisation: Organisation,
    paper: Paper,
    upload: "UploadedFile[Any]",
    by: Actor,
    replaces: VaultPiece | None = None,
) -> VaultPiece:
    """Keep a paper, in the place of another if it is newer; Refused when its file is not what it says."""
    refuse_unless(_a_paper(upload.name or ""))
    document = documents.keep(upload=upload, purpose="vault", by=by)
    with transaction.atomic():
        held = lock_space(organisation)
        refuse_unless(_room(held.vault.count()))
        made = VaultPiece.objects.create(
            organisation=held,
            kind=paper.kind,
            label=paper.label.strip(),
            document=document,
            year=paper.year,
            valid_until=paper.valid_until,
            added_by=by.ref,
            added_by_name=by.name[:150],
        )
        older = held.vault.filter(pk=replaces.pk, replaced_by=None) if replaces else None
        if older is not None and not older.update(replaced_by=made):
            raise Conflict
        note(held, "calls.vault_piece_kept", by, after={"piece": str(made)})
    return made


def remove_piece(*, piece: VaultPiece, by: Actor) -> None:
    """Out of the vault; Refused as long as a dossier uses it: it is part of what was examined."""
    with transaction.atomic():
        held = lock_space(piece.organisation)
        found = held.vault.filter(pk=piece.pk).first()
        if found is None:
            raise Conflict
        refuse_unless(_unused(found))
        name = str(found)
        found.delete()
        note(held, "calls.vault_piece_removed", by, after={"piece": name})


def _a_paper(name: str) -> Verdict:
    """A paper is read: no archive, no database."""
    if PurePath(name).suffix.lower() in PAPERS:
        return Verdict.yes()
    return Verdict.no(
        "upload-kind",
        mark("« {name} » n’est pas une pièce qui se lit ici. Types acceptés : {known}."),
        name=PurePath(name).name,
        known=", ".join(PAPERS),
    )


def _unused(piece: VaultPiece) -> Verdict:
    if not piece.used_in.exists():
        return Verdict.yes()
    return Verdict.no(
        "piece_is_used",
        mark(
            "Un dossier utilise cette pièce : remplacez-la par une plus récente, l’ancienne y reste jointe."
        ),
    )


def _room(held: int) -> Verdict:
    if held < MOST_PIECES:
        return Verdict.yes()
    return Verdict.no(
        "vault_full", mark("Le coffre garde déjà {most} pièces : retirez-en d’abord."), most=MOST_PIECES
    )
