"""The table of the neighbourhoods of a contract, ready for the page: routes and words are asked once."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext

from faubourg.contracts.models import ContractNeighbourhood
from faubourg.contracts.queries import Identity
from faubourg.contracts.queries.sheet import QuarterLine
from faubourg.territories.models import Territory


@dataclass(frozen=True, slots=True)
class ShownQuarter:
    """A line, its words and where it leads; `why` says to a screen reader what the reason is about."""

    line: QuarterLine
    name: str
    code: str
    url: str
    communes: str
    basis: str
    why: str


def quarters_shown(identity: Identity) -> list[ShownQuarter]:
    """The neighbourhoods that nobody set aside, in the order of their names."""
    bases = {basis.value: str(basis.label) for basis in ContractNeighbourhood.Basis}
    why = gettext("Motif pour %(name)s")
    before, after = reverse(Territory.Kind.NEIGHBOURHOOD.value, args=["0"]).rsplit("0", 1)
    return [
        ShownQuarter(
            line=line,
            name=line.place.name,
            code=line.place.code,
            url=f"{before}{quote(line.place.code)}{after}",
            communes=", ".join(commune.name for commune in line.communes),
            basis=bases.get(line.link.basis, line.link.basis),
            why=why % {"name": line.place.name},
        )
        for line in identity.quarters
    ]
