"""A session before it opens: planned, its dossiers enrolled and ordered, members invited and expected."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.rules.calls.circuits import APPLICATION, SITTING
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Juror, Jury, JuryItem, JuryPresence, JurySession
from ..queries.applications import recused_among
from ..queries.juries import ENROLLABLE, enrollable
from .moving import locked, move

State = JurySession.State


def plan_session(*, jury: Jury, starts_at: datetime, place: str, by: Actor) -> JurySession:
    """Put a session in the calendar; one of the past may be recorded after it."""
    with transaction.atomic():
        session = JurySession.objects.create(jury=jury, starts_at=starts_at, place=place)
        note(by, "jury.session.planned", session, after=said(session))
    return session


def update_session(
    *, session: JurySession, starts_at: datetime, place: str, base_version: int, by: Actor
) -> JurySession:
    """Move it while it is planned; who was invited has to be invited again when the hour changes."""
    with transaction.atomic():
        held = planned(locked(session, base_version))
        before = said(held)
        if held.starts_at != starts_at:
            held.invited_on = None
        held.starts_at, held.place = starts_at, place
        save(held)
        note(by, "jury.session.changed", held, before=before, after=said(held))
    return held


def invite(*, session: JurySession, url: str = "", by: Actor) -> tuple[Juror, ...]:
    """Invite the members today, with their packs: a message to each who has an account; those who have none.

    `url`: the page of the session, where each declares, answers and reads. A session of the past is only
    noted. Members of the same jury never see each other's address.
    """
    with transaction.atomic():
        held = planned(locked(session))
        if not held.items.exists():
            raise Refused(Verdict.no("dossiers", mark("Inscrivez d’abord les dossiers de cette séance.")))
        held.invited_on = timezone.localdate()
        save(held)
        note(by, "jury.session.invited", held, after={"day": held.invited_on.isoformat()})
        day = timezone.localdate(held.starts_at)
        members = [
            juror
            for juror in held.jury.jurors.select_related("person").order_by("order", "name")
            if juror.left_on is None or juror.left_on > day
        ]
        if held.starts_at > timezone.now():
            _write_to(held, members, url, by)
    return tuple(one for one in members if one.person is None or not one.person.is_active)


def _write_to(held: JurySession, members: Sequence[Juror], url: str, by: Actor) -> None:
    """A message to each once this is kept; a post office that is closed undoes nothing."""
    told = {
        "jury": held.jury.name,
        "call": held.jury.call.title,
        "day": date_format(timezone.localtime(held.starts_at), "DATETIME_FORMAT"),
        "place": held.place or gettext("lieu à préciser"),
        "count": held.items.count(),
        "by": by.name,
        "url": url,
    }
    subject = " ".join((gettext("Convocation : %(jury)s, %(day)s") % told).split())
    body = gettext(
        "%(by)s vous convoque à la séance de « %(jury)s » pour « %(call)s ».\n\n"
        "Quand : %(day)s\nOù : %(place)s\nDossiers inscrits : %(count)s\n\n"
        "Déclarez vos intérêts, dites si vous venez et lisez le cahier : %(url)s"
    )
    letters = [
        EmailMessage(subject, body % told, None, [one.person.email])
        for one in members
        if one.person and one.person.is_active
    ]
    transaction.on_commit(lambda: get_connection().send_messages(letters), robust=True)


def enrol(*, session: JurySession, applications: Sequence[Application], by: Actor) -> list[JuryItem]:
    """Put dossiers before a session, by their circuit, in the order given; all of them or none.

    Raises Refused with the reasons of the first that cannot: state, missing opinion, another jury.
    """
    with transaction.atomic():
        held = locked(session)
        if held.state not in (State.PLANNED, State.OPEN):
            raise Refused(Verdict.no("state", mark("Cette séance est close : inscrivez-les à une autre.")))
        allowed = set(enrollable(held.jury).values_list("pk", flat=True))
        rank = held.items.count()
        made = []
        for application in applications:
            if application.pk not in allowed:
                raise Refused(
                    Verdict.no(
                        "application",
                        mark("« {title} » ne relève pas de ce jury, ou attend déjà une autre séance."),
                        title=application.title,
                    )
                )
            rank += 1
            made.append(_enrolled(held, locked(application), rank, by))
        save(held)
        numbers = [item.application.number or "" for item in made]
        note(by, "jury.items.enrolled", held, after={"dossiers": numbers})
    return made


def _enrolled(session: JurySession, application: Application, rank: int, by: Actor) -> JuryItem:
    if not application.jury_code:
        application.jury_code = session.jury.code
    if application.state in ENROLLABLE:
        asked = set(application.requests.values_list("funder", flat=True))
        told = set(application.opinions.values_list("funder", flat=True))
        move(application, APPLICATION, "enrol", by=by, given={"opinions"} if asked <= told else frozenset())
    else:
        application.save(update_fields=["jury_code"])
    return JuryItem.objects.create(session=session, application=application, order=rank)


def order_items(
    *, session: JurySession, order: Mapping[int, int], base_version: int, by: Actor
) -> JurySession:
    """The order in which the dossiers come; `order`: rank by item. One’s own stay where others put them."""
    with transaction.atomic():
        held = locked(session, base_version)
        items = list(held.items.filter(pk__in=order))
        kept = recused_among((item.application_id for item in items), by)
        for item in items:
            if item.application_id in kept:
                continue
            if item.order != order[item.pk]:
                item.order = order[item.pk]
                item.save(update_fields=["order"])
        save(held)
        note(by, "jury.session.changed", held, after={"dossiers": len(order)})
    return held


def remove_item(*, item: JuryItem, by: Actor) -> None:
    """Take a dossier off a session that has not decided it; it waits for another one."""
    with transaction.atomic():
        held = locked(item.session)
        found = locked(item)
        if found.decision or held.state not in (State.PLANNED, State.OPEN):
            raise Refused(Verdict.no("decision", mark("Ce dossier est décidé : il reste à cette séance.")))
        number = found.application.number or ""
        found.delete()
        save(held)
        note(by, "jury.item.removed", held, after={"dossier": number})


def expect(*, session: JurySession, juror_pk: int, expected: bool | None, by: Actor) -> JuryPresence:
    """What a member says before the session: coming, not coming, nothing yet."""
    with transaction.atomic():
        held = planned(locked(session))
        row = presence_of(held, juror_pk)
        row.expected = expected
        row.save(update_fields=["expected"])
        save(held)
        presence_noted(by, held, row, {True: "annoncé", False: "excusé", None: "sans réponse"}[expected])
    return row


def turn(
    session: JurySession, act: str, *, by: Actor, given: AbstractSet[str] = frozenset(), reason: str = ""
) -> None:
    """One step of the sitting's circuit on a locked session; Refused with every reason."""
    today = timezone.localdate()
    refuse_unless(SITTING.may_move(act, session.state, given=given, on=today, today=today))
    before = session.state
    session.state = State(SITTING.by_act(act).target)
    save(session)
    note(
        by,
        "jury.session.moved",
        session,
        before={"state": SITTING.states[before]},
        after={"step": SITTING.by_act(act).name, "state": SITTING.states[session.state]},
        reason=reason.strip()[:1000],
    )


def planned(session: JurySession) -> JurySession:
    """The same session, if it is still to come."""
    refuse_unless(SITTING.may_start("open", session.state))
    return session


def save(session: JurySession) -> None:
    """One version more: every screen of the session sees that something moved."""
    session.version += 1
    session.save()


def presence_of(session: JurySession, juror_pk: int) -> JuryPresence:
    """The line of a member at that session, new when nothing was noted; Refused for another jury's."""
    juror = session.jury.jurors.filter(pk=juror_pk).first()
    if juror is None:
        raise Refused(Verdict.no("juror", mark("Ce membre ne siège pas à ce jury : rechargez la page.")))
    return JuryPresence.objects.select_related("juror").get_or_create(session=session, juror=juror)[0]


def presence_noted(by: Actor, session: JurySession, row: JuryPresence, said: str) -> None:
    """Who came or went, in the journal."""
    after = {"juror": row.juror.name, "presence": said}
    note(by, "jury.presence.noted", session, after=after, personal={"after.juror": row.juror.name})


def said(session: JurySession) -> dict[str, Any]:
    """When and where, as the journal keeps it."""
    return {"session_starts_at": session.starts_at.isoformat(timespec="minutes"), "place": session.place}


def note(by: Actor, act: str, session: JurySession, **told: Any) -> None:
    """One entry of the journal about a session."""
    journal.record(by=by, act=act, kind="jury_session", ref=str(session.pk), **told)
