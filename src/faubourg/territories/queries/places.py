"""Which place an address means: today's code, an old one, or a code typed in lower case."""

from django.db.models import Q, QuerySet

from ..models import Perimeter, Territory

_NEAR_LIMIT = 8
_WITH_PARENTS = ("region", "departement", "epci", "ept", "urban_unit")


def place_at(kind: str, code: str) -> Territory | None:
    """The place of this kind at exactly this code, with the territories it lies in.

    A neighbourhood comes with what a source states of it.
    """
    own = ("stated_phase__source",) if kind == Territory.Kind.NEIGHBOURHOOD else ()
    return Territory.objects.select_related(*_WITH_PARENTS, *own).filter(kind=kind, code=code).first()


def place_meant_by(kind: str, code: str) -> Territory | None:
    """The place that another spelling or an older official code means; None when nothing or several do."""
    tidy = "".join(code.split()).upper()
    if found := Territory.objects.filter(kind=kind, code=tidy).first():
        return found
    owners = Territory.objects.filter(
        kind=kind,
        pk__in=Perimeter.objects.filter(code=tidy, withdrawn_at__isnull=True).values("territory"),
    )
    candidates = list(owners[:2])
    return candidates[0] if len(candidates) == 1 else None


def near_places(kind: str, code: str) -> list[Territory]:
    """What somebody who typed an unknown code may have meant: at most eight places, the likeliest first.

    Same code in another kind of place, an older code, a postal code, then the codes that begin alike.
    """
    tidy = "".join(code.split()).upper()
    if len(tidy) < 2:
        return []
    exact = Q(code=tidy) | Q(perimeters__code=tidy)
    if tidy.isdigit() and len(tidy) == 5:
        exact |= Q(kind=Territory.Kind.COMMUNE, postal_codes__contains=tidy)
    found = list(Territory.objects.select_related("departement").filter(exact).distinct()[:_NEAR_LIMIT])
    return found or list(_alike(kind, tidy))


def _alike(kind: str, tidy: str) -> QuerySet[Territory]:
    same_kind = Territory.objects.select_related("departement").filter(kind=kind)
    for length in range(len(tidy) - 1, 2, -1):
        alike = same_kind.filter(code__startswith=tidy[:length]).order_by("code")[:_NEAR_LIMIT]
        if alike:
            return alike
    return same_kind.none()
