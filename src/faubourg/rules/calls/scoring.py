"""A mark on the published grid: the weighted mean of its criteria, exact, out of a hundred."""

from collections.abc import Mapping
from fractions import Fraction

from ..verdict import Reason, mark
from .rule_set import WHOLE_BP, Grid


def score(grid: Grid, marks: Mapping[str, int]) -> Fraction | None:
    """From 0 to 100; None while a criterion has no mark, or one that the grid does not allow."""
    if problems(grid, marks):
        return None
    weighed = sum(marks[criterion.code] * criterion.weight_bp for criterion in grid.criteria)
    return Fraction(100 * weighed, WHOLE_BP * grid.most)


def problems(grid: Grid, marks: Mapping[str, int]) -> tuple[Reason, ...]:
    """What stands in the way of a score, one reason a criterion."""
    found = []
    for criterion in grid.criteria:
        given = marks.get(criterion.code)
        params = {"name": criterion.name, "most": grid.most, "given": given}
        if given is None:
            sentence = mark("« {name} » n’est pas encore noté (de 0 à {most}).")
            found.append(Reason("grid-missing", None, sentence, params, grid.most, None))
        elif not 0 <= given <= grid.most:
            sentence = mark("« {name} » : {given} n’est pas entre 0 et {most}.")
            found.append(Reason("grid-bounds", False, sentence, params, grid.most, given))
    return tuple(found)
