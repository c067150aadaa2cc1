"""What the notebook exchanges with the server: who and which walks, one walk to take along, a note, a photo.

Every answer is JSON; a refusal is one sentence that the phone shows beside what it keeps. 401: sign in again.
"""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.base.sentences import in_words, refusals_in_words
from faubourg.people.models import Person
from faubourg.rules.proximity import notes as rules
from faubourg.rules.verdict import Verdict

from ..access.notebook import can_take_notes, note_taker
from ..models import Category, Walk
from ..queries.notebook import named, notebook_walk, noted, prepared, walk_of_key, walks_to_note
from ..services import notebook as services

KEY = "X-Carnet-Key"
HASH = "X-Content-SHA256"
LARGEST_NOTE = 64 * 1024


@never_cache
@require_safe
def notebook_start(request: HttpRequest) -> JsonResponse:
    """A fresh proof for what will be sent, who is signed in, and the walks that this phone may prepare."""
    guest = walk_of_key(_key(request))
    walks = [guest.walk] if guest else list(walks_to_note(request.user, timezone.now()))
    name = guest.name if guest else getattr(request.user, "name", "")
    signed_in = isinstance(request.user, Person)
    known = bool(guest) or signed_in
    return JsonResponse(
        {
            "csrf": get_token(request),
            "name": name,
            "known": known,
            "walks": [named(walk) for walk in walks],
        }
    )


@never_cache
@require_safe
def notebook_prepared(request: HttpRequest, pk: int) -> JsonResponse:
    """All that one walk needs without network."""
    walk = notebook_walk(pk)
    if walk is None:
        return refused(_("Cette marche n’existe plus."), 404)
    verdict = can_take_notes(request.user, walk, _key(request))
    return JsonResponse(prepared(walk)) if verdict.ok else not_allowed(verdict)


@never_cache
@require_POST
def notebook_note(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep one note: its number, its revision and its hash come back once they are on the disk."""
    walk = notebook_walk(pk)
    if walk is None:
        return refused(_("Cette marche n’existe plus : gardez vos notes dans un fichier."), 404)
    verdict = can_take_notes(request.user, walk, _key(request))
    if not verdict.ok:
        return not_allowed(verdict)
    sent = _sent(request, LARGEST_NOTE)
    told = _json(sent) if sent is not None else None
    if not isinstance(told, dict):
        return refused(_("Cette note est illisible ou trop longue."), 400)
    read = rules.read(told.get("note"), Category.Theme.values)
    if read.note is None:
        return refused(" ".join(in_words(reason) for reason in read.problems), 422)
    if read.note.walk != walk.pk:
        return refused(_("Cette note est celle d’une autre marche."), 422)
    name = told.get("noted_by")
    return _kept(walk, read.note, _actor(request, walk), name if isinstance(name, str) else "")


def _kept(walk: Walk, note: rules.Note, by: Actor, noted_by: str) -> JsonResponse:
    try:
        receipt = services.keep_note(walk=walk, note=note, by=by, noted_by=noted_by)
    except Refused as wrong:
        return refused(sentence_of(wrong), 409)
    told = {name: getattr(receipt, name) for name in receipt.__slots__}
    return JsonResponse(told)


@never_cache
@require_POST
def notebook_photo(request: HttpRequest, client_id: UUID) -> JsonResponse:
    """Keep one photograph of a note that was kept: its hash comes back once it is on the disk."""
    observation = noted(client_id)
    if observation is None:
        return refused(_("La note de cette photo n’est pas encore arrivée."), 404)
    verdict = can_take_notes(request.user, observation.walk, _key(request))
    if not verdict.ok:
        return not_allowed(verdict)
    content = _sent(request, settings.MAX_UPLOAD_BYTES)
    if content is None:
        too_heavy = _("Cette photo est trop lourde, ou arrivée incomplète : elle reste sur le téléphone.")
        return refused(too_heavy, 413)
    try:
        photo = services.keep_note_photo(
            observation=observation,
            content=content,
            sent_sha256=request.headers.get(HASH, ""),
            by=_actor(request, observation.walk),
        )
    except Refused as wrong:
        return refused(sentence_of(wrong), 422)
    return JsonResponse({"client_id": str(client_id), "sha256": photo.sent_sha256})


def _key(request: HttpRequest) -> str:
    return request.headers.get(KEY, "")[:60]


def _actor(request: HttpRequest, walk: Walk) -> Actor:
    guest = note_taker(walk, _key(request))
    if guest is not None:
        return Actor(ref=guest.person.ref if guest.person else None, name=guest.name)
    assert isinstance(request.user, Person)  # the right was asked before
    return request.user.actor


def _sent(request: HttpRequest, most: int) -> bytes | None:
    """The bytes of a request, read to the end; None when they are too many or were cut."""
    try:
        content = request.read(most + 1)
    except UnreadablePostError:
        return None
    length = request.META.get("CONTENT_LENGTH") or ""
    cut = length.isdigit() and int(length) != len(content)
    return None if len(content) > most or cut else content


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def sentence_of(wrong: Refused) -> str:
    """The reasons of a refusal, in the reader's language."""
    return refusals_in_words(wrong.verdict)


def refused(sentence: str, status: int) -> JsonResponse:
    """One sentence, for the phone to show."""
    return JsonResponse({"sentence": sentence}, status=status)


def not_allowed(verdict: Verdict) -> JsonResponse:
    """401 when signing in would make it a yes, else 403."""
    reasons = verdict.refusals()
    status = 401 if any(reason.code == "sign_in" for reason in reasons) else 403
    return refused(" ".join(in_words(reason) for reason in reasons), status)
