"""Writing the agenda of a meeting, and its minutes: whoever wrote in between is never overwritten."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2s
from typing import Any

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import AgendaItem, Meeting
from faubourg.rules.verdict import Verdict, mark

State = Meeting.State
OVER = mark("Cette réunion est {state} : son ordre du jour ne change plus.")


def seen(text: str) -> str:
    """A short mark of a text as somebody read it: what was typed on top of another text is noticed."""
    return blake2s(text.replace("\r\n", "\n").encode(), digest_size=8).hexdigest()


def agenda_text(points: Sequence[AgendaItem]) -> str:
    """The agenda as one text, for `seen`."""
    return "\n".join(
        f"{point.pk}|{point.order}|{point.part}|{point.minutes_planned or ''}|{point.title}"
        for point in points
    )


def write_agenda(
    *, meeting: Meeting, rows: Sequence[Mapping[str, Any]], base: str, by: Actor
) -> list[AgendaItem]:
    """Bring the agenda to `rows`, in that order: « pk » (or None), « part », « title », « minutes ».

    A point that is no longer among the rows goes. Raises Conflict when somebody wrote it since `base`.
    """
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.state not in (State.PLANNED, State.CONVENED):
            raise Refused(Verdict.no("state", OVER, state=str(held.get_state_display())))
        standing = list(held.agenda.all())
        if seen(agenda_text(standing)) != base:
            raise Conflict
        points = {point.pk: point for point in standing}
        kept = []
        for rank, row in enumerate(rows, start=1):
            point = points.get(row["pk"]) or AgendaItem(meeting=held)
            point.part, point.title, point.order = row["part"], row["title"], rank
            point.minutes_planned = row["minutes"]
            point.save()
            kept.append(point)
        held.agenda.exclude(pk__in=[point.pk for point in kept]).delete()
        if agenda_text(kept) != agenda_text(standing):
            journal.record(
                by=by,
                act="meeting.agenda.written",
                kind="meeting",
                ref=str(held.pk),
                before={"agenda": "\n".join(point.title for point in standing)},
                after={"agenda": "\n".join(point.title for point in kept)},
            )
    return kept


def write_minutes(*, meeting: Meeting, text: str, base: str, by: Actor) -> Meeting:
    """Write the minutes; `base` marks the text that was read. Raises Conflict when it is no longer there,
    unless what stands is what is being written."""
    plain = text.replace("\r\n", "\n").strip()
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.minutes == plain:
            return held
        if held.minutes_validated_on is not None:
            raise Refused(
                Verdict.no(
                    "validated",
                    mark(
                        "Ce compte rendu est validé depuis le {day} : il ne se réécrit plus. "
                        "Une correction se décide à la réunion suivante."
                    ),
                    day=held.minutes_validated_on,
                )
            )
        if held.state == State.CANCELLED:
            raise Refused(
                Verdict.no(
                    "cancelled", mark("Une réunion annulée n’a pas de compte rendu : rétablissez-la d’abord.")
                )
            )
        if seen(held.minutes) != base:
            raise Conflict
        before, held.minutes = held.minutes, plain
        held.version += 1
        held.save(update_fields=["minutes", "version"])
        journal.record(
            by=by,
            act="meeting.minutes.written",
            kind="meeting",
            ref=str(held.pk),
            before={"signs": len(before)},
            after={"signs": len(plain)},
        )
    return held


def validate_minutes(*, meeting: Meeting, on: date, by: Actor) -> Meeting:
    """The minutes are those of the meeting from now on: it has to be held, and they have to say something."""
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.minutes_validated_on is not None:
            return held
        if held.state != State.HELD:
            raise Refused(
                Verdict.no(
                    "state",
                    mark("Le compte rendu se valide une fois la séance clôturée : clôturez-la d’abord."),
                )
            )
        if not held.minutes.strip():
            raise Refused(
                Verdict.no("minutes", mark("Ce compte rendu est vide : écrivez-le avant de le valider."))
            )
        held.minutes_validated_on = on
        held.version += 1
        held.save(update_fields=["minutes_validated_on", "version"])
        journal.record(
            by=by,
            act="meeting.minutes.validated",
            kind="meeting",
            ref=str(held.pk),
            after={"validated_on": on.isoformat()},
        )
    return held
