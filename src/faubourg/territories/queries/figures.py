"""The figures of one place as a reader wants them: by theme, the newest first, none of them naked."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F

from faubourg.rules.figures import Comparison, FigureFacts, compare

from ..models import Figure, Indicator, Territory


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


@dataclass(frozen=True, slots=True)
class FigureTheme:
    """The lines of one theme; `code` is the theme as the indicators carry it."""

    code: str
    lines: tuple[FigureLine, ...]

    @property
    def published(self) -> int:
        """How many lines show a value."""
        return sum(1 for line in self.lines if line.newest.value is not None)


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
    figures = list(
        Figure.objects.filter(territory=territory, withdrawn_at__isnull=True)
        .select_related("indicator", "source", "perimeter")
        .defer("perimeter__wkb", "perimeter__outline")
        .order_by("indicator__order", "indicator", F("vintage_year").desc(nulls_last=True), "id")
    )
    for figure in figures:
        figure.territory = territory
    return figures


def by_theme(figures: Iterable[Figure]) -> list[FigureTheme]:
    """Figures in the order of `figures_of`, grouped; a theme stands where its first indicator stands."""
    themes: dict[str, list[FigureLine]] = {}
    for _code, same in groupby(figures, key=lambda figure: figure.indicator_id):
        newest, *others = same
        facts = facts_of(newest)
        earlier = (EarlierFigure(figure, compare(facts_of(figure), facts)) for figure in others)
        line = FigureLine(newest.indicator, newest, tuple(earlier))
        themes.setdefault(newest.indicator.theme, []).append(line)
    return [FigureTheme(code, tuple(lines)) for code, lines in themes.items()]


def sheet_figures(territory: Territory) -> list[FigureTheme]:
    """The figures of a sheet, in one query."""
    return by_theme(figures_of(territory))
