"""What waits on the first page around conventions: for the town, the landlord, the State."""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from faubourg.base.sentences import in_words
from faubourg.contracts.models import ContractBearer
from faubourg.people.access import holds, roles_of
from faubourg.people.models import Person

from .access.areas import RUNNERS, Role, scopes_of, wider_scopes_of
from .access.tfpb import landlords_of
from .models import Area, AreaSeat, TfpbAgreement
from .queries.tfpb import alerts_of

# Whose move it is, by what is missing.
LANDLORD = frozenset({"tfpb-plan", "tfpb-review", "tfpb-signed"})
TOWN = frozenset({"tfpb-signed", "tfpb-plan", "tfpb-review", "tfpb-cosign-authority"})
STATE = frozenset({"tfpb-signed", "tfpb-review", "tfpb-cosign-state"})


def lines(person: Person, most: int) -> list[tuple[str, str, str, bool]]:
    """(landlord, what is missing, address, late) of the conventions in which this person has a part."""
    today = timezone.localdate()
    landlords = set(landlords_of(person))
    seats = set(_coordinated(person, today))
    if not (
        landlords or seats or {grant.role for grant in roles_of(person)} & (RUNNERS | {Role.PREFECT_DELEGATE})
    ):
        return []
    found = []
    for agreement in _agreements():
        awaited = _awaited(person, agreement, landlords, seats)
        for year, reason in alerts_of(agreement, today) if awaited else ():
            if reason.code in awaited:
                url = reverse("tfpb_year", args=[agreement.pk, year.year])
                found.append((agreement.landlord.name, in_words(reason), url, reason.met is False))
    return sorted(found, key=lambda line: not line[3])[:most]


def _coordinated(person: Person, on: date) -> Collection[int]:
    seats = AreaSeat.objects.filter(Q(until__isnull=True) | Q(until__gte=on), person=person, since__lte=on)
    return seats.filter(task=AreaSeat.Task.COORDINATOR).values_list("area", flat=True)


def _agreements() -> "list[TfpbAgreement]":
    bearers = Prefetch("area__contracts__bearers", ContractBearer.objects.select_related("territory"))
    found = TfpbAgreement.objects.exclude(state="ended").select_related(
        "landlord", "convention", "area__territory__epci", "area__territory__departement",
        "area__territory__region",
    )  # fmt: skip
    return list(found.prefetch_related("years", "area__contracts", bearers).order_by("pk"))


def _awaited(
    person: Person, agreement: TfpbAgreement, landlords: Collection[int], seats: Collection[int]
) -> frozenset[str]:
    """What this person is told of; each part that they have."""
    area: Area = agreement.area
    told: frozenset[str] = frozenset()
    if agreement.landlord_id in landlords:
        return LANDLORD
    if area.pk in seats or holds(person, RUNNERS, scopes_of(area)):
        told |= TOWN
    if holds(person, {Role.PREFECT_DELEGATE}, None) and holds(
        person, {Role.PREFECT_DELEGATE}, wider_scopes_of(area)
    ):
        told |= STATE
    return told
