"""The fiche d'identité of a contract: one frozen shape that feeds the page, the PDF and the contract page."""

from dataclasses import dataclass
from decimal import Decimal

from faubourg.contracts.models import Contract, ContractBearer, ContractNeighbourhood, ContractSheet
from faubourg.rules.figures import Total
from faubourg.rules.medians import Standing
from faubourg.territories.models import Figure, Indicator, Source, Territory
from faubourg.territories.queries import standings_of

from .contracts import links_of
from .figures import PERIMETER_OF, figures_by_place, populations, total_of
from .place_map import Ground, PlaceMap, ground_of, place_map

KEY_FIGURES = 10
# A08: below one full-time equivalent, the engineering of a contract is said to be thin.
ETP_ALERT = Decimal(1)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the bearing territory and where it stands among those of its kind."""

    figure: Figure
    standing: Standing | None

    @property
    def indicator(self) -> Indicator:
        return self.figure.indicator


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A neighbourhood of the contract: `population` is None when no source prints one."""

    number: int
    link: ContractNeighbourhood
    place: Territory
    communes: tuple[Territory, ...]
    population: Figure | None

    @property
    def derived(self) -> bool:
        """True when neither a document nor a person says so."""
        return self.link.decided_by is None and self.link.basis != ContractNeighbourhood.Basis.DOCUMENT


@dataclass(frozen=True, slots=True)
class CentralTown:
    """The central commune; `deduced` when no source names it and it is only the most peopled one."""

    place: Territory
    populations: tuple[Figure, ...]
    deduced: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Everything a fiche says. What is None or empty is not published, never zero.

    `context` is the EPCI or EPT whose figures are shown: the bearer, or the one a bearing commune lies in.
    """

    contract: Contract
    sheet: ContractSheet
    bearers: tuple[ContractBearer, ...]
    context: Territory | None
    context_bears: bool
    populations: tuple[Figure, ...]
    central: CentralTown | None
    quarters: tuple[QuarterLine, ...]
    rejected: tuple[ContractNeighbourhood, ...]
    counted: Total
    key_figures: tuple[KeyFigure, ...]
    unpublished: tuple[Indicator, ...]
    map: PlaceMap
    sources: tuple[tuple[Source, str], ...]

    @property
    def unresolved(self) -> tuple[ContractBearer, ...]:
        """Bearers whose printed code is no known territory."""
        return tuple(bearer for bearer in self.bearers if bearer.territory is None)

    @property
    def thin_engineering(self) -> bool:
        """A08: an ETP is published and lies below one."""
        return any(etp is not None and etp < ETP_ALERT for etp in (self.sheet.etp_pv, self.sheet.etp_pru))

    @property
    def ambiguous(self) -> int:
        """How many neighbourhoods several contracts claim."""
        return sum(line.link.ambiguous and line.derived for line in self.quarters)

    @property
    def derived(self) -> int:
        """How many neighbourhoods are attached by deduction only."""
        return sum(line.derived for line in self.quarters)


def sheet_of(contract: Contract, *, with_map: bool = True, with_standings: bool = True) -> Identity:
    """The identity of a contract loaded by `contract_by_code`. Six queries, whatever its size."""
    bearers = tuple(contract.bearers.all())
    context, bears = _context(bearers)
    sheet = _sheet(contract)
    links = links_of(contract)
    kept = [link for link in links if not link.rejected]
    ground = ground_of(contract, context, kept)
    central = _central_place(sheet, bearers, ground)
    places = [link.neighbourhood for link in kept]
    if context:
        places.append(context)
    if central[0]:
        places.append(central[0])
    figures = figures_by_place(places, perimeter=PERIMETER_OF[Contract.Generation(contract.generation)])
    quarters = tuple(_quarter(rank, link, figures) for rank, link in enumerate(kept, start=1))
    own = figures.get(context.pk, []) if context else []
    key, unpublished = _key_figures(context, own if with_standings else [])
    town = _central(*central, figures)
    counted = [line.population for line in quarters]
    return Identity(
        contract=contract,
        sheet=sheet,
        bearers=bearers,
        context=context,
        context_bears=bears,
        populations=tuple(populations(own)),
        central=town,
        quarters=quarters,
        rejected=tuple(link for link in links if link.rejected),
        counted=total_of(counted),
        key_figures=key,
        unpublished=unpublished,
        map=place_map(contract, ground, context, quarters, town.place if town else None)
        if with_map
        else PlaceMap(),
        sources=_sources(contract, sheet, quarters, own, town),
    )


def _context(bearers: tuple[ContractBearer, ...]) -> tuple[Territory | None, bool]:
    known = [bearer.territory for bearer in bearers if bearer.territory]
    for place in known:
        if place.kind in (Territory.Kind.EPCI, Territory.Kind.EPT):
            return place, True
    for place in known:
        if place.epci:
            return place.epci, False
    return (known[0], True) if known else (None, False)


def _sheet(contract: Contract) -> ContractSheet:
    found: ContractSheet | None = getattr(contract, "sheet", None)
    return found or ContractSheet(contract=contract)


def _central_place(
    sheet: ContractSheet, bearers: tuple[ContractBearer, ...], ground: Ground
) -> tuple[Territory | None, bool]:
    if sheet.central_commune:
        return sheet.central_commune, False
    for bearer in bearers:
        if bearer.territory and bearer.territory.kind == Territory.Kind.COMMUNE:
            return bearer.territory, False
    peopled = [place for place in ground.communes if place.headcount is not None]
    return min(peopled, key=lambda place: (-(place.headcount or 0), place.code), default=None), bool(peopled)


def _central(place: Territory | None, deduced: bool, figures: dict[int, list[Figure]]) -> CentralTown | None:
    if place is None:
        return None
    return CentralTown(place, tuple(populations(figures.get(place.pk, []))), deduced)


def _quarter(rank: int, link: ContractNeighbourhood, figures: dict[int, list[Figure]]) -> QuarterLine:
    place = link.neighbourhood
    counted = populations(figures.get(place.pk, []))
    return QuarterLine(
        number=rank,
        link=link,
        place=place,
        communes=tuple(place.communes.all()),
        population=counted[0] if counted else None,
    )


def _key_figures(
    context: Territory | None, figures: list[Figure]
) -> tuple[tuple[KeyFigure, ...], tuple[Indicator, ...]]:
    """The newest figure of each indicator, in the order of the indicators; at most ten."""
    newest: dict[str, Figure] = {}
    for figure in figures:
        newest.setdefault(figure.indicator_id, figure)
    chosen = list(newest.values())[:KEY_FIGURES]
    standings = standings_of(context, chosen) if context and chosen else {}
    shown = tuple(
        KeyFigure(figure, standings.get(figure.pk)) for figure in chosen if figure.value is not None
    )
    return shown, tuple(figure.indicator for figure in chosen if figure.value is None)


def _sources(
    contract: Contract,
    sheet: ContractSheet,
    quarters: tuple[QuarterLine, ...],
    own: list[Figure],
    town: CentralTown | None,
) -> tuple[tuple[Source, str], ...]:
    """Every source the fiche rests on, with the vintage read there; the contract's own first."""
    found: dict[tuple[str, str], tuple[Source, str]] = {}

    def cite(source: Source | None, vintage: str) -> None:
        if source:
            found.setdefault((source.pk, vintage), (source, vintage))

    cite(contract.source, contract.source.vintage)
    if sheet.pk and sheet.source:
        cite(sheet.source, sheet.source.vintage)
    for figure in (*own, *(town.populations if town else ())):
        cite(figure.source, figure.vintage)
    for line in quarters:
        if line.population:
            cite(line.population.source, line.population.vintage)
    return tuple(found.values())
