"""Figures as the contract pages need them: the population of each quarter, totals that rules allow."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from faubourg.contracts.models import Contract
from faubourg.rules.figures import MISSING, FigureFacts, Total, total
from faubourg.territories.models import Figure, Indicator, Perimeter, Territory
from faubourg.territories.queries.figures import facts_of

PERIMETER_OF = {
    Contract.Generation.G2015: Perimeter.Kind.QPV_2015,
    Contract.Generation.G2024: Perimeter.Kind.QPV_2024,
}
TOTAL_POPULATION = "population-totale"


def is_population(figure: Figure) -> bool:
    """Whether a figure counts the inhabitants of a place (municipal, total or as printed)."""
    return figure.indicator.unit == Indicator.Unit.PEOPLE and figure.indicator_id.startswith("population")


def figures_by_place(places: Iterable[Territory], *, perimeter: str = "") -> dict[int, list[Figure]]:
    """Territory id → its standing figures, newest vintage first, in one query.

    With `perimeter`, a figure measured in another perimeter version is left out.
    """
    known = {place.pk: place for place in places}
    found = _standing(_figures(Q(territory__in=known)), perimeter)
    for pk, figures in found.items():
        for figure in figures:
            figure.territory = known[pk]
    return found


def figures_among(condition: Q, *, perimeter: str = "") -> dict[int, list[Figure]]:
    """The same, of the figures that meet a condition: their places need not be read before."""
    return _standing(_figures(condition).select_related("territory"), perimeter)


def _figures(condition: Q) -> QuerySet[Figure]:
    return (
        Figure.objects.filter(condition, withdrawn_at__isnull=True)
        .select_related("indicator", "source", "perimeter")
        .defer("perimeter__wkb", "perimeter__outline")
        .order_by("indicator__order", "indicator", "-vintage_year", "id")
    )


def _standing(figures: QuerySet[Figure], perimeter: str) -> dict[int, list[Figure]]:
    found: dict[int, list[Figure]] = {}
    for figure in figures:
        if not perimeter or figure.perimeter is None or figure.perimeter.kind == perimeter:
            found.setdefault(figure.territory_id, []).append(figure)
    return found


def populations(figures: Iterable[Figure]) -> list[Figure]:
    """The populations among figures, the total one first, one a kind of population: the newest."""
    newest: dict[str, Figure] = {}
    for figure in figures:
        if is_population(figure):
            newest.setdefault(figure.indicator_id, figure)
    return sorted(newest.values(), key=lambda figure: figure.indicator_id != TOTAL_POPULATION)


def population_printed_in(figures: Iterable[Figure], source_id: str | None) -> Figure | None:
    """The population a given source prints; without source, the first known one."""
    found = [figure for figure in figures if is_population(figure)]
    if source_id:
        found = [figure for figure in found if figure.source_id == source_id]
    return found[0] if found else None


def total_of(figures: Sequence[Figure | None]) -> Total:
    """The sum over several places; an absent figure makes it partial, never zero."""
    facts = [facts_of(figure) for figure in figures if figure is not None]
    if not facts:
        return total([])
    absent = len(figures) - len(facts)
    return total(facts + [_absent(facts[0], rank) for rank in range(absent)])


def _absent(like: FigureFacts, rank: int) -> FigureFacts:
    return FigureFacts(
        place=f"absent-{rank}",
        indicator=like.indicator,
        unit=like.unit,
        value=None,
        secrecy=MISSING,
        vintage=like.vintage,
        source=like.source,
        perimeter=like.perimeter,
        additive=like.additive,
        population=like.population,
    )
