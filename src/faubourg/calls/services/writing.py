"""Writing a dossier step by step: begun, saved, never over what somebody else saved in the same step."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Call, FunderDecision, Intent, PriorContact
from ..queries.begun import dossier_just_begun
from ..queries.writing import TEXTS, mark_of
from .dossier_money import set_budget, set_funders
from .moving import locked

# What is proposed to an organisation that had a grant the year before: a convention of this many years.
YEARS_PROPOSED = 3
_GRANTED = ("voted", "notified", "committed", "paid")
Take = Callable[[Application, Mapping[str, Any]], None]


def start_application(
    *,
    call: Call,
    organisation: Organisation,
    title: str,
    by: Actor,
    contract: Contract | None = None,
    intent: Intent | None = None,
    previous: Application | None = None,
    assisting: bool = False,
) -> Application:
    """A draft in this call, or the one of this fiche when there is one. Raises Refused before it opens.

    Begun again within minutes (a second press), it is the first.
    """
    with transaction.atomic():
        if intent is not None:
            intent = Intent.objects.select_for_update().get(pk=intent.pk)
            if known := Application.objects.filter(intent=intent).first():
                return known
        _refuse_unless_published(call)
        named = title.strip() or (intent.title if intent else "")
        # Two presses of the same moment pass one after the other.
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        if again := dossier_just_begun(call, organisation, named, by, intent=intent, previous=previous):
            return again
        application = Application(
            call=call,
            organisation=organisation,
            contract=contract or (intent.contract if intent else None),
            intent=intent,
            previous=previous,
            title=named,
            years=proposed_years(organisation, call.year),
            written_by=by.ref,
            written_by_name=by.name,
        )
        _assisted(application, by, assisting)
        _begin(application, intent, by)
    return application


def _begin(application: Application, intent: Intent | None, by: Actor) -> None:
    """Kept, with what its fiche says."""
    if intent is not None:
        application.measure, application.summary = intent.measure, intent.summary
        application.audience = intent.audience
    application.save()
    if intent is not None:
        application.territories.set(intent.territories.all())
    told = {"call": application.call.title, "organisation": application.organisation.name}
    after = told | {"title": application.title}
    journal.record(
        by=by, act="calls.application_begun", kind="application", ref=str(application.pk), after=after
    )


def proposed_years(organisation: Organisation, year: int) -> int:
    """How many years are proposed: several to whoever had a grant the year before (CPO), else one."""
    held = FunderDecision.objects.filter(
        application__organisation=organisation, year=year - 1, state__in=_GRANTED, amount_cents__gt=0
    )
    return YEARS_PROPOSED if held.exists() else 1


def save_step(
    *,
    application: Application,
    step: str,
    changes: Mapping[str, Any],
    seen: str,
    by: Actor,
    assisting: bool = False,
) -> Application:
    """Write one step of a draft as `queries.writing.values_of` tells it; `seen` is the mark that was read.

    Raises Conflict when somebody wrote in this step since, Refused when the dossier is in or cannot be so.
    """
    with transaction.atomic():
        held = locked(application)
        if held.state != "draft":
            raise Refused(Verdict.no("dossier_is_in", mark("Ce dossier est déposé : il ne change plus.")))
        before = mark_of(held, step)
        if before != seen:
            raise Conflict
        for name in TEXTS.get(step, ()):
            if name in changes:
                setattr(held, name, changes[name])
        _refuse_impossible(held)
        _TAKEN.get(step, _nothing)(held, changes)
        if mark_of(held, step) == before:
            return held
        _assisted(held, by, assisting)
        held.version += 1
        held.save()
        journal.record(
            by=by,
            act="calls.application_written",
            kind="application",
            ref=str(held.pk),
            after={"dossier_step": step, "version": held.version},
        )
    return held


def log_contact(
    *, application: Application, party: str, service: str, on: date, advice: str, by: Actor
) -> PriorContact:
    """A talk with a town or an intercommunalité before the dossier; told twice, it is kept once."""
    with transaction.atomic():
        held = locked(application)
        same = {"party": party, "service": service, "on": on, "advice": advice}
        contact, created = held.prior_contacts.get_or_create(
            call=held.call,
            organisation=held.organisation,
            **same,
            defaults={"recorded_by": by.ref, "recorded_by_name": by.name},
        )
        if created:
            journal.record(
                by=by,
                act="calls.contact_noted",
                kind="application",
                ref=str(held.pk),
                after={"service": service, "on": on.isoformat()},
            )
    return contact


def ask_signature(*, application: Application, to: str, url: str, by: Actor, at: datetime) -> Application:
    """Tell the signatory that the dossier is ready: it waits on their page, and a message goes to them."""
    with transaction.atomic():
        held = locked(application)
        if held.state != "draft":
            raise Refused(Verdict.no("dossier_is_in", mark("Ce dossier est déposé : il ne change plus.")))
        held.signature_asked_at = at
        held.signature_asked_by, held.signature_asked_by_name = by.ref, by.name
        held.save(update_fields=["signature_asked_at", "signature_asked_by", "signature_asked_by_name"])
        journal.record(by=by, act="calls.signature_asked", kind="application", ref=str(held.pk))
        told = {"title": held.title, "call": held.call.title, "by": by.name, "url": url}
        subject = gettext("À signer : %(title)s") % told
        body = gettext(
            "%(by)s a fini d’écrire « %(title)s » pour « %(call)s ». Relisez, signez et déposez : %(url)s"
        )
        # A post office that is closed must not undo what is kept: the dossier waits on the page anyway.
        transaction.on_commit(lambda: send_mail(subject, body % told, None, [to]), robust=True)
    return held


def _refuse_unless_published(call: Call) -> None:
    if call.state in ("draft", "reviewed"):
        raise Refused(Verdict.no("call_state", mark("Cet appel n’est pas encore publié.")))


def _refuse_impossible(held: Application) -> None:
    """What the database would refuse without a word."""
    if held.starts_on and held.ends_on and str(held.ends_on) < str(held.starts_on):
        raise Refused(Verdict.no("ends_on", mark("La fin précède le début.")))
    last = held.call.year + held.years - 1
    beyond = held.requests.filter(year__gt=last).order_by("year").first()
    if beyond is not None:
        sentence = mark(
            "Une somme est demandée pour {year} : retirez-la d’abord, à l’étape des financeurs, puis "
            "réduisez le nombre d’années."
        )
        raise Refused(Verdict.no("years", sentence, year=beyond.year))


def _assisted(held: Application, by: Actor, assisting: bool) -> None:
    if assisting:
        held.assisted_by, held.assisted_by_name = by.ref, by.name


def _nothing(held: Application, changes: Mapping[str, Any]) -> None:
    """A step whose texts are all there is to it."""


def _take_project(held: Application, changes: Mapping[str, Any]) -> None:
    held.themes = list(changes.get("themes", held.themes))
    contract = changes.get("contract", held.contract_id)
    if contract != held.contract_id:
        held.contract_id = contract
        held.objectives.clear()
        held.territories.clear()


def _take_places(held: Application, changes: Mapping[str, Any]) -> None:
    held.territories.set(changes["territories"])
    held.objectives.set(changes["objectives"])


def _take_conditions(held: Application, changes: Mapping[str, Any]) -> None:
    held.conditions, held.excluded = changes["conditions"], changes["excluded"]
    for code, justification in changes["claims"].items():
        known = held.claims.filter(exclusion=code).first()
        if not justification.strip():
            held.claims.filter(exclusion=code, accepted=None).delete()
        elif known is None:
            held.claims.create(exclusion=code, justification=justification)
        elif known.justification != justification:
            known.justification = justification
            known.save(update_fields=["justification"])


def _take_indicators(held: Application, changes: Mapping[str, Any]) -> None:
    rows: Sequence[Sequence[str]] = changes["rows"]
    held.indicators.all().delete()
    for order, (name, target, unit, means) in enumerate(rows):
        held.indicators.create(name=name, target=target, unit=unit, means=means, order=order)


_TAKEN: Mapping[str, Take] = {
    "project": _take_project,
    "places": _take_places,
    "conditions": _take_conditions,
    "indicators": _take_indicators,
    "budget": lambda held, changes: set_budget(held, changes["amounts"]),
    "funders": set_funders,
}
