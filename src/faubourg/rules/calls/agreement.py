"""How far jurors agree: Krippendorff's alpha for marks on a scale of equal steps, computed exactly.

Krippendorff, Content Analysis, chapter 11: 1 when all agree, 0 when they agree no better than chance, below
when they contradict one another. Dossiers with a single mark say nothing of it.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

Number = int | Fraction | Decimal


def alpha(units: Iterable[Sequence[Number]]) -> Fraction | None:
    """The marks of each dossier, in any order; None when nothing pairs or when all marks are the same.

    >>> alpha([(1, 1), (2, 2), (3, 4)])
    Fraction(36, 41)
    """
    paired = [[Fraction(value) for value in unit] for unit in units if len(unit) > 1]
    everything = [value for unit in paired for value in unit]
    expected = _disagreement(everything)
    if not expected:
        return None
    return 1 - sum((_disagreement(unit) for unit in paired), Fraction()) / expected


def _disagreement(values: Sequence[Fraction]) -> Fraction:
    """The squared differences of all ordered pairs, over the number of values less one."""
    if len(values) < 2:
        return Fraction()
    total, squares = sum(values, Fraction()), sum((value * value for value in values), Fraction())
    return 2 * (len(values) * squares - total * total) / (len(values) - 1)
