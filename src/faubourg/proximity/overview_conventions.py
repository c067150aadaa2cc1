"""What waits on the first page around conventions: for the town, the landlord, the State."""

from collections.abc import Collection

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from faubourg.base.sentences import in_words
from faubourg.people.models import Person

from .access.areas import RUNNERS, Role
from .models import Area, TfpbAgreement
from .queries.held import Posts, areas_of_roles
from .queries.tfpb import alerts_of

# Whose move it is, by what is missing.
LANDLORD = frozenset({"tfpb-plan", "tfpb-review", "tfpb-signed"})
TOWN = frozenset({"tfpb-signed", "tfpb-plan", "tfpb-review", "tfpb-cosign-authority"})
STATE = frozenset({"tfpb-signed", "tfpb-review", "tfpb-cosign-state"})
# The parts that a person can have in a convention.
PARTS = AS_LANDLORD, AS_TOWN, AS_STATE = "as_landlord", "as_town", "as_state"


def lines(person: Person, posts: Posts, most: int) -> list[tuple[str, str, str, bool]]:
    """(landlord, what is missing, address, late) of the conventions in which this person has a part."""
    today = timezone.localdate()
    found = []
    for agreement in _agreements(person, posts):
        awaited = _awaited({part for part in PARTS if getattr(agreement, part)})
        for year, reason in alerts_of(agreement, today):
            if reason.code in awaited:
                url = reverse("tfpb_year", args=[agreement.pk, year.year])
                found.append((agreement.landlord.name, in_words(reason), url, reason.met is False))
    return sorted(found, key=lambda line: not line[3])[:most]


def _agreements(person: Person, posts: Posts) -> QuerySet[TfpbAgreement]:
    """Those in which the person writes for a landlord, the town or the State; two queries, none without."""
    town = Q(area__in=posts.coordinated) | _within(areas_of_roles(person, RUNNERS))
    state = _within(areas_of_roles(person, {Role.PREFECT_DELEGATE}, wider=True))
    landlord = Q(landlord__in=posts.landlords)
    found = TfpbAgreement.objects.exclude(state="ended").filter(landlord | town | state)
    parts = zip(PARTS, (landlord, town, state), strict=True)
    found = found.annotate(**{name: ExpressionWrapper(part, BooleanField()) for name, part in parts})
    found = found.select_related("landlord", "convention")
    return found.prefetch_related("years").order_by("pk")


def _within(areas: QuerySet[Area] | None) -> Q:
    return Q(pk__in=[]) if areas is None else Q(area__in=areas.values("pk"))


def _awaited(parts: Collection[str]) -> frozenset[str]:
    """What is told of; whoever writes for the landlord is not told of what the others must sign."""
    if AS_LANDLORD in parts:
        return LANDLORD
    return (TOWN if AS_TOWN in parts else frozenset()) | (STATE if AS_STATE in parts else frozenset())
