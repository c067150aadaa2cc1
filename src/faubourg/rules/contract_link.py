"""Which contrat de ville a neighbourhood belongs to, when no published file says it.

The link is deduced from who bears the contract: the commune itself, its établissement public
territorial, or its intercommunalité. Several contracts may claim one neighbourhood; then all are given
and none is chosen. None may claim it; then the absence is said. One group may bear a contract in each of
its départements: the neighbourhood then goes with that of its own commune.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .verdict import LegalSource, Reason, Verdict, mark

# The contract is driven by the EPCI and signed with the communes concerned.
LAMY = LegalSource("Loi n° 2014-173 du 21 février 2014", "article 6")

# From the most local bearer to the widest: the most local basis is the one shown.
COMMUNE, EPT, EPCI = "commune", "ept", "epci"
BASES = (COMMUNE, EPT, EPCI)


@dataclass(frozen=True, slots=True)
class CommuneFacts:
    """A commune of the neighbourhood, with the codes of its EPCI and EPT (empty when it has none)."""

    code: str
    name: str
    departement: str = ""
    epci: str = ""
    ept: str = ""

    def bearer(self, basis: str) -> str:
        """The code that could bear a contract on this basis."""
        return {COMMUNE: self.code, EPT: self.ept, EPCI: self.epci}[basis]


@dataclass(frozen=True, slots=True)
class Borne:
    """A contract as its bearer holds it; the département is the one printed before its name."""

    contract: str
    departement: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A contract that claims the neighbourhood, on which basis, through which bearer and communes."""

    contract: str
    basis: str
    bearer: str
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """`verdict.ok`: True for one contract, None for several (ambiguous), False for none."""

    links: tuple[Link, ...]
    verdict: Verdict

    @property
    def ambiguous(self) -> bool:
        return len(self.links) > 1


def derive(communes: Sequence[CommuneFacts], borne: Mapping[str, Sequence[Borne]]) -> Derivation:
    """The contracts of a neighbourhood lying in `communes`; `borne` maps a bearer's code to its contracts."""
    claims: dict[str, tuple[str, str]] = {}
    through: dict[str, list[str]] = {}
    for basis in BASES:
        for commune in communes:
            for contract in _claiming(commune, borne.get(commune.bearer(basis) or "-", ())):
                claims.setdefault(contract, (basis, commune.bearer(basis)))
                if commune.name not in through.setdefault(contract, []):
                    through[contract].append(commune.name)
    links = tuple(
        Link(contract, basis, bearer, tuple(through[contract]))
        for contract, (basis, bearer) in sorted(claims.items())
    )
    return Derivation(links, Verdict((_how_many(links), *_not_covered(communes, links))))


def _claiming(commune: CommuneFacts, borne: Sequence[Borne]) -> list[str]:
    """All contracts of a bearer, or those of the commune's département when each has its own."""
    if len({one.departement for one in borne}) > 1:
        own = [one.contract for one in borne if one.departement == commune.departement]
        if own:
            return own
    return [one.contract for one in borne]


def _how_many(links: tuple[Link, ...]) -> Reason:
    if not links:
        return Reason(
            "no-contract",
            met=False,
            template=mark(
                "Aucun contrat connu n’est porté par la commune, son établissement public territorial ou son "
                "intercommunalité."
            ),
            source=LAMY,
        )
    if len(links) > 1:
        return Reason(
            "several-contracts",
            met=None,
            template=mark("{count} contrats peuvent couvrir ce quartier : {contracts}."),
            params={"count": len(links), "contracts": ", ".join(link.contract for link in links)},
            threshold=1,
            operand=len(links),
            source=LAMY,
        )
    return Reason(f"by-{links[0].basis}", met=True, template=_BY_BASIS[links[0].basis], source=LAMY)


_BY_BASIS = {
    COMMUNE: mark("Un seul contrat, déduit de la commune qui le porte."),
    EPT: mark("Un seul contrat, déduit de l’établissement public territorial qui le porte."),
    EPCI: mark("Un seul contrat, déduit de l’intercommunalité qui le porte."),
}


def _not_covered(communes: Sequence[CommuneFacts], links: tuple[Link, ...]) -> list[Reason]:
    covered = {name for link in links for name in link.communes}
    left = [commune.name for commune in communes if commune.name not in covered]
    if not links or not left:
        return []
    return [
        Reason(
            "partly-covered",
            met=False,
            template=mark("Une partie du quartier se trouve hors de tout contrat connu : {communes}."),
            params={"communes": ", ".join(left)},
            decides=False,
        )
    ]
