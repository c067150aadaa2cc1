"""A freeze or a cut after the jury: what each decision gives back. What is paid is never touched.

Pro rata bears on what is not paid yet; by priority, the last ranked give first, and whoever has no rank
before them all. Money is integer cents.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from .rule_set import WHOLE_BP
from .shares import exact_shares


class Method(StrEnum):
    """How a cut is spread over the decisions of an envelope."""

    PRO_RATA = "pro_rata"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class Held:
    """One decision: what it holds, what has left already (paid, or ordered), its rank (1 is served first)."""

    ref: int
    amount_cents: int
    paid_cents: int = 0
    rank: int | None = None

    @property
    def unpaid(self) -> int:
        """All that a cut may take."""
        return self.amount_cents - self.paid_cents


@dataclass(frozen=True, slots=True)
class Reduction:
    """What becomes of one decision; `taken` is zero when it is not touched."""

    held: Held
    taken: int

    @property
    def after(self) -> int:
        """Never below what is paid."""
        return self.held.amount_cents - self.taken


def cut_of(envelope_cents: int, rate_bp: int) -> int:
    """A rate of an envelope, to the nearest cent, halves up: 800 (−8 %) of 10 000 € is 800 €."""
    if not 0 <= rate_bp <= WHOLE_BP:
        raise ValueError("a rate goes from 0 to 100 %")
    return (envelope_cents * rate_bp + WHOLE_BP // 2) // WHOLE_BP


def to_give_back(available_cents: int, decided_cents: int) -> int:
    """What the decisions have to give once the envelope is lowered: what was not programmed gives first."""
    return max(0, decided_cents - available_cents)


def spread(decisions: Iterable[Held], cents: int, method: Method) -> tuple[Reduction, ...]:
    """Each decision with what it gives, in the order given; together `cents`, or all that is not paid.

    Raises ValueError for a negative sum or a decision that paid more than it holds.
    """
    held = list(decisions)
    if cents < 0 or any(one.unpaid < 0 or one.paid_cents < 0 for one in held):
        raise ValueError("a cut takes a sum, from what is not paid")
    left = min(cents, sum(one.unpaid for one in held))
    taken: dict[int, int] = {}
    for group in _groups(held, method):
        here = min(left, sum(one.unpaid for one in group))
        shares = exact_shares(here, [one.unpaid for one in group])
        taken |= {one.ref: share for one, share in zip(group, shares, strict=True)}
        left -= here
    return tuple(Reduction(one, taken[one.ref]) for one in held)


def _groups(held: Sequence[Held], method: Method) -> list[list[Held]]:
    """Who gives together, the first to give first; those of one rank share."""
    if method is Method.PRO_RATA:
        return [list(held)]

    def last_first(one: Held) -> tuple[bool, int]:
        return (one.rank is not None, -(one.rank or 0))

    return [list(group) for _key, group in groupby(sorted(held, key=last_first), key=last_first)]
