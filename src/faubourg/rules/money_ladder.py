"""The ladder of public money, from the intention to the justified euro, and what may be added up.

A total keeps to one level and one origin: « voté » is never added to « demandé » (it is often the same
euro, told twice), droit commun is never added to crédits spécifiques (the second completes the first).
Amounts are integer cents.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .verdict import Reason, Verdict, mark

# Lowest first. `foreseen` to `favourable` may still come to nothing; from `voted` an assembly or an
# authority has decided; `paid` and `justified` are spent.
RUNGS = (
    "foreseen",
    "reserved",
    "requested",
    "favourable",
    "voted",
    "notified",
    "committed",
    "paid",
    "justified",
)
STOPPED = ("frozen", "cancelled")
UNSTATED = "unstated"
LEVELS = (*RUNGS, *STOPPED, UNSTATED)
ORIGINS = ("ordinary", "specific", UNSTATED)
NATURES = ("operating", "investment", UNSTATED)
FIRM_FROM = "voted"
SPENT = frozenset({"paid", "justified"})

# What a total is always told by, whatever else it is told by.
NEVER_MIXED = ("level", "origin")
DIMENSIONS = (*NEVER_MIXED, "nature", "year", "funder", "heading", "place")

Key = tuple[object, ...]


class Cents(int):
    """An amount in a sentence: whoever shows it writes it in euros."""

    def __str__(self) -> str:
        whole, rest = divmod(int(self), 100)
        grouped = f"{whole:,}".replace(",", "\u202f")
        return f"{grouped},{rest:02d}\u202f€" if rest else f"{grouped}\u202f€"

    def __format__(self, spec: str) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Amount:
    """So many cents at one level, of one origin; `heading` is the axis or objective that it serves."""

    level: str
    origin: str
    nature: str
    year: int
    cents: int
    funder: str = ""
    heading: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """`cents` is None when the addition is refused; the verdict says why."""

    cents: int | None
    verdict: Verdict


def rank(level: str) -> int:
    """The place of a level on the ladder, then what was stopped, then what nobody stated."""
    return LEVELS.index(level)


def is_firm(level: str) -> bool | None:
    """Whether somebody decided this money; None when its level is not stated, False when it was stopped."""
    if level == UNSTATED:
        return None
    return level in RUNGS and rank(level) >= rank(FIRM_FROM)


def totals(amounts: Iterable[Amount], *dimensions: str) -> dict[Key, int]:
    """Sums in cents keyed by (level, origin, *dimensions), in the order of the ladder.

    `dimensions` are among DIMENSIONS; level and origin are always there. Raises ValueError on another.
    """
    wanted = (*NEVER_MIXED, *(name for name in dimensions if name not in NEVER_MIXED))
    if unknown := set(wanted) - set(DIMENSIONS):
        raise ValueError(f"A total is not told by {sorted(unknown)}: {DIMENSIONS}.")
    found: dict[Key, int] = {}
    for amount in amounts:
        key = tuple(getattr(amount, name) for name in wanted)
        found[key] = found.get(key, 0) + amount.cents
    return dict(sorted(found.items(), key=_in_order))


def _in_order(item: tuple[Key, int]) -> tuple[object, ...]:
    level, origin, *others = item[0]
    return (rank(str(level)), ORIGINS.index(str(origin)), *map(str, others))


def add(amounts: Sequence[Amount], words: Mapping[str, str] | None = None) -> Sum:
    """One sum of all the amounts, or the reason why there is none; `words` says levels and origins."""
    said = words or {}
    levels = sorted({amount.level for amount in amounts}, key=rank)
    origins = sorted({amount.origin for amount in amounts}, key=ORIGINS.index)
    reasons = (
        Reason(
            code="one-level",
            met=len(levels) <= 1,
            template=mark(
                "Ces sommes sont à des niveaux différents ({levels}) : elles ne s’additionnent pas, le même "
                "euro peut être compté à chacun."
            )
            if len(levels) > 1
            else mark("Toutes ces sommes sont au même niveau."),
            params={"levels": ", ".join(said.get(level, level) for level in levels)},
            threshold=1,
            operand=len(levels),
        ),
        Reason(
            code="one-origin",
            met=len(origins) <= 1,
            template=mark(
                "Ces sommes n’ont pas la même origine ({origins}) : les crédits spécifiques s’ajoutent au "
                "droit commun sans le remplacer, les deux ne s’additionnent pas."
            )
            if len(origins) > 1
            else mark("Toutes ces sommes ont la même origine."),
            params={"origins": ", ".join(said.get(origin, origin) for origin in origins)},
            threshold=1,
            operand=len(origins),
        ),
    )
    verdict = Verdict(reasons)
    return Sum(sum(amount.cents for amount in amounts) if verdict.ok else None, verdict)
