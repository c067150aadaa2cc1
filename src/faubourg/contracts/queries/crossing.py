"""Forces and weaknesses crossed: theme by commune and group, and what groups and communes say alike."""

from dataclasses import dataclass

from faubourg.base.text import fold
from faubourg.contracts.models import Contract, Diagnosis, DiagnosisGrid, DiagnosisPoint
from faubourg.rules import crossing as rules

from .diagnoses import holder_of

SIDES = (rules.STRENGTH, rules.WEAKNESS)


@dataclass(frozen=True, slots=True)
class CrossCell:
    """What one holder says on one theme."""

    holder: Diagnosis
    points: tuple[DiagnosisPoint, ...]

    @property
    def strong(self) -> int:
        """How many strengths."""
        return sum(point.side == rules.STRENGTH for point in self.points)

    @property
    def weak(self) -> int:
        """How many weaknesses."""
        return sum(point.side == rules.WEAKNESS for point in self.points)


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One theme: counts of holders on each side, and a cell for each holder."""

    row: rules.Row
    cells: tuple[CrossCell, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One thematic group with, for each commune, the themes that both name on the side asked for."""

    group: Diagnosis
    themes: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """`holders`: communes then groups, by name. `hidden`: diagnoses that the reader does not see yet."""

    grid: DiagnosisGrid | None
    holders: tuple[Diagnosis, ...]
    rows: tuple[CrossRow, ...]
    communes: tuple[Diagnosis, ...]
    meetings: tuple[Meeting, ...]
    hidden: int


def crossing_of(contract: Contract, *, everything: bool, side: str = "") -> Crossing:
    """The newest published grid; without `everything`, validated diagnoses only. Three questions at most."""
    grid = contract.grids.filter(published_on__isnull=False).order_by("-number", "-pk").first()
    rows = list(grid.diagnoses.select_related("territory", "body")) if grid else []
    shown = [row for row in rows if everything or row.validated_on]
    shown.sort(key=lambda row: (row.territory_id is None, fold(holder_of(row))))
    points = DiagnosisPoint.objects.filter(diagnosis__in=shown).select_related("neighbourhood").order_by("pk")
    if side:
        points = points.filter(side=side)
    known = {point.pk: point for point in points}
    findings = [rules.Finding(p.theme, p.side, p.diagnosis_id, p.pk) for p in known.values()]
    crossed = rules.cross(findings, fold)
    communes = [row for row in shown if row.territory_id]
    groups = [row for row in shown if row.body_id]
    met = rules.agreements(crossed, [g.pk for g in groups], [c.pk for c in communes], side or rules.WEAKNESS)
    return Crossing(
        grid=grid,
        holders=tuple(shown),
        rows=tuple(
            CrossRow(
                row,
                tuple(CrossCell(h, tuple(known[f.key] for f in row.points.get(h.pk, ()))) for h in shown),
            )
            for row in crossed
        ),
        communes=tuple(communes),
        meetings=tuple(Meeting(g, tuple(met.get((g.pk, c.pk), ()) for c in communes)) for g in groups),
        hidden=len(rows) - len(shown),
    )


def points_to_draw_from(contract: Contract, theme: str = "") -> list[DiagnosisPoint]:
    """The points of the newest published grid, by theme; those of one theme when it is named."""
    grid = contract.grids.filter(published_on__isnull=False).order_by("-number", "-pk").first()
    if grid is None:
        return []
    points = DiagnosisPoint.objects.filter(diagnosis__grid=grid).select_related(
        "diagnosis__territory", "diagnosis__body"
    )
    found = list(points.order_by("theme", "side", "pk"))
    return [point for point in found if not theme or fold(point.theme) == fold(theme)]
