"""The contract of a point: what the contracts know of each neighbourhood and commune, for `locating`."""

from collections import defaultdict

from faubourg.contracts.models import Contract, ContractBearer, ContractNeighbourhood
from faubourg.territories.locating.attribution import Label
from faubourg.territories.models import Territory

_GENERATIONS = list(Contract.Generation.values)


def contracts_by_place() -> dict[int, tuple[Label, ...]]:
    """Id of a neighbourhood or commune → its contracts of the newest generation it has; three queries."""
    found: dict[int, dict[str, list[Label]]] = defaultdict(lambda: defaultdict(list))
    links = ContractNeighbourhood.objects.filter(rejected=False).order_by("contract__code")
    for place, generation, code, name in links.values_list(
        "neighbourhood_id", "contract__generation", "contract__code", "contract__name"
    ):
        found[place][generation].append(Label(code, name))
    bearers: dict[int, dict[str, list[Label]]] = defaultdict(lambda: defaultdict(list))
    borne = ContractBearer.objects.filter(territory__isnull=False).order_by("contract__code")
    for place, generation, code, name in borne.values_list(
        "territory_id", "contract__generation", "contract__code", "contract__name"
    ):
        bearers[place or 0][generation].append(Label(code, name))
    communes = Territory.objects.filter(kind=Territory.Kind.COMMUNE).order_by()
    for commune, *wider in communes.values_list("pk", "epci_id", "ept_id"):
        for place in (commune, *wider):
            for generation, labels in bearers.get(place or 0, {}).items():
                found[commune][generation] += labels
    return {place: _newest(by_generation) for place, by_generation in found.items()}


def _newest(by_generation: dict[str, list[Label]]) -> tuple[Label, ...]:
    generation = max(by_generation, key=_GENERATIONS.index)
    return tuple(dict.fromkeys(by_generation[generation]))
