"""From one version of a grid to the next: what was answered to an unchanged question stays answered."""

from collections.abc import Iterable

from faubourg.contracts.models import (
    Diagnosis,
    DiagnosisAnswer,
    DiagnosisGrid,
    DiagnosisPoint,
    GridQuestion,
    Stake,
)


def carry_over(grid: DiagnosisGrid, diagnoses: Iterable[Diagnosis]) -> None:
    """Copy the answers and points of the version before; stakes drawn from a point follow it."""
    if grid.supersedes_id is None:
        return
    twins = _twins(grid)
    before = Diagnosis.objects.filter(grid=grid.supersedes_id).prefetch_related("answers", "points__stakes")
    earlier = {(diagnosis.territory_id, diagnosis.body_id): diagnosis for diagnosis in before}
    for diagnosis in diagnoses:
        source = earlier.get((diagnosis.territory_id, diagnosis.body_id))
        if source:
            _copy(source, diagnosis, twins)


def _twins(grid: DiagnosisGrid) -> dict[int, GridQuestion]:
    """Id of each question of the version before → the same question here: same words, same answer."""
    here = {_identity(question): question for question in grid.questions.all()}
    earlier = GridQuestion.objects.filter(grid=grid.supersedes_id)
    return {question.pk: here[_identity(question)] for question in earlier if _identity(question) in here}


def _identity(question: GridQuestion) -> tuple[str, str, str]:
    return question.section, question.text, question.answer


def _copy(source: Diagnosis, target: Diagnosis, twins: dict[int, GridQuestion]) -> None:
    DiagnosisAnswer.objects.bulk_create(
        DiagnosisAnswer(
            diagnosis=target, question=twins[answer.question_id], text=answer.text, number=answer.number
        )
        for answer in source.answers.all()
        if answer.question_id in twins
    )
    links = []
    for point in source.points.all():
        if point.question_id is None or point.question_id not in twins:
            continue
        copied = DiagnosisPoint.objects.create(
            diagnosis=target,
            question=twins[point.question_id],
            side=point.side,
            theme=point.theme,
            text=point.text,
            neighbourhood_id=point.neighbourhood_id,
        )
        links += [(stake.pk, copied.pk) for stake in point.stakes.all()]
    through = Stake.points.through
    through.objects.bulk_create(through(stake_id=stake, diagnosispoint_id=point) for stake, point in links)
