"""Recording what a council or a citizens' body answered: annexed, replaced until the consultation closes."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.models import Document
from faubourg.base.refusal import refuse_unless
from faubourg.evaluation.models import AnnualReport, Opinion
from faubourg.evaluation.queries import asked_of
from faubourg.rules.annual_report import State, may_answer
from faubourg.rules.verdict import Reason, Verdict, mark

from .steps import locked, note

Sense = Opinion.Sense
GIVEN = frozenset({Sense.FAVOURABLE, Sense.RESERVED, Sense.UNFAVOURABLE, Sense.OBSERVATIONS})


@dataclass(frozen=True, slots=True)
class Answer:
    """The opinion given, on which day, in which words or which document."""

    sense: str
    answered_on: date
    text: str = ""
    document: Document | None = None


def record_opinion(
    *, opinion: Opinion, answer: Answer, base_version: int, by: Actor, today: date | None = None
) -> Opinion:
    """Annex what was answered; a second answer replaces the first until the consultation closes."""
    with transaction.atomic():
        # The report first: a closing that runs at the same time waits, or is waited for.
        report = locked(opinion.report)
        found = Opinion.objects.select_for_update().get(pk=opinion.pk)
        refuse_unless(_current(found, report, base_version))
        refuse_unless(_acceptable(found, report, answer, today or timezone.localdate()))
        before = found.sense
        found.sense, found.answered_on = Sense(answer.sense), answer.answered_on
        found.text, found.document = answer.text.strip(), answer.document or found.document
        found.recorded_by, found.recorded_by_name = by.ref, by.name
        found.version += 1
        found.save()
        told = {"asked": found.name, "sense": found.sense}
        note(report, "report.opinion", by=by, before={"sense": before}, after=told)
    return found


def _acceptable(opinion: Opinion, report: AnnualReport, answer: Answer, today: date) -> Verdict:
    asked = asked_of([opinion])[0]
    reasons = list(may_answer(asked, state=State(report.state), on=answer.answered_on, today=today).reasons)
    if answer.sense not in GIVEN:
        reasons.append(Reason("sense", False, mark("Dites quel avis a été rendu.")))
    annexed = answer.text.strip() or answer.document or opinion.document_id
    if answer.sense != Sense.FAVOURABLE and not annexed:
        sentence = mark("Cet avis s’annexe au rapport : donnez-en le texte ou le document.")
        reasons.append(Reason("text", False, sentence))
    return Verdict(tuple(reasons))


def _current(opinion: Opinion, report: AnnualReport, base_version: int) -> Verdict:
    """Refused when the consultation was taken back, or somebody recorded another answer meanwhile."""
    if opinion.round != report.round:
        sentence = mark(
            "Le projet a été repris puis renvoyé : enregistrez l’avis de la nouvelle consultation."
        )
        return Verdict.no("report_round", sentence)
    if opinion.version != base_version:
        sentence = mark(
            "Cet avis vient d’être enregistré par quelqu’un d’autre : relisez-le, puis recommencez."
        )
        return Verdict.no("opinion_version", sentence)
    return Verdict.yes()
