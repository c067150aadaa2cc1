"""Accounts: noted at sign-up, linked by SIRET, closed without leaving a name behind."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from faubourg.base import erasure, journal
from faubourg.base.actor import Actor
from faubourg.base.models import Draft
from faubourg.people.identifiers import read_siret
from faubourg.people.models import Membership, Organisation, Person, RoleGrant

from .organisations import enrol
from .roles import lock_administrators, refuse_the_last_administrator


def note_sign_up(*, person: Person) -> None:
    """Somebody opened an account; it gives no right."""
    with transaction.atomic():
        journal.record(
            by=person.actor,
            act="account_opened",
            kind="person",
            ref=str(person.ref),
            after={"email": None, "name": None},
            personal={"after.email": person.email, "after.name": person.name},
        )


def join_by_siret(*, person: Person, siret: str, by: Actor) -> Organisation | None:
    """Link a person to the organisation that ProConnect names; None when we know none under that SIRET.

    Somebody who belongs, belonged or will belong to it stays as they are: a membership that was ended does
    not begin again by signing in.
    """
    try:
        number = read_siret(siret)
    except ValidationError:
        return None
    organisation = Organisation.objects.filter(siret=number).first()
    if organisation is None:
        return None
    if not Membership.objects.filter(person=person, organisation=organisation).exists():
        today = timezone.localdate()
        enrol(person=person, organisation=organisation, title="", since=today, until=None, by=by)
    return organisation


def rename(*, person: Person, name: str, by: Actor) -> None:
    """The name that others read from now on."""
    with transaction.atomic():
        held = Person.objects.select_for_update().get(pk=person.pk)
        before, held.name = held.name, name.strip()
        held.save(update_fields=["name"])
        journal.record(
            by=by,
            act="person_renamed",
            kind="person",
            ref=str(held.ref),
            before={"name": None},
            after={"name": None},
            personal={"before.name": before, "after.name": held.name},
        )


def close_account(*, person: Person, by: Actor) -> None:
    """Close for good: roles end, the name leaves memberships and journal, every way to sign in is removed.

    What was done stays done, under a reference that no longer names anybody. Raises `Refused` when the
    person is the last administrator.
    """
    today = timezone.localdate()
    with transaction.atomic():
        lock_administrators()
        held = Person.objects.select_for_update().get(pk=person.pk)
        refuse_the_last_administrator(without=held)
        former_email = held.email
        _end_everything(held)
        held.email = f"compte-ferme-{held.ref}@compte.invalid"
        held.name, held.is_active = "", False
        held.set_unusable_password()
        held.save()
        for model in (EmailAddress, Authenticator, SocialAccount):
            model.objects.filter(user=held).delete()
        for model in (AccessAttempt, AccessLog, AccessFailureLog):
            model.objects.filter(username__iexact=former_email).delete()
        Draft.objects.filter(person_ref=held.ref).delete()
        _sign_out_everywhere(held)
        journal.record(
            by=Actor(ref=by.ref, name=""),
            act="account_closed",
            kind="person",
            ref=str(held.ref),
            after={"on": today},
        )
        erasure.erase(held.ref)
        journal.erase_personal_values(person_ref=held.ref, by=by, reason="account_closed")


def _end_everything(person: Person) -> None:
    """Roles and memberships stop today; what had not begun goes; titles, which may name, are emptied."""
    today = timezone.localdate()
    for model in (RoleGrant, Membership):
        mine = model.objects.filter(person=person)
        mine.filter(since__gt=today).delete()
        mine.exclude(until__lt=today).update(until=today)
    Membership.objects.filter(person=person).update(title="")


def _sign_out_everywhere(person: Person) -> None:
    """Sessions name their person only inside their content: read those that are still alive."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
