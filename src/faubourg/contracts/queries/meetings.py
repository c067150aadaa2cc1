"""Meetings: one with all that hangs on it, those of a month, who is expected, what is still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from faubourg.base.models import Document
from faubourg.contracts.models import (
    AgendaItem,
    Attendance,
    Body,
    Contract,
    Mandate,
    Meeting,
    Seat,
)
from faubourg.rules.governance import agenda, clashes, meetings, quorum
from faubourg.rules.verdict import Verdict

from .contracts import contracts
from .governance import TWO_PARTS, SeatLine, term_of

MINUTE = timedelta(minutes=1)
LATEST = 12
MOST_EVENTS = 80
Status = Attendance.Status
HERE = (Status.PRESENT, Status.REPRESENTED)


@dataclass(frozen=True)
class Place:
    """A seat at a meeting: who holds it that day, and how they came."""

    line: SeatLine
    attendance: Attendance | None

    @property
    def status(self) -> str:
        """« invited » until somebody says otherwise."""
        return self.attendance.status if self.attendance else Status.INVITED

    @property
    def person_name(self) -> str:
        """As noted at the meeting, else the titular of that day."""
        if self.attendance and self.attendance.person_name:
            return self.attendance.person_name
        return self.line.titular.person_name if self.line.titular else ""

    @property
    def chair(self) -> quorum.Chair:
        """As the quorum counts it."""
        return quorum.Chair(
            here=self.status in HERE,
            voice=self.line.seat.part != Seat.Part.GUEST,
            vacant=not self.line.held.ok,
        )


@dataclass(frozen=True)
class Room:
    """Everybody at one meeting: the seats of the body, then those who came without one."""

    places: tuple[Place, ...]
    others: tuple[Attendance, ...]
    share: int | None

    @cached_property
    def quorum(self) -> quorum.Quorum:
        """As attendance stands now; a meeting that was held keeps its own."""
        return quorum.judge([place.chair for place in self.places], self.share)

    @property
    def noted(self) -> int:
        """How many people are noted as having come."""
        came = [place.status in HERE for place in self.places] + [o.status in HERE for o in self.others]
        return sum(came)


def meeting_of(code: str, pk: int) -> Meeting | None:
    """The meeting of this number, if it is one of a contract of this code; with what the rights read."""
    return (
        Meeting.objects.filter(pk=pk, body__contract__code=code.upper())
        .select_related("body__territory")
        .prefetch_related("body__territory__communes", Prefetch("body__contract", contracts()))
        .first()
    )


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """Its points in order."""
    return list(meeting.agenda.select_related("document"))


def room_of(meeting: Meeting) -> Room:
    """Who is expected and who came; four questions whatever the number of seats."""
    day = timezone.localdate(meeting.starts_at)
    seats = meeting.body.seats.select_related("organisation").prefetch_related("mandates")
    noted = list(meeting.attendances.select_related("organisation"))
    by_seat = {row.seat_id: row for row in noted if row.seat_id}
    places = tuple(Place(SeatLine(seat, day), by_seat.get(seat.pk)) for seat in seats)
    return Room(places, tuple(row for row in noted if row.seat_id is None), meeting.body.quorum_bp)


def length_of(meeting: Meeting) -> int | None:
    """In minutes; None when the hours are not known."""
    return (meeting.ends_at - meeting.starts_at) // MINUTE if meeting.hour_known else None


def agenda_verdict(meeting: Meeting, points: Sequence[AgendaItem]) -> Verdict:
    """What is worth saying of the agenda before it is sent."""
    return agenda.judge(
        [agenda.Point(agenda.Part(point.part), point.minutes_planned) for point in points],
        length=length_of(meeting),
        two_parts=meeting.body.kind in TWO_PARTS,
    )


def facts_of(meeting: Meeting, *, at: datetime, points: int, reason: str = "") -> meetings.Facts:
    """A meeting as its transition table knows it."""
    return meetings.Facts(
        state=meetings.State(meeting.state),
        starts_at=meeting.starts_at,
        at=at,
        points=points,
        reason=reason,
        minutes_validated=meeting.minutes_validated_on is not None,
    )


def meetings_of(body: Body) -> QuerySet[Meeting]:
    """Those of one body, the latest first."""
    return body.meetings.order_by("-starts_at", "-pk")


def meetings_of_contract(contract: Contract) -> QuerySet[Meeting]:
    """Those of every body."""
    return Meeting.objects.filter(body__contract=contract).select_related("body__contract")


def next_after(body: Body, moment: datetime) -> Meeting | None:
    """The meeting of the body that comes next and is not cancelled."""
    coming = body.meetings.filter(starts_at__gt=moment).exclude(state=Meeting.State.CANCELLED)
    return coming.order_by("starts_at", "pk").first()


@dataclass(frozen=True)
class MonthOf:
    """A month and how many meetings it holds."""

    first: date
    count: int


def months_of(contract: Contract) -> list[MonthOf]:
    """The months that hold a meeting, oldest first."""
    rows = (
        Meeting.objects.filter(body__contract=contract)
        .annotate(month=TruncMonth("starts_at"))
        .order_by("month")
        .values_list("month")
        .annotate(Count("pk"))
    )
    return [MonthOf(timezone.localdate(month), count) for month, count in rows]


def meetings_in(contract: Contract, first: date, last: date) -> list[Meeting]:
    """Those that begin between two days, in order, with their body and its seats for the clashes."""
    seats = Prefetch("body__seats", Seat.objects.select_related("organisation").prefetch_related("mandates"))
    found = Meeting.objects.filter(
        body__contract=contract, starts_at__date__gte=first, starts_at__date__lte=last
    )
    return list(
        found.select_related("body__contract", "body__territory")
        .prefetch_related(seats)
        .order_by("starts_at", "pk")
    )


def clashes_among(found: Sequence[Meeting]) -> tuple[clashes.Clash, ...]:
    """Between those that stand: a cancelled meeting is in nobody's way."""
    return clashes.among([slot_of(m) for m in found if m.state != Meeting.State.CANCELLED])


def slot_of(meeting: Meeting) -> clashes.Slot:
    """A meeting, with those who hold its seats that day; needs `meetings_in`'s prefetch to cost nothing."""
    day = timezone.localdate(meeting.starts_at)
    seats = list(meeting.body.seats.all())
    people = {
        mandate.person_name
        for seat in seats
        for mandate in seat.mandates.all()
        if mandate.person_name and term_of(mandate).covers(day)
    }
    return clashes.Slot(
        key=meeting.pk,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        hour_known=meeting.hour_known,
        people=frozenset(people),
        organisations=frozenset(seat.organisation.name for seat in seats if seat.organisation),
    )


def of_calendar(contract: Contract) -> list[Meeting]:
    """The latest meetings of a contract for its calendar file, in order: an agenda program reads them all
    several times a day, and the list of all of them is another page."""
    latest = meetings_of_contract(contract).order_by("-starts_at", "-pk")[:MOST_EVENTS]
    return list(latest)[::-1]


def of_person(person_ref: UUID) -> list[Meeting]:
    """The latest meetings of the bodies where somebody holds a seat today, and those they were noted at."""
    seated = Mandate.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()), person_ref=person_ref
    )
    noted = Attendance.objects.filter(person_ref=person_ref)
    # Two lists of keys, each found by its index: joined, they go through every presence of the country.
    found = (
        Meeting.objects.filter(
            Q(body__in=seated.order_by().values("seat__body")) | Q(pk__in=noted.order_by().values("meeting"))
        )
        .select_related("body__contract")
        .order_by("-starts_at", "-pk")
    )
    return list(found[:MOST_EVENTS])[::-1]


def convocation_of(meeting: Meeting) -> Document | None:
    """The last convocation that was sent, as it was."""
    return Document.objects.filter(purpose=f"convocation:{meeting.pk}").order_by("-added_at", "-pk").first()
