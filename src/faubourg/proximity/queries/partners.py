"""Partners, posts and tasks of an area as its settings read them."""

from django.db.models import Count, F, QuerySet

from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from ..models import Area, AreaSeat, Partner, Referent

MOST_SUGGESTED = 500


def partners_with_posts(area: Area) -> "QuerySet[Partner]":
    """Every partner with its organisation, those that stopped last."""
    counted = area.partners.select_related("organisation").annotate(land_count=Count("lands"))
    return counted.order_by("-active", "name")


def referents_of(whose: Partner | Area) -> "QuerySet[Referent]":
    """Who speaks or spoke for a partner, or for any of an area, those in post first."""
    found = Referent.objects.select_related("person", "partner")
    kept = found.filter(partner=whose) if isinstance(whose, Partner) else found.filter(partner__area=whose)
    return kept.order_by(F("until").desc(nulls_first=True), "-since", "pk")


def seats_of(area: Area) -> "QuerySet[AreaSeat]":
    """Who holds or held a task, those who still do first."""
    return area.seats.select_related("person", "territory").order_by(
        F("until").desc(nulls_first=True), "task", "pk"
    )


def quarters_of(area: Area) -> "QuerySet[Territory]":
    """The neighbourhoods of today of an area's communes."""
    place = area.territory
    inside = {"communes": place} if place.kind == Territory.Kind.COMMUNE else {"communes__epci": place}
    found = Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, valid_to__isnull=True, **inside)
    return found.distinct().order_by("sort_key")


def known_organisations() -> list[str]:
    """Names to suggest while one types."""
    return list(Organisation.objects.order_by("sort_key").values_list("name", flat=True)[:MOST_SUGGESTED])
