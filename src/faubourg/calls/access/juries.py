"""Who enters a jury and its sessions: the services of the call, and its members once interests are declared.

An élu who follows the call reads no session as such: only a seat, and a declaration, open one.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Call, Juror, Jury
from .applications import EXAMINERS
from .calls import needs, scopes_of, wider_scopes_of
from .interests import impartial

Role = RoleGrant.Role
STAFF = EXAMINERS | {Role.EVALUATOR}
# Whose work is the examination: heard by a jury, never counted among its votes.
TECHNICIANS = frozenset({Role.CONTRACT_OFFICER, Role.FUNDER_OFFICER, Role.COMMUNE_REFERENT})


def seat_of(person: Visitor, jury: Jury, on: date | None = None) -> Juror | None:
    """The seat that this person holds in that jury today; one query, none when its members are read."""
    if "jurors" in getattr(jury, "_prefetched_objects_cache", ()):
        return seat_among(person, jury.jurors.all(), on)
    if not isinstance(person, Person) or not person.is_active:
        return None
    sits = Q(left_on__isnull=True) | Q(left_on__gt=on or timezone.localdate())
    return Juror.objects.filter(sits, jury=jury, person=person).first()


def seat_among(person: Visitor, members: Iterable[Juror], on: date | None = None) -> Juror | None:
    """The same among the members that a page has read already."""
    if not isinstance(person, Person) or not person.is_active:
        return None
    day = on or timezone.localdate()
    return next(
        (one for one in members if one.person_id == person.pk and (one.left_on is None or one.left_on > day)),
        None,
    )


def can_follow_juries(person: Visitor, call: Call, on: date | None = None) -> Verdict:
    """Read what every jury of a call prepares and decides: the services, not the élus as such."""
    return needs(
        person,
        holds(person, STAFF, scopes_of(call), on) or holds(person, STAFF, wider_scopes_of(call), on),
        "staff_of_the_call_only",
        mark(
            "Les séances de jury de « {call} » sont lues par ses services et par les membres de chaque jury."
        ),
        call=call.title,
    )


def can_enter_jury(person: Visitor, jury: Jury, on: date | None = None) -> Verdict:
    """Read who sits and when; a member enters before having declared anything."""
    if seat_of(person, jury, on) is not None:
        return Verdict.yes()
    return can_follow_juries(person, jury.call, on)


def can_read_jury(person: Visitor, jury: Jury, on: date | None = None) -> Verdict:
    """Read its sessions and their dossiers: whoever votes declares interests first, « none » included.

    Somebody of the services who is heard without a vote goes on running the session: what is stood back from
    stays hidden, dossier by dossier.
    """
    seat = seat_of(person, jury, on)
    if seat is None or (not seat.votes and can_follow_juries(person, jury.call, on).ok):
        return can_follow_juries(person, jury.call, on)
    if seat.declared_at is not None:
        return Verdict.yes()
    return Verdict.no(
        "declare_first",
        mark(
            "Déclarez d’abord vos intérêts sur la page de « {jury} », même si vous n’en avez aucun : les "
            "dossiers s’ouvrent ensuite."
        ),
        jury=jury.name,
    )


def can_review(seat: Juror | None, application: Application | None = None) -> Verdict:
    """Mark dossiers: a member who votes and has declared; `application`: never the one of one's own."""
    if seat is not None and seat.votes and seat.declared_at is not None:
        if application is None or seat.person is None:
            return Verdict.yes()
        return impartial(seat.person, application)
    return Verdict.no("voters_mark", mark("Les dossiers sont notés par les membres du jury qui votent."))


def may_vote(person: Person, call: Call, on: date | None = None) -> Verdict:
    """Whether a seat with a vote may be given to this person: never to whoever examines the dossiers."""
    scopes = {*scopes_of(call), *wider_scopes_of(call)}
    if not holds(person, TECHNICIANS, scopes, on):
        return Verdict.yes()
    return Verdict.no(
        "votes",
        mark("{name} instruit les dossiers de cet appel : un·e technicien·ne est entendu·e et ne vote pas."),
        name=str(person),
    )
