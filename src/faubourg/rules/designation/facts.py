"""What must be known of a place before it can be judged; None is « unknown », never a guess."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Geography(StrEnum):
    """Which chapter of the texts applies."""

    HEXAGON = "hexagon"
    # Guadeloupe, Martinique, Guyane, La Réunion, Mayotte: décret 2014-1575, chapter I.
    OVERSEAS = "overseas"
    # The other chapters of the same décret: a synthetic index whose formula is not published.
    OVERSEAS_INDEX = "overseas-index"


@dataclass(frozen=True, slots=True)
class Facts:
    """People in residents, incomes in euros a year per consumption unit, density in people per km²."""

    judged_on: date
    geography: Geography = Geography.HEXAGON
    population: int | None = None
    continuous: bool | None = None
    median_income: int | None = None

    # The hexagon.
    urban_unit_population: int | None = None
    urban_unit_median: int | None = None
    national_median: int | None = None
    # Since when the neighbourhood is on a list: it keeps the size criterion for six years.
    listed_since: date | None = None

    # Overseas, chapter I.
    commune_population: int | None = None
    density: float | None = None
    metropolitan_median: int | None = None
    departement_median: int | None = None

    # Overseas, other chapters: the published answer of the index.
    index_qualifies: bool | None = None
