"""The file of a notebook, brought by somebody else: every note and photo in it, each once, whatever of it was
already sent; what is damaged is named and the rest is kept.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.proximity import notes as rules
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import Category, Observation, Walk
from .notebook import keep_note, keep_note_photo

FORMAT = "faubourg-carnet"
LARGEST = 100 * 1024 * 1024


@dataclass
class Account:
    """What became of a file. `wrong`: what was not kept, and why."""

    notes: int = 0
    photos: int = 0
    elsewhere: int = 0
    wrong: list[Reason] = field(default_factory=list)


def bring(*, walk: Walk, content: bytes, by: Actor) -> Account:
    """Keep what a file holds of this walk; Refused when it is no file of a notebook."""
    file = _opened(content)
    account = Account()
    hashes = []
    for rank, told in enumerate(file["notes"], 1):
        if not isinstance(told, Mapping):
            account.wrong.append(_wrong(_UNREADABLE, rank=rank))
            continue
        hashes.append(str(told.get("sha256")))
        hashes += [str(photo.get("sha256")) for photo in _photos(told)]
        _bring_note(walk, told, rank, by, account)
    if sha256("\n".join(hashes).encode()).hexdigest() != file.get("sha256"):
        account.wrong.append(_wrong(_INCOMPLETE))
    return account


def _opened(content: bytes) -> Mapping[str, Any]:
    try:
        file = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused(Verdict.no("file_unreadable", _NO_FILE)) from error
    if not isinstance(file, Mapping) or file.get("format") != FORMAT:
        raise Refused(Verdict.no("file_format", _NO_FILE))
    if not isinstance(file.get("notes"), list):
        raise Refused(Verdict.no("file_notes", _NO_FILE))
    return file


def _photos(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    photos = told.get("photos")
    return [photo for photo in photos if isinstance(photo, Mapping)] if isinstance(photos, list) else []


def _bring_note(walk: Walk, told: Mapping[str, Any], rank: int, by: Actor, account: Account) -> None:
    read = rules.read(told.get("note"), Category.Theme.values)
    if read.note is None or rules.hash_of(read.note) != told.get("sha256"):
        account.wrong.append(_wrong(_UNREADABLE, rank=rank))
        account.wrong.extend(read.problems)
        return
    if read.note.walk != walk.pk:
        account.elsewhere += 1
        return
    name = told.get("noted_by")
    try:
        keep_note(walk=walk, note=read.note, by=by, noted_by=name if isinstance(name, str) else "")
    except Refused as refused:
        account.wrong.extend(refused.verdict.refusals())
        return
    account.notes += 1
    observation = Observation.objects.get(client_id=read.note.client_id)
    for photo in _photos(told):
        _bring_photo(observation, photo, rank, by, account)


def _bring_photo(
    observation: Observation, told: Mapping[str, Any], rank: int, by: Actor, account: Account
) -> None:
    try:
        content = b64decode(str(told.get("data")), validate=True)
        hashed = str(told.get("sha256"))
        keep_note_photo(observation=observation, content=content, sent_sha256=hashed, by=by)
    except ValueError:
        account.wrong.append(_wrong(_PHOTO, rank=rank))
    except Refused as refused:
        account.wrong.append(_wrong(_PHOTO, rank=rank))
        account.wrong.extend(refused.verdict.refusals())
    else:
        account.photos += 1


def _wrong(sentence: str, **params: object) -> Reason:
    return Reason("file_part", False, sentence, params)


_NO_FILE = mark("Ce fichier n’est pas celui d’un carnet de terrain, ou il est abîmé : redemandez-le.")
_UNREADABLE = mark("La note {rank} du fichier est abîmée : elle n’est pas gardée.")
_PHOTO = mark("Une photo de la note {rank} du fichier n’est pas gardée.")
_INCOMPLETE = mark("Il manque une partie du fichier : demandez-le de nouveau à qui vous l’a donné.")
