"""Land responsibility written: drawn one by one, or a file at once; what stops is dated, never erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Source

from ..land_files import Reader, Trial, key_of, keys_of, partners_by_name
from ..land_outline import Outline
from ..models import Area, Land, Partner
from ..queries.land import lands_in_force
from .keeping import note, written
from .moving import locked


def write_land(
    *,
    land: Land,
    values: Mapping[str, Any],
    outline: Outline,
    base_version: int | None = None,
    by: Actor,
) -> Land:
    """A new piece of land, or a changed one; Conflict when somebody wrote it in between."""
    with transaction.atomic():
        held = written(land, {**values, **outline.columns}, base_version=base_version)
        note(held.area, "area.land_written", by, {"land": held.name})
    return held


def end_land(*, land: Land, on: date, by: Actor) -> Land:
    """It counts until that day included; what was reported before keeps its explanation."""
    with transaction.atomic():
        held = locked(land)
        if held.until is None or held.until > on:
            held.until = max(on, held.since or on)
            held.version += 1
            held.save(update_fields=["until", "version"])
            note(held.area, "area.land_ended", by, {"land": held.name, "on": held.until.isoformat()})
    return held


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read, and where it comes from. `partner` answers where it names nobody."""

    source_words: str
    source: Source | None = None
    partner: Partner | None = None
    crs: str = ""
    # What came from the same source and is no longer in the file stops the day before.
    replaces: bool = False


def try_lands(*, area: Area, data: bytes, asked: Asked, on: date) -> Trial:
    """What the file would do that day; nothing is written. Raises Refused when it cannot be read at all."""
    standing = keys_of(lands_in_force(area, on))
    partners = partners_by_name(area.partners.filter(active=True))
    return Reader(area, partners, standing, asked.partner, asked.crs).read(data)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lands were written, and how many stopped."""

    made: int
    ended: int


def import_lands(*, area: Area, data: bytes, asked: Asked, on: date, by: Actor) -> Imported:
    """Every good feature of the file, in one piece; the same file twice adds nothing.

    Raises Refused when no feature is good and nothing would stop.
    """
    with transaction.atomic():
        held = locked(area)
        trial = try_lands(area=held, data=data, asked=asked, on=on)
        made = [
            Land(
                area=held, name=one.name, use=one.use, partner=one.partner, owner_name=one.owner_name,
                since=one.since, until=one.until, source=asked.source, source_words=asked.source_words,
                **one.outline.columns,
            )
            for one in trial.good
            if one.outline is not None
        ]  # fmt: skip
        ended = _stopped(held, trial, asked, on) if asked.replaces and not trial.wrong else []
        refuse_unless(_worth(made, ended, trial))
        Land.objects.bulk_create(made, batch_size=500)
        Land.objects.bulk_update(ended, ["until"], batch_size=500)
        note(held, "area.lands_imported", by, {"count": len(made)}, reason=asked.source_words)
    return Imported(len(made), len(ended))


def _stopped(area: Area, trial: Trial, asked: Asked, on: date) -> list[Land]:
    before = on - timedelta(days=1)
    found = []
    for land in lands_in_force(area, on).filter(source_words=asked.source_words):
        if key_of(land.partner_id, land.use, land.geometry) not in trial.keys:
            land.until = max(before, land.since or before)
            found.append(land)
    return found


def _worth(made: list[Land], ended: list[Land], trial: Trial) -> Verdict:
    if made or ended:
        return Verdict.yes()
    if trial.known and not trial.wrong:
        return Verdict.no("lands-known", mark("Tout ce que dit ce fichier est déjà enregistré."))
    return Verdict.no("lands-none", mark("Aucun lieu de ce fichier n’est bon : corrigez-le, puis revenez."))
