"""Which area an address or a place means."""

from django.db.models import QuerySet

from ..models import Area


def areas() -> QuerySet[Area]:
    """Every area, with its territory and what its rights ask."""
    return Area.objects.select_related(
        "territory__departement", "territory__epci", "territory__region"
    ).prefetch_related("contracts")


def area_by_code(code: str) -> Area | None:
    """The area of this code, or None."""
    return areas().filter(code=code).first()
