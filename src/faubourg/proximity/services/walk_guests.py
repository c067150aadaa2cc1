"""Who is invited to a walk: named, told by e-mail once it is confirmed, answering by a key."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.people.models import Organisation, Person
from faubourg.rules.verdict import Verdict, mark

from ..models import News, Ticket, Walk, WalkGuest
from .moving import locked
from .news import owe

KIND = "walk"
MOST_GUESTS = 200
# What the journal says of somebody without an account: never their name.
GUEST = Actor(ref=None, name="une personne invitée")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestWords:
    """Somebody as they are invited; `email` may be empty: they were asked by word of mouth."""

    name: str
    role: str
    email: str = ""
    organisation: Organisation | None = None
    takes_notes: bool = False


def add_guest(*, walk: Walk, words: GuestWords, by: Actor) -> WalkGuest:
    """Invite somebody; an address that has an account is that person. The same one twice is one."""
    with transaction.atomic():
        held = locked(walk)
        _refuse_when_over(held)
        if held.guests.count() >= MOST_GUESTS:
            raise Refused(
                Verdict.no("guests", mark("Une marche réunit {most} personnes au plus."), most=MOST_GUESTS)
            )
        known = _known(held, words)
        if known is not None:
            return known
        person = (
            Person.objects.filter(email=words.email.lower(), is_active=True).first() if words.email else None
        )
        guest = held.guests.create(
            person=person, name=words.name, email=words.email.lower(), role=words.role,
            organisation=words.organisation, takes_notes=words.takes_notes,
        )  # fmt: skip
        _record(by, guest, act="walk.guest_added")
    return guest


def _known(walk: Walk, words: GuestWords) -> WalkGuest | None:
    if words.email:
        return walk.guests.filter(email=words.email.lower()).first()
    return walk.guests.filter(email="", name=words.name, role=words.role).first()


def choose_note_takers(*, walk: Walk, guests: Collection[int], by: Actor) -> None:
    """These take notes, the others do not."""
    with transaction.atomic():
        held = locked(walk)
        for guest in held.guests.select_for_update():
            if guest.takes_notes is not (guest.pk in guests):
                guest.takes_notes = guest.pk in guests
                guest.save(update_fields=["takes_notes"])
                _record(by, guest, act="walk.guest_edited")


def remove_guest(*, guest: WalkGuest, by: Actor) -> None:
    """Not invited after all; a confirmed walk keeps somebody."""
    with transaction.atomic():
        held = locked(guest.walk)
        _refuse_when_over(held)
        if held.state == "confirmed" and held.guests.count() == 1:
            raise Refused(
                Verdict.no("guests", mark("Une marche confirmée garde au moins une personne invitée."))
            )
        _record(by, guest, act="walk.guest_removed")
        News.objects.filter(cause__startswith=cause_of(guest)).delete()
        held.guests.filter(pk=guest.pk).delete()


def send_invitations(*, walk: Walk, address_of: Callable[[WalkGuest], str], by: Actor) -> int:
    """Write to those who have an address and were not written to yet; returns how many."""
    with transaction.atomic():
        held = locked(walk)
        if held.state != "confirmed":
            raise Refused(
                Verdict.no(
                    "walk_state", mark("On invite une fois la marche confirmée : son cadre est alors écrit.")
                )
            )
        waiting = list(held.guests.filter(invited_at__isnull=True).exclude(email=""))
        held.guests.filter(pk__in=[guest.pk for guest in waiting]).update(invited_at=timezone.now())
        for guest in waiting:
            _post(held, guest, address_of(guest))
        if waiting:
            told = {"guests": len(waiting)}
            journal.record(by=by, act="walk.invited", kind=KIND, ref=str(held.pk), after=told)
    return len(waiting)


def cause_of(guest: WalkGuest) -> str:
    """How what is owed to this guest begins."""
    return f"walk:{guest.walk_id}:invitation:{guest.pk}:"


def _post(walk: Walk, guest: WalkGuest, address: str) -> None:
    """Owed once for each time that the walk was confirmed."""
    when = date_format(timezone.localtime(walk.starts_at), "DATETIME_FORMAT") if walk.starts_at else ""
    told = {"title": walk.title, "when": when, "where": walk.meeting_point, "url": address}
    lines = [
        gettext("Vous êtes invité·e à « %(title)s ».") % told,
        gettext("Départ : %(when)s.") % told,
        *([gettext("Rendez-vous : %(where)s.") % told] if walk.meeting_point else []),
        gettext("L’itinéraire, le cadre et votre réponse, sans créer de compte : %(url)s") % told,
        gettext("Cette adresse est la vôtre : ne la transmettez pas."),
    ]
    confirmations = walk.steps.filter(move="confirm").count()
    owe(
        cause=f"{cause_of(guest)}{confirmations}",
        area=walk.area,
        channel=Ticket.Answer.EMAIL,
        to=guest.email,
        subject=gettext("Invitation : %(title)s") % told,
        text="\n\n".join(lines),
    )


def answer_invitation(*, guest: WalkGuest, comes: bool, person: Person | None = None) -> WalkGuest:
    """Whoever holds the key says yes or no, and may change their mind until the walk.

    `person`: who is signed in; an account of the very address that was invited is joined to the invitation.
    """
    with transaction.atomic():
        walk = locked(guest.walk)
        if walk.state not in ("preparing", "confirmed"):
            raise Refused(
                Verdict.no("walk_state", mark("Cette marche a eu lieu : il n’y a plus rien à répondre."))
            )
        held = locked(guest)
        answer = WalkGuest.Answer.YES if comes else WalkGuest.Answer.NO
        if person is not None and held.person_id is None and held.email == person.email.lower():
            held.person = person
            held.save(update_fields=["person"])
        if held.answer != answer:
            held.answer = answer
            held.save(update_fields=["answer"])
            told = {"answer": str(answer.label)}
            journal.record(by=GUEST, act="walk.answered", kind=KIND, ref=str(walk.pk), after=told)
    return held


def note_who_came(*, walk: Walk, came: Sequence[int]) -> None:
    """Who was there; inside the transaction of the act that says that it took place."""
    walk.guests.filter(pk__in=came).update(came=True)
    walk.guests.exclude(pk__in=came).update(came=False)


def _refuse_when_over(walk: Walk) -> None:
    if walk.state not in ("preparing", "confirmed"):
        raise Refused(
            Verdict.no(
                "walk_state", mark("Cette marche a eu lieu : la liste des personnes invitées ne change plus.")
            )
        )


def _record(by: Actor, guest: WalkGuest, *, act: str) -> None:
    """The journal keeps the role, never the name."""
    told = {"role": str(WalkGuest.Role(guest.role).label)}
    journal.record(by=by, act=act, kind=KIND, ref=str(guest.walk_id), after=told)
