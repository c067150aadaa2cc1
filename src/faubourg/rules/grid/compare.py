"""How far proposed perimeters meet the official ones, people as weights.

People are spread evenly in each cell; an outline that crosses a cell takes its share of the surface.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from .cells import Cells
from .lattice import Floats
from .outlines import squares


@dataclass(frozen=True)
class Comparison:
    """Shares from 0 to 1, NaN for a ratio over nobody. Found: official contours half covered, in people."""

    population_iou: float
    recall: float
    precision: float
    found: int
    official: int


def compared(pieces: Cells, chosen: Floats, contours: list[shapely.Geometry]) -> Comparison:
    """`chosen`: the share of each piece that is proposed, 0 to 1. Contours: valid, same coordinates."""
    boxes = shapely.transform(squares(pieces.row, pieces.column), pieces.lattice.to_world)
    tree = shapely.STRtree(boxes)
    official = covered(boxes, tree, shapely.union_all(contours)) if contours else np.zeros(len(boxes))
    proposed = float(np.sum(pieces.people * chosen))
    real = float(np.sum(pieces.people * official))
    shared = float(np.sum(pieces.people * official * chosen))
    found = 0
    for contour in contours:
        held = pieces.people * covered(boxes, tree, contour)
        found += bool(held.sum() > 0 and np.sum(held * chosen) >= held.sum() / 2)
    return Comparison(
        _ratio(shared, proposed + real - shared),
        _ratio(shared, real),
        _ratio(shared, proposed),
        found,
        len(contours),
    )


def covered(boxes: Floats, tree: shapely.STRtree, contour: shapely.Geometry) -> Floats:
    """Share of the surface of each box inside a contour."""
    shapely.prepare(contour)
    share = np.zeros(len(boxes))
    near = tree.query(contour, predicate="intersects")
    inside = shapely.contains_properly(contour, boxes[near])
    share[near[inside]] = 1.0
    edge = near[~inside]
    share[edge] = shapely.area(shapely.intersection(boxes[edge], contour)) / shapely.area(boxes[edge])
    return share


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
