"""A meeting through its life: planned, changed, convened, held with its quorum kept, cancelled, restored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Unpack

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.base.versions import held_at
from faubourg.contracts.models import Attendance, Body, Meeting
from faubourg.contracts.queries.meetings import Room, facts_of, room_of
from faubourg.rules.governance import meetings
from faubourg.rules.verdict import Verdict, mark

Act = meetings.Act
WHEN_AND_WHERE = ("starts_at", "ends_at", "hour_known", "place")
FIELDS = ("title", *WHEN_AND_WHERE)


def plan_meeting(*, body: Body, values: Mapping[str, Any], by: Actor) -> Meeting:
    """Put a meeting in the calendar; a day of the past is allowed: what took place is recorded after it."""
    meeting = Meeting(body=body, **{name: values[name] for name in FIELDS if name in values})
    _refuse_backwards(meeting)
    with transaction.atomic():
        meeting.save()
        note(by, "meeting.planned", meeting, after=_said(meeting))
    return meeting


def update_meeting(*, meeting: Meeting, values: Mapping[str, Any], base_version: int, by: Actor) -> Meeting:
    """Change title, time or place; a convened meeting that moves has to be convened again."""
    with transaction.atomic():
        held = held_at(meeting, base_version)
        before, was = _said(held), [getattr(held, name) for name in WHEN_AND_WHERE]
        for name in FIELDS:
            if name in values:
                setattr(held, name, values[name])
        _refuse_backwards(held)
        if was != [getattr(held, name) for name in WHEN_AND_WHERE]:
            _judge(Act.RESCHEDULE, held, at=timezone.now())
            held.state, held.convened_at = Meeting.State.PLANNED, None
        if _said(held) == before:
            return held
        _save(held)
        note(by, "meeting.changed", held, before=before, after=_said(held))
    return held


def convene_meeting(
    *, meeting: Meeting, convocation: bytes, by: Actor, at: datetime | None = None
) -> Meeting:
    """Send the agenda: `convocation` is the PDF, kept as it was; every seat is noted as convened."""
    moment = at or timezone.now()
    with transaction.atomic():
        held = _locked(meeting)
        _judge(Act.CONVENE, held, at=moment)
        file = SimpleUploadedFile(f"convocation-{held.pk}.pdf", convocation, "application/pdf")
        document = documents.keep(upload=file, purpose=f"convocation:{held.pk}", by=by)
        _invite(held)
        held.state, held.convened_at = Meeting.State.CONVENED, moment
        _save(held)
        note(by, "meeting.convened", held, after={**_said(held), "sha256": document.sha256})
    return held


def hold_meeting(*, meeting: Meeting, by: Actor, at: datetime | None = None) -> Meeting:
    """Close the sitting: attendance no longer moves, and the quorum is kept as it was judged."""
    with transaction.atomic():
        held = _locked(meeting)
        _judge(Act.HOLD, held, at=at or timezone.now())
        held.quorum = _kept(room_of(held))
        held.state = Meeting.State.HELD
        _save(held)
        note(
            by, "meeting.held", held, after={"present": held.quorum["present"], "seats": held.quorum["seats"]}
        )
    return held


def reopen_meeting(*, meeting: Meeting, reason: str, by: Actor) -> Meeting:
    """Take the closing back, to correct attendance; the quorum will be judged again."""
    return _turn(meeting, Act.REOPEN, act="meeting.reopened", reason=reason, by=by, quorum={})


def cancel_meeting(*, meeting: Meeting, reason: str, by: Actor) -> Meeting:
    """It will not take place; calendars are told."""
    return _turn(meeting, Act.CANCEL, act="meeting.cancelled", reason=reason, by=by)


def restore_meeting(*, meeting: Meeting, by: Actor) -> Meeting:
    """It takes place after all, and has to be convened."""
    return _turn(meeting, Act.RESTORE, act="meeting.restored", reason="", by=by, convened_at=None)


def _turn(meeting: Meeting, do: Act, *, act: str, reason: str, by: Actor, **changes: Any) -> Meeting:
    with transaction.atomic():
        held = _locked(meeting)
        _judge(do, held, at=timezone.now(), reason=reason)
        held.state = Meeting.State(meetings.BY_ACT[do].target)
        for name, value in changes.items():
            setattr(held, name, value)
        _save(held)
        note(by, act, held, reason=reason.strip()[:300])
    return held


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _save(meeting: Meeting) -> None:
    meeting.version += 1
    meeting.save()


def _judge(act: Act, meeting: Meeting, *, at: datetime, reason: str = "") -> None:
    facts = facts_of(meeting, at=at, points=meeting.agenda.count(), reason=reason)
    refuse_unless(meetings.judge(act, facts))


def _refuse_backwards(meeting: Meeting) -> None:
    if meeting.ends_at <= meeting.starts_at:
        raise Refused(Verdict.no("ends", mark("Une réunion finit après avoir commencé.")))


def _invite(meeting: Meeting) -> None:
    """A line for each seat that has none yet, with the name of whoever holds it that day."""
    room = room_of(meeting)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            seat=place.line.seat,
            person_ref=place.line.titular.person_ref if place.line.titular else None,
            person_name=place.line.titular.person_name if place.line.titular else "",
            organisation=place.line.seat.organisation,
        )
        for place in room.places
        if place.attendance is None
    )


def _kept(room: Room) -> dict[str, Any]:
    """The verdict as data: threshold, operand, sentence and its places, for readers of ten years later."""
    judged = room.quorum
    return {
        "ok": judged.verdict.ok,
        "share_bp": room.share,
        "seats": judged.seats,
        "needed": judged.needed,
        "present": judged.present,
        "reasons": [
            {
                "code": reason.code,
                "met": reason.met,
                "template": reason.template,
                "params": dict(reason.params),
                "sentence": reason.sentence,
                "decides": reason.decides,
            }
            for reason in judged.verdict.reasons
        ],
    }


def _said(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat(timespec="minutes"),
        "ends_at": meeting.ends_at.isoformat(timespec="minutes"),
        "day": timezone.localdate(meeting.starts_at).isoformat(),
        "hour_known": meeting.hour_known,
        "place": meeting.place,
    }


def note(by: Actor, act: str, meeting: Meeting, **told: Unpack[journal.Told]) -> None:
    """One entry of the journal about a meeting."""
    journal.record(by=by, act=act, kind="meeting", ref=str(meeting.pk), **told)
