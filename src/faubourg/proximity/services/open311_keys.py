"""The keys of the applications that file reports: shown once, kept as a digest, withdrawn at once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from secrets import compare_digest, token_urlsafe

from django.db import transaction
from django.db.models import Exists, OuterRef

from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.rules.open311 import Problem, bad_key, not_found
from faubourg.rules.open311.problems import FORBIDDEN, bad
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import ApiKey, Area
from .keeping import note
from .moving import locked

_BYTES = 32
_START = 8


@dataclass(frozen=True, slots=True)
class KeyWords:
    """What the area says of an application."""

    label: str
    email: str = ""
    daily_limit: int = 500
    answers_token: bool = False


def create_key(*, area: Area, told: KeyWords, by: Actor) -> tuple[ApiKey, str]:
    """The key and its secret, which nothing here can tell again. Raises Refused for a name in use."""
    secret = token_urlsafe(_BYTES)
    with transaction.atomic():
        held = locked(area)
        twice = held.api_keys.filter(label__iexact=told.label, revoked_at=None).exists()
        refuse_unless(
            Verdict.no("key_twice", mark("Une clé en service s’appelle déjà « {label} »."), label=told.label)
            if twice
            else Verdict.yes()
        )
        key = ApiKey.objects.create(
            area=held, label=told.label, email=told.email, daily_limit=told.daily_limit,
            answers_token=told.answers_token, digest=digest_of(secret), start=secret[:_START],
            created_by=by.ref,
        )  # fmt: skip
        note(held, "area.key_created", by, {"application": key.label, "limit": key.daily_limit})
    return key, secret


def revoke_key(*, key: ApiKey, at: datetime, by: Actor) -> ApiKey:
    """It files nothing any more; what it filed stays. Twice is once."""
    with transaction.atomic():
        held = locked(key)
        if held.revoked_at is None:
            held.revoked_at = at
            held.save(update_fields=["revoked_at"])
            note(held.area, "area.key_revoked", by, {"application": held.label})
    return held


def digest_of(secret: str) -> str:
    """SHA-256: a key has as much chance as its digest, a slow hash would only slow each call."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def judge_key(told: str, jurisdiction: str) -> ApiKey | Problem:
    """The key in service of this jurisdiction, locked, with its area; or why there is none. One query when
    all is well. Inside a transaction.
    """
    digest = digest_of(told)
    others = Area.objects.exclude(pk=OuterRef("area"))
    keys = ApiKey.objects.select_for_update(of=("self",)).select_related("area__territory")
    found = keys.annotate(alone=~Exists(others)).filter(digest=digest).first() if told else None
    # The index is not asked to compare in constant time: this is.
    known = compare_digest(found.digest if found else "0" * len(digest), digest)
    if found is None or not known or found.revoked_at is not None:
        return bad_key(told)
    return _elsewhere(found.area, jurisdiction, alone=found.alone) or found


def _elsewhere(area: Area, jurisdiction: str, *, alone: bool) -> Problem | None:
    """Why a call with a key of this area is not for it."""
    if not jurisdiction:
        return None if alone else which_jurisdiction()
    if jurisdiction.lower() == area.jurisdiction_id.lower():
        return None
    if not Area.objects.filter(jurisdiction_id__iexact=jurisdiction).exists():
        return not_found("jurisdiction_id", jurisdiction)
    sentence = mark("Cette clé est celle de « {area} » : vérifiez jurisdiction_id.")
    return Problem(FORBIDDEN, Reason("open311-key", False, sentence, {"area": area.name}))


def which_jurisdiction() -> Problem:
    """Several areas answer here, and none was named."""
    return bad("jurisdiction", mark("Plusieurs collectivités répondent ici : précisez jurisdiction_id."))


def judge_day(key: ApiKey, filed: int) -> Problem | None:
    """What a key files in one day is bounded; `filed`: how many it did today."""
    if filed < key.daily_limit:
        return None
    sentence = mark("Cette clé a déjà déposé {most} signalements aujourd’hui : reprenez demain.")
    reason = Reason("open311-limit", False, sentence, {"most": key.daily_limit}, key.daily_limit, filed)
    return Problem(FORBIDDEN, reason)
