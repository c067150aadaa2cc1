"""The sheet of a place, gathered from every room: what it is, its figures, its contract, what happened."""

from dataclasses import dataclass
from datetime import date

from faubourg.base.journal import history_of
from faubourg.base.models import JournalEntry
from faubourg.contracts.models import Action
from faubourg.contracts.queries import ContractOf, LevelOfMoney, contracts_of
from faubourg.contracts.queries.actions import actions_at
from faubourg.contracts.queries.money import money_at
from faubourg.rules.medians import Standing
from faubourg.territories import queries
from faubourg.territories.models import Alias, Correction, Figure, LocalResource, Perimeter, Territory
from faubourg.territories.queries.designation import (
    Designation,
    day_of_judgement,
    designation_from,
    units_of,
)
from faubourg.territories.queries.figures import figures_and_totals
from faubourg.territories.queries.path import Path, path_of

Kind = Territory.Kind
# What a reader looks for first, in this order; the four first that have a value open the sheet.
KEY_INDICATORS = (
    "population-municipale",
    "population-imprimee",
    "population-totale",
    "revenu-disponible-median",
    "revenu-declare-median",
    "taux-pauvrete",
    "taux-bas-revenus",
    "taux-emploi",
    "logements-sociaux",
)
KEY_FIGURES = 4
JOURNAL_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a place: those that open the sheet, all of them by theme, their standings by id."""

    key: tuple[queries.FigureLine, ...]
    themes: tuple[queries.FigureTheme, ...]
    standings: dict[int, Standing]

    @property
    def lines(self) -> list[queries.FigureLine]:
        """Every line, in the order of the themes."""
        return [line for theme in self.themes for line in theme.lines]

    @property
    def rest(self) -> list[queries.FigureTheme]:
        """The themes without what the page already shows above and has nothing more to say of."""
        above = {line.newest.pk for line in self.key if not line.others} | self.standings.keys()
        left = [
            queries.FigureTheme(
                theme.code,
                tuple(line for line in theme.lines if line.newest.pk not in above or line.others),
            )
            for theme in self.themes
        ]
        return [theme for theme in left if theme.lines]

    def __bool__(self) -> bool:
        return bool(self.themes)


@dataclass(frozen=True, slots=True)
class Thread:
    """What happened to a place, and who says so."""

    ancestry: queries.Ancestry
    aliases: tuple[Alias, ...]
    corrections: tuple[Correction, ...]
    entries: tuple[JournalEntry, ...]

    def __bool__(self) -> bool:
        return bool(self.ancestry or self.aliases or self.corrections or self.entries)


@dataclass(frozen=True, slots=True)
class NeighbourhoodSheet:
    """Everything the page of a neighbourhood shows."""

    place: Territory
    communes: tuple[Territory, ...]
    perimeters: tuple[Perimeter, ...]
    standing: tuple[Perimeter, ...]
    figures: Figures
    contracts: tuple[ContractOf, ...]
    money: tuple[LevelOfMoney, ...]
    money_around: tuple[LevelOfMoney, ...]
    actions: tuple[Action, ...]
    resources: tuple[LocalResource, ...]
    neighbours: tuple[Territory, ...]
    former_neighbours: tuple[Territory, ...]
    drawing: queries.Drawing | None
    thread: Thread
    designation: Designation
    path: Path

    @property
    def priority_since(self) -> date | None:
        """The day since which it has been a priority neighbourhood; None when it is none today."""
        days = [p.valid_from for p in self.standing if p.kind in PRIORITY and p.valid_from]
        return min(days) if days else None

    @property
    def was_priority(self) -> bool:
        """Once a priority neighbourhood, whether or not it still is."""
        return any(perimeter.kind in PRIORITY for perimeter in self.perimeters)

    @property
    def ambiguous(self) -> bool:
        """Several contracts of one generation could claim it."""
        return any(row.link and row.link.ambiguous for row in self.contracts)


PRIORITY = (Perimeter.Kind.QPV_2015, Perimeter.Kind.QPV_2024)


@dataclass(frozen=True, slots=True)
class AreaSheet:
    """Everything the page of a wider place shows; what its kind does not have is empty."""

    place: Territory
    figures: Figures
    communes: tuple[Territory, ...]
    epcis: tuple[Territory, ...]
    departements: tuple[Territory, ...]
    neighbourhoods: tuple[Territory, ...]
    former_neighbourhoods: tuple[Territory, ...]
    contracts: tuple[ContractOf, ...]
    money: tuple[LevelOfMoney, ...]
    drawing: queries.Drawing | None
    thread: Thread


def neighbourhood_sheet(place: Territory, on: date) -> NeighbourhoodSheet:
    """The sheet of a neighbourhood as it stands on a day: a dozen questions to the database."""
    communes, neighbours = queries.communes_and_neighbours(place)
    found, totals = figures_and_totals(place, units_of(communes))
    around = list(queries.perimeters_around(place, [*communes, *neighbours]))
    # The newest first, what has no beginning known before all.
    perimeters = [perimeter for perimeter in around if perimeter.territory_id == place.pk]
    perimeters.sort(key=lambda p: (p.valid_from or date.min, p.pk), reverse=True)
    money = money_at([place, *communes])
    own = [level for level in money if level.territory == place]
    return NeighbourhoodSheet(
        place=place,
        communes=tuple(communes),
        perimeters=tuple(perimeters),
        standing=tuple(queries.in_force(perimeters, on)),
        figures=_arranged(place, found),
        contracts=tuple(contracts_of(place, communes)),
        money=tuple(own),
        money_around=tuple(level for level in money if level.territory != place),
        actions=tuple(actions_at(place)),
        resources=tuple(queries.resources_of(place)),
        neighbours=tuple(n for n in neighbours if n.valid_to is None),
        former_neighbours=tuple(n for n in neighbours if n.valid_to is not None),
        drawing=queries.draw(place, [perimeter for perimeter in around if perimeter.outline]),
        thread=thread_of(place),
        designation=designation_from(
            place,
            figures=found,
            totals=totals,
            perimeters=perimeters,
            on=day_of_judgement(perimeters, on),
        ),
        path=path_of(place, on, perimeters),
    )


def area_sheet(place: Territory) -> AreaSheet:
    """The sheet of a commune, an EPCI, an EPT, a département, a région or an urban unit."""
    kind = Kind(place.kind)
    neighbourhoods = list(queries.neighbourhoods_in(place)) if kind != Kind.REGION else []
    drawn = neighbourhoods if kind == Kind.COMMUNE else []
    listed = kind in (Kind.EPCI, Kind.EPT, Kind.URBAN_UNIT)
    return AreaSheet(
        place=place,
        figures=figures_of(place),
        communes=tuple(queries.communes_in(place)) if listed else (),
        epcis=tuple(queries.epcis_in(place)) if kind in (Kind.DEPARTEMENT, Kind.REGION) else (),
        departements=tuple(queries.departements_in(place)) if kind == Kind.REGION else (),
        neighbourhoods=tuple(n for n in neighbourhoods if n.valid_to is None),
        former_neighbourhoods=tuple(n for n in neighbourhoods if n.valid_to is not None),
        contracts=tuple(contracts_of(place)) if kind in (Kind.COMMUNE, Kind.EPCI, Kind.EPT) else (),
        money=tuple(money_at([place])),
        drawing=queries.draw(place, queries.outlines_around(place, drawn)) if kind == Kind.COMMUNE else None,
        thread=thread_of(place),
    )


def figures_of(place: Territory) -> Figures:
    """The figures of one place with their standings among its kind."""
    return _arranged(place, queries.figures_of(place))


def _arranged(place: Territory, figures: list[Figure]) -> Figures:
    themes = queries.by_theme(figures)
    lines = {line.indicator.code: line for theme in themes for line in theme.lines}
    found = [lines[code] for code in KEY_INDICATORS if code in lines and lines[code].newest.value is not None]
    return Figures(tuple(found[:KEY_FIGURES]), tuple(themes), queries.standings_of(place, figures))


def thread_of(place: Territory) -> Thread:
    """Ancestors, names, corrections and the last entries of the journal."""
    return Thread(
        ancestry=queries.history_of(place),
        aliases=tuple(queries.aliases_of(place)),
        corrections=tuple(queries.corrections_of(place)),
        entries=tuple(history_of(place.kind, place.code, most=JOURNAL_SHOWN)),
    )
