"""The arithmetic of the texts, in integers: no rounding is left to floating point."""

HUNDRED = 100
MIN_URBAN_UNIT = 10_000
MIN_NEIGHBOURHOOD = 1_000
GREAT_URBAN_UNIT = 5_000_000
MIN_OVERSEAS_COMMUNE = 15_000
MIN_OVERSEAS_DENSITY = 2_000
# The share of the reference income, in percent.
INCOME_SHARE = 60


def round_up_to_hundred(count: int) -> int:
    """9,901 → 10,000; 9,900 → 9,900: populations are rounded up (décret 2014-767, art. 2)."""
    return -(-count // HUNDRED) * HUNDRED


def eligible_urban_unit(total_population: int) -> bool:
    """At least 10,000 inhabitants, total population, once rounded up to the hundred."""
    return round_up_to_hundred(total_population) >= MIN_URBAN_UNIT


def income_ceiling(*, national: int, urban_unit: int, great: bool) -> int:
    """S in euros: 60 % of 0.7·NAT + 0.3·UU, weights swapped from 5 million people, rounded up to 100 €.

    Décret 2014-767, art. 3. With weights in tenths, 0.6 × (0.7·NAT + 0.3·UU) = (42·NAT + 18·UU) / 100.
    """
    heavy, light = (urban_unit, national) if great else (national, urban_unit)
    return _ceiling(heavy, light)


def overseas_income_ceiling(*, metropolitan: int, departement: int) -> int:
    """S in euros: 60 % of 0.3·METRO + 0.7·DEP, rounded up to 100 € (décret 2014-1575, chapter I)."""
    return _ceiling(departement, metropolitan)


def _ceiling(heavy: int, light: int) -> int:
    cents = 7 * (INCOME_SHARE // 10) * heavy + 3 * (INCOME_SHARE // 10) * light
    return -(-cents // (HUNDRED * HUNDRED)) * HUNDRED
