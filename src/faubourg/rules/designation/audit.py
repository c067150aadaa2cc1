"""The urban-unit criterion applied to a whole published list: who stands above, below, and unexplained."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .thresholds import GREAT_URBAN_UNIT, MIN_URBAN_UNIT, eligible_urban_unit

# The last letter of a code of 2024: modified and identical neighbourhoods stood on the list before.
NEW = "N"


@dataclass(frozen=True, slots=True)
class ListedNeighbourhood:
    """A line of the published list. `communes` are INSEE codes; `evolution` is M, I, N or C."""

    code: str
    name: str
    communes: tuple[str, ...]
    evolution: str


@dataclass(frozen=True, slots=True)
class Audit:
    """Counts of urban units, then neighbourhoods by what the criterion makes of them."""

    eligible_units: int
    eligible_units_without_rounding: int
    great_units: int
    with_one_eligible_commune: int
    with_all_communes_eligible: int
    mixed: tuple[ListedNeighbourhood, ...]
    below: tuple[ListedNeighbourhood, ...]
    derogation_candidates: tuple[ListedNeighbourhood, ...]
    unexplained: tuple[ListedNeighbourhood, ...]


def audit(
    neighbourhoods: Iterable[ListedNeighbourhood],
    *,
    unit_of_commune: Mapping[str, str],
    population_of_unit: Mapping[str, int],
) -> Audit:
    """Hexagonal neighbourhoods only. One commune in an eligible unit is enough: the rule we state.

    A commune outside any urban unit, or in a unit without published population, is not eligible.
    """
    eligible = {unit for unit, people in population_of_unit.items() if eligible_urban_unit(people)}
    counted = [
        (line, [unit_of_commune.get(code) in eligible for code in line.communes]) for line in neighbourhoods
    ]
    below = tuple(line for line, answers in counted if not any(answers))
    return Audit(
        eligible_units=len(eligible),
        eligible_units_without_rounding=sum(p >= MIN_URBAN_UNIT for p in population_of_unit.values()),
        great_units=sum(people >= GREAT_URBAN_UNIT for people in population_of_unit.values()),
        with_one_eligible_commune=sum(any(answers) for _, answers in counted),
        with_all_communes_eligible=sum(all(answers) for _, answers in counted),
        mixed=tuple(line for line, answers in counted if any(answers) and not all(answers)),
        below=below,
        derogation_candidates=tuple(line for line in below if line.evolution != NEW),
        unexplained=tuple(line for line in below if line.evolution == NEW),
    )
