"""The shared grid: built by the partners, frozen once published, changed by its next version only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Body, Contract, Diagnosis, DiagnosisGrid, GridQuestion
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from .carrying_over import carry_over
from .dues import Due, understood
from .grid_model import MODEL

KIND = "grid"
MOST_QUESTIONS = 120
ASKS = ("section", "text", "help", "answer", "asked", "required")


def new_grid(*, contract: Contract, name: str, by: Actor) -> DiagnosisGrid:
    """A first version from the model; refused when a grid of this name is there already."""
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        if contract.grids.filter(name=name).exists():
            raise Refused(Verdict.no("name", mark("Une grille de ce nom existe déjà : nommez-la autrement.")))
        grid = DiagnosisGrid.objects.create(contract=contract, name=name)
        _ask(grid, [{key: getattr(asking, key) for key in ASKS} for asking in MODEL])
        journal.record(by=by, act="grid.created", kind=KIND, ref=str(grid.pk), after={"title": str(grid)})
    return grid


def save_grid(
    *, grid: DiagnosisGrid, name: str, questions: Sequence[Mapping[str, Any]], base_version: int, by: Actor
) -> DiagnosisGrid:
    """Replace the questions, in their order (each: ASKS). Raises Refused when published, else Conflict."""
    with transaction.atomic():
        found = _locked(grid)
        _frozen(found)
        if found.version != base_version:
            raise Conflict
        if not 1 <= len(questions) <= MOST_QUESTIONS:
            raise Refused(
                Verdict.no("questions", mark("Une grille a de 1 à {most} questions."), most=MOST_QUESTIONS)
            )
        before = found.questions.count()
        found.questions.all().delete()
        _ask(found, questions)
        found.name, found.version = name, found.version + 1
        found.save()
        journal.record(
            by=by, act="grid.edited", kind=KIND, ref=str(found.pk),
            before={"questions": before}, after={"questions": len(questions)},
        )  # fmt: skip
    return found


def publish_grid(
    *,
    grid: DiagnosisGrid,
    communes: Iterable[Territory],
    bodies: Iterable[Body],
    due_communes: Due,
    due_groups: Due,
    by: Actor,
    on: date | None = None,
) -> list[Diagnosis]:
    """Freeze the grid and ask each commune and group for its diagnosis; those asked before are left alone.

    Words that give no day are refused with what to do. Answers to questions that the previous version
    asked in the same words are carried over.
    """
    with transaction.atomic():
        found = _locked(grid)
        places, groups = list(communes), [body for body in bodies if body.contract_id == found.contract_id]
        if not places and not groups:
            raise Refused(Verdict.no("communes", mark("Choisissez au moins une commune ou un groupe.")))
        _freeze(found, by, on)
        of_communes = understood(due_communes, period=None, by=by)
        of_groups = understood(due_groups, period=None, by=by)
        asked = [
            *(_open(found, of_communes, territory=place) for place in places),
            *(_open(found, of_groups, body=body) for body in groups),
        ]
        made = [diagnosis for diagnosis in asked if diagnosis]
        carry_over(found, made)
        journal.record(
            by=by, act="grid.published", kind=KIND, ref=str(found.pk),
            after={
                "title": str(found),
                "asked": ", ".join(str(d.territory or d.body) for d in made),
            },
        )  # fmt: skip
    return made


def next_version(*, grid: DiagnosisGrid, by: Actor) -> DiagnosisGrid:
    """A draft of the next version with the same questions; the one already begun when there is one."""
    with transaction.atomic():
        found = _locked(grid)
        if not found.published_on:
            raise Refused(
                Verdict.no("published", mark("Cette version n’est pas publiée : modifiez-la directement."))
            )
        begun = DiagnosisGrid.objects.filter(supersedes=found).first()
        if begun:
            return begun
        made = DiagnosisGrid.objects.create(
            contract=found.contract, name=found.name, number=found.number + 1, supersedes=found
        )
        _ask(made, list(found.questions.values(*ASKS)))
        journal.record(
            by=by, act="grid.next_version", kind=KIND, ref=str(made.pk), after={"title": str(made)}
        )
    return made


def _locked(grid: DiagnosisGrid) -> DiagnosisGrid:
    return DiagnosisGrid.objects.select_for_update(of=("self",)).get(pk=grid.pk)


def _freeze(grid: DiagnosisGrid, by: Actor, on: date | None) -> None:
    if grid.published_on:
        return
    grid.published_on = on or timezone.localdate()
    grid.published_by, grid.published_by_name = by.ref, by.name
    grid.version += 1
    grid.save()


def _frozen(grid: DiagnosisGrid) -> None:
    if grid.published_on:
        raise Refused(
            Verdict.no(
                "published",
                mark("Cette grille est publiée : elle ne change plus. Ouvrez sa version suivante."),
            )
        )


def _ask(grid: DiagnosisGrid, questions: Sequence[Mapping[str, Any]]) -> None:
    GridQuestion.objects.bulk_create(
        GridQuestion(grid=grid, order=order, **{key: asking[key] for key in ASKS})
        for order, asking in enumerate(questions, start=1)
    )


def _open(grid: DiagnosisGrid, due: Mapping[str, Any], **holder: Any) -> Diagnosis | None:
    """The diagnosis of a holder who was not asked yet."""
    if Diagnosis.objects.filter(grid=grid, **holder).exists():
        return None
    return Diagnosis.objects.create(grid=grid, **holder, **due)
