"""A photograph joins a report or an observation: made harmless, kept privately, once however often sent."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.cleaning import BarePhoto, bare_photo
from faubourg.base.refusal import refuse_unless
from faubourg.rules.verdict import Verdict, mark

from ..models import Observation, Photo, Ticket
from .moving import locked

Owner = Ticket | Observation
MOST_PHOTOS = 12


def keep_photo(
    *,
    owner: Owner,
    upload: "UploadedFile[Any]",
    moment: str,
    by: Actor,
    sent_sha256: str = "",
    words: str = "",
) -> Photo:
    """Keep one; `Photo.sent_sha256` is the receipt: the hash of the bytes as they arrived.

    The same bytes again return the first photograph. `sent_sha256`, when the sender gives it, must be that
    of what arrived. Raises Refused: no photograph, too large, cut on the way, too many.
    """
    sha256 = sent_hash(upload)
    if sent_sha256 and sent_sha256.lower() != sha256:
        refuse_unless(
            Verdict.no("photo-cut", mark("La photo est arrivée incomplète : elle doit être renvoyée."))
        )
    known = owner.photos.filter(sent_sha256=sha256).first()
    if known is not None:
        return known
    bare = bare_photo(upload)
    with transaction.atomic():
        return _joined(locked(owner), bare, sha256, moment=moment, words=words, by=by)


def first_photo(*, ticket: Ticket, upload: "UploadedFile[Any]", by: Actor) -> Photo:
    """That of a report which this very transaction filed: nobody else has seen it, nothing is compared.

    Raises Refused as `keep_photo` does.
    """
    return _added(ticket, bare_photo(upload), sent_hash(upload), moment=Photo.Moment.BEFORE, words="", by=by)


def _joined(held: Owner, bare: BarePhoto, sha256: str, *, moment: str, words: str, by: Actor) -> Photo:
    """On the locked owner: somebody may have sent the same meanwhile."""
    known = held.photos.filter(sent_sha256=sha256).first()
    if known is not None:
        return known
    refuse_unless(_room_for_one(held))
    return _added(held, bare, sha256, moment=moment, words=words, by=by)


def _added(held: Owner, bare: BarePhoto, sha256: str, *, moment: str, words: str, by: Actor) -> Photo:
    document = documents.keep(upload=bare.file, purpose="proximity-photo", by=by)
    photo = held.photos.create(
        sent_sha256=sha256, document=document, width=bare.width, height=bare.height, moment=moment,
        words=words.strip()[:200], added_by=by.ref,
    )  # fmt: skip
    journal.record(
        by=by,
        act="proximity.photo-added",
        kind=type(held).__name__.lower(),
        ref=str(held.pk),
        after={"moment": photo.get_moment_display(), "sha256": document.sha256},
    )
    return photo


def sent_hash(upload: "UploadedFile[Any]") -> str:
    """SHA-256 of the bytes as they arrived, before anything is taken off."""
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _room_for_one(held: Owner) -> Verdict:
    if held.photos.count() < MOST_PHOTOS:
        return Verdict.yes()
    return Verdict.no(
        "photo-many", mark("Il y a déjà {most} photos : retirez-en une d’abord."), most=MOST_PHOTOS
    )
