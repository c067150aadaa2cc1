"""Whom an applicant spoke to before the dossier: noted by either side, taken back by who noted it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.rules.verdict import Verdict, mark

from ..models import Intent, PriorContact
from .moving import locked

MOST_CONTACTS = 50


@dataclass(frozen=True, slots=True)
class Talk:
    """With which service, on which day, what was advised."""

    party: str
    service: str
    on: date
    advice: str


def note_contact(*, intent: Intent, talk: Talk, by: Actor) -> PriorContact:
    """One conversation; the dossier that the sheet became keeps it too. Refused in the future."""
    with transaction.atomic():
        found = locked(intent)
        refuse_unless(_may_note(found, talk))
        made = PriorContact.objects.create(
            call=found.call,
            organisation=found.organisation,
            intent=found,
            application=getattr(found, "application", None),
            party=talk.party,
            service=talk.service.strip()[:200],
            on=talk.on,
            advice=talk.advice.strip(),
            recorded_by=by.ref,
            recorded_by_name=by.name[:150],
        )
        told = {"party": made.get_party_display(), "service": made.service, "on": talk.on.isoformat()}
        journal.record(by=by, act="calls.contact_noted", kind="intent", ref=str(found.pk), after=told)
    return made


def _may_note(intent: Intent, talk: Talk) -> Verdict:
    if talk.on > timezone.localdate():
        return Verdict.no("on", mark("Un contact se note une fois qu’il a eu lieu."))
    if intent.prior_contacts.count() >= MOST_CONTACTS:
        return Verdict.no(
            "too_many_contacts", mark("{most} contacts sont déjà notés : c’est assez."), most=MOST_CONTACTS
        )
    return Verdict.yes()


def remove_contact(*, contact: PriorContact, by: Actor) -> None:
    """Noted by mistake: who noted it takes it back, while the sheet is not yet a dossier."""
    with transaction.atomic():
        found = PriorContact.objects.select_for_update().filter(pk=contact.pk).first()
        if found is None:
            raise Conflict
        refuse_unless(_may_remove(found, by))
        told = {"party": found.get_party_display(), "service": found.service}
        ref = str(found.intent_id)
        found.delete()
        journal.record(by=by, act="calls.contact_removed", kind="intent", ref=ref, after=told)


def _may_remove(contact: PriorContact, by: Actor) -> Verdict:
    if contact.recorded_by != by.ref:
        return Verdict.no("noted_by_another", mark("Ce contact est retiré par qui l’a noté."))
    if contact.application_id is not None:
        return Verdict.no("in_the_dossier", mark("Ce contact est dans un dossier : il y reste."))
    return Verdict.yes()
