"""The sheets of places: the neighbourhood's thread, and the wider places it lies in."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from faubourg.base.charts import Bar, Compared, bars, comparison
from faubourg.base.numbers import money as euros
from faubourg.base.numbers import number, percent
from faubourg.contracts.access import WRITERS
from faubourg.people.access import holds
from faubourg.rules.medians import Standing
from faubourg.site.queries.places import Figures, area_sheet, neighbourhood_sheet
from faubourg.site.templatetags.faubourg import figure_text, local_name
from faubourg.territories.filters import CATEGORIES
from faubourg.territories.models import Figure, Indicator, Territory
from faubourg.territories.queries import near_places, place_at, place_meant_by

Kind = Territory.Kind
# Beyond, the sums are told level by level: their lines are in the maquette of the contract.
MOST_MONEY = 24
Unit = Indicator.Unit


def neighbourhood(request: HttpRequest, code: str) -> HttpResponse:
    """`/quartiers/<code>/`"""
    place = place_at(Kind.NEIGHBOURHOOD, code)
    if place is None:
        return _elsewhere(request, Kind.NEIGHBOURHOOD, code)
    sheet = neighbourhood_sheet(place, timezone.localdate())
    context = {
        "sheet": sheet,
        "place": place,
        "lies_in": sheet.communes,
        "covered": {("contract", row.contract.code) for row in sheet.contracts if row.gives_rights},
        "charts": _theme_charts(sheet.figures),
        "money_at_length": sum(len(level.lines) for level in sheet.money) > MOST_MONEY,
        "around_at_length": sum(len(level.lines) for level in sheet.money_around) > MOST_MONEY,
        # Whether here is theirs, the page of the sum says: it asks more of the database.
        "may_add_money": holds(request.user, WRITERS),
    }
    return render(request, "site/places/neighbourhood.html", context)


def commune(request: HttpRequest, code: str) -> HttpResponse:
    """`/communes/<code>/`"""
    return _area(request, Kind.COMMUNE, code)


def epci(request: HttpRequest, code: str) -> HttpResponse:
    """`/epci/<siren>/`"""
    return _area(request, Kind.EPCI, code)


def ept(request: HttpRequest, code: str) -> HttpResponse:
    """`/ept/<siren>/`"""
    return _area(request, Kind.EPT, code)


def departement(request: HttpRequest, code: str) -> HttpResponse:
    """`/departements/<code>/`"""
    return _area(request, Kind.DEPARTEMENT, code)


def region(request: HttpRequest, code: str) -> HttpResponse:
    """`/regions/<code>/`"""
    return _area(request, Kind.REGION, code)


def urban_unit(request: HttpRequest, code: str) -> HttpResponse:
    """`/unites-urbaines/<code>/`"""
    return _area(request, Kind.URBAN_UNIT, code)


def _area(request: HttpRequest, kind: Kind, code: str) -> HttpResponse:
    place = place_at(kind, code)
    if place is None:
        return _elsewhere(request, kind, code)
    sheet = area_sheet(place)
    standings = _standings(sheet.figures)
    category = str(CATEGORIES.get(place.category, ""))
    context = {
        "sheet": sheet,
        "place": place,
        "kind_label": category if kind == Kind.EPCI and category else kind.label,
        "category_label": category,
        "standings": standings,
        "chart": _standing_chart(place, standings),
    }
    return render(request, "site/places/area.html", context)


def _elsewhere(request: HttpRequest, kind: Kind, code: str) -> HttpResponse:
    """An older or badly typed code leads to its place for good; an unknown one is told what is near."""
    if meant := place_meant_by(kind, code):
        return HttpResponsePermanentRedirect(meant.get_absolute_url())
    context = {"code": code, "kind_label": kind.label, "kind": kind, "near": near_places(kind, code)}
    return render(request, "site/places/unknown.html", context, status=404)


@dataclass(frozen=True, slots=True)
class ThemeChart:
    """A drawing of some lines of a theme; the lines below it are its table."""

    theme: str
    svg: str


# Rates that say more side by side: the whole, the women, the foreigners of one neighbourhood.
CHARTED = {"emploi": ("taux-emploi", "taux-emploi-femmes", "taux-emploi-etrangers")}


def _theme_charts(figures: Figures) -> list[ThemeChart]:
    """Bars for the indicators that belong together, when one source publishes at least two of them."""
    lines = {line.indicator.code: line.newest for line in figures.lines}
    charts = []
    for theme, codes in CHARTED.items():
        found = [lines[code] for code in codes if code in lines]
        origins = {(figure.source_id, figure.vintage, figure.perimeter_id) for figure in found}
        if len(origins) != 1 or sum(figure.value is not None for figure in found) < 2:
            continue
        rows = [
            Bar(
                label=local_name(figure.indicator),
                value=None if figure.value is None else float(figure.value),
                text=figure_text(figure),
                other=index > 0,
            )
            for index, figure in enumerate(found)
        ]
        charts.append(ThemeChart(theme, bars(gettext("Qui a un emploi"), rows)))
    return charts


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A figure of an EPCI beside the median of its kind, written with the unit of the indicator."""

    figure: Figure
    standing: Standing
    median_text: str


def _standings(figures: Figures) -> list[StandingRow]:
    """The newest figures that can be set against a median, in the order of the sheet."""
    newest = [line.newest for theme in figures.themes for line in theme.lines]
    return [
        StandingRow(figure, standing, _written(figure.indicator, standing.median.value))
        for figure in newest
        if (standing := figures.standings.get(figure.pk))
    ]


def _standing_chart(place: Territory, standings: list[StandingRow]) -> str:
    """What could be compared, drawn; empty when nothing could."""
    rows = [
        Compared(
            label=local_name(row.figure.indicator),
            value=float(row.figure.value or 0),
            median=float(row.standing.median.value or 0),
            value_text=figure_text(row.figure),
            median_text=gettext("médiane %(value)s") % {"value": row.median_text},
        )
        for row in standings
        if row.standing.verdict.ok
    ]
    title = gettext("%(name)s et la médiane de sa catégorie") % {"name": place.name}
    return comparison(title, rows) if rows else ""


def _written(indicator: Indicator, amount: Decimal | None) -> str:
    if amount is None:
        return ""
    if indicator.unit == Unit.PERCENT:
        return percent(amount, indicator.decimals)
    return euros(amount) if indicator.unit == Unit.EURO else number(amount, indicator.decimals)
