"""A summary sheet, from its first words to the dossier that it becomes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.base.versions import held_at
from faubourg.people.models import Organisation
from faubourg.rules.calls.circuits import APPLICATION, INTENT
from faubourg.rules.calls.intents import judge_deposit, may_begin, opinion_due, opinion_needed
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Call, Intent
from ..queries.begun import intent_just_begun
from ..queries.calls import as_of, rules_of
from ..queries.intents import filled
from .applicant_journal import headings_of
from .moving import locked, move

GIVEN_ACTS = ("conform", "reserve", "refuse")
WRITABLE = ("title", "measure", "contract", "summary", "audience", "budget_cents", "requested_cents")


def start_intent(*, call: Call, organisation: Organisation, title: str, by: Actor) -> Intent:
    """A draft, before its window opens as well; Refused when the call receives none, or no more.

    Begun again within minutes (a second press), it is the first.
    """
    refuse_unless(may_begin(as_of(call).state, rules_of(call)))
    contracts, named = list(call.contracts.all()[:2]), title.strip()[:200]
    with transaction.atomic():
        # Two presses of the same moment pass one after the other.
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        if again := intent_just_begun(call, organisation, named, by):
            return again
        intent = Intent(
            call=call,
            organisation=organisation,
            title=named,
            contract=contracts[0] if len(contracts) == 1 else None,
            state="",
            written_by=by.ref,
            written_by_name=by.name[:150],
        )
        move(intent, INTENT, "start", by=by)
    return intent


def write_intent(*, intent: Intent, changes: Mapping[str, Any], base_version: int, by: Actor) -> Intent:
    """Write a draft if nobody wrote since `base_version`, else Conflict; `changes` may hold `territories`."""
    with transaction.atomic():
        found = held_at(intent, base_version)
        _refuse_what_is_in(found)
        before = {place.pk for place in found.territories.all()}
        after = {place.pk for place in changes.get("territories", ())} if "territories" in changes else before
        changed = [name for name in WRITABLE if name in changes and getattr(found, name) != changes[name]]
        if not changed and before == after:
            return found
        for name in changed:
            setattr(found, name, changes[name])
        found.version += 1
        found.save()
        if before != after:
            found.territories.set(after)
        headings = headings_of(Intent, changed)
        journal.record(
            by=by,
            act="calls.intent_written",
            kind="intent",
            ref=str(found.pk),
            after={"fields": ", ".join([*headings, *(["quartiers"] if before != after else [])])},
        )
    return found


def _refuse_what_is_in(intent: Intent) -> None:
    if intent.state != "draft":
        raise Refused(Verdict.no("intent_is_in", mark("Cette fiche est déposée : elle ne change plus.")))


def submit_intent(*, intent: Intent, by: Actor, at: datetime | None = None) -> Intent:
    """Received with its number, in time or flagged late; Refused, the draft untouched, when it is not.

    `at`: an aware moment, now by default; the opinion is due `call.opinion_days` days after it.
    """
    moment = at or timezone.now()
    day = timezone.localdate(moment)
    with transaction.atomic():
        found = locked(intent)
        rules = rules_of(found.call)
        refuse_unless(may_begin(as_of(found.call, moment).state, rules))
        assert rules is not None
        verdict = INTENT.may_start("submit", found.state)
        refuse_unless(verdict)
        refuse_unless(filled(found))
        deposit = judge_deposit(rules, moment)
        refuse_unless(deposit.window)
        found.number = f"F{found.call.year}-{found.pk:05d}"
        found.submitted_at, found.late = moment, deposit.late
        found.opinion_due_on = opinion_due(day, found.call.opinion_days)
        act, guard = ("submit-late", "late-allowed") if deposit.late else ("submit", "in-time")
        told = {"number": found.number}
        move(found, INTENT, act, by=by, on=day, given=frozenset({"filled", guard}), told=told)
    return found


def give_opinion(
    *, intent: Intent, sense: str, text: str, base_version: int, by: Actor, on: date | None = None
) -> Intent:
    """Conform, with reserves, or refused: the last two with their reasons. `sense`: one of GIVEN_ACTS."""
    if sense not in GIVEN_ACTS:
        refuse_unless(
            Verdict.no("sense", mark("Choisissez un avis : conforme, avec réserves, non conforme."))
        )
    with transaction.atomic():
        found = locked(intent, base_version)
        day = on or timezone.localdate()
        found.opinion, found.opinion_on = text.strip(), day
        found.opinion_by, found.opinion_by_name = by.ref, by.name[:150]
        move(found, INTENT, sense, by=by, on=day, note=text.strip())
    return found


def revise_opinion(*, intent: Intent, reason: str, base_version: int, by: Actor) -> Intent:
    """The opinion is taken back, with the reason; the former one stays in the steps. A new delay runs."""
    with transaction.atomic():
        found = locked(intent, base_version)
        today = timezone.localdate()
        found.opinion, found.opinion_on, found.opinion_by, found.opinion_by_name = "", None, None, ""
        found.opinion_due_on = opinion_due(today, found.call.opinion_days)
        move(found, INTENT, "revise", by=by, note=reason.strip())
    return found


def convert_intent(*, intent: Intent, by: Actor, assisted: bool = False) -> Application:
    """The draft of the dossier, with what is known: title, measure, places, summary, audience, contacts.

    `assisted`: who asks types on a mandate. Refused when the rules wait for the opinion, or when it was no.
    """
    with transaction.atomic():
        found = locked(intent)
        given = _opinion_or_not_needed(found)
        move(found, INTENT, "convert", by=by, given=given)
        author = {"written_by": by.ref, "written_by_name": by.name[:150]}
        helper = {"assisted_by": by.ref, "assisted_by_name": by.name[:150]} if assisted else {}
        application = Application(
            call=found.call,
            organisation=found.organisation,
            intent=found,
            contract=found.contract,
            title=found.title,
            measure=found.measure,
            summary=found.summary,
            audience=found.audience,
            state="",
            **author,
            **helper,
        )
        move(application, APPLICATION, "start", by=by)
        application.territories.set(found.territories.all())
        found.prior_contacts.update(application=application)
    return application


def _opinion_or_not_needed(intent: Intent) -> frozenset[str]:
    given = intent.state in ("conforming", "with_reserves")
    return frozenset({"opinion"}) if given or not opinion_needed(rules_of(intent.call)) else frozenset()
