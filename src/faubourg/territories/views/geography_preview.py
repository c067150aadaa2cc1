"""What a change would do, before it is written: surface, people, drawing, beside the version it meets."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from faubourg.rules.grid.inside import Inside

from ..geo.shapes import shape_of
from ..models import GridExtract, Perimeter, Territory
from ..queries.contours import Drawing, draw_shapes
from ..queries.people_inside import grid_of, measured
from ..queries.versions import drawn_difference
from ..reading.contour import hectares


@dataclass(frozen=True, slots=True)
class Measure:
    """An outline measured: hectares, points, people where a grid is loaded."""

    label: str
    area: float
    vertices: int
    inside: Inside | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The measures side by side, and the drawing; `extract` None: nobody can say how many people."""

    measures: tuple[Measure, ...]
    drawing: Drawing | None
    extract: GridExtract | None


def measure(label: str, shape: BaseGeometry, extract: GridExtract | None) -> Measure:
    """One outline."""
    people = measured(extract, shape) if extract else None
    return Measure(label, hectares(shape), int(shapely.get_num_coordinates(shape)), people)


def preview_of_parts(area: Territory, parts: dict[str, BaseGeometry], before: Perimeter) -> Preview:
    """Several outlines that one would leave, each under its name, drawn in their roles."""
    extract = grid_of(area)
    measures = [measure("before", shape_of(before), extract)]
    measures += [measure(label, shape, extract) for label, shape in parts.items()]
    drawing = draw_shapes(
        {role: [shape] for role, shape in zip(("kept", "gained"), parts.values(), strict=False)}
    )
    return Preview(tuple(measures), drawing, extract)


def preview_of(area: Territory, shape: BaseGeometry, before: Perimeter | None) -> Preview:
    """A new outline, beside the one it would replace."""
    extract = grid_of(area)
    if before is None:
        return Preview((measure("after", shape, extract),), draw_shapes({"here": [shape]}), extract)
    old = shape_of(before)
    measures = (measure("before", old, extract), measure("after", shape, extract))
    return Preview(measures, drawn_difference(old, shape), extract)
