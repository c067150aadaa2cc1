"""What somebody must be told, by the channel they chose: owed in the transaction of what happened, sent
after it by a job, once for ever; what a machine cannot do waits to be printed or called.
"""

import logging
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from faubourg.base import jobs, journal
from faubourg.base.actor import Actor
from faubourg.base.models import Job
from faubourg.base.refusal import refuse_unless
from faubourg.rules.verdict import Verdict, mark

from ..data.resident_texts import DIRECTIONS
from ..gateways import Message, NotSent, gateway_for
from ..models import Area, News, Ticket, TicketStep
from ..texts import SOURCE, Words

TASK = "proximity-tell"
# How the causes of what a partner is told of a report begin: not the reporter's to silence.
OF_LATENESS = "late:"
MOST_ATTEMPTS = 6
# After each failure one waits twice as long: half an hour of silence, then somebody looks.
_FIRST_WAIT = timedelta(minutes=1)
_log = logging.getLogger(__name__)
_LONGEST_ERROR = 300
# An e-mail, or the nine digits of a telephone at least.
_ADDRESS = re.compile(r"""[^\s<>'"(){},;:]+@[^\s<>'"(){},;:]+|\+?\d(?:[ .-]?\d){8,}""")
_AT_ONCE = {Ticket.Answer.LETTER: News.State.TO_PRINT, Ticket.Answer.PHONE: News.State.TO_CALL}
_OPEN_AGAIN = frozenset({"reopen", "reopen_unowned"})
# Neither posted nor called for: the next step says more.
_NOT_BY_POST = frozenset({"qualified", "in_progress", "verified"})


def owe(
    *, cause: str, area: Area, channel: str, to: str, text: str, subject: str = "", language: str = "fr",
    ticket: Ticket | None = None,
) -> News | None:  # fmt: skip
    """Note that somebody must be told, inside the transaction of what happened; returns what is to be said
    (without its key), or None when nobody is to be told. The same cause again changes nothing.

    One question: the worker hands over what waits every few seconds (`take_up`).
    """
    if channel == Ticket.Answer.NONE or not to.strip():
        return None
    news = News(
        cause=cause, area=area, ticket=ticket, channel=channel, to=to[:400], language=language,
        subject=" ".join(subject.split())[:200], text=text,
        state=_AT_ONCE.get(Ticket.Answer(channel), News.State.WAITING),
    )  # fmt: skip
    # Once a cause: in the one question, with no exception that would undo what surrounds it.
    News.objects.bulk_create([news], ignore_conflicts=True)
    return news


def tell_step(ticket: Ticket, step: TicketStep) -> list[News]:
    """Owe the news of one step to whoever reported it, and to those who reported the same after them."""
    tickets = [ticket]
    if step.before:
        tickets += Ticket.objects.filter(original=ticket).exclude(answer_by=Ticket.Answer.NONE)
    owed = [_owe_step(ticket, step, reporter) for reporter in tickets]
    return [news for news in owed if news is not None]


def send(*, pk: int) -> News | None:
    """Hand one over, now; only the job that was queued for it may call this. Never sent twice.

    When the service does not take it, it is queued again later, and given up after a few times.
    """
    waiting = News.objects.filter(pk=pk, state=News.State.WAITING)
    if not waiting.update(attempts=F("attempts") + 1):
        return None
    news = News.objects.get(pk=pk)
    message = Message(news.cause, news.to, news.subject, news.text, news.language)
    try:
        gateway_for(news.channel).send(message)
    except NotSent as wrong:
        return _not_sent(news, str(wrong))
    except Exception as wrong:
        # Whatever a service of the town raises, the message is not forgotten.
        _log.exception("news %s", pk)
        return _not_sent(news, type(wrong).__name__)
    waiting.update(state=News.State.SENT, sent_at=timezone.now(), error="")
    news.refresh_from_db()
    return news


def take_up(now: datetime) -> int:
    """Queue what waits and has no job: new, or its worker died; how many. Safe beside another worker's."""
    if not News.objects.filter(state=News.State.WAITING, created_at__lte=now).exists():
        return 0
    with transaction.atomic():
        # Locked before the jobs are read: whoever queued one of these has committed its job.
        waiting = News.objects.select_for_update().filter(state=News.State.WAITING, created_at__lte=now)
        held = dict(waiting.order_by("pk").values_list("pk", "attempts"))
        if not held:
            return 0
        alive = (Job.State.WAITING, Job.State.RUNNING)
        queued = {job.arguments["news"] for job in Job.objects.filter(task=TASK, state__in=alive)}
        lost = [pk for pk in held if pk not in queued]
        dead = [pk for pk in lost if held[pk] >= MOST_ATTEMPTS]
        News.objects.filter(pk__in=dead).update(state=News.State.FAILED, error=gettext(_INTERRUPTED))
        for pk in sorted(set(lost) - set(dead)):
            jobs.enqueue(TASK, news=pk)
    return len(lost) - len(dead)


_INTERRUPTED = mark("L’envoi a été interrompu plusieurs fois.")


def try_again(*, news: News) -> News:
    """Somebody mended what was wrong: a message that was given up is queued again."""
    with transaction.atomic():
        held = News.objects.select_for_update().get(pk=news.pk)
        if held.state != News.State.FAILED:
            refuse_unless(Verdict.no("news-again", mark("Ce message n’est pas en échec : rien à reprendre.")))
        if not held.to.strip():
            refuse_unless(Verdict.no("news-nobody", _NOBODY))
        held.state, held.attempts, held.error = News.State.WAITING, 0, ""
        held.save(update_fields=["state", "attempts", "error"])
        jobs.enqueue(TASK, news=held.pk)
    return held


_NOBODY = mark("Les coordonnées sont effacées : ce message n’a plus de destinataire.")


def done_by_hand(*, news: News, by: Actor) -> News:
    """A letter was posted, a call was made: once."""
    with transaction.atomic():
        held = News.objects.select_for_update().get(pk=news.pk)
        if held.state in (News.State.TO_PRINT, News.State.TO_CALL):
            held.state, held.sent_at = News.State.SENT, timezone.now()
            held.save(update_fields=["state", "sent_at"])
            journal.record(
                by=by, act="proximity.news-by-hand", kind="news", ref=str(held.pk),
                after={"channel": held.get_channel_display()},
            )  # fmt: skip
    return held


def own_address(ticket: Ticket) -> str:
    """The whole address of the reporter's own page."""
    return f"{settings.SITE_URL}{reverse('report_own', args=[ticket.key])}"


def _not_sent(news: News, why: str) -> News:
    # A service often quotes whom it could not reach: kept, that would outlive the address itself.
    news.error = _ADDRESS.sub("…", why)[:_LONGEST_ERROR]
    if news.attempts >= MOST_ATTEMPTS:
        news.state = News.State.FAILED
    with transaction.atomic():
        news.save(update_fields=["error", "state"])
        if news.state == News.State.WAITING:
            later = timezone.now() + _FIRST_WAIT * 2 ** (news.attempts - 1)
            jobs.enqueue(TASK, after=later, news=news.pk)
    return news


def _owe_step(told_of: Ticket, step: TicketStep, reporter: Ticket) -> News | None:
    channel = reporter.answer_by
    by_hand = channel in _AT_ONCE
    if channel == Ticket.Answer.NONE or (by_hand and step.after in _NOT_BY_POST):
        return None
    # No letter is printed in a writing that our printed font has not.
    printable = channel != Ticket.Answer.LETTER or DIRECTIONS.get(reporter.language, "ltr") == "ltr"
    words = Words(reporter.language if printable else SOURCE, told_of.area)
    to = reporter.contact
    if channel == Ticket.Answer.LETTER:
        to = f"{reporter.contact_name}\n{reporter.contact_address}"
    suffix = "reporter" if reporter.pk == told_of.pk else f"same-{reporter.pk}"
    return owe(
        cause=f"ticket-step:{step.pk}:{suffix}",
        area=told_of.area,
        ticket=reporter,
        channel=channel,
        to=to,
        subject=words.said(
            "news.subject", reference=reporter.reference, state=words.said(f"state.{step.after}")
        ),
        text=_text(words, told_of, step, reporter),
        language=words.language,
    )


def _text(words: Words, told_of: Ticket, step: TicketStep, reporter: Ticket) -> str:
    """Two or three sentences: what happened, where to follow, whom to call."""
    key = "news.reopened" if step.move in _OPEN_AGAIN else f"news.{step.after}"
    with override(words.language[:2]):
        day = date_format(told_of.planned_on, "SHORT_DATE_FORMAT") if told_of.planned_on else ""
    lines = [
        words.said(
            key, reference=reporter.reference, category=words.category(reporter.category).rstrip("."),
            day=day,
            reason=told_of.public_reason,
        ),
        words.said("news.follow", url=own_address(reporter)),
    ]  # fmt: skip
    if told_of.area.hotline:
        lines.append(words.said("news.call", hotline=told_of.area.hotline))
    return "\n".join(lines)
