"""Submitting a dossier: one transaction judges it at the server's moment, freezes why, and numbers it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.calls.circuits import APPLICATION, INTENT
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import Application, Call, Intent
from ..queries.kept_verdicts import frozen
from ..queries.mine import signs_for
from ..queries.verdicts import Judged, judged
from ..queries.writing import written
from .moving import locked, move

_NUMBER = "{year}-{call:03d}-"
_GUARDS = {"budget": ("budget",), "in-time": ("window", "call-state", "call-by-hand")}


def submit_application(*, application: Application, by: Actor, at: datetime, version: int) -> Application:
    """Sign and submit at this moment, the one at which the server was asked.

    Raises Refused with every reason that holds it back (nothing of it is lost), Conflict when somebody wrote
    since `version`. The number follows the last of the call: none is skipped, none given twice.
    """
    with transaction.atomic():
        held = locked(application, version)
        Call.objects.select_for_update(of=("self",)).get(pk=held.call_id)
        full = written(held.pk)
        if full is None:
            raise Application.DoesNotExist
        found = judged(full, at)
        given = _given(full, found, by)
        startable = APPLICATION.may_start("submit", full.state)
        if not (startable.ok and found.ok and "signatory" in given):
            raise Refused(Verdict((*startable.reasons, *_unsigned(given), *found.held)))
        full.number, full.submitted_at, full.late = next_number(full), at, found.late
        full.signed_by, full.signed_by_name = by.ref, by.name
        full.jury_code = _jury(found, full)
        full.verdict = frozen(found, full.call.rule_set, at)
        told = {"number": full.number, "late": full.late}
        move(full, APPLICATION, "submit", by=by, on=timezone.localdate(at), given=given, told=told)
        _convert(full, by, at)
    return full


def withdraw_application(*, application: Application, by: Actor, note: str, version: int) -> Application:
    """The applicant takes a dossier back, before it is notified; a number that was given stays its own."""
    with transaction.atomic():
        held = locked(application, version)
        move(held, APPLICATION, "withdraw", by=by, note=note)
    return held


def _given(full: Application, found: Judged, by: Actor) -> frozenset[str]:
    """Which guards of the table hold; « rules » is whatever the others do not say."""
    failed = {
        next((guard for guard, starts in _GUARDS.items() if reason.code.startswith(starts)), "rules")
        for reason in found.held
    }
    given = {"in-time", "budget", "rules"} - failed
    if by.ref is not None and signs_for(by.ref, full.organisation_id, timezone.localdate()):
        given.add("signatory")
    return frozenset(given)


def _unsigned(given: frozenset[str]) -> tuple[Reason, ...]:
    if "signatory" in given:
        return ()
    sentence = mark("Le dossier est déposé par une personne qui peut signer pour l’organisme.")
    return (Reason("signatory", False, sentence),)


def next_number(full: Application) -> str:
    """The one after the last that this call gave; the call is locked."""
    start = _NUMBER.format(year=full.call.year, call=full.call_id)
    last = (
        Application.objects.filter(call=full.call_id, number__startswith=start)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{start}{int((last or '0').rpartition('-')[2]) + 1:05d}"


def _jury(found: Judged, full: Application) -> str:
    """Who will examine it: the territory's jury when it stands under a contract, else the other."""
    if found.rule_set is None:
        return ""
    jury = found.rule_set.jury(territory_examines=full.contract_id is not None)
    return jury.code if jury else ""


def _convert(full: Application, by: Actor, at: datetime) -> None:
    """The fiche that became a dossier, as long as it was not refused."""
    if full.intent_id is None:
        return
    intent = Intent.objects.select_for_update().get(pk=full.intent_id)
    if INTENT.may_start("convert", intent.state).ok:
        move(intent, INTENT, "convert", by=by, on=timezone.localdate(at), given=frozenset({"opinion"}))
