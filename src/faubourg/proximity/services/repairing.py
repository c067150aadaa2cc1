"""A report with the partner that has it: planned, begun, declared done; checked, closed or opened again."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from faubourg.base.actor import FAUBOURG, Actor
from faubourg.base.refusal import refuse_unless
from faubourg.base.text import printable
from faubourg.rules.proximity import deadlines
from faubourg.rules.proximity.circuits import REPORT
from faubourg.rules.verdict import Verdict, mark

from ..models import Check, Photo, Ticket
from ..queries.referents import has_referent
from ..queries.waiting import waiting_since
from .attributing import promised, wait_for_owner
from .moving import locked, move
from .news import tell_step
from .photos import keep_photo

Upload = UploadedFile[Any]

_PAST = Verdict.no("planned_before_today", mark("Le jour prévu est aujourd’hui ou plus tard."))


def plan(*, ticket: Ticket, on: date | None, words: str, base_version: int, by: Actor) -> Ticket:
    """The day of the intervention, told to whoever reported; planned again as often as needed."""
    with transaction.atomic():
        held = locked(ticket, base_version)
        if on is not None and on < timezone.localdate():
            refuse_unless(_PAST)
        held.planned_on = on
        given = set() if on is None else {"planned_day"}
        step = {"public": True, "partner": held.partner}
        tell_step(held, move(held, REPORT, "plan", by=by, given=given, note=words, step=step))
    return held


def start(*, ticket: Ticket, base_version: int, by: Actor) -> Ticket:
    """The work begins."""
    with transaction.atomic():
        held = locked(ticket, base_version)
        step = {"public": True, "partner": held.partner}
        tell_step(held, move(held, REPORT, "start", by=by, step=step))
    return held


def declare_done(
    *, ticket: Ticket, words: str, base_version: int, by: Actor, photo: Upload | None = None
) -> Ticket:
    """The partner says that it is done: whoever reported has so many days to say whether it is true."""
    with transaction.atomic():
        held = locked(ticket, base_version)
        if photo is not None:
            keep_photo(owner=held, upload=photo, moment=Photo.Moment.AFTER, by=by)
        held.declared_done_at = timezone.now()
        step = {"public": True, "partner": held.partner}
        tell_step(held, move(held, REPORT, "declare_done", by=by, note=words, step=step))
    return held


def check_repair(
    *, ticket: Ticket, who: str, repaired: bool, text: str, by: Actor, photo: Upload | None = None
) -> Check:
    """A resident says what is seen: done, and it is closed; not done, and it is open again, with why.

    `who` is a `Check.Who`. The right (never whoever did the work) was verified by the caller.
    """
    words = printable(text).strip()[:2000]
    with transaction.atomic():
        held = locked(ticket)
        refuse_unless(REPORT.may_start("verify", held.state))
        if repaired:
            step = {"public": True}
            move(held, REPORT, "verify", by=by, given={"verification"}, step=step)
            held.closed_at = timezone.now()
            tell_step(held, move(held, REPORT, "close_verified", by=by, step=step))
        else:
            _reopen(held, words or gettext(_SEEN_UNDONE), by, typed=True)
        made = held.checks.create(who=who, repaired=repaired, text=words, by=by.ref, by_name=by.name)
        if photo is not None:
            _show(made, photo, by)
    return made


def _show(check: Check, upload: Upload, by: Actor) -> None:
    """What was seen, in a photograph: after when it is repaired, a doubt when it is not."""
    moment = Photo.Moment.AFTER if check.repaired else Photo.Moment.DOUBT
    kept = keep_photo(owner=check.ticket, upload=upload, moment=moment, by=by)
    kept.check_of = check
    kept.save(update_fields=["check_of"])


_SEEN_UNDONE = mark("Ce n’est pas réparé.")


def reopen(
    *, ticket: Ticket, reason: str, base_version: int | None, by: Actor, typed: bool = False
) -> Ticket:
    """Bring back what was declared done or closed: to the same partner, with a new delay; to the queue of
    places without anybody when nobody is in post there any more.

    `typed`: the reason is that of a resident, which the journal does not keep.
    """
    with transaction.atomic():
        held = locked(ticket, base_version)
        _reopen(held, reason, by, typed=typed)
    return held


def _reopen(held: Ticket, reason: str, by: Actor, *, typed: bool) -> None:
    refuse_unless(REPORT.may_start("reopen", held.state))
    held.closed_at, held.declared_done_at, held.planned_on = None, None, None
    held.reopened += 1
    held.due_on = promised(held, held.category, timezone.localdate())
    step = {"public": False, "partner": held.partner}
    answers = held.partner is not None and held.partner.active and has_referent(held.partner)
    if not answers:
        _nobody_in_post(held)
    act = "reopen" if answers else "reopen_unowned"
    tell_step(held, move(held, REPORT, act, by=by, note=reason, step=step, typed=typed))


def _nobody_in_post(held: Ticket) -> None:
    """It waits in the queue of places without anybody, ten days; what a resident typed stays in the step."""
    gone, held.partner = held.partner, None
    # The team reads it, whatever the language of whoever reopens.
    with translation.override(settings.LANGUAGE_CODE):
        reason = gettext(_VACANT).format(partner=gone.name if gone else gettext("personne"))
    wait_for_owner(held, reason)


_VACANT = mark("Rouvert, et plus personne n’est en poste pour en répondre : c’était « {partner} ».")


def close_by_silence(*, on: date | None = None) -> int:
    """Close what nobody contested in time; returns how many. Safe to run twice, and beside people."""
    day = on or timezone.localdate()
    return sum(_silenced(ticket, day) for ticket in waiting_since(day))


def _silenced(ticket: Ticket, day: date) -> int:
    with transaction.atomic():
        held = locked(ticket)
        if held.state != "declared_done" or held.declared_done_at is None:
            return 0
        done = deadlines.day_in_paris(held.declared_done_at)
        answered = held.checks.filter(at__gte=held.declared_done_at).order_by("-at").first()
        told = deadlines.day_in_paris(answered.at) if answered else None
        reason = deadlines.judge_silence(done, told, day, held.area.silence_days)
        if not reason.met:
            return 0
        held.closed_at = timezone.now()
        step = {"public": True}
        tell_step(held, move(held, REPORT, "close_silence", by=FAUBOURG, given={"silence"}, step=step))
    return 1
