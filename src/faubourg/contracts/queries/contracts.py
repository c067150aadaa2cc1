"""Contracts: the list, one by its code, the other generations, and those of a place."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from faubourg.contracts.models import Contract, ContractBearer, ContractNeighbourhood
from faubourg.territories.models import SourceFinding, Territory

from .community import MET, Met, community_of, last_held


@dataclass(frozen=True, slots=True)
class ContractOf:
    """A contract of a place, with how we know it. `link` is None when the place itself bears it."""

    contract: Contract
    link: ContractNeighbourhood | None = None
    bearer: Territory | None = None

    @property
    def derived(self) -> bool:
        """True when no document and nobody says so: it was deduced from the place of the neighbourhood."""
        return self.link is not None and self.link.basis in (
            ContractNeighbourhood.Basis.EPCI,
            ContractNeighbourhood.Basis.EPT,
            ContractNeighbourhood.Basis.COMMUNE,
        )

    @property
    def community(self) -> int | None:
        """The community of actors of this neighbourhood, a body of the contract; None when it has none."""
        return getattr(self.link, "community", None)

    @property
    def met(self) -> Met | None:
        """The last meeting that this community held; None when none is known."""
        told: dict[str, Any] = {name: getattr(self.link, f"met_{name}", None) for name in MET}
        return Met(**told) if told["pk"] else None

    @property
    def gives_rights(self) -> bool:
        """Whether its officer writes here: as `contracts_over`, a link that somebody decided gives none."""
        if self.link is None:
            return True
        borne = getattr(self.link, "borne", False)
        return borne or self.link.basis == ContractNeighbourhood.Basis.DOCUMENT


@dataclass(frozen=True, slots=True)
class OtherGeneration:
    """The same contract in another generation, found by its code or, failing that, by its bearer."""

    contract: Contract
    same_code: bool


def contracts() -> QuerySet[Contract]:
    """Every contract with what its lines show: bearers, département, région, source."""
    bearers = Prefetch("bearers", ContractBearer.objects.select_related("territory"))
    return Contract.objects.select_related("departement__region", "source").prefetch_related(bearers)


def contract_by_code(code: str, generation: str = "") -> Contract | None:
    """The contract of this code: the newest generation, unless one is named."""
    found = contracts().select_related("sheet__central_commune", "sheet__source").filter(code=code)
    if generation:
        found = found.filter(generation=generation)
    # Two or three rows, told apart here: ordering so wide a query costs more than reading it.
    return max(found.order_by(), key=lambda contract: contract.generation, default=None)


def newest_contract(code: str) -> Contract | None:
    """The newest generation of this code."""
    return contract_by_code(code)


def other_generations(contract: Contract) -> list[OtherGeneration]:
    """Same code first; the codes changed in hexagonal France, so the same bearer too."""
    bearers = [b.territory_id for b in contract.bearers.all() if b.territory_id]
    found = (
        Contract.objects.filter(Q(code=contract.code) | Q(bearers__territory__in=bearers))
        .exclude(generation=contract.generation)
        .distinct()
        .order_by("-generation", "sort_key")
    )
    return [OtherGeneration(other, other.code == contract.code) for other in found]


def contracts_of(territory: Territory, communes: Collection[Territory] = ()) -> list[ContractOf]:
    """Those that a place bears, or that a neighbourhood belongs to; newest generation first.

    A commune is given the contracts of its EPCI and EPT as well, which its `bearer` tells apart. `communes`:
    those of a neighbourhood, when the page asks which contracts give rights over it.
    """
    if territory.kind == Territory.Kind.NEIGHBOURHOOD:
        bearers = ContractBearer.objects.filter(contract=OuterRef("contract"), territory__in=_over(communes))
        community = community_of("contract", "neighbourhood").values("pk")[:1]
        last = last_held("community")
        links = (
            ContractNeighbourhood.objects.filter(neighbourhood=territory, rejected=False)
            .annotate(borne=Exists(bearers), community=Subquery(community))
            .annotate(**{f"met_{name}": Subquery(last.values(name)[:1]) for name in MET})
            .select_related("contract__source", "contract__departement")
            .order_by("-contract__generation", "contract__sort_key")
        )
        return [ContractOf(link.contract, link=link) for link in links]
    places = {territory.pk, *(pk for pk in (territory.epci_id, territory.ept_id) if pk)}
    rows = (
        ContractBearer.objects.filter(territory__in=places)
        .select_related("contract__source", "contract__departement", "territory")
        .order_by("-contract__generation", "contract__sort_key")
    )
    return [ContractOf(row.contract, bearer=row.territory) for row in rows]


def _over(communes: Collection[Territory]) -> set[int]:
    """The ids of communes and of what they lie in."""
    above = {pk for c in communes for pk in (c.pk, c.epci_id, c.ept_id, c.departement_id, c.region_id)}
    return {pk for pk in above if pk is not None}


def contracts_within(area: Territory) -> QuerySet[Contract]:
    """The contracts of a département or of a région."""
    if area.kind == Territory.Kind.REGION:
        return contracts().filter(departement__region=area)
    return contracts().filter(departement=area)


def links_of(contract: Contract) -> list[ContractNeighbourhood]:
    """The neighbourhood links of a contract, the rejected ones too, in the order of the names.

    Of a place, what a line and a small map show: a contract holds dozens.
    """
    communes = Territory.objects.only("kind", "code", "name", "sort_key", "headcount", "lon", "lat")
    return list(
        contract.neighbourhood_links.select_related("neighbourhood")
        .prefetch_related(Prefetch("neighbourhood__communes", communes))
        .order_by("neighbourhood__sort_key", "neighbourhood__code")
    )


def findings_of(contract: Contract) -> list[SourceFinding]:
    """What the loader noticed about this contract while reading its source."""
    refs = [contract.code, f"{contract.generation}/{contract.code}", f"{contract.generation}:{contract.code}"]
    return list(SourceFinding.objects.filter(source=contract.source_id, ref__in=refs))
