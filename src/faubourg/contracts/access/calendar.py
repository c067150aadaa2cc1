"""Who starts a contract, and who hands over or validates what its calendar awaits."""

from datetime import date

from faubourg.contracts.models import Contract, Deliverable
from faubourg.people.access import Visitor, holds
from faubourg.people.models import RoleGrant
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from .workings import can_read_workings, can_write_for_commune, can_write_workings, needs, scopes_of

Kind = Territory.Kind
OFFICERS = frozenset({RoleGrant.Role.CONTRACT_OFFICER})
BEARERS = (Kind.EPCI, Kind.COMMUNE)


def can_start_contracts(person: Visitor, on: date | None = None) -> Verdict:
    """Open the form that creates a contract: an officer, wherever they are."""
    return needs(
        person,
        holds(person, OFFICERS, None, on),
        "officers_start_contracts",
        mark(
            "Un contrat est créé par un·e chargé·e de mission contrat de ville : demandez ce rôle, sur votre "
            "intercommunalité, à l’administrateur·rice de cette installation."
        ),
    )


def can_create_contract(person: Visitor, bearer: Territory, on: date | None = None) -> Verdict:
    """Create a contract that this EPCI or commune bears: its officer."""
    return needs(
        person,
        holds(person, OFFICERS, ((bearer.kind, bearer.code),), on),
        "officers_of_the_bearer_only",
        mark(
            "Un contrat de {bearer} est créé par son·sa chargé·e de mission : demandez ce rôle, sur ce "
            "territoire, à l’administrateur·rice de cette installation."
        ),
        bearer=bearer.name,
    )


def can_open_contract(person: Visitor, contract: Contract, on: date | None = None) -> Verdict:
    """Give its life to a contract that is only known from a published list: its officer, once."""
    if contract.template:
        return already_open(contract)
    return needs(
        person,
        holds(person, OFFICERS, scopes_of(contract), on),
        "officers_open_contracts",
        mark(
            "Le calendrier, les instances et les objectifs de {contract} sont ouverts par le·la chargé·e de "
            "mission de ce contrat ou de son intercommunalité."
        ),
        contract=contract.name,
    )


def already_open(contract: Contract) -> Verdict:
    """The refusal of a second opening."""
    return Verdict.no(
        "already_open",
        mark("{contract} est déjà ouvert : son calendrier se modifie directement."),
        contract=contract.name,
    )


def can_deliver(
    person: Visitor, contract: Contract, deliverable: Deliverable, on: date | None = None
) -> Verdict:
    """Hand over what is owed: the referent of the commune that owes it, or whoever writes the workings."""
    place = deliverable.territory
    if place is None or place.kind not in (Kind.COMMUNE, Kind.NEIGHBOURHOOD):
        return can_write_workings(person, contract, on)
    communes = [place] if place.kind == Kind.COMMUNE else list(place.communes.all())
    verdicts = [can_write_for_commune(person, contract, commune, on) for commune in communes]
    found = next((verdict for verdict in verdicts if verdict.ok), None)
    return found or (verdicts[0] if verdicts else can_write_workings(person, contract, on))


def can_read_deliverable(
    person: Visitor, contract: Contract, deliverable: Deliverable, on: date | None = None
) -> Verdict:
    """Open the document that was handed over: a working paper, for partners and whoever owes it."""
    verdict = can_read_workings(person, contract, on)
    return verdict if verdict.ok or not can_deliver(person, contract, deliverable, on).ok else Verdict.yes()
