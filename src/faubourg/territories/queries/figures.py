"""The figures of one place as a reader wants them: by theme, the newest first, none of them naked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from faubourg.rules.figures import Comparison, FigureFacts, compare

from ..models import Figure, Indicator, Territory

TOTAL_POPULATION = "population-totale"
THEMES = {
    "population": _("Population"),
    "revenus": _("Revenus et pauvreté"),
    "emploi": _("Emploi"),
    "logement": _("Logement"),
    "prestations": _("Prestations sociales"),
    "ecoles": _("Écoles et collèges"),
    "economie": _("Vie économique"),
    "": _("Autres chiffres"),
}


@dataclass(frozen=True, slots=True)
class EarlierFigure:
    """An older vintage or another source, with the change to the newest figure or why there is none."""

    figure: Figure
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One indicator: the figure of the newest vintage, then the others from new to old."""

    indicator: Indicator
    newest: Figure
    others: tuple[EarlierFigure, ...]

    @property
    def definition(self) -> str:
        """What is counted, in the reader's language."""
        english = self.indicator.definition_en if (get_language() or "fr").startswith("en") else ""
        return english or self.indicator.definition_fr

    @property
    def counts_residents(self) -> bool:
        """A population: its unit is « habitants » rather than persons of some condition."""
        return self.indicator.code.startswith(("population", "habitants"))


@dataclass(frozen=True, slots=True)
class FigureTheme:
    """The lines of one theme; `code` is the theme as the indicators carry it."""

    code: str
    lines: tuple[FigureLine, ...]

    @property
    def label(self) -> str:
        """The theme in words."""
        return str(THEMES.get(self.code, self.code))

    @property
    def shared(self) -> Figure | None:
        """A figure that stands for all when they share source, vintage and perimeter, else None."""
        origins = {(f.source_id, f.vintage, f.perimeter_id, f.note) for f in self.newest}
        return self.newest[0] if len(origins) == 1 and len(self.newest) > 1 else None

    @property
    def newest(self) -> list[Figure]:
        """The newest figure of each line."""
        return [line.newest for line in self.lines]


def facts_of(figure: Figure) -> FigureFacts:
    """A figure as the rules see it; needs `territory`, `indicator` and `perimeter` at hand."""
    indicator = figure.indicator
    return FigureFacts(
        place=figure.territory.code,
        indicator=indicator.code,
        unit=indicator.unit,
        value=figure.value,
        secrecy=figure.secrecy,
        vintage=figure.vintage,
        year=figure.vintage_year,
        source=figure.source_id,
        perimeter=figure.perimeter.kind if figure.perimeter else "",
        additive=indicator.additive,
        infra_communal=figure.territory.kind == Territory.Kind.NEIGHBOURHOOD,
        population=indicator.code if indicator.unit == Indicator.Unit.PEOPLE else "",
    )


def figures_of(territory: Territory) -> list[Figure]:
    """Every figure that stands, ordered by indicator then from the newest vintage to the oldest."""
    return figures_and_totals(territory, ())[0]


def figures_and_totals(
    territory: Territory, units: Collection[Territory]
) -> tuple[list[Figure], list[Figure]]:
    """In one query: the figures of a place, then the total populations of urban units."""
    here = Q(territory=territory)
    if units:
        here |= Q(territory__in=units, indicator=TOTAL_POPULATION)
    places = {place.pk: place for place in (*units, territory)}
    figures = list(
        Figure.objects.filter(here, withdrawn_at__isnull=True)
        .select_related("indicator", "source", "perimeter")
        .defer("perimeter__wkb", "perimeter__outline")
        .order_by("indicator__order", "indicator", F("vintage_year").desc(nulls_last=True), "id")
    )
    for figure in figures:
        figure.territory = places[figure.territory_id]
    own = [figure for figure in figures if figure.territory_id == territory.pk]
    return own, [figure for figure in figures if figure.territory_id != territory.pk]


def by_theme(figures: Iterable[Figure]) -> list[FigureTheme]:
    """Figures in the order of `figures_of`, grouped; a theme stands where its first indicator stands."""
    themes: dict[str, list[FigureLine]] = {}
    for _indicator, same in groupby(figures, key=lambda figure: figure.indicator_id):
        newest, *others = same
        facts = facts_of(newest)
        earlier = (EarlierFigure(figure, compare(facts_of(figure), facts)) for figure in others)
        line = FigureLine(newest.indicator, newest, tuple(earlier))
        themes.setdefault(newest.indicator.theme, []).append(line)
    return [FigureTheme(code, tuple(lines)) for code, lines in themes.items()]


def sheet_figures(territory: Territory) -> list[FigureTheme]:
    """The figures of a sheet, in one query."""
    return by_theme(figures_of(territory))
