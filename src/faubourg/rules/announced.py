"""A total that a document announces, set beside the one that its own lines give."""

from dataclasses import dataclass
from enum import StrEnum

from .verdict import Reason, mark


class Match(StrEnum):
    """How far the two agree; a rounding is not called an error."""

    SAME = "same"
    ROUNDED = "rounded"
    FEWER = "fewer"
    MORE = "more"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """`counted` is None when the document names nothing that could be counted."""

    announced: int
    counted: int | None
    match: Match
    reason: Reason

    @property
    def difference(self) -> int | None:
        """Counted minus announced."""
        return None if self.counted is None else self.counted - self.announced


_SENTENCES = {
    Match.SAME: mark("Le compte confirme le total annoncé."),
    Match.ROUNDED: mark("Le total annoncé est un arrondi de ce que donnent les lignes."),
    Match.FEWER: mark("Les lignes en donnent {missing} de moins que le total annoncé."),
    Match.MORE: mark("Les lignes en donnent {missing} de plus que le total annoncé."),
    Match.UNNAMED: mark(
        "Le document annonce ce total sans nommer ce qu’il compte : il ne peut pas être vérifié."
    ),
}


def set_beside(announced: int, counted: int | None) -> Discrepancy:
    """Say whether the lines confirm, round to, or contradict the announced total."""
    match = _match(announced, counted)
    missing = 0 if counted is None else abs(counted - announced)
    agrees = {Match.SAME: True, Match.ROUNDED: True, Match.UNNAMED: None}.get(match, False)
    reason = Reason(
        code=f"announced_{match}",
        met=agrees,
        template=_SENTENCES[match],
        params={"missing": missing},
        threshold=announced,
        operand=counted,
    )
    return Discrepancy(announced=announced, counted=counted, match=match, reason=reason)


def _match(announced: int, counted: int | None) -> Match:
    if counted is None:
        return Match.UNNAMED
    if counted == announced:
        return Match.SAME
    step = _rounding_step(announced)
    if step > 1 and _rounded(counted, step) == announced:
        return Match.ROUNDED
    return Match.FEWER if counted < announced else Match.MORE


def _rounding_step(announced: int) -> int:
    """The coarsest step an announced figure shows: 40 000 → 10 000, 1 250 → 10, 9 → 1."""
    step = 1
    while announced and announced % (step * 10) == 0:
        step *= 10
    return step


def _rounded(value: int, step: int) -> int:
    return (value + step // 2) // step * step
