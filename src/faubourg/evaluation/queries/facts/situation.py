"""How the neighbourhoods are: for each place and indicator the newest figure of the year or before."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from faubourg.contracts.models import Contract
from faubourg.contracts.queries.figures import PERIMETER_OF, facts_of, figures_among
from faubourg.rules.figures import OPEN, compare
from faubourg.territories.models import Figure, Territory


def quarters_of(contract: Contract) -> QuerySet[Any]:
    """The ids of its neighbourhoods that nobody set aside, to be asked inside another read."""
    return contract.neighbourhood_links.filter(rejected=False).values("neighbourhood")


def situation(contract: Contract, year: int) -> list[dict[str, Any]]:
    """One entry a place and indicator, neighbourhoods first, then who bears the contract."""
    bearers = [bearer.territory for bearer in contract.bearers.all() if bearer.territory]
    perimeter = PERIMETER_OF[Contract.Generation(contract.generation)]
    among = Q(territory__in=quarters_of(contract)) | Q(territory__in=bearers)
    found = figures_among(among, perimeter=perimeter)
    # A place without figure has nothing to tell here.
    known = {figures[0].territory for figures in found.values()} - set(bearers)
    quarters = sorted(known, key=lambda place: (place.sort_key, place.code))
    return [
        entry
        for place in (*quarters, *bearers)
        for entry in _of_place(place, _until(found.get(place.pk, ()), year))
    ]


def _until(figures: Iterable[Figure], year: int) -> list[Figure]:
    """What was known of that year or before; a figure without a precise vintage is kept."""
    return [figure for figure in figures if figure.vintage_year is None or figure.vintage_year <= year]


def _of_place(place: Territory, figures: list[Figure]) -> list[dict[str, Any]]:
    newest: dict[str, list[Figure]] = {}
    for figure in figures:
        newest.setdefault(figure.indicator_id, []).append(figure)
    return [_entry(place, *same) for same in newest.values()]


def _entry(place: Territory, figure: Figure, *older: Figure) -> dict[str, Any]:
    indicator, perimeter = figure.indicator, figure.perimeter
    return {
        "place": {"kind": place.kind, "code": place.code, "name": place.name},
        "indicator": indicator.code,
        "name_fr": indicator.name_fr,
        "name_en": indicator.name_en,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "value": _open_value(figure),
        "secrecy": figure.secrecy,
        "vintage": figure.vintage,
        "vintage_year": figure.vintage_year,
        "perimeter": perimeter.kind if perimeter else "",
        "source": {"slug": figure.source_id, "title": figure.source.title},
        "change": _change(figure, older),
    }


def _open_value(figure: Figure) -> str | None:
    """A secret cell never leaves: neither its value nor a trace of it."""
    return _digits(figure.value) if figure.secrecy == OPEN and figure.value is not None else None


def _digits(value: Decimal) -> str:
    """Without the zeros that a database adds: 1200, 18.5."""
    return format(value.normalize(), "f")


def _change(figure: Figure, older: Sequence[Figure]) -> dict[str, str] | None:
    """Since the latest older figure that the rules allow to compare with; None when there is none."""
    for before in older:
        told = compare(facts_of(before), facts_of(figure))
        if told.change is not None:
            return {
                "since": before.vintage,
                "from": _digits(before.value) if before.value is not None else "",
                "change": _digits(told.change),
            }
    return None
