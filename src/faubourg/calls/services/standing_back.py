"""A lien d'intérêts is declared: from then on the dossier is not shown to that person, whatever the roles."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from faubourg.base import drafts, journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.people.models import Organisation, Person
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Call, Interest, Letter


def stand_back(
    *,
    call: Call,
    person: Person,
    reason: str,
    by: Actor,
    application: Application | None = None,
    organisation: Organisation | None = None,
    on: date | None = None,
) -> Interest:
    """Declare an interest in one dossier or in all those of an organisation; by oneself or for another.

    Raises Refused without a reason, or when it is already declared.
    """
    if (application is None) == (organisation is None):
        raise ValueError("an interest is in one dossier or in one organisation")
    if not reason.strip():
        raise Refused(Verdict.no("reason", mark("Dites quel lien d’intérêts : il figure au procès-verbal.")))
    try:
        with transaction.atomic():
            interest = Interest.objects.create(
                call=call,
                person=person,
                application=application,
                organisation=organisation,
                reason=reason.strip(),
                declared_on=on or timezone.localdate(),
                declared_by=by.ref,
                declared_by_name=by.name,
            )
            unname_drafts(interest)
            note(by, "calls.stood_back", interest, interest.reason)
            return interest
    except IntegrityError:
        raise Refused(Verdict.no("already", mark("Ce déport est déjà enregistré."))) from None


@transaction.atomic
def withdraw_interest(*, interest: Interest, reason: str, by: Actor) -> None:
    """Undo a declaration made by mistake: never by the person it is about, and with its reason."""
    if interest.person.ref == by.ref:
        raise Refused(
            Verdict.no("own", mark("Un déport est levé par une autre personne que celle qu’il concerne."))
        )
    if not reason.strip():
        raise Refused(Verdict.no("reason", mark("Dites pourquoi ce déport est levé.")))
    note(by, "calls.interest_withdrawn", interest, reason.strip())
    interest.delete()


def unname_drafts(interest: Interest) -> None:
    """What its person began to write on these dossiers is kept, and no longer tells what they are."""
    if interest.application_id:
        dossiers = [interest.application_id]
    else:
        asked = Application.objects.filter(call=interest.call_id, organisation=interest.organisation_id)
        dossiers = list(asked.values_list("pk", flat=True))
    letters = Letter.objects.filter(application__in=dossiers).values_list("pk", flat=True)
    about = [*(f"opinion:{pk}" for pk in dossiers), *(f"letter:{pk}" for pk in letters)]
    drafts.unname(person_ref=interest.person.ref, about=about)


def note(by: Actor, act: str, interest: Interest, reason: str) -> None:
    """Tell the journal, under the call."""
    about = interest.application.number if interest.application else str(interest.organisation)
    journal.record(
        by=by,
        act=act,
        kind="call",
        ref=str(interest.call_id),
        after={"person": str(interest.person), "about": about or ""},
        reason=reason,
    )
