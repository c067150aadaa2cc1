"""The lists of places, each with what its lines show: no line asks the database again."""

from django.db.models import Prefetch, QuerySet

from ..models import Perimeter, Territory

Kind = Territory.Kind


def all_neighbourhoods() -> QuerySet[Territory]:
    """Neighbourhoods, priority or not, with communes, EPCI, département and standing perimeters."""
    perimeters = Perimeter.objects.filter(withdrawn_at__isnull=True).defer("wkb", "outline").order_by("id")
    communes = Territory.objects.only("pk", "kind", "code", "name").order_by("sort_key")
    return (
        Territory.objects.filter(kind=Kind.NEIGHBOURHOOD)
        .select_related("departement", "epci")
        .prefetch_related(Prefetch("communes", communes), Prefetch("perimeters", perimeters))
    )


def all_communes() -> QuerySet[Territory]:
    """The communes of today, with EPCI, département and neighbourhoods.

    What a line shows is fetched for the lines of the page only: a join would be made for the 35,000.
    """
    named = Territory.objects.only("pk", "kind", "code", "name").order_by("sort_key")
    return Territory.objects.filter(kind=Kind.COMMUNE, valid_to__isnull=True).prefetch_related(
        Prefetch("neighbourhoods", named), Prefetch("departement", named), Prefetch("epci", named)
    )


def all_epcis() -> QuerySet[Territory]:
    """The EPCI, those of before included, with their région and département."""
    return Territory.objects.filter(kind=Kind.EPCI).select_related("departement", "region")


def all_departements() -> QuerySet[Territory]:
    """Départements with their région."""
    return Territory.objects.filter(kind=Kind.DEPARTEMENT).select_related("region")


def all_regions() -> QuerySet[Territory]:
    """Régions."""
    return Territory.objects.filter(kind=Kind.REGION)
