"""Filling a diagnosis: answers saved question by question so that two people lose nothing, then delivered.

What was seen travels with what is sent (`seen`): a question that one did not touch is never written back,
one that somebody else changed in between is shown with both texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import blake2s

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.contracts.models import Diagnosis, DiagnosisAnswer, DiagnosisPoint, GridQuestion
from faubourg.contracts.queries.diagnoses import Point, Said, progress_of, said_in
from faubourg.rules import diagnosis_progress as rules

from .dues import Due, understood

KIND = "diagnosis"


@dataclass(frozen=True, slots=True)
class Given:
    """What is sent for one question, and the mark of what was read (`mark_of`)."""

    value: Said
    seen: str


class AnswersConflict(Conflict):
    """Nothing was saved; `questions` were changed by somebody else since they were read."""

    def __init__(self, questions: tuple[int, ...]) -> None:
        self.questions = questions
        super().__init__(str(questions))


def mark_of(said: Said) -> str:
    """A short mark of an answer, to know whether it changed."""
    return blake2s(repr(said).encode(), digest_size=8).hexdigest()


def save_answers(*, diagnosis: Diagnosis, given: Mapping[int, Given], by: Actor) -> int:
    """Write what was changed, by question id; how many questions. Raises Refused or AnswersConflict."""
    with transaction.atomic():
        found = _locked(diagnosis)
        refuse_unless(rules.may_fill(found.delivered_on))
        questions = {q.pk: q for q in found.grid.questions.filter(pk__in=given)}
        stored = said_in(found, list(questions.values()))
        changed = {
            key: sent.value
            for key, sent in given.items()
            if key in questions and mark_of(sent.value) != sent.seen and sent.value != stored[key]
        }
        clashing = tuple(key for key in changed if mark_of(stored[key]) != given[key].seen)
        if clashing:
            raise AnswersConflict(clashing)
        for key, value in changed.items():
            _write(found, questions[key], value)
        if changed:
            found.version += 1
            found.save()
            journal.record(
                by=by, act="diagnosis.filled", kind=KIND, ref=str(found.pk), after={"answers": len(changed)}
            )
    return len(changed)


def deliver(*, diagnosis: Diagnosis, by: Actor, on: date | None = None) -> Diagnosis:
    """Hand it in, once every required question is answered."""
    with transaction.atomic():
        found = _locked(diagnosis)
        refuse_unless(rules.may_deliver(progress_of(found), found.delivered_on))
        found.delivered_on = on or timezone.localdate()
        return _told(found, by, act="diagnosis.delivered")


def validate(*, diagnosis: Diagnosis, by: Actor, on: date | None = None) -> Diagnosis:
    """Accept what was delivered: from then on everybody reads it."""
    with transaction.atomic():
        found = _locked(diagnosis)
        refuse_unless(rules.may_validate(found.delivered_on, found.validated_on))
        found.validated_on = max(on or timezone.localdate(), found.delivered_on or date.min)
        return _told(found, by, act="diagnosis.validated")


def reopen(*, diagnosis: Diagnosis, reason: str, by: Actor) -> Diagnosis:
    """Let it be written again; it is no longer delivered nor public."""
    with transaction.atomic():
        found = _locked(diagnosis)
        refuse_unless(rules.may_reopen(found.delivered_on, reason))
        found.delivered_on = found.validated_on = None
        return _told(found, by, act="diagnosis.reopened", reason=reason.strip())


def set_due(*, diagnosis: Diagnosis, due: Due, by: Actor) -> Diagnosis:
    """Another last day, with the words it comes from."""
    with transaction.atomic():
        found = _locked(diagnosis)
        for name, value in understood(due, period=None, by=by).items():
            setattr(found, name, value)
        return _told(found, by, act="diagnosis.due")


def _locked(diagnosis: Diagnosis) -> Diagnosis:
    rows = Diagnosis.objects.select_related("grid", "territory", "body")
    return rows.select_for_update(of=("self",)).get(pk=diagnosis.pk)


def _told(diagnosis: Diagnosis, by: Actor, *, act: str, reason: str = "") -> Diagnosis:
    diagnosis.version += 1
    diagnosis.save()
    days = {name: getattr(diagnosis, name) for name in ("due_on", "delivered_on", "validated_on")}
    journal.record(
        by=by,
        act=act,
        kind=KIND,
        ref=str(diagnosis.pk),
        after={name: day.isoformat() if day else "" for name, day in days.items()},
        reason=reason,
    )
    return diagnosis


def _write(diagnosis: Diagnosis, question: GridQuestion, value: Said) -> None:
    if question.answer == GridQuestion.Answer.POINTS:
        _write_points(diagnosis, question, value if isinstance(value, tuple) else ())
        return
    answer = DiagnosisAnswer.objects.filter(diagnosis=diagnosis, question=question).first()
    answer = answer or DiagnosisAnswer(diagnosis=diagnosis, question=question, version=0)
    numeric = question.answer == GridQuestion.Answer.NUMBER
    answer.number = Decimal(str(value)) if numeric and value else None
    answer.text = "" if numeric else str(value)
    answer.version += 1
    answer.save()


def _write_points(diagnosis: Diagnosis, question: GridQuestion, points: tuple[Point, ...]) -> None:
    """Points that did not change keep their row: stakes are drawn from them."""
    left = list(points)
    for row in diagnosis.points.filter(question=question).order_by("pk"):
        same = Point(row.side, row.theme, row.text, row.neighbourhood_id)
        if same in left:
            left.remove(same)
        else:
            row.delete()
    DiagnosisPoint.objects.bulk_create(
        DiagnosisPoint(
            diagnosis=diagnosis,
            question=question,
            side=point.side,
            theme=point.theme,
            text=point.text,
            neighbourhood_id=point.neighbourhood,
        )
        for point in left
    )
