"""Places as the search shows and finds them: name, codes, other names, where they lie."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet

from faubourg.base.models import SearchTerm
from faubourg.base.search import Searchable
from faubourg.territories.models import Alias, Perimeter, Territory

Kind = Territory.Kind
Field = SearchTerm.Field
Words = dict[int, list[str]]
# A neighbourhood weighs a share of its town: enough to come before a hamlet, less than the town itself.
SHARE_OF_TOWN = 20
SHOWN = (
    *("kind", "code", "name", "headcount", "valid_to", "postal_codes"),
    *("departement_id", "region_id", "epci_id", "ept_id"),
)


def findable(places: QuerySet[Territory]) -> Iterator[Searchable]:
    """Each of these places, ready to be announced; re-announce a place after changing its name or codes."""
    aliases = _texts(Alias.objects.filter(territory__in=places).values_list("territory_id", "name"))
    codes = _texts(
        Perimeter.objects.filter(territory__in=places, withdrawn_at__isnull=True)
        .exclude(code="")
        .values_list("territory_id", "code")
    )
    towns = _towns(places)
    names = _names_of_groups()
    for place in places.only(*SHOWN).iterator(chunk_size=5000):
        around = towns.get(place.pk, [])
        yield Searchable(
            kind=place.kind,
            ref=place.code,
            title=place.name,
            detail=_detail(place, [town.name for town in around], names),
            url=place.get_absolute_url(),
            weight=_weight(place, around),
            terms={
                Field.CODE: {place.code, *codes.get(place.pk, []), *place.postal_codes.split()},
                Field.ALIAS: aliases.get(place.pk, []),
                Field.PLACE: [names[group] for group in (place.epci_id, place.ept_id) if group],
            },
        )


def _texts(pairs: QuerySet[Alias, tuple[int, str]] | QuerySet[Perimeter, tuple[int, str]]) -> Words:
    texts: Words = defaultdict(list)
    for place, text in pairs:
        texts[place].append(text)
    return texts


def _towns(places: QuerySet[Territory]) -> dict[int, list[Territory]]:
    """The communes of each neighbourhood, the most populated first."""
    wanted = places.filter(kind=Kind.NEIGHBOURHOOD).prefetch_related("communes")
    return {
        place.pk: sorted(place.communes.all(), key=lambda town: -(town.headcount or 0)) for place in wanted
    }


def _names_of_groups() -> dict[int, str]:
    """Names of what places lie in: a few thousand, read once rather than joined to each place."""
    wider = (Kind.REGION, Kind.DEPARTEMENT, Kind.EPCI, Kind.EPT)
    return dict(Territory.objects.filter(kind__in=wider).values_list("pk", "name"))


def _detail(place: Territory, towns: list[str], names: dict[int, str]) -> str:
    """Town, then département (or région): the line under the title."""
    wider = names.get(place.departement_id or place.region_id or 0, "")
    parts = [", ".join(towns), wider if wider != place.name else ""]
    if place.valid_to:
        parts.append(f"jusqu’au {place.valid_to:%d/%m/%Y}")
    return " · ".join(part for part in parts if part)[:300]


def _weight(place: Territory, towns: list[Territory]) -> int:
    if place.valid_to:
        return 0
    if place.kind == Kind.NEIGHBOURHOOD:
        return (towns[0].headcount or 0) // SHARE_OF_TOWN if towns else 0
    return place.headcount or 0
