"""What was seen on a walk becomes a report, in one act for one or several: followed until it is verified."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark

from ..models import Category, Observation, Ticket, Walk
from .filing import Filing, file_ticket
from .moving import locked
from .observing import place_words
from .walk_proposals import ALIVE

KIND = "observation"


def file_from_walk(*, observation: Observation, category: Category | None, by: Actor, at: datetime) -> Ticket:
    """The report of one observation; asked twice, or twice at once, it is the same report.

    Without a category, the first one of its theme. Raises Refused with what lacks.
    """
    with transaction.atomic():
        walk = locked(observation.walk)
        held = locked(observation)
        if held.ticket is not None:
            return held.ticket
        _refuse_unless_fileable(walk, held)
        filing = _filing(walk, held, category or _of_theme(walk, held))
        held.ticket = file_ticket(filing=filing, by=by, at=at)
        held.version += 1
        held.save(update_fields=["ticket", "version"])
        told = {"reference": held.ticket.reference}
        journal.record(by=by, act="walk.ticketed", kind=KIND, ref=str(held.pk), after=told)
    return held.ticket


def file_several(
    *, observations: Sequence[Observation], category: Category | None, by: Actor, at: datetime
) -> list[Ticket]:
    """All of them, or none: a refusal names the one that cannot be."""
    with transaction.atomic():
        return [file_from_walk(observation=one, category=category, by=by, at=at) for one in observations]


def _refuse_unless_fileable(walk: Walk, row: Observation) -> None:
    if walk.state not in ALIVE:
        sentence = mark("Une observation devient un signalement entre la marche et son bilan.")
    elif row.merged_into_id is not None:
        sentence = mark("Cette observation est réunie à une autre : c’est elle qui devient un signalement.")
    elif row.nature != Observation.Nature.DYSFUNCTION:
        sentence = mark("Un atout ne se répare pas : il reste dans la restitution.")
    elif row.lon is None:
        sentence = mark("« {text} » n’a pas de lieu : placez-la d’abord sur la carte.")
    else:
        return
    raise Refused(Verdict.no("observations", sentence, text=row.text[:60]))


def _of_theme(walk: Walk, row: Observation) -> Category:
    found = walk.area.categories.filter(active=True, theme=row.theme).order_by("order", "name").first()
    if found is None:
        sentence = mark("Aucune catégorie de ce territoire n’a le thème « {theme} » : choisissez-en une.")
        theme = str(Category.Theme(row.theme).label)
        raise Refused(Verdict.no("category", sentence, theme=theme))
    return found


def _filing(walk: Walk, row: Observation, category: Category) -> Filing:
    # An identity of its own, as that of the note is known to whoever wrote it; once under the lock.
    return Filing(
        area=walk.area,
        category=category,
        lon=row.lon or 0.0,
        lat=row.lat or 0.0,
        client_id=uuid4(),
        accuracy_m=row.accuracy_m,
        text=row.text,
        place_words=place_words(row),
        channel=Ticket.Channel.WALK,
        by_night=walk.by_night,
        severity=row.severity,
    )
