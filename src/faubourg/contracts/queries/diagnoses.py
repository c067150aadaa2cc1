"""Diagnoses: the board of a contract, one diagnosis question by question, how far each is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet

from faubourg.contracts.models import (
    Body,
    Contract,
    Diagnosis,
    DiagnosisAnswer,
    DiagnosisGrid,
    DiagnosisPoint,
    GridQuestion,
)
from faubourg.rules import diagnosis_progress as rules
from faubourg.territories.models import Territory

from .contracts import contracts

Answer = GridQuestion.Answer


@dataclass(frozen=True, slots=True)
class Point:
    """A force or a weakness as it is written; `neighbourhood` is an id."""

    side: str
    theme: str
    text: str
    neighbourhood: int | None = None


# What is said to one question: a text, a number written out (« 12.5 »), « yes »/« no », or points.
Said = str | tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One diagnosis: `late` in days, None without a due day."""

    diagnosis: Diagnosis
    progress: rules.Progress
    late: int | None
    standing: rules.Standing

    @property
    def holder(self) -> str:
        """The commune or the group."""
        return holder_of(self.diagnosis)


@dataclass(frozen=True, slots=True)
class Board:
    """`grids` from the newest version; `current` is the newest published one, whose diagnoses are shown."""

    grids: tuple[DiagnosisGrid, ...]
    current: DiagnosisGrid | None
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer and its points; `done` when it is answered."""

    question: GridQuestion
    answer: DiagnosisAnswer | None
    points: tuple[DiagnosisPoint, ...]

    @property
    def done(self) -> bool:
        """Whether something is said."""
        return bool(self.points) or (
            self.answer is not None and (bool(self.answer.text) or self.answer.number is not None)
        )


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the grid as one holder sees it; `number` counts from 1."""

    number: int
    name: str
    questions: tuple[Answered, ...]

    @property
    def done(self) -> bool:
        """Whether every required question is answered."""
        return all(line.done or not line.question.required for line in self.questions)


def holder_of(diagnosis: Diagnosis) -> str:
    """The name of whoever fills it."""
    return str(diagnosis.territory or diagnosis.body)


def holder_kind(diagnosis: Diagnosis) -> rules.Holder:
    """A commune or a thematic group."""
    return rules.Holder.COMMUNE if diagnosis.territory_id else rules.Holder.GROUP


def board_of_diagnoses(contract: Contract, on: date) -> Board:
    """Five questions to the database, however many communes."""
    grids = list(contract.grids.order_by("-published_on", "-number", "-pk"))
    grids.sort(key=lambda grid: (grid.published_on is not None, grid.number), reverse=True)
    current = next((grid for grid in grids if grid.published_on), None)
    rows = list(_diagnoses().filter(grid=current)) if current else []
    asked = [_asking(question) for question in current.questions.all()] if rows and current else []
    done = _answered(rows)
    lines = [
        BoardLine(
            diagnosis=row,
            progress=rules.progress(asked, holder_kind(row), done.get(row.pk, frozenset())),
            late=rules.days_late(row.due_on, row.delivered_on, on),
            standing=rules.standing(row.due_on, row.delivered_on, row.validated_on, on),
        )
        for row in rows
    ]
    lines.sort(key=lambda line: (line.diagnosis.territory_id is None, line.holder))
    return Board(tuple(grids), current, tuple(lines))


def diagnosis_by_id(pk: int) -> Diagnosis | None:
    """A diagnosis with its grid and its contract as the rights need it."""
    found = _diagnoses().filter(pk=pk).first()
    if found:
        found.grid.contract = contracts().get(pk=found.grid.contract_id)
    return found


def sections_of(diagnosis: Diagnosis) -> list[Section]:
    """The questions put to this holder with what was answered; three questions to the database."""
    kind = holder_kind(diagnosis)
    questions = diagnosis.grid.questions.filter(asked__in=(rules.BOTH, kind)).order_by("order")
    answers = {answer.question_id: answer for answer in diagnosis.answers.all()}
    points: dict[int | None, list[DiagnosisPoint]] = {}
    for point in diagnosis.points.select_related("neighbourhood").order_by("theme", "side", "pk"):
        points.setdefault(point.question_id, []).append(point)
    lines = [Answered(q, answers.get(q.pk), tuple(points.get(q.pk, ()))) for q in questions]
    grouped = [(name, tuple(same)) for name, same in groupby(lines, key=lambda line: line.question.section)]
    return [Section(number, name, same) for number, (name, same) in enumerate(grouped, start=1)]


def progress_of(diagnosis: Diagnosis) -> rules.Progress:
    """How far one diagnosis is; three questions to the database."""
    asked = [_asking(question) for question in diagnosis.grid.questions.all()]
    return rules.progress(
        asked, holder_kind(diagnosis), _answered([diagnosis]).get(diagnosis.pk, frozenset())
    )


def said_in(diagnosis: Diagnosis, questions: Sequence[GridQuestion]) -> dict[int, Said]:
    """What is stored for these questions, as a form sends it; an unanswered one is empty."""
    answers = {answer.question_id: answer for answer in diagnosis.answers.filter(question__in=questions)}
    points = list(diagnosis.points.filter(question__in=questions).order_by("theme", "side", "pk"))
    return {question.pk: said(question, answers.get(question.pk), points) for question in questions}


def said(question: GridQuestion, answer: DiagnosisAnswer | None, points: Iterable[DiagnosisPoint]) -> Said:
    """One stored answer as a form sends it."""
    if question.answer == Answer.POINTS:
        own = [point for point in points if point.question_id == question.pk]
        return tuple(sorted_points(Point(p.side, p.theme, p.text, p.neighbourhood_id) for p in own))
    if answer is None:
        return ""
    if question.answer == Answer.NUMBER:
        return "" if answer.number is None else format(answer.number.normalize(), "f")
    return answer.text


def sorted_points(points: Iterable[Point]) -> list[Point]:
    """The one order in which points are compared."""
    return sorted(points, key=lambda point: (point.theme, point.side, point.text, point.neighbourhood or 0))


def communes_to_ask(contract: Contract) -> list[Territory]:
    """The communes of the neighbourhoods and of the bearers, by name."""
    bearers = [bearer.territory_id for bearer in contract.bearers.all() if bearer.territory_id]
    concerned = Q(
        neighbourhoods__contract_links__contract=contract, neighbourhoods__contract_links__rejected=False
    )
    borne = Q(epci__in=bearers) | Q(ept__in=bearers) | Q(pk__in=bearers)
    communes = Territory.objects.filter(kind=Territory.Kind.COMMUNE, valid_to=None)
    near = communes.filter(concerned).values("pk")
    return list(communes.filter(borne | Q(pk__in=near)).order_by("sort_key"))


def groups_to_ask(contract: Contract) -> list[Body]:
    """The thematic groups that are not closed."""
    groups = contract.bodies.filter(kind=Body.Kind.THEMATIC, closed_on=None)
    return list(groups.order_by("order", "pk"))


def _diagnoses() -> QuerySet[Diagnosis]:
    return Diagnosis.objects.select_related("grid", "territory", "body").order_by("pk")


def _asking(question: GridQuestion) -> rules.Question:
    return rules.Question(question.pk, question.required, question.asked)


def _answered(diagnoses: Sequence[Diagnosis]) -> dict[int, set[int]]:
    """Diagnosis id → the ids of the questions that it answers; two questions to the database."""
    keys = [diagnosis.pk for diagnosis in diagnoses]
    filled = DiagnosisAnswer.objects.filter(diagnosis__in=keys).exclude(text="", number=None)
    points = DiagnosisPoint.objects.filter(diagnosis__in=keys, question__isnull=False).order_by()
    found: dict[int, set[int]] = {}
    for rows in (filled, points.distinct()):
        for diagnosis, question in rows.values_list("diagnosis", "question"):
            found.setdefault(diagnosis, set()).add(question)
    return found


def themes_named(grid: DiagnosisGrid) -> list[str]:
    """The themes of the points of a grid, those that were named first before; one question."""
    rows = DiagnosisPoint.objects.filter(diagnosis__grid=grid).order_by("pk").values_list("theme", flat=True)
    return list(dict.fromkeys(rows))
