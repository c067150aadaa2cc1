"""Indicators and the figures of communes, groups and urban units: each with its source and vintage."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from faubourg.territories import pack, seeds
from faubourg.territories.data import records
from faubourg.territories.models import Figure, Indicator, Territory

from .load_bulk import Written, bring
from .load_country import Country, pks

Kind = Territory.Kind
KEY = ("territory_id", "perimeter_id", "indicator_id", "vintage")
FIELDS = ("value", "secrecy", "vintage_year", "note")
# A figure that a person added, imported or withdrew is theirs: a load never writes over it.
BY_A_PERSON = Q(added_by__isnull=False) | Q(batch__isnull=False) | Q(withdrawn_at__isnull=False)

# What the database keeps; a source may print more digits than it means.
FOUR_DECIMALS = Decimal("0.0001")
MUNICIPAL, TOTAL, PRINTED = "population-municipale", "population-totale", "population-imprimee"


@dataclass(frozen=True, slots=True)
class Edition:
    """A source in one vintage, as the source words it; the year only when it is known."""

    source: str
    vintage: str
    year: int | None = None


GROUPS = Edition("decoupage-epci", "recensement non précisé par la source ; géographie COG 2026")
EPT = Edition("decoupage-ept", "recensement non précisé par la source ; EPT au 1er janvier 2025")
UNITS = Edition("unites-urbaines", "recensement non précisé par la source ; géographie communale 2022")
# The commune list cites one page of INSEE for the country, another for the collectivities overseas.
CENSUS_2023 = Edition("decoupage-communes", "population de référence 2023 ; géographie COG 2026", 2023)
CENSUS_MAYOTTE = Edition("decoupage-communes", "recensement 2017 de Mayotte ; géographie COG 2026", 2017)
CENSUS_COM = Edition(
    "decoupage-communes", "recensement propre à la collectivité, année non précisée par la source"
)
FILOSOFI = Edition("epci-contexte", "Filosofi 2021", 2021)
RPLS = Edition("epci-contexte", "RPLS 2024", 2024)

# Column of the EPCI context → indicator and edition.
CONTEXT = {
    "median_disposable_income_eur_2021": ("revenu-disponible-median", FILOSOFI),
    "poverty_rate_pct_2021": ("taux-pauvrete", FILOSOFI),
    "decile1_eur_2021": ("revenu-disponible-d1", FILOSOFI),
    "decile9_eur_2021": ("revenu-disponible-d9", FILOSOFI),
    "fiscal_persons_2021": ("personnes-fiscales", FILOSOFI),
    "social_dwellings_2024": ("logements-sociaux", RPLS),
}


def bring_indicators() -> Written:
    """What Faubourg measures from the start; a person's own indicators stay."""
    rows = [
        Indicator(order=rank, **{key: value for key, value in said.items() if key != "column"})
        for rank, said in enumerate(seeds.indicators(), start=1)
    ]
    fields = (
        "name_fr",
        "name_en",
        "unit",
        "decimals",
        "additive",
        "theme",
        "definition_fr",
        "definition_en",
        "order",
    )
    return bring(Indicator.objects.all(), rows, key=("code",), fields=fields)


def bring_figures(source: str, rows: Iterable[Figure]) -> Written:
    """The figures of one source."""
    return bring(Figure.objects.filter(source_id=source), rows, key=KEY, fields=FIELDS, frozen=BY_A_PERSON)


def bring_commune_populations(country: Country) -> Written:
    """The municipal population of the commune list, arrondissements included."""
    places = pks(Kind.COMMUNE)
    rows = (
        figure(places[commune.code], MUNICIPAL, commune.municipal_population, _census(commune))
        for commune in (*country.communes.values(), *country.districts)
    )
    return bring_figures("decoupage-communes", rows)


def bring_group_populations(country: Country) -> Written:
    """Municipal and total populations of EPCI and of their communes, as one file gives them."""
    communes, epcis = pks(Kind.COMMUNE), pks(Kind.EPCI)

    def rows() -> Iterator[Figure]:
        for epci in pack.epcis():
            yield figure(epcis[epci.code], MUNICIPAL, epci.municipal_population, GROUPS)
            yield figure(epcis[epci.code], TOTAL, epci.total_population, GROUPS)
        for commune in country.communes.values():
            if commune.epci:
                yield figure(communes[commune.code], MUNICIPAL, commune.epci_municipal_population, GROUPS)
                yield figure(communes[commune.code], TOTAL, commune.epci_total_population, GROUPS)

    return bring_figures(GROUPS.source, rows())


def bring_ept_populations() -> Written:
    places = pks(Kind.EPT)

    def rows() -> Iterator[Figure]:
        for ept in pack.epts():
            yield figure(places[ept.code], MUNICIPAL, ept.municipal_population, EPT)
            yield figure(places[ept.code], TOTAL, ept.total_population, EPT)

    return bring_figures(EPT.source, rows())


def bring_urban_unit_populations() -> Written:
    places = pks(Kind.URBAN_UNIT)
    rows = (figure(places[unit.code], TOTAL, unit.total_population, UNITS) for unit in pack.urban_units())
    return bring_figures(UNITS.source, rows)


def bring_epci_context() -> Written:
    """Incomes, poverty and social dwellings; what the source leaves empty is « non publié »."""
    places = pks(Kind.EPCI)
    rows = (
        figure(places[epci.code], indicator, getattr(epci, column), edition)
        for epci in pack.epcis()
        for column, (indicator, edition) in CONTEXT.items()
    )
    return bring_figures(FILOSOFI.source, rows)


def figure(
    place: int,
    indicator: str,
    value: float | None,
    edition: Edition,
    *,
    absent: str = Figure.Secrecy.MISSING,
    perimeter: int | None = None,
    note: str = "",
) -> Figure:
    """A figure not yet saved; `absent` says why there is none when `value` is None: never zero."""
    return Figure(
        territory_id=place,
        perimeter_id=perimeter,
        indicator_id=indicator,
        value=None if value is None else Decimal(str(value)).quantize(FOUR_DECIMALS),
        secrecy=absent if value is None else Figure.Secrecy.OPEN,
        vintage=edition.vintage,
        vintage_year=edition.year,
        source_id=edition.source,
        note=note,
    )


def _census(commune: records.Commune) -> Edition:
    if commune.departement == "976":
        return CENSUS_MAYOTTE
    return CENSUS_COM if commune.zone == "com" else CENSUS_2023
