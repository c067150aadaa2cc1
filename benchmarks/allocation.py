"""The proposal to a jury at 500 and 5,000 dossiers × 5 funders: CPU, proved gap, what ranking would do.

« one program » hands HiGHS every decision and participation at once, with as many nodes; it is what the
relaxation first, small program after, replaces. Synthetic calls, seeded.
    python benchmarks/allocation.py
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from faubourg.rules.allocation import ANY, Call, Dossier, Envelope, Request, Terms, problems_of, propose
from faubourg.rules.allocation import solve as solving

FUNDERS, TERRITORIES = 5, 20


def synthetic(count: int, chance: random.Random) -> Call:
    """Budgets of 3,000 to 60,000 €, one to five funders, envelopes that hold two euros of five asked."""
    dossiers = [_dossier(rank, chance) for rank in range(count)]
    asked: dict[tuple[str, str], int] = {}
    for dossier in dossiers:
        for request in dossier.requests:
            key = (request.funder, request.nature)
            asked[key] = asked.get(key, 0) + request.cents
    envelopes = [Envelope(funder, cents * 2 // 5, nature) for (funder, nature), cents in asked.items()]
    for place in range(TERRITORIES):
        first = sum(
            request.cents
            for dossier in dossiers
            if dossier.territory == f"T{place}"
            for request in dossier.requests
            if request.funder == "F0"
        )
        envelopes.append(Envelope("F0", first // 2, ANY, f"T{place}"))
    terms = Terms(
        weight_bp={"T1": 12_000, "T2": 13_000},
        minimum_cents={"T3": count * 20_000},
        least_cents={f"F{funder}": 200_000 for funder in range(FUNDERS)},
        local_funders=frozenset({"F3", "F4"}),
        local_bp=3_000,
    )
    return Call(tuple(dossiers), tuple(envelopes), terms)


def _dossier(rank: int, chance: random.Random) -> Dossier:
    budget = chance.randrange(300_000, 6_000_000)
    funders = chance.sample(range(FUNDERS), chance.randrange(1, FUNDERS + 1))
    requests = tuple(
        Request(
            f"F{funder}",
            chance.choice(["op", "inv"]),
            chance.randrange(50_000, max(60_000, budget // len(funders))),
        )
        for funder in funders
    )
    quality = min(100.0, max(0.0, round(chance.gauss(60, 15), 1)))
    least = chance.choice([10_000, 8_000, 6_000])
    place = f"T{chance.randrange(TERRITORIES)}"
    return Dossier(f"D{rank}", quality, place, budget, requests, local_cents=budget // 4, least_bp=least)


def main() -> int:
    print(
        f"{'dossiers':>9} {'CPU s':>7} {'gap %':>7} {'retained':>9} {'quality/ranking':>16} {'breaches':>9}"
    )
    failed = 0
    for count, allowed in ((500, 0.005), (5_000, 0.01)):
        call = synthetic(count, random.Random(1))
        start = time.process_time()
        proposal = propose(call, gap=allowed)
        spent = time.process_time() - start
        breaches = len(problems_of(call, proposal))
        print(
            f"{count:9} {spent:7.2f} {proposal.gap * 100:7.3f} {len(proposal.retained):9} "
            f"{proposal.value / proposal.ranking.value:16.3f} {breaches:9}"
        )
        failed += proposal.gap > allowed or breaches > 0
    ours, theirs = _timed(call), _timed(call, at_once=True)
    print(
        f"{len(call.dossiers)} dossiers, relaxation first against one program: {theirs / ours:.1f} × faster"
    )
    return failed


def _timed(call: Call, *, at_once: bool = False) -> float:
    small, solving.SMALL = solving.SMALL, 10**9 if at_once else solving.SMALL
    start = time.process_time()
    propose(call, gap=0.01)
    solving.SMALL = small
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
