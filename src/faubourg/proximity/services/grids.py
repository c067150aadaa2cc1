"""Observation grids: those that Faubourg ships, the copies that an area edits, frozen as a walk uses them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.proximity import grids as rules
from faubourg.rules.proximity.preset_grids import GRIDS
from faubourg.rules.verdict import Verdict, mark

from ..models import Area, ObservationGrid
from .moving import locked

KIND = "observationgrid"


def shipped_grids() -> list[ObservationGrid]:
    """The grids that every area starts with, written once; a new wording of ours is a new version."""
    return [
        ObservationGrid.objects.get_or_create(
            area=None,
            code=grid.code,
            number=grid.version,
            defaults={
                "kind": grid.kind.value,
                "title": rules.KIND_NAMES[grid.kind],
                "content": rules.write(grid),
                "frozen_at": timezone.now(),
            },
        )[0]
        for grid in GRIDS
    ]


def copy_grid(*, area: Area, grid: ObservationGrid, by: Actor) -> ObservationGrid:
    """The next version of a grid, free to change, for one area only."""
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=area.pk)
        latest = area.grids.filter(code=grid.code).order_by("-number").first()
        if latest is not None and latest.frozen_at is None:
            return latest
        source = latest or grid
        number = source.number + 1
        content = {**translated(grid.content), "version": number}
        made = area.grids.create(
            code=grid.code, number=number, kind=grid.kind, title=gettext(grid.title), content=content
        )
        _record(by, made, act="grid.copied")
    return made


def edit_grid(
    *, grid: ObservationGrid, title: str, content: Mapping[str, Any], base_version: int, by: Actor
) -> ObservationGrid:
    """New questions of a version that no walk uses yet; Refused with every mistake, Conflict."""
    with transaction.atomic():
        held = locked(grid, base_version)
        if held.area_id is None or held.frozen_at is not None:
            sentence = mark("Cette version est figée : préparez la suivante, puis changez-la.")
            raise Refused(Verdict.no("grid-frozen", sentence))
        read = rules.read({**content, "code": held.code, "kind": held.kind, "version": held.number})
        if read.grid is None or read.problems:
            raise Refused(Verdict(read.problems))
        held.title, held.content = title, rules.write(read.grid)
        held.version += 1
        held.save()
        _record(by, held, act="grid.edited")
    return held


def freeze_grid(*, grid: ObservationGrid, by: Actor) -> None:
    """What is asked on a walk does not change any more; inside the transaction that confirms it."""
    held = locked(grid)
    if held.frozen_at is None:
        held.frozen_at = timezone.now()
        held.save(update_fields=["frozen_at"])
        _record(by, held, act="grid.frozen")


def translated(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same grid with its words in the reader’s language: those that we ship have a translation."""
    said = ("name", "question")
    return {
        **content,
        **{
            part: [
                {**one, **{word: gettext(one[word]) if one.get(word) else "" for word in said}}
                for one in content.get(part, [])
            ]
            for part in ("themes", "principles")
        },
    }


def _record(by: Actor, grid: ObservationGrid, *, act: str) -> None:
    journal.record(
        by=by, act=act, kind=KIND, ref=str(grid.pk), after={"title": grid.title, "number": grid.number}
    )
