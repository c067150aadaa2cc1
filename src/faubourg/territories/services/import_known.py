"""Which figures of a sheet already stand in the database."""

from collections.abc import Iterable
from decimal import Decimal

from faubourg.territories.models import Figure

Key = tuple[int, int | None, str, str, str]


def key_of(figure: Figure) -> Key:
    """What makes two figures the same figure: place, perimeter, indicator, vintage, source."""
    return (figure.territory_id, figure.perimeter_id, figure.indicator_id, figure.vintage, figure.source_id)


def standing_figures(figures: Iterable[Figure]) -> dict[Key, tuple[Decimal | None, str]]:
    """The figures that stand with these indicators, vintages and sources: key → (value, secrecy)."""
    listed = list(figures)
    if not listed:
        return {}
    known: dict[Key, tuple[Decimal | None, str]] = {}
    standing = Figure.objects.filter(
        indicator__in={figure.indicator_id for figure in listed},
        source__in={figure.source_id for figure in listed},
        withdrawn_at__isnull=True,
    ).order_by()
    vintages = sorted({figure.vintage for figure in listed})
    for start in range(0, len(vintages), 500):
        rows = standing.filter(vintage__in=vintages[start : start + 500]).values_list(
            "territory", "perimeter", "indicator", "vintage", "source", "value", "secrecy"
        )
        for territory, perimeter, indicator, vintage, source, value, secrecy in rows.iterator():
            known[territory, perimeter, indicator, vintage, source] = (value, secrecy)
    return known
