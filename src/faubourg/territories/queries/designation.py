"""What the database knows of a neighbourhood's statutory test; what it does not know stays None."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from faubourg.rules.designation import (
    Audit,
    Facts,
    Geography,
    ListedNeighbourhood,
    audit,
    eligible_urban_unit,
    judge,
)
from faubourg.rules.verdict import Verdict

from ..models import Figure, Perimeter, Territory

TOTAL, MUNICIPAL, PRINTED = "population-totale", "population-municipale", "population-imprimee"


@dataclass(frozen=True, slots=True)
class Designation:
    """The facts found, the figures they come from, and the verdict."""

    facts: Facts
    figures: tuple[Figure, ...]
    verdict: Verdict


def designation_of(neighbourhood: Territory, *, on: date) -> Designation:
    """Judge a neighbourhood with what is published; of several communes, the largest urban unit counts."""
    communes = list(neighbourhood.communes.select_related("urban_unit"))
    units = {commune.urban_unit_id for commune in communes if commune.urban_unit_id}
    unit_figures = list(_figures().filter(territory__in=units, indicator=TOTAL))
    unit = max(unit_figures, key=lambda figure: figure.value or 0, default=None)
    people = _population(neighbourhood)
    facts = Facts(
        judged_on=on,
        geography=_geography(neighbourhood),
        population=_whole(people),
        urban_unit_population=_whole(unit),
        listed_since=_listed_since(neighbourhood),
    )
    figures = tuple(figure for figure in (people, unit) if figure)
    return Designation(facts, figures, judge(facts))


def audit_of_2024() -> Audit:
    """The hexagonal list of 2024 against the urban units of 2020, from what is loaded."""
    units = _figures().filter(indicator=TOTAL, territory__kind=Territory.Kind.URBAN_UNIT)
    communes = Territory.objects.filter(kind=Territory.Kind.COMMUNE, urban_unit__isnull=False)
    listed = (
        Territory.objects.filter(
            kind=Territory.Kind.NEIGHBOURHOOD, zone="metro", perimeters__kind=Perimeter.Kind.QPV_2024
        )
        .prefetch_related("communes")
        .order_by("code")
    )
    return audit(
        [
            ListedNeighbourhood(
                place.code, place.name, tuple(c.code for c in place.communes.all()), place.code[-1]
            )
            for place in listed
        ],
        unit_of_commune=dict(communes.values_list("code", "urban_unit__code")),
        population_of_unit={
            code: int(value or 0) for code, value in units.values_list("territory__code", "value")
        },
    )


def eligible_unit(figure: Figure) -> bool:
    """Whether an urban unit reaches the threshold by this figure."""
    return figure.value is not None and eligible_urban_unit(int(figure.value))


def _figures() -> QuerySet[Figure]:
    return Figure.objects.filter(withdrawn_at__isnull=True, value__isnull=False).select_related(
        "source", "indicator"
    )


def _population(neighbourhood: Territory) -> Figure | None:
    """The newest municipal population, else what a document prints."""
    for indicator in (MUNICIPAL, PRINTED):
        found = (
            _figures()
            .filter(territory=neighbourhood, indicator=indicator)
            .order_by("-vintage_year", "-id")
            .first()
        )
        if found:
            return found
    return None


def _listed_since(neighbourhood: Territory) -> date | None:
    """The last letter of a code of 2024 tells a new neighbourhood (N) from those listed before."""
    older = neighbourhood.perimeters.filter(kind=Perimeter.Kind.QPV_2015).exists()
    if older or neighbourhood.code[-1:] in ("M", "I"):
        return date(2015, 1, 1)
    return neighbourhood.valid_from


def _geography(neighbourhood: Territory) -> Geography:
    return Geography.HEXAGON if neighbourhood.zone in ("metro", "") else Geography.OVERSEAS


def _whole(figure: Figure | None) -> int | None:
    return None if figure is None or figure.value is None else int(figure.value)
