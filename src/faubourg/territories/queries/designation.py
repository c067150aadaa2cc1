"""What the database knows of a neighbourhood's statutory test; what it does not know stays None."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from faubourg.rules.designation import (
    Audit,
    Facts,
    Geography,
    ListedNeighbourhood,
    Margin,
    audit,
    eligible_urban_unit,
    judge,
    margin,
)
from faubourg.rules.verdict import Reason, Verdict

from ..models import Figure, Perimeter, Territory
from .figures import TOTAL_POPULATION, figures_and_totals
from .surroundings import communes_of
from .thread import in_force, perimeters_of

TOTAL, MUNICIPAL, PRINTED = TOTAL_POPULATION, "population-municipale", "population-imprimee"
Kind = Perimeter.Kind
# The outlines that the test speaks of, the newest text first.
JUDGED = (Kind.QPV_2024, Kind.QPV_2015, Kind.FORESEEN)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One reason of the verdict, how far it is from the other answer, the figure it was judged with."""

    reason: Reason
    margin: Margin | None
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Designation:
    """The facts found, the figures they come from by criterion, and the verdict."""

    facts: Facts
    figures: dict[str, Figure]
    verdict: Verdict

    @property
    def criteria(self) -> list[Criterion]:
        """What decides."""
        return criteria_of(self.verdict, self.figures)

    @property
    def printed(self) -> list[Reason]:
        """What a town's page says and which does not decide."""
        return [reason for reason in self.verdict.reasons if not reason.decides]


def criteria_of(verdict: Verdict, figures: dict[str, Figure] | None = None) -> list[Criterion]:
    """The deciding reasons in the order of the text."""
    known = figures or {}
    return [
        Criterion(reason, margin(reason), known.get(reason.code.removesuffix("-derogation")))
        for reason in verdict.reasons
        if reason.decides
    ]


def designation_of(neighbourhood: Territory, *, on: date) -> Designation:
    """Judge a neighbourhood with what is published: three queries."""
    units = units_of(communes_of(neighbourhood))
    figures, totals = figures_and_totals(neighbourhood, units)
    return designation_from(
        neighbourhood, figures=figures, totals=totals, perimeters=list(perimeters_of(neighbourhood)), on=on
    )


def designation_from(
    neighbourhood: Territory,
    *,
    figures: Iterable[Figure],
    totals: Iterable[Figure],
    perimeters: Sequence[Perimeter],
    on: date,
) -> Designation:
    """The same with what a page already has at hand; of several urban units, the largest counts."""
    unit = max((f for f in totals if f.value is not None), key=lambda f: f.value or 0, default=None)
    people = _population(figures)
    facts = Facts(
        judged_on=on,
        geography=_geography(neighbourhood),
        population=_whole(people),
        continuous=_continuous(perimeters, on),
        urban_unit_population=_whole(unit),
        listed_since=_listed_since(neighbourhood, perimeters),
    )
    known = {"population": people, "urban-unit": unit}
    return Designation(facts, {code: figure for code, figure in known.items() if figure}, judge(facts))


def units_of(communes: Iterable[Territory]) -> list[Territory]:
    """The urban units of communes, each once; `urban_unit` has to be at hand."""
    return list({c.urban_unit_id: c.urban_unit for c in communes if c.urban_unit}.values())


def day_of_judgement(perimeters: Collection[Perimeter], on: date) -> date:
    """A neighbourhood of a list is judged as on the first day of that list; any other, today."""
    for kind in (Kind.QPV_2024, Kind.QPV_2015):
        days = [p.valid_from for p in perimeters if p.kind == kind and p.valid_from and p.valid_from <= on]
        if days:
            return max(days)
    return on


def audit_of_2024() -> Audit:
    """The hexagonal list of 2024 against the urban units of 2020, from what is loaded: two queries."""
    units = Figure.objects.filter(
        indicator=TOTAL,
        territory__kind=Territory.Kind.URBAN_UNIT,
        withdrawn_at__isnull=True,
        value__isnull=False,
    )
    listed = (
        listed_in_2024()
        .order_by("code", "communes__code")
        .values_list("code", "name", "communes__code", "communes__urban_unit__code")
    )
    communes: dict[tuple[str, str], list[str]] = {}
    unit_of_commune: dict[str, str] = {}
    for code, name, commune, unit in listed:
        known = communes.setdefault((code, name), [])
        if commune and commune not in known:
            known.append(commune)
        if unit:
            unit_of_commune[commune] = unit
    return audit(
        [ListedNeighbourhood(code, name, tuple(codes), code[-1]) for (code, name), codes in communes.items()],
        unit_of_commune=unit_of_commune,
        # Whole people read as integers: thousands of decimals cost more than the query.
        population_of_unit=dict(units.values_list("territory__code", Cast("value", BigIntegerField()))),
    )


def names_of_communes(codes: Iterable[str]) -> dict[str, str]:
    """INSEE code → name, of the communes that are loaded."""
    found = Territory.objects.filter(kind=Territory.Kind.COMMUNE, code__in=set(codes))
    return dict(found.values_list("code", "name"))


def listed_in_2024() -> QuerySet[Territory]:
    """The hexagonal neighbourhoods of the list of 2024."""
    return Territory.objects.filter(
        kind=Territory.Kind.NEIGHBOURHOOD, zone="metro", perimeters__kind=Kind.QPV_2024
    )


def eligible_unit(figure: Figure) -> bool:
    """Whether an urban unit reaches the threshold by this figure."""
    return figure.value is not None and eligible_urban_unit(int(figure.value))


def _population(figures: Iterable[Figure]) -> Figure | None:
    """The newest municipal population, else what a document prints."""
    valued = [figure for figure in figures if figure.value is not None]
    for indicator in (MUNICIPAL, PRINTED):
        same = [figure for figure in valued if figure.indicator_id == indicator]
        if same:
            return max(same, key=lambda figure: (figure.vintage_year or 0, figure.pk))
    return None


def _continuous(perimeters: Sequence[Perimeter], on: date) -> bool | None:
    """Yes when the outline that is judged is in one piece; several pieces prove nothing, nor does none."""
    standing = in_force(list(perimeters), on)
    for kind in JUDGED:
        drawn = [p.outline for p in standing if p.kind == kind and p.outline]
        if drawn:
            return True if _in_one_piece(drawn[0]) else None
    return None


def _in_one_piece(outline: str) -> bool:
    return '"Polygon"' in outline[:60]


def _listed_since(neighbourhood: Territory, perimeters: Iterable[Perimeter]) -> date | None:
    """The last letter of a code of 2024 tells a new neighbourhood (N) from those listed before."""
    older = any(perimeter.kind == Kind.QPV_2015 for perimeter in perimeters)
    if older or neighbourhood.code[-1:] in ("M", "I"):
        return date(2015, 1, 1)
    return neighbourhood.valid_from


def _geography(neighbourhood: Territory) -> Geography:
    return Geography.HEXAGON if neighbourhood.zone in ("metro", "") else Geography.OVERSEAS


def _whole(figure: Figure | None) -> int | None:
    return None if figure is None or figure.value is None else int(figure.value)


def places_below(codes: Collection[str]) -> QuerySet[Territory]:
    """The neighbourhoods of these codes, with `unit_name` and `unit_people` of their largest urban unit."""
    largest = Figure.objects.filter(
        territory__in_urban_unit__neighbourhoods=OuterRef("pk"),
        indicator=TOTAL,
        withdrawn_at__isnull=True,
        value__isnull=False,
    ).order_by("-value")
    return (
        Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, code__in=codes)
        .select_related("departement")
        .prefetch_related("communes")
        .annotate(
            unit_name=Subquery(largest.values("territory__name")[:1]),
            unit_people=Subquery(largest.values("value")[:1]),
        )
    )
