"""Which contracts cover a place: those it bears, those its EPCI or EPT bears, those that name it."""

from collections.abc import Collection

from faubourg.contracts.models import ContractBearer, ContractNeighbourhood
from faubourg.people.scopes import Scope
from faubourg.territories.models import Territory


def contracts_over(places: Collection[Territory]) -> dict[int, set[Scope]]:
    """Id of each place → the scopes `("contract", code)` over it; two queries, read whole (a few hundred)."""
    bearers: dict[int, set[Scope]] = {}
    for territory, code in ContractBearer.objects.exclude(territory=None).values_list(
        "territory", "contract__code"
    ):
        bearers.setdefault(territory, set()).add(("contract", code))
    named: dict[int, set[Scope]] = {}
    links = ContractNeighbourhood.objects.filter(rejected=False, ambiguous=False)
    for territory, code in links.values_list("neighbourhood", "contract__code"):
        named.setdefault(territory, set()).add(("contract", code))
    return {
        place.pk: set().union(
            named.get(place.pk, ()),
            *(bearers.get(holder, ()) for holder in (place.pk, place.epci_id, place.ept_id) if holder),
        )
        for place in places
    }
