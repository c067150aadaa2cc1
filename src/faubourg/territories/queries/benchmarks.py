"""An EPCI set against the median of the EPCI of its kind: CA with CA, same indicator, vintage and source."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, F, FloatField, QuerySet, Subquery, Window
from django.db.models.functions import Cast, RowNumber

from faubourg.rules.medians import Median, Standing, stand

from ..models import Figure, Indicator, Territory

Key = tuple[str, str, str]
# The size of an EPCI is no performance: only rates and amounts are set against a median.
COMPARED_UNITS = (Indicator.Unit.PERCENT, Indicator.Unit.EURO, Indicator.Unit.RATIO)


def standings_of(territory: Territory, figures: Iterable[Figure]) -> dict[int, Standing]:
    """Figure id → its standing among the EPCI of the kind; empty for any other place. One query."""
    if territory.kind != Territory.Kind.EPCI or not territory.category or territory.valid_to:
        return {}
    compared = [
        figure for figure in figures if figure.indicator.unit in COMPARED_UNITS and figure.value is not None
    ]
    medians = _medians(territory.category, {figure.indicator_id for figure in compared}) if compared else {}
    return {
        figure.pk: stand(figure.value, figure.vintage, medians[_key(figure)])
        for figure in compared
        if _key(figure) in medians
    }


def _key(figure: Figure) -> Key:
    return (figure.indicator_id, figure.vintage, figure.source_id)


def epcis_of_kind(category: str) -> QuerySet[Territory]:
    """The EPCI of one legal form that still exist."""
    return Territory.objects.filter(
        kind=Territory.Kind.EPCI, category=category, valid_to__isnull=True, code_origin="official"
    )


def _medians(category: str, indicators: set[str]) -> dict[Key, Median]:
    """The database ranks each series and hands back its one or two middle values only."""
    series = [F("indicator"), F("vintage"), F("source")]
    ranked = Figure.objects.filter(
        territory__in=epcis_of_kind(category),
        indicator__in=indicators,
        value__isnull=False,
        withdrawn_at__isnull=True,
    ).annotate(
        rank=Window(RowNumber(), partition_by=series, order_by=[F("value"), F("id")]),
        published=Window(Count("id"), partition_by=series),
        everybody=Subquery(
            epcis_of_kind(category).order_by().values("category").annotate(n=Count("pk")).values("n")
        ),
    )
    half = Cast("published", FloatField()) / 2.0
    middle = ranked.filter(rank__gte=half, rank__lte=half + 1)
    found: dict[Key, list[Decimal]] = {}
    published: dict[Key, tuple[int, int]] = {}
    rows = middle.values_list("indicator", "vintage", "source", "value", "published", "everybody")
    for indicator, vintage, source, value, count, everybody in rows:
        found.setdefault((indicator, vintage, source), []).append(value or Decimal())
        published[indicator, vintage, source] = (count, everybody - count)
    return {
        key: Median(sum(values, Decimal()) / len(values), *published[key], key[1])
        for key, values in found.items()
    }
