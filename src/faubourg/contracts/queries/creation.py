"""What the forms that begin a contract offer: who may bear it, and which contract came before."""

from collections.abc import Iterable

from django.db.models import QuerySet

from faubourg.contracts.models import Contract
from faubourg.people.access import roles_of
from faubourg.people.models import Person, RoleGrant
from faubourg.people.scopes import EVERYWHERE
from faubourg.territories.models import Territory

KINDS = (Territory.Kind.EPCI, Territory.Kind.COMMUNE)


def bearers_of(person: Person) -> list[Territory]:
    """The EPCI and communes of the person's own roles; none when a role covers the whole installation."""
    mine = [grant for grant in roles_of(person) if grant.role == RoleGrant.Role.CONTRACT_OFFICER]
    if any((grant.scope_kind, grant.scope_code) == EVERYWHERE for grant in mine):
        return []
    codes = [grant.scope_code for grant in mine if grant.scope_kind in KINDS]
    return list(Territory.objects.filter(kind__in=KINDS, code__in=codes).order_by("sort_key"))


def older_contracts(bearers: Iterable[Territory]) -> QuerySet[Contract]:
    """Those of the first generation that these territories bear; all of them when none is named."""
    places = list(bearers)
    if places:
        return candidate_predecessors(places, Contract.Generation.G2024)
    return Contract.objects.filter(generation=Contract.Generation.G2015).order_by("sort_key")


def candidate_predecessors(bearers: Iterable[Territory], generation: str) -> QuerySet[Contract]:
    """Contracts of a generation before that one, which one of these territories bears."""
    return (
        Contract.objects.filter(bearers__territory__in=list(bearers), generation__lt=generation)
        .distinct()
        .order_by("-generation", "sort_key")
    )


def borne_by(bearer: Territory) -> QuerySet[Contract]:
    """The contracts that a territory bears already, the newest generation first."""
    return Contract.objects.filter(bearers__territory=bearer).order_by("-generation", "sort_key")
