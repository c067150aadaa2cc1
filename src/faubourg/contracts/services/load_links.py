"""Which contract each priority neighbourhood belongs to: deduced, labelled so, never chosen by chance."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from faubourg.contracts.models import Contract, ContractBearer, ContractNeighbourhood
from faubourg.rules.contract_link import COMMUNE, EPCI, EPT, Borne, CommuneFacts, Derivation, derive
from faubourg.territories import seeds
from faubourg.territories.models import Perimeter, Territory
from faubourg.territories.services.load_bulk import Written, bring
from faubourg.territories.services.load_sources import Finding, bring_findings

Basis = ContractNeighbourhood.Basis
DERIVED = {COMMUNE: Basis.COMMUNE, EPT: Basis.EPT, EPCI: Basis.EPCI}
# The status that a generation of contracts was signed for.
STATUS = {
    Contract.Generation.G2015: Perimeter.Kind.QPV_2015,
    Contract.Generation.G2024: Perimeter.Kind.QPV_2024,
}
KEY = ("contract_id", "neighbourhood_id")
BY_A_PERSON = Q(decided_by__isnull=False)


def bring_links(generation: str) -> Written:
    """Derived links of one generation; a link that a person confirmed or set aside stays as they left it."""
    chosen = Contract.Generation(generation)
    derived = dict(_derived(chosen))
    contracts = dict(Contract.objects.filter(generation=chosen).values_list("code", "pk"))
    rows = [
        ContractNeighbourhood(
            contract_id=contracts[link.contract],
            neighbourhood=place,
            basis=DERIVED[link.basis],
            ambiguous=derivation.ambiguous,
        )
        for place, derivation in derived.items()
        for link in derivation.links
    ]
    existing = ContractNeighbourhood.objects.filter(contract__generation=chosen).exclude(basis=Basis.DOCUMENT)
    written = bring(existing, rows, key=KEY, fields=("basis", "ambiguous"), frozen=BY_A_PERSON, prune=True)
    if chosen == Contract.Generation.G2024:
        written += bring_findings("qpv-2024", list(_findings(derived)))
    return written


def bring_document_links() -> Written:
    """The sixteen quarters of 2016 under the contract of their group, as the document prints them."""
    said = seeds.document(seeds.AUVERGNE)
    contracts = dict(Contract.objects.filter(generation=Contract.Generation.G2015).values_list("code", "pk"))
    places = dict(
        Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, code__startswith="LOC-").values_list(
            "code", "pk"
        )
    )
    by_group = {row["epci"]: row["contract"] for row in said["analysis"]["row"]}
    rows = [
        ContractNeighbourhood(
            contract_id=contracts[by_group[quarter["epci"]]],
            neighbourhood_id=places[quarter["code"]],
            basis=Basis.DOCUMENT,
        )
        for quarter in said["quarter"]
    ]
    existing = ContractNeighbourhood.objects.filter(basis=Basis.DOCUMENT)
    return bring(existing, rows, key=KEY)


def _derived(generation: Contract.Generation) -> Iterable[tuple[Territory, Derivation]]:
    borne = _borne(generation)
    neighbourhoods = (
        Territory.objects.filter(
            kind=Territory.Kind.NEIGHBOURHOOD,
            code_origin=Territory.CodeOrigin.OFFICIAL,
            perimeters__kind=STATUS[generation],
            perimeters__withdrawn_at__isnull=True,
        )
        .distinct()
        .prefetch_related("communes__departement", "communes__epci", "communes__ept")
    )
    for place in neighbourhoods:
        facts = [
            CommuneFacts(
                commune.code,
                commune.name,
                commune.departement.code if commune.departement else "",
                commune.epci.code if commune.epci else "",
                commune.ept.code if commune.ept else "",
            )
            for commune in place.communes.all()
        ]
        yield place, derive(facts, borne)


def _borne(generation: Contract.Generation) -> dict[str, list[Borne]]:
    """Code of a bearer → the contracts that it bears."""
    borne: dict[str, list[Borne]] = defaultdict(list)
    bearers = ContractBearer.objects.filter(contract__generation=generation, territory__isnull=False)
    columns = ("territory__code", "contract__code", "contract__departement__code")
    for bearer, contract, departement in bearers.values_list(*columns):
        one = Borne(contract, departement or "")
        if one not in borne[bearer]:
            borne[bearer].append(one)
    return borne


def _findings(derived: dict[Territory, Derivation]) -> Iterable[Finding]:
    one = sum(len(derivation.links) == 1 for derivation in derived.values())
    several = sum(derivation.ambiguous for derivation in derived.values())
    none = len(derived) - one - several
    text = (
        f"Contrat 2024-2030 déduit pour {len(derived)} quartiers : {one} avec un seul contrat possible, "
        f"{several} avec plusieurs, {none} sans aucun."
    )
    yield "liens-deduits", "bilan", text
    for place, derivation in derived.items():
        if not derivation.links:
            yield (
                "quartier-sans-contrat",
                place.code,
                f"{place.name} : {derivation.verdict.reasons[0].sentence}",
            )
