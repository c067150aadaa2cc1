"""Who came: each seat on its own line, so that two people may tick at once and only meet on one same line."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Attendance, Meeting
from faubourg.people.models import Organisation
from faubourg.rules.verdict import Verdict, mark

Status = Attendance.Status


@dataclass(frozen=True, slots=True)
class Tick:
    """One line as it was read and as it is now; `person` empty keeps whoever holds the seat."""

    seat: int
    was: str
    was_person: str
    status: str
    person: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything was said on this line."""
        return (self.status, self.person) != (self.was, self.was_person)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without a seat; `pk` None when they are new. An empty line takes them away."""

    pk: int | None
    name: str
    organisation: Organisation | None = None
    ref: UUID | None = None

    @property
    def said(self) -> bool:
        """Whether the line names somebody or something."""
        return bool(self.name or self.organisation)


def record_attendance(
    *,
    meeting: Meeting,
    ticks: Sequence[Tick],
    guests: Sequence[Guest],
    printed: str,
    count: int | None,
    by: Actor,
) -> Meeting:
    """Note who came. Raises Conflict when a line that changed here was changed by somebody else since."""
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.state not in (Meeting.State.PLANNED, Meeting.State.CONVENED):
            raise Refused(
                Verdict.no(
                    "state",
                    mark("Cette réunion est {state} : rouvrez la séance pour corriger les présences."),
                    state=str(held.get_state_display()),
                )
            )
        moved = sum(_tick(held, tick) for tick in ticks if tick.changed)
        moved += sum(_guest(held, guest) for guest in guests)
        if (held.printed_attendance, held.present_count) != (printed, count):
            held.printed_attendance, held.present_count = printed, count
            held.version += 1
            held.save(update_fields=["printed_attendance", "present_count", "version"])
            moved += 1
        if moved:
            here = held.attendances.filter(status__in=(Status.PRESENT, Status.REPRESENTED)).count()
            journal.record(
                by=by,
                act="meeting.attendance.noted",
                kind="meeting",
                ref=str(held.pk),
                after={"present": here, "printed": printed, "count": count},
            )
    return held


def _tick(meeting: Meeting, tick: Tick) -> int:
    row = Attendance.objects.filter(meeting=meeting, seat_id=tick.seat).first()
    now = (row.status, row.person_name) if row else (Status.INVITED, "")
    if now == (tick.status, tick.person):
        return 0
    if row is not None and now not in ((tick.was, tick.was_person), (tick.was, "")):
        raise Conflict
    if row is None:
        if not meeting.body.seats.filter(pk=tick.seat).exists():
            raise Refused(Verdict.no("seat", mark("Ce siège n’est plus à la table : rechargez la page.")))
        row = Attendance(meeting=meeting, seat_id=tick.seat)
    if row.person_name != tick.person:
        row.person_ref = None
    row.status, row.person_name = tick.status, tick.person[:150]
    row.save()
    return 1


def _guest(meeting: Meeting, guest: Guest) -> int:
    row = meeting.attendances.filter(pk=guest.pk, seat=None).first() if guest.pk else None
    if not guest.said:
        return row.delete()[0] if row else 0
    if row is None:
        row = Attendance(meeting=meeting)
    elif (row.person_name, row.organisation_id) == (
        guest.name,
        guest.organisation.pk if guest.organisation else None,
    ):
        return 0
    row.person_name, row.person_ref = guest.name[:150], guest.ref
    row.organisation, row.status = guest.organisation, Status.PRESENT
    row.save()
    return 1
