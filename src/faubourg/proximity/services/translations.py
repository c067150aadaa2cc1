"""The sentences for residents in another language: corrected, and validated by somebody who reads it."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.rules.verdict import Verdict, mark

from .. import texts
from ..models import Area, Translation
from ..queries.phrases import Phrase
from .keeping import note, written
from .moving import locked

_PLACE = re.compile(r"\{(\w*)\}")


def judge_places(key: str, text: str) -> Verdict:
    """A translation keeps what is filled in: a number to call, a reference, a day."""
    french = texts.shipped(texts.SOURCE).get(key, "")
    wanted, given = sorted(_PLACE.findall(french)), sorted(_PLACE.findall(text))
    if wanted == given and text.count("{") == text.count("}") == len(given):
        return Verdict.yes()
    return Verdict.no(
        "translation_places",
        mark("Gardez tels quels les mots entre accolades : {places}."),
        places=", ".join(f"{{{place}}}" for place in wanted) or "–",
    )


def write_translation(
    *,
    area: Area,
    language: str,
    key: str,
    text: str,
    base_version: int,
    validated: bool,
    at: datetime,
    by: Actor,
) -> Translation:
    """What somebody corrected or read again; validated, it is no longer shown « à relire ».

    `base_version` is 0 for a sentence as it is shipped. Raises Conflict when somebody wrote it in between.
    """
    refuse_unless(judge_places(key, text))
    with transaction.atomic():
        locked(area)
        found = area.translations.filter(language=language, key=key).first()
        if (found.version if found else 0) != base_version:
            raise Conflict
        row = found or Translation(area=area, language=language, key=key)
        values = {
            "text": text,
            "validated_at": at if validated else None,
            "validated_by": by.ref if validated else None,
            "validated_by_name": by.name if validated else "",
        }
        held = written(row, values)
        told = {"language": language, "phrase": key}
        if validated:
            note(area, "area.translation_validated", by, told)
        else:
            note(area, "area.translation_written", by, told)
    return held


def validate_translations(
    *, area: Area, language: str, phrases: Iterable[Phrase], at: datetime, by: Actor
) -> int:
    """Each sentence as it was read is validated, unless somebody changed it in between; how many were."""
    done = 0
    with transaction.atomic():
        held = locked(area)
        own = {row.key: row for row in held.translations.filter(language=language)}
        for phrase in phrases:
            row = own.get(phrase.key) or Translation(area=held, language=language, key=phrase.key)
            if not phrase.text or (row.version if row.pk else 0) != phrase.version:
                continue
            signed = {"validated_at": at, "validated_by": by.ref, "validated_by_name": by.name}
            written(row, {"text": phrase.text, **signed})
            done += 1
        if done:
            note(held, "area.translation_validated", by, {"language": language, "count": done})
    return done
