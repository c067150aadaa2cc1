"""What an observation grid asks, in the reader's words; which grids an area may choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from ..models import Area, ObservationGrid


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing to look at; `social`: the other half of urban proximity."""

    code: str
    name: str
    question: str
    social: bool = False


def grids_for(area: Area) -> QuerySet[ObservationGrid]:
    """Those shipped and those of the area, every version."""
    return ObservationGrid.objects.filter(Q(area=area) | Q(area__isnull=True)).order_by(
        "kind", "code", "-number"
    )


def grid_by_pk(pk: int) -> ObservationGrid | None:
    """One version, with its area."""
    return ObservationGrid.objects.select_related("area__territory").filter(pk=pk).first()


def criteria(grid: ObservationGrid | None) -> list[Criterion]:
    """What is looked at, in the order of the grid."""
    return _read(grid, "themes")


def principles(grid: ObservationGrid | None) -> list[Criterion]:
    """The six principles of an exploratory walk; none for another."""
    return _read(grid, "principles")


def name_of(grid: ObservationGrid | None, code: str, part: str = "themes") -> str:
    """The name of a theme or of a principle; its code when the grid does not know it."""
    found: str = next((one["name"] for one in _part(grid, part) if one.get("code") == code), code)
    return gettext(found) if found else ""


def _read(grid: ObservationGrid | None, part: str) -> list[Criterion]:
    return [
        Criterion(one["code"], _said(one, "name"), _said(one, "question"), one.get("strand") == "social")
        for one in _part(grid, part)
    ]


def _said(one: Mapping[str, Any], word: str) -> str:
    """What we ship has a translation; what an area wrote is said as it is."""
    french: str = one.get(word, "")
    return gettext(french) if french else ""


def _part(grid: ObservationGrid | None, part: str) -> list[Mapping[str, Any]]:
    return list((grid.content if grid else {}).get(part, []))
