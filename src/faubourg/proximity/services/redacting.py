"""What is public of a photograph: another file, its rectangles burnt in, once somebody looked at it."""

import io
from collections.abc import Callable, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.cleaning import QUALITY
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.base.text import printable
from faubourg.rules.proximity.redaction import Drawn, Pixels, redact
from faubourg.rules.verdict import Verdict, mark

from ..models import Photo
from .moving import locked

# Takes a photograph away from the public, or for good, with why.
Gone = Callable[..., Photo]
# The colour of what is hidden: it cannot be taken for a shadow.
_HIDDEN = (34, 40, 44)


def validate_photo(
    *, photo: Photo, rectangles: Sequence[Drawn], words: str, base_version: int, by: Actor
) -> Photo:
    """Burn the rectangles (per cent of the sides) into a copy and make that copy public.

    Validated again, the former copy is erased. Raises Refused for a rectangle outside, Conflict.
    """
    found = redact(rectangles, photo.width, photo.height)
    refuse_unless(found.verdict)
    with transaction.atomic():
        held = locked(photo, base_version)
        if held.document is None:
            refuse_unless(Verdict.no("photo-purged", mark("Cette photo a été effacée.")))
            raise Conflict
        former = held.redacted
        with held.document.file.open("rb") as original:
            upload = burnt(original.read(), found.boxes)
        held.redacted = documents.keep(upload=upload, purpose="proximity-photo-public", by=by)
        held.rectangles = [list(box) for box in found.boxes]
        held.words = printable(words).strip()[:200]
        held.validated_at, held.validated_by, held.validated_by_name = timezone.now(), by.ref, by.name
        held.version += 1
        held.save()
        if former is not None and former.pk != held.document.pk:
            documents.forget(former)
        journal.record(
            by=by,
            act="proximity.photo-validated",
            kind="photo",
            ref=str(held.pk),
            after={"hidden": len(found.boxes), "words": held.words},
        )
    return held


def burnt(content: bytes, boxes: Sequence[Pixels]) -> SimpleUploadedFile:
    """A JPEG in which nothing is left of what lay under the boxes: drawn again, no layer, no preview."""
    with Image.open(io.BytesIO(content)) as picture:
        drawn = picture.convert("RGB")
    pen = ImageDraw.Draw(drawn)
    for box in boxes:
        # Pillow includes the right and the bottom edge.
        pen.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=_HIDDEN)
    drawn.info.clear()
    file = io.BytesIO()
    drawn.save(file, "JPEG", quality=QUALITY, optimize=True)
    return SimpleUploadedFile("photo.jpg", file.getvalue(), "image/jpeg")


def withdraw_photo(*, photo: Photo, reason: str, base_version: int, by: Actor) -> Photo:
    """Take a photograph back from the public, with why: the public copy is erased."""
    if not reason.strip():
        refuse_unless(Verdict.no("withdraw-reason", mark("Dites pourquoi cette photo n’est plus publique.")))
    with transaction.atomic():
        held = locked(photo, base_version)
        former, held.redacted = held.redacted, None
        held.validated_at, held.validated_by, held.validated_by_name = None, None, ""
        held.version += 1
        held.save()
        if former is not None and former.pk != held.document_id:
            documents.forget(former)
        journal.record(
            by=by, act="proximity.photo-withdrawn", kind="photo", ref=str(held.pk), reason=printable(reason)
        )
    return held


def erase_photo(*, photo: Photo, reason: str, base_version: int, by: Actor) -> Photo:
    """Erase a picture that should never have been taken; that there was one, and why it went, stays."""
    if not reason.strip():
        refuse_unless(Verdict.no("erase-reason", mark("Dites pourquoi cette photo est effacée.")))
    with transaction.atomic():
        held = locked(photo, base_version)
        held.version += 1
        drop_files(held)
        journal.record(
            by=by, act="proximity.photo-erased", kind="photo", ref=str(held.pk), reason=printable(reason)
        )
    return held


def drop_files(held: Photo) -> None:
    """Both files go; the row stays, so that the same bytes sent again are known."""
    gone = {one.pk: one for one in (held.document, held.redacted) if one is not None}
    held.document, held.redacted, held.words = None, None, ""
    held.validated_at, held.validated_by, held.validated_by_name = None, None, ""
    held.purged_on = timezone.localdate()
    held.save()
    for one in gone.values():
        documents.forget(one)
