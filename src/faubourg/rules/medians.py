"""Where a territory stands among those of its kind: the median, and how many published values make it.

A median of a handful says nothing of a kind, and two vintages are never set side by side: both are
refused with the reason. The territory itself is one of its kind and is counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .verdict import Reason, Verdict, mark

# Below this number of published values, a median would describe the few and not the kind.
MINIMUM_PUBLISHED = 5


class Position(StrEnum):
    """Of a value against the median."""

    BELOW = "below"
    AT = "at"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Median:
    """`value` is None when nobody publishes. `silent` territories of the kind publish nothing."""

    value: Decimal | None
    published: int
    silent: int
    vintage: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A value against the median of its kind; without position, `verdict` says why."""

    median: Median
    position: Position | None
    gap: Decimal | None
    verdict: Verdict


def median_of(values: Iterable[Decimal | None], *, vintage: str) -> Median:
    """The middle of the published values (the mean of the two middle ones when they are even in number)."""
    everything = list(values)
    published = sorted(value for value in everything if value is not None)
    count = len(published)
    middle: Decimal | None = None
    if count:
        middle = (published[(count - 1) // 2] + published[count // 2]) / 2
    return Median(value=middle, published=count, silent=len(everything) - count, vintage=vintage)


def stand(value: Decimal | None, vintage: str, median: Median) -> Standing:
    """Set a value against the median of its kind, or say why it cannot be."""
    verdict = _comparable(value, vintage, median)
    if not verdict.ok or value is None or median.value is None:
        return Standing(median=median, position=None, gap=None, verdict=verdict)
    gap = value - median.value
    position = Position.ABOVE if gap > 0 else Position.BELOW if gap < 0 else Position.AT
    return Standing(median=median, position=position, gap=gap, verdict=verdict)


def _comparable(value: Decimal | None, vintage: str, median: Median) -> Verdict:
    if value is None:
        return Verdict.no("no_value", mark("La valeur de ce territoire n’est pas publiée."))
    return Verdict(
        (
            Reason(
                code="same_vintage",
                met=vintage == median.vintage,
                template=mark("La valeur est de « {vintage} », la médiane de « {median_vintage} »."),
                params={"vintage": vintage, "median_vintage": median.vintage},
                threshold=median.vintage,
                operand=vintage,
            ),
            Reason(
                code="enough_published",
                met=median.published >= MINIMUM_PUBLISHED,
                template=mark("{published} valeurs publiées : il en faut {minimum} pour une médiane."),
                params={"published": median.published, "minimum": MINIMUM_PUBLISHED},
                threshold=MINIMUM_PUBLISHED,
                operand=median.published,
            ),
        )
    )
