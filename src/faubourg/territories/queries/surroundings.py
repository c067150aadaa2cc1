"""What lies in a place and around it."""

from django.db.models import Q, QuerySet

from ..models import Territory

Kind = Territory.Kind


def communes_of(neighbourhood: Territory) -> QuerySet[Territory]:
    """The communes over which a neighbourhood stretches."""
    return neighbourhood.communes.select_related("departement", "epci", "ept", "urban_unit").order_by(
        "sort_key"
    )


def communes_and_neighbours(neighbourhood: Territory) -> tuple[list[Territory], list[Territory]]:
    """In one query: its communes, then the other neighbourhoods of the same communes, each once, by name."""
    lies_in = Territory.communes.through.objects
    communes = lies_in.filter(from_territory=neighbourhood).values("to_territory")
    beside = lies_in.filter(to_territory__in=communes).values("from_territory")
    found = (
        Territory.objects.filter(Q(pk__in=communes) | Q(pk__in=beside))
        .exclude(pk=neighbourhood.pk)
        .select_related("departement", "epci", "ept", "urban_unit")
        .order_by("sort_key")
    )
    by_kind: dict[bool, list[Territory]] = {True: [], False: []}
    for place in found:
        by_kind[place.kind == Kind.COMMUNE].append(place)
    return by_kind[True], by_kind[False]


def neighbourhoods_in(territory: Territory) -> QuerySet[Territory]:
    """The neighbourhoods of any wider place, each once, by name."""
    return (
        Territory.objects.filter(kind=Kind.NEIGHBOURHOOD)
        .filter(_lies_in(territory))
        .distinct()
        .order_by("sort_key")
    )


def communes_in(territory: Territory) -> QuerySet[Territory]:
    """The communes of any wider place, the most peopled first."""
    return (
        Territory.objects.filter(kind=Kind.COMMUNE)
        .filter(**{_COLUMN[Kind(territory.kind)]: territory})
        .order_by("-headcount", "sort_key")
    )


def epcis_in(territory: Territory) -> QuerySet[Territory]:
    """The EPCI that still exist and have at least one commune in a département or a région."""
    return (
        Territory.objects.filter(kind=Kind.EPCI, valid_to__isnull=True)
        .filter(pk__in=communes_in(territory).order_by().values("epci"))
        .order_by("sort_key")
    )


def departements_in(region: Territory) -> QuerySet[Territory]:
    """The départements of a région, by code."""
    return Territory.objects.filter(kind=Kind.DEPARTEMENT, region=region).order_by("code")


_COLUMN = {
    Kind.REGION: "region",
    Kind.DEPARTEMENT: "departement",
    Kind.EPCI: "epci",
    Kind.EPT: "ept",
    Kind.URBAN_UNIT: "urban_unit",
}


def _lies_in(territory: Territory) -> Q:
    """A neighbourhood lies where its communes lie; its own columns are kept for the lists."""
    if territory.kind == Kind.COMMUNE:
        return Q(communes=territory)
    column = _COLUMN[Kind(territory.kind)]
    return Q(**{column: territory}) | Q(**{f"communes__{column}": territory})
