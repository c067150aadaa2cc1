"""A decision from the meeting that took it to its evidence: taken, changed, told of, closed, reopened."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.base.versions import held_at
from faubourg.contracts.models import DecisionItem, DecisionNote, Meeting
from faubourg.rules.governance import promises
from faubourg.rules.verdict import Verdict, mark

State = DecisionItem.State
FIELDS = ("text", "item", "owner_ref", "owner_name", "organisation", "due_on")


def record_decision(*, meeting: Meeting, values: Mapping[str, Any], by: Actor) -> DecisionItem:
    """Write down what a meeting decides; a cancelled one decides nothing."""
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.state == Meeting.State.CANCELLED:
            raise Refused(
                Verdict.no("state", mark("Une réunion annulée ne décide rien : rétablissez-la d’abord."))
            )
        last = held.decisions.aggregate(Max("order"))["order__max"] or 0
        decision = DecisionItem(
            meeting=held, order=last + 1, **{name: values[name] for name in FIELDS if name in values}
        )
        decision.save()
        note(by, "decision.taken", decision, after=_said(decision))
    return decision


def amend_decision(
    *, decision: DecisionItem, values: Mapping[str, Any], base_version: int, by: Actor
) -> DecisionItem:
    """Change its words, who has it in charge or its day; Conflict when somebody did in between."""
    with transaction.atomic():
        held = held_at(decision, base_version)
        if held.state != State.OPEN:
            raise Refused(Verdict.no("state", mark("Cette décision est close : rouvrez-la pour la changer.")))
        before = _said(held)
        for name in FIELDS:
            if name in values:
                setattr(held, name, values[name])
        if _said(held) == before:
            return held
        _save(held)
        note(by, "decision.amended", held, before=before, after=_said(held))
    return held


def tell_of(
    *, decision: DecisionItem, text: str, on: date, by: Actor, meeting: Meeting | None = None
) -> DecisionNote:
    """What becomes of a decision, at a meeting of its body or between two."""
    if not text.strip():
        raise Refused(Verdict.no("note", mark("Dites où en est cette décision.")))
    if meeting is not None and meeting.body_id != decision.meeting.body_id:
        raise Refused(Verdict.no("meeting", mark("Cette réunion est celle d’une autre instance.")))
    with transaction.atomic():
        held = _locked(decision)
        told = DecisionNote.objects.create(
            decision=held, meeting=meeting, text=text.strip(), on=on, by=by.ref, by_name=by.name
        )
        note(by, "decision.told", held)
    return told


def close_decision(
    *,
    decision: DecisionItem,
    evidence: str,
    on: date,
    by: Actor,
    upload: "UploadedFile[Any] | None" = None,
) -> DecisionItem:
    """Done, with what shows it: words, a document, or both."""
    with transaction.atomic():
        held = _locked(decision)
        is_open = held.state == State.OPEN
        refuse_unless(promises.may_close(is_open=is_open, evidence=evidence, has_document=upload is not None))
        if upload is not None:
            held.document = documents.keep(upload=upload, purpose=f"decision:{held.pk}", by=by)
        _end(held, State.DONE, evidence, on=on, by=by)
        sha256 = held.document.sha256 if held.document else ""
        note(by, "decision.closed", held, after={"evidence": held.evidence, "sha256": sha256})
    return held


def drop_decision(*, decision: DecisionItem, reason: str, on: date, by: Actor) -> DecisionItem:
    """Given up, with the reason."""
    with transaction.atomic():
        held = _locked(decision)
        refuse_unless(promises.may_drop(is_open=held.state == State.OPEN, reason=reason))
        _end(held, State.DROPPED, reason, on=on, by=by)
        note(by, "decision.dropped", held, after={"evidence": held.evidence})
    return held


def reopen_decision(*, decision: DecisionItem, reason: str, on: date, by: Actor) -> DecisionItem:
    """Closed too soon: it waits again, and the note says why."""
    with transaction.atomic():
        held = _locked(decision)
        refuse_unless(promises.may_reopen(is_open=held.state == State.OPEN, reason=reason))
        before = {"evidence": held.evidence}
        held.state, held.closed_on, held.closed_by = State.OPEN, None, None
        held.closed_by_name, held.evidence, held.document = "", "", None
        _save(held)
        DecisionNote.objects.create(decision=held, text=reason.strip(), on=on, by=by.ref, by_name=by.name)
        note(
            by, "decision.reopened", held, before=before, after={"evidence": ""}, reason=reason.strip()[:300]
        )
    return held


def _end(decision: DecisionItem, state: DecisionItem.State, said: str, *, on: date, by: Actor) -> None:
    decision.state, decision.closed_on = state, on
    decision.closed_by, decision.closed_by_name = by.ref, by.name
    decision.evidence = said.strip()[:300]
    _save(decision)


def _locked(decision: DecisionItem) -> DecisionItem:
    return DecisionItem.objects.select_for_update().get(pk=decision.pk)


def _save(decision: DecisionItem) -> None:
    decision.version += 1
    decision.save()


def _said(decision: DecisionItem) -> dict[str, Any]:
    return {
        "text": decision.text,
        "owner": str(decision.owner_ref or ""),
        "owner_name": decision.owner_name,
        "organisation": decision.organisation.name if decision.organisation else "",
        "due_on": decision.due_on.isoformat() if decision.due_on else "",
    }


def note(
    by: Actor,
    act: str,
    decision: DecisionItem,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """One entry of the journal about a decision; who has it in charge is a personal value."""
    sides = {"before": before or {}, "after": after or {}}
    personal = {
        f"{side}.owner_name": values["owner_name"]
        for side, values in sides.items()
        if values.get("owner_name")
    }
    journal.record(
        by=by,
        act=act,
        kind="decision",
        ref=str(decision.pk),
        before=before,
        after=after,
        reason=reason,
        personal=personal,
        about=decision.owner_ref,
    )
