"""The papers of a dossier: from the vault or handed in, until it is in; then only added when asked for."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Piece, VaultPiece
from .moving import locked

PURPOSE = "calls:application"
# Papers, not data: what a service opens to read.
PAPERS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".docx", ".odt", ".xlsx", ".ods"})


def add_upload(
    *, application: Application, upload: "UploadedFile[Any]", code: str, label: str, by: Actor
) -> Piece:
    """A file for one piece that is asked for (`code`), or besides; raises Refused with a sentence."""
    refuse_unless(_is_paper(upload))
    document = documents.keep(upload=upload, purpose=PURPOSE, by=by)
    return _add(application, by, code=code, label=label or document.name, document=document)


def take_from_vault(*, application: Application, vault: VaultPiece, code: str, by: Actor) -> Piece:
    """A paper of the organisation's vault, as it is today."""
    if vault.organisation_id != application.organisation_id:
        raise Refused(Verdict.no("vault", mark("Cette pièce est au coffre d’un autre organisme.")))
    if vault.valid_until and vault.valid_until < timezone.localdate():
        sentence = mark("Cette pièce n’est plus valable depuis le {day} : déposez la nouvelle.")
        raise Refused(Verdict.no("vault", sentence, day=vault.valid_until))
    return _add(application, by, code=code, label=str(vault), document=vault.document, vault=vault)


def remove_piece(*, application: Application, piece: Piece, by: Actor) -> None:
    """Take a paper back, as long as the dossier is a draft."""
    with transaction.atomic():
        held = locked(application)
        if held.state != "draft":
            sentence = mark("Ce dossier est déposé : une pièce s’y ajoute, aucune ne s’en retire.")
            raise Refused(Verdict.no("dossier_is_in", sentence))
        label = str(piece)
        held.pieces.filter(pk=piece.pk).delete()
        journal.record(
            by=by, act="calls.piece_removed", kind="application", ref=str(held.pk), before={"piece": label}
        )


def answer_completion(*, application: Application, by: Actor) -> None:
    """Say that the pieces that were asked for are in: the service takes the dossier up again."""
    with transaction.atomic():
        held = locked(application)
        asked = held.completion_requests.filter(answered_on=None).first()
        if held.state != "to_complete" or asked is None:
            raise Refused(Verdict.no("completion", mark("Aucune pièce n’est demandée pour ce dossier.")))
        brought = set(held.pieces.exclude(accepted=False).values_list("code", flat=True))
        missing = [row for row in asked.missing if row.get("code") and row["code"] not in brought]
        if missing:
            names = " ; ".join(str(row.get("sentence") or row["code"]) for row in missing)
            raise Refused(Verdict.no("completion", mark("Il manque encore : {names}"), names=names))
        asked.answered_on = timezone.localdate()
        asked.save(update_fields=["answered_on"])
        journal.record(by=by, act="calls.completion_answered", kind="application", ref=str(held.pk))


def _add(application: Application, by: Actor, **told: Any) -> Piece:
    with transaction.atomic():
        held = locked(application)
        if held.state not in ("draft", "to_complete"):
            raise Refused(Verdict.no("dossier_is_in", mark("Ce dossier est déposé : il ne change plus.")))
        known: Piece | None = held.pieces.filter(code=told["code"], document=told["document"]).first()
        if known is not None:
            return known
        told["code"], told["label"] = told["code"][:40], told["label"][:200]
        piece: Piece = held.pieces.create(added_by=by.ref, added_by_name=by.name, **told)
        journal.record(
            by=by,
            act="calls.piece_added",
            kind="application",
            ref=str(held.pk),
            after={"piece": str(piece), "sha256": piece.document.sha256},
        )
    return piece


def _is_paper(upload: "UploadedFile[Any]") -> Verdict:
    name = upload.name or ""
    if any(name.lower().endswith(end) for end in PAPERS):
        return Verdict.yes()
    sentence = mark("« {name} » n’est pas un document accepté ici. Types acceptés : {known}.")
    return Verdict.no("upload-kind", sentence, name=name[-80:], known=", ".join(sorted(PAPERS)))
