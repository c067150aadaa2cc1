"""Which contracts cover a place: borne by what it lies in, or naming it in a loaded document."""

from collections.abc import Collection, Mapping

from faubourg.contracts.models import Contract, ContractBearer, ContractNeighbourhood
from faubourg.people.scopes import Scope
from faubourg.territories.coverage import lying_in
from faubourg.territories.models import Territory


def contracts_over(wider: Mapping[int, Collection[int]]) -> dict[int, set[Scope]]:
    """Id of each place → the scopes `("contract", code)` over it; two queries, read whole (a few hundred).

    `wider` gives the ids of what each place lies in (`lying_in`).

    A link that an officer decided gives no right: it would let them extend their own scope.
    """
    bearers: dict[int, set[Scope]] = {}
    for territory, code in ContractBearer.objects.exclude(territory=None).values_list(
        "territory", "contract__code"
    ):
        bearers.setdefault(territory, set()).add(("contract", code))
    cited: dict[int, set[Scope]] = {}
    links = ContractNeighbourhood.objects.filter(basis=ContractNeighbourhood.Basis.DOCUMENT, rejected=False)
    for territory, code in links.values_list("neighbourhood", "contract__code"):
        cited.setdefault(territory, set()).add(("contract", code))
    return {
        place: set().union(
            cited.get(place, ()), *(bearers.get(holder, ()) for holder in (place, *sorted(holders)))
        )
        for place, holders in wider.items()
    }


def lies_under_bearer(contract: Contract, place: Territory) -> bool:
    """Whether a commune, the EPCI or the EPT of this place bears the contract, or it does so itself."""
    holders = {place.pk, *lying_in([place])[place.pk]}
    return contract.bearers.filter(territory__in=holders).exists()
