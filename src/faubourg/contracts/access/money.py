"""Who writes the money of a contract: its officers everywhere, a funder what is its own organisation's.

Totals, lines, the register and commitments are public money: everybody reads them. Names of persons are
read by those who read the workings (`can_read_workings`).
"""

from dataclasses import dataclass
from datetime import date

from faubourg.base.lasting import lasts_on
from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Organisation, Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from .workings import WRITERS, can_write_workings, needs, wider_scopes_of

Role = RoleGrant.Role


@dataclass(frozen=True, slots=True)
class Hand:
    """What somebody may write here: everything (`organisations` None), or what is those organisations'."""

    verdict: Verdict
    organisations: frozenset[int] | None = frozenset()

    @property
    def writes_all(self) -> bool:
        """Whether every line is theirs to write."""
        return self.verdict.ok is True and self.organisations is None

    def holds(self, organisation_id: int | None) -> bool:
        """Whether a line or a commitment of this organisation is theirs to write."""
        return self.verdict.ok is True and (
            self.organisations is None or organisation_id in self.organisations
        )


NOT_YOURS = mark(
    "Cette ligne n’est pas celle de votre organisation : elle est tenue par le·la chargé·e de mission du "
    "contrat et le·la délégué·e du préfet."
)


def hand_in_money(person: Visitor, contract: Contract, on: date | None = None) -> Hand:
    """The officers write all; a funder whose role covers the contract, the lines of its organisations."""
    verdict = can_write_workings(person, contract, on)
    if verdict.ok:
        return Hand(verdict, None)
    if not isinstance(person, Person) or not holds(person, {Role.FUNDER_OFFICER}, None, on):
        return Hand(verdict)
    if not holds(person, {Role.FUNDER_OFFICER}, wider_scopes_of(contract), on):
        return Hand(verdict)
    own = organisations_of(person, on)
    if own:
        return Hand(Verdict.yes(), frozenset(organisation.pk for organisation in own))
    return Hand(
        Verdict.no(
            "funder_without_organisation",
            mark(
                "Votre rôle de service instructeur couvre {contract}, mais vous n’êtes membre d’aucune "
                "organisation : demandez à l’équipe du contrat de vous inscrire dans la vôtre."
            ),
            contract=contract.name,
        )
    )


def organisations_of(person: Person, on: date | None = None) -> list[Organisation]:
    """Those the person belongs to on that day, first and last day included."""
    found = person.memberships.filter(lasts_on(on)).select_related("organisation")
    return [membership.organisation for membership in found]


def can_reserve_at(person: Visitor, place: Territory, on: date | None = None) -> Verdict:
    """Hang a sum on a neighbourhood, even one that no decree knows yet: who writes a contract there."""
    communes = list(place.communes.all())
    scopes = {(place.kind, place.code), *((commune.kind, commune.code) for commune in communes)}
    for around in (place, *communes):
        scopes |= {
            (wider.kind, wider.code) for wider in (around.epci, around.ept, around.departement) if wider
        }
    links = place.contract_links.filter(rejected=False).select_related("contract")
    scopes |= {("contract", link.contract.code) for link in links}
    return needs(
        person,
        holds(person, WRITERS, scopes, on),
        "officers_reserve_here",
        mark(
            "Une somme est rattachée à {place} par le·la chargé·e de mission du contrat ou le·la délégué·e "
            "du préfet."
        ),
        place=place.name,
    )
