"""What comes from the field notebooks: each note once under the number that the phone gave it, each photo
once under its hash, and an acknowledgement only for what is kept.

A phone that got no answer sends again; the same wording is acknowledged again, word for word. A later wording
(a higher revision) replaces the former, an earlier one changes nothing, and two different wordings of one
revision are never chosen between: the second is refused and stays on its phone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.durable import durably
from faubourg.base.refusal import refuse_unless
from faubourg.rules.proximity.notes import LONGEST_NAME, Note, hash_of
from faubourg.rules.verdict import Verdict, mark

from ..access.walks import PUBLIC
from ..models import Observation, Photo, Walk
from .photos import keep_photo

MOST_NOTES = 2_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the phone waits for. `superseded`: a later wording of the same note was kept already."""

    client_id: str
    revision: int
    sha256: str
    superseded: bool = False


def keep_note(*, walk: Walk, note: Note, by: Actor, noted_by: str = "") -> Receipt:
    """Keep one note of this walk; Refused when it is another walk's, another wording's or one too many.

    `noted_by`: the name that the phone knew when it was written; when it is not the sender's (a colleague
    brings the file, somebody else signed in since), the note keeps that name and points to nobody.
    """
    told = Told(note, hash_of(note), by, noted_by[:LONGEST_NAME].strip())
    with durably():
        try:
            with transaction.atomic():
                return _kept(walk, told)
        except IntegrityError:
            # The same note, sent twice at once: the other one is kept by now.
            with transaction.atomic():
                return _kept(walk, told)


@dataclass(frozen=True, slots=True)
class Told:
    """A note, its hash, who sends it and who wrote it."""

    note: Note
    sha256: str
    by: Actor
    noted_by: str


def _kept(walk: Walk, told: Told) -> Receipt:
    note = told.note
    held = Observation.objects.select_for_update().filter(client_id=note.client_id).first()
    if held is None:
        refuse_unless(_room_for_one(walk))
        held = Observation.objects.create(
            walk=walk, client_id=note.client_id, **_columns(walk, told), **_author(told)
        )
        _record(held, told.by, act="observation.noted")
        return Receipt(note.client_id, note.revision, told.sha256)
    refuse_unless(_same_note(held, walk, told))
    if held.client_revision >= note.revision:
        superseded = held.client_revision > note.revision
        return Receipt(note.client_id, held.client_revision, held.client_sha256, superseded)
    refuse_unless(_may_reword(held, walk, note))
    for name, value in _columns(walk, told).items():
        setattr(held, name, value)
    # What was read again is not what is written now.
    held.reread_at = None
    held.version += 1
    held.save()
    _record(held, told.by, act="observation.reworded")
    return Receipt(note.client_id, note.revision, told.sha256)


def _columns(walk: Walk, told: Told) -> dict[str, Any]:
    """What the phone decides. A halt removed meanwhile leaves its notes without one."""
    note = told.note
    stop = walk.stops.filter(pk=note.stop).first() if note.stop is not None else None
    return {
        "stop": stop,
        "client_revision": note.revision,
        "client_sha256": told.sha256,
        "criterion": note.criterion,
        "principle": note.principle,
        "theme": note.theme,
        "nature": note.nature,
        "severity": note.severity,
        "text": note.text,
        "proposal": note.proposal,
        "lon": None if note.lon is None else float(note.lon),
        "lat": None if note.lat is None else float(note.lat),
        "accuracy_m": note.accuracy_m,
        "seen_at": note.moment,
    }


def _author(told: Told) -> Mapping[str, Any]:
    if told.noted_by and told.noted_by != told.by.name:
        return {"taken_by": None, "taken_by_name": told.noted_by}
    return {"taken_by": told.by.ref, "taken_by_name": told.by.name[:LONGEST_NAME]}


def _record(held: Observation, by: Actor, act: str) -> None:
    journal.record(
        by=by,
        act=act,
        kind="observation",
        ref=str(held.pk),
        after={"walk": held.walk_id, "revision": held.client_revision, "sha256": held.client_sha256},
    )


def _room_for_one(walk: Walk) -> Verdict:
    if walk.observations.count() < MOST_NOTES:
        return Verdict.yes()
    return Verdict.no(
        "walk_full",
        mark("Cette marche a déjà {most} notes : gardez celle-ci dans un fichier et prévenez l’équipe."),
        most=MOST_NOTES,
    )


def _same_note(held: Observation, walk: Walk, told: Told) -> Verdict:
    if held.walk_id != walk.pk:
        return Verdict.no("other_walk", mark("Cette note est déjà gardée dans une autre marche."))
    if held.client_revision == told.note.revision and held.client_sha256 != told.sha256:
        return Verdict.no("two_wordings", _TWO_WORDINGS)
    return Verdict.yes()


def _may_reword(held: Observation, walk: Walk, note: Note) -> Verdict:
    """Not once the minutes are those of the walk, nor over what somebody corrected on a computer."""
    if walk.state in ("minutes_validated", *PUBLIC):
        return Verdict.no("walk_validated", _VALIDATED)
    return Verdict.yes() if _as_sent(held, note) else Verdict.no("two_wordings", _TWO_WORDINGS)


_VALIDATED = mark(
    "Le compte rendu est validé : envoyez votre texte comme une note de plus, l’équipe en décidera."
)
_TWO_WORDINGS = mark(
    "Un autre texte de cette note est déjà gardé : envoyez le vôtre comme une note de plus, "
    "l’équipe choisira."
)


def _as_sent(held: Observation, note: Note) -> bool:
    """Whether it still reads as the phone wrote it; a halt that was removed is that of the new wording."""
    written = Note(
        accuracy_m=held.accuracy_m, client_id=str(held.client_id), criterion=held.criterion,
        lat=None if held.lat is None else f"{held.lat:.6f}",
        lon=None if held.lon is None else f"{held.lon:.6f}",
        nature=held.nature, principle=held.principle, proposal=held.proposal, revision=held.client_revision,
        seen_at=f"{held.seen_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{held.seen_at.microsecond // 1000:03}Z",
        severity=held.severity, stop=note.stop if held.stop_id is None else held.stop_id, text=held.text,
        theme=held.theme, walk=held.walk_id,
    )  # fmt: skip
    return hash_of(written) == held.client_sha256


def keep_note_photo(*, observation: Observation, content: bytes, sent_sha256: str, by: Actor) -> Photo:
    """Keep a photograph of a note, its bytes being those that the phone hashed; Refused says what is wrong.

    The answer may leave once this returns: the file and the row are on the disk.
    """
    if not sent_sha256:
        refuse_unless(
            Verdict.no("photo_hash", mark("La photo est arrivée sans son empreinte : renvoyez-la."))
        )
    upload = SimpleUploadedFile("photo.jpg", content)
    with durably():
        return keep_photo(
            owner=observation, upload=upload, sent_sha256=sent_sha256, moment=Photo.Moment.BEFORE, by=by
        )
