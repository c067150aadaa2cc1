"""The allocation as a linear program in euros: columns, rows, and what a solution of it says.

Columns: one decision a candidate; one amount an offer when the amount is free; one participation a funder
when it has a smallest grant. What is asked as a whole needs no amount of its own: it follows the decision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .facts import Call, Candidate

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CENTS = 100.0
Floats = NDArray[np.float64]


@dataclass(slots=True)
class _Rows:
    """Rows `low <= a·x <= high`, gathered one entry at a time."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    at: list[tuple[int, int, float]] = field(default_factory=list)

    def add(self, low: float, high: float, entries: Sequence[tuple[int, float]]) -> int:
        rank = len(self.low)
        self.low.append(low)
        self.high.append(high)
        self.at += [(rank, column, value) for column, value in entries]
        return rank


@dataclass(frozen=True, slots=True)
class Program:
    """`decision[i]` is the column of candidate i, `amount[i, k]` that of its k-th offer, when it has one."""

    value: Floats
    upper: Floats
    whole_numbers: NDArray[np.int8]
    matrix: "csr_array"
    low: Floats
    high: Floats
    decision: Mapping[int, int]
    amount: Mapping[tuple[int, int], int]
    joins: Mapping[tuple[int, str], int]


# Whether a funder takes part in a dossier, by (candidate, funder).
Settled = Mapping[tuple[int, str], bool]


def build(
    call: Call,
    candidates: Sequence[Candidate],
    *,
    joins: frozenset[int] = frozenset(),
    settled: Settled | None = None,
) -> Program:
    """The program of candidates that are not blocked.

    `joins`: those for whom each funder's participation is decided too. `settled`: participations that are
    already decided, of the others; one that is neither is left out, which makes the program a relaxation.
    """
    return _Builder(call, candidates, joins, settled or {}).program()


class _Builder:
    def __init__(
        self, call: Call, candidates: Sequence[Candidate], joins: frozenset[int], settled: Settled
    ) -> None:
        self.call, self.candidates, self.joined, self.settled = call, candidates, joins, settled
        self.rows = _Rows()
        self.upper: list[float] = []
        self.value: list[float] = []
        self.integral: list[int] = []
        self.decision: dict[int, int] = {}
        self.amount: dict[tuple[int, int], int] = {}
        self.joins: dict[tuple[int, str], int] = {}
        self.spent: list[list[tuple[int, float]]] = [[] for _ in call.envelopes]
        self.received: dict[str, list[tuple[int, float]]] = {}

    def program(self) -> Program:
        for rank, candidate in enumerate(self.candidates):
            if not candidate.blocked:
                self.decision[rank] = self._column(1.0, candidate.value, integral=True)
                if candidate.whole:
                    self._whole(rank, candidate)
                else:
                    self._free(rank, candidate)
        for envelope, entries in zip(self.call.envelopes, self.spent, strict=True):
            self.rows.add(-np.inf, envelope.cents / CENTS, entries)
        for territory, cents in self.call.terms.minimum_cents.items():
            self.rows.add(cents / CENTS, np.inf, self.received.get(territory, []))
        return self._done()

    def _done(self) -> Program:
        from scipy.sparse import csr_array  # noqa: PLC0415 (as in `solve`: late, it is long to read)

        rows, columns, values = zip(*self.rows.at, strict=True) if self.rows.at else ((), (), ())
        return Program(
            value=np.array(self.value, dtype=float),
            upper=np.array(self.upper, dtype=float),
            whole_numbers=np.array(self.integral, dtype=np.int8),
            matrix=csr_array((values, (rows, columns)), shape=(len(self.rows.low), len(self.upper))),
            low=np.array(self.rows.low, dtype=float),
            high=np.array(self.rows.high, dtype=float),
            decision=self.decision,
            amount=self.amount,
            joins=self.joins,
        )

    def _column(self, upper: float, value: float = 0.0, *, integral: bool = False) -> int:
        self.upper.append(upper)
        self.value.append(value)
        self.integral.append(int(integral))
        return len(self.upper) - 1

    def _spend(self, candidate: Candidate, offer: int, column: int, euros: float) -> None:
        for envelope in candidate.offers[offer].envelopes:
            self.spent[envelope].append((column, euros))
        self.received.setdefault(candidate.dossier.territory, []).append((column, euros))

    def _whole(self, rank: int, candidate: Candidate) -> None:
        for k, offer in enumerate(candidate.offers):
            self._spend(candidate, k, self.decision[rank], offer.cap_cents / CENTS)

    def _free(self, rank: int, candidate: Candidate) -> None:
        """Amounts between nothing and what is asked, enough in all, with the local share."""
        decision = self.decision[rank]
        amounts = []
        for k, offer in enumerate(candidate.offers):
            out = rank not in self.joined and self.settled.get((rank, offer.request.funder)) is False
            cap = 0.0 if out else offer.cap_cents / CENTS
            column = self.amount[rank, k] = self._column(cap)
            self._spend(candidate, k, column, 1.0)
            self.rows.add(-np.inf, 0.0, [(column, 1.0), (decision, -cap)])
            amounts.append(column)
        need = candidate.need_cents / CENTS
        self.rows.add(0.0, np.inf, [*((column, 1.0) for column in amounts), (decision, -need)])
        if candidate.local_need_cents:
            local = [
                (column, 1.0)
                for column, offer in zip(amounts, candidate.offers, strict=True)
                if offer.request.funder in self.call.terms.local_funders
            ]
            self.rows.add(0.0, np.inf, [*local, (decision, -candidate.local_need_cents / CENTS)])
        for funder in dict.fromkeys(offer.request.funder for offer in candidate.offers):
            if least := candidate.least_of(funder, self.call.terms) / CENTS:
                given = [
                    (self.amount[rank, k], offer.cap_cents / CENTS)
                    for k, offer in enumerate(candidate.offers)
                    if offer.request.funder == funder
                ]
                self._join(rank, funder, least, given)

    def _join(self, rank: int, funder: str, least: float, given: Sequence[tuple[int, float]]) -> None:
        """A funder gives nothing, or at least its smallest grant."""
        total = [(amount, 1.0) for amount, _cap in given]
        if rank in self.joined:
            column = self.joins[rank, funder] = self._column(1.0, integral=True)
            self.rows.add(0.0, np.inf, [*total, (column, -least)])
            for amount, cap in given:
                self.rows.add(-np.inf, 0.0, [(amount, 1.0), (column, -cap)])
        elif self.settled.get((rank, funder)):
            self.rows.add(0.0, np.inf, [*total, (self.decision[rank], -least)])
