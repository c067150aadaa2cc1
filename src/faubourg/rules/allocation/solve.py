"""Finds the proposal: a linear relaxation bounds what is possible, a small integer program decides the rest.

The relaxation leaves participations out; what it decides clearly is kept, what it leaves open goes to HiGHS.
The gap to the relaxation's bound is proved. No clock: the search stops by nodes, so the result is repeatable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .amounts import Amounts, amounts_of
from .facts import Call, Candidate
from .participation import cheapest, worth_of
from .program import CENTS, Floats, Program, Settled, build

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

# How many undecided dossiers the first integer program holds, and by how much it grows when the gap stays.
FIRST, GROWTH, LARGEST = 60, 3, 2_500
# So many are decided all at once: the program is small enough, and its own bound is the better one.
SMALL = 1_000
NODES = 2_000
ROUNDS = 4
CLOSE = 1e-6


class Infeasible(ValueError):
    """The minimums cannot be reached together; `lack` says by how many cents, by territory."""

    def __init__(self, lack: dict[str, int]) -> None:
        super().__init__("the minimums by territory cannot be reached")
        self.lack = lack


@dataclass(frozen=True, slots=True)
class Solution:
    """Cents by (candidate, offer) of the retained candidates; `bound` is what no allocation can exceed."""

    retained: frozenset[int]
    amounts: Amounts
    value: float
    bound: float
    prices: Floats

    @property
    def gap(self) -> float:
        """The proved distance to the best, as a share of the bound."""
        return max(0.0, (self.bound - self.value) / self.bound) if self.bound > 0 else 0.0


def solve(call: Call, candidates: Sequence[Candidate], *, gap: float = 0.005) -> Solution:
    """The best proposal found, with its proved gap. Raises `Infeasible` when minimums cannot be reached."""
    relaxed = build(call, candidates)
    if not relaxed.decision:
        if lack := {place: cents for place, cents in call.terms.minimum_cents.items() if cents}:
            raise Infeasible(lack)
        return Solution(frozenset(), {}, 0.0, 0.0, np.zeros(len(call.envelopes)))
    linear = _linear(relaxed)
    if linear.status != 0:
        raise Infeasible(_lack(call, relaxed))
    bound = -float(linear.fun)
    best = Solution(frozenset(), {}, 0.0, bound, _prices(call, relaxed, linear))
    small = len(relaxed.decision) <= SMALL
    dived = (relaxed, linear, {}) if small else _dive(call, candidates, relaxed, linear)
    size = SMALL if small else FIRST
    while True:
        open_ = _undecided(dived[0], dived[1], size)
        found, proved = _decide(call, candidates, dived, open_, gap)
        best = _better(best, found, min(best.bound, proved))
        everything = len(open_) == len(relaxed.decision)
        if best.gap <= gap or everything or size >= LARGEST:
            break
        size *= GROWTH
    if found is None and not best.retained and call.terms.minimum_cents:
        # Halves of dossiers reached the minimums; whole ones do not.
        raise Infeasible(_lack(call, build(call, candidates, joins=frozenset(relaxed.decision)), whole=True))
    return best


def _better(best: Solution, found: tuple[frozenset[int], Amounts, float] | None, bound: float) -> Solution:
    retained, amounts, value = (best.retained, best.amounts, best.value)
    if found is not None and (found[2] > value or not amounts):
        retained, amounts, value = found
    return Solution(retained, amounts, value, bound, best.prices)


def _linear(program: Program) -> "OptimizeResult":
    """The relaxation; rows on both sides become one-sided ones, as `linprog` wants them."""
    from scipy.optimize import linprog  # noqa: PLC0415 (a third of a second that most commands never need)
    from scipy.sparse import vstack  # noqa: PLC0415 (idem)

    matrix, low, high = program.matrix, program.low, program.high
    above, below = np.isfinite(high), np.isfinite(low)
    rows = vstack([matrix[above], -matrix[below]], format="csr")
    limits = np.concatenate([high[above], -low[below]])
    bounds = np.column_stack([np.zeros_like(program.upper), program.upper])
    return linprog(-program.value, A_ub=rows, b_ub=limits, bounds=bounds, method="highs")


def _prices(call: Call, program: Program, linear: "OptimizeResult") -> Floats:
    """What one more euro in each envelope would be worth, in weighted quality."""
    above = np.flatnonzero(np.isfinite(program.high))
    first = len(program.low) - len(call.envelopes) - len(call.terms.minimum_cents)
    by_row = dict(zip(above.tolist(), (-linear.ineqlin.marginals).tolist(), strict=False))
    return np.array([max(0.0, by_row.get(first + rank, 0.0)) for rank in range(len(call.envelopes))])


def _dive(
    call: Call, candidates: Sequence[Candidate], program: Program, linear: "OptimizeResult"
) -> "tuple[Program, OptimizeResult, Settled]":
    """Settles who takes part where the relaxation gives less than a smallest grant, then solves it again."""
    settled: dict[tuple[int, str], bool] = {}
    for _round in range(ROUNDS):
        broken = _broken(call, candidates, program, linear.x)
        prices = _prices(call, program, linear)
        tried = dict(settled)
        for rank in broken:
            found = cheapest(call, candidates[rank], worth_of(candidates[rank], prices))
            for offer in candidates[rank].offers:
                tried[rank, offer.request.funder] = (
                    found is not None and offer.request.funder in found.funders
                )
        if tried == settled:
            break
        again = build(call, candidates, settled=tried)
        solved = _linear(again)
        if solved.status != 0:
            break
        program, linear, settled = again, solved, tried
    return program, linear, settled


def _broken(call: Call, candidates: Sequence[Candidate], program: Program, x: Floats) -> list[int]:
    """Candidates to whom some funder gives something, but less than its smallest grant."""
    given: dict[tuple[int, str], float] = {}
    for (rank, k), column in program.amount.items():
        key = (rank, candidates[rank].offers[k].request.funder)
        given[key] = given.get(key, 0.0) + float(x[column])
    return sorted(
        {
            rank
            for (rank, funder), euros in given.items()
            if CLOSE < euros < candidates[rank].least_of(funder, call.terms) / CENTS - CLOSE
        }
    )


def _undecided(program: Program, linear: "OptimizeResult", size: int) -> frozenset[int]:
    """What the relaxation splits, then those whose decision was the closest."""
    columns = np.array(list(program.decision.values()))
    ranks = np.array(list(program.decision))
    if len(ranks) <= size:
        return frozenset(ranks.tolist())
    chosen = linear.x[columns]
    split = (chosen > CLOSE) & (chosen < 1 - CLOSE)
    cost = np.abs(linear.lower.marginals + linear.upper.marginals)[columns]
    nearest = ranks[np.argsort(np.where(split, -1.0, cost), kind="stable")]
    return frozenset(nearest[: max(size, int(split.sum()))].tolist())


def _decide(
    call: Call,
    candidates: Sequence[Candidate],
    dived: "tuple[Program, OptimizeResult, Settled]",
    open_: frozenset[int],
    gap: float,
) -> tuple[tuple[frozenset[int], Amounts, float] | None, float]:
    """The integer program over what is open, the rest fixed as the relaxation has it; and its own bound."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 (idem)

    relaxed, linear, settled = dived
    program = build(call, candidates, joins=open_, settled=settled)
    low, high = np.zeros_like(program.upper), program.upper.copy()
    for rank, column in program.decision.items():
        if rank not in open_:
            low[column] = high[column] = round(float(linear.x[relaxed.decision[rank]]))
    for key, column in program.amount.items():
        if key[0] not in open_:
            low[column] = high[column] = linear.x[relaxed.amount[key]]
    result = milp(
        -program.value,
        constraints=LinearConstraint(program.matrix, program.low, program.high),
        bounds=Bounds(low, high),
        integrality=program.whole_numbers,
        options={"mip_rel_gap": gap / 2, "node_limit": NODES},
    )
    everything = len(open_) == len(program.decision)
    proved = -float(result.mip_dual_bound) if everything and result.mip_dual_bound is not None else np.inf
    if result.x is None:
        return None, proved
    chosen = frozenset(rank for rank, column in program.decision.items() if result.x[column] > 0.5)
    amounts, kept = amounts_of(call, candidates, program, result.x, chosen)
    value = sum(candidates[rank].value for rank in kept)
    return (kept, amounts, value), proved


def _lack(call: Call, program: Program, *, whole: bool = False) -> dict[str, int]:
    """By how much each minimum is out of reach, when the others are helped too: the least total help."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 (idem)
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 (idem)

    territories = list(call.terms.minimum_cents)
    count, help_ = program.matrix.shape[1], len(territories)
    first = len(program.low) - help_
    extra = csr_array(
        (np.ones(help_), (np.arange(first, first + help_), np.arange(help_))), shape=(len(program.low), help_)
    )
    result = milp(
        np.concatenate([np.zeros(count), np.ones(help_)]),
        constraints=LinearConstraint(
            hstack([program.matrix, extra], format="csr"), program.low, program.high
        ),
        bounds=Bounds(0.0, np.concatenate([program.upper, np.full(help_, np.inf)])),
        integrality=np.concatenate([program.whole_numbers * whole, np.zeros(help_)]),
        options={"node_limit": NODES},
    )
    if result.x is None:
        return dict(call.terms.minimum_cents)
    missing: NDArray[np.float64] = result.x[count:]
    return {
        territory: int(np.ceil(euros * CENTS - CLOSE))
        for territory, euros in zip(territories, missing.tolist(), strict=True)
        if euros > CLOSE
    }
