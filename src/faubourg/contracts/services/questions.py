"""A difficulty from its submission to its public answer: typed, read, followed step by step."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.contracts.models import Contract, Interpellation, Meeting
from faubourg.contracts.queries.questions import already_told, meetings_to_link, typed_on, waiting_of
from faubourg.rules.interpellation import BY_ACT, Act, Needs, State, may_move, may_submit
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

LONGEST_NOTE = 400


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What is told, by which council or group, about which neighbourhood."""

    title: str
    text: str
    submitted_by: str
    neighbourhood: Territory | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What a step says: its day, whom or which assemblies, the diagnosis or the answer, the meeting."""

    on: date | None
    words: str = ""
    meeting: Meeting | None = None


def submit_question(
    *, contract: Contract, told: Difficulty, by: Actor, read_already: bool = False, on: date | None = None
) -> Interpellation:
    """Submit a difficulty. `read_already`: whoever follows the contract types it, it is public at once."""
    day = on or timezone.localdate()
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        again = already_told(contract, told.title)
        if by.ref is not None and not read_already:
            refuse_unless(may_submit(waiting=waiting_of(by.ref), today=typed_on(by.ref, day), again=again))
        else:
            refuse_unless(may_submit(waiting=0, today=0, again=again))
        question = Interpellation.objects.create(
            contract=contract,
            title=told.title,
            text=told.text,
            submitted_by=told.submitted_by,
            neighbourhood=told.neighbourhood,
            entered_by=by.ref,
            published_on=day if read_already else None,
        )
        _log(question, day, by)
        note(question, "question.submitted", by)
    return question


def publish_question(*, question: Interpellation, by: Actor, on: date | None = None) -> Interpellation:
    """It was read: it names nobody and is a difficulty of the neighbourhoods. Everybody may follow it."""
    with transaction.atomic():
        found = _locked(question)
        refuse_unless(_unread(found))
        found.published_on = on or timezone.localdate()
        found.sent_back_on, found.sent_back_reason = None, ""
        _save(found)
        note(found, "question.published", by)
    return found


def send_back_question(
    *, question: Interpellation, reason: str, by: Actor, on: date | None = None
) -> Interpellation:
    """Back to its author, who reads why and may correct it."""
    with transaction.atomic():
        found = _locked(question)
        refuse_unless(_unread(found))
        if not reason.strip():
            refuse_unless(Verdict.no("reason", mark("Dites à son auteur ce qu’il faut corriger.")))
        found.sent_back_on, found.sent_back_reason = on or timezone.localdate(), reason.strip()
        _save(found)
        note(found, "question.sent_back", by, reason=found.sent_back_reason)
    return found


def amend_question(
    *, question: Interpellation, told: Difficulty, base_version: int, by: Actor
) -> Interpellation:
    """Corrected by its author: it waits to be read again. What it said before is not kept."""
    with transaction.atomic():
        found = _locked(question, base_version)
        refuse_unless(_unread(found))
        again = already_told(found.contract, told.title, but=found.pk)
        refuse_unless(may_submit(waiting=0, today=0, again=again))
        found.title, found.text, found.submitted_by = told.title, told.text, told.submitted_by
        found.neighbourhood = told.neighbourhood
        found.sent_back_on, found.sent_back_reason = None, ""
        _save(found)
        note(found, "question.amended", by)
    return found


def take_step(
    *,
    question: Interpellation,
    act: Act,
    step: Step,
    base_version: int,
    by: Actor,
    today: date | None = None,
) -> Interpellation:
    """The next step, dated, never rewritten; Refused out of order or without what the step must say."""
    with transaction.atomic():
        found = _locked(question, base_version)
        on = timezone.localtime(step.meeting.starts_at).date() if step.meeting else step.on
        last = found.steps.order_by("pk").last()
        refuse_unless(
            may_move(
                act,
                State(found.state),
                public=found.published_on is not None,
                given=_given(found, act, step),
                on=on,
                since=last.on if last else None,
                today=today or timezone.localdate(),
            )
        )
        assert on is not None
        found.state = Interpellation.State(BY_ACT[act].target.value)
        _write(found, act, step)
        _save(found)
        needs = BY_ACT[act].needs
        words = step.words.strip() if needs in (Needs.RECIPIENTS, Needs.ASSEMBLIES) else ""
        _log(found, on, by, words)
        note(found, "question.moved", by, after={"step": found.get_state_display(), "on": on.isoformat()})
    return found


def _given(question: Interpellation, act: Act, step: Step) -> bool:
    if BY_ACT[act].needs is Needs.MEETING:
        held = meetings_to_link(question.contract)
        return step.meeting is not None and held.filter(pk=step.meeting.pk).exists()
    return bool(step.words.strip())


def _write(question: Interpellation, act: Act, step: Step) -> None:
    match BY_ACT[act].needs:
        case Needs.DIAGNOSIS:
            question.diagnosis = step.words.strip()
        case Needs.ANSWER:
            question.answer = step.words.strip()
        case Needs.MEETING:
            question.meeting = step.meeting


def _unread(question: Interpellation) -> Verdict:
    if question.published_on is None:
        return Verdict.yes()
    return Verdict.no("question_public", mark("Cette difficulté est déjà publique : son suivi continue."))


def _locked(question: Interpellation, base_version: int | None = None) -> Interpellation:
    found = Interpellation.objects.select_for_update().get(pk=question.pk)
    if base_version is not None and found.version != base_version:
        raise Conflict
    found.contract = question.contract
    return found


def _save(question: Interpellation) -> None:
    question.version += 1
    question.save()


def _log(question: Interpellation, on: date, by: Actor, words: str = "") -> None:
    question.steps.create(state=question.state, on=on, note=words[:LONGEST_NOTE], by=by.ref, by_name=by.name)


def note(
    question: Interpellation, act: str, by: Actor, *, after: dict[str, str] | None = None, reason: str = ""
) -> None:
    """The journal says what was done, never what was told: a text that named somebody can be corrected."""
    journal.record(by=by, act=act, kind="interpellation", ref=str(question.pk), after=after, reason=reason)
