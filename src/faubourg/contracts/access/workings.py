"""Who reads and who writes the workings of a contract: calendar, governance, diagnoses, money, agreements.

The public reads the contract's public page; those whose role covers the contract read its workings; its
officer and the State's delegate write them; a commune's referent writes what is that commune's.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from faubourg.contracts.models import Contract
from faubourg.people.access import SIGN_IN, Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.people.scopes import Scope
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

Role = RoleGrant.Role
Kind = Territory.Kind
WRITERS = frozenset({Role.CONTRACT_OFFICER, Role.PREFECT_DELEGATE})
READERS = WRITERS | {Role.COMMUNE_REFERENT, Role.FUNDER_OFFICER, Role.ELECTED, Role.EVALUATOR}


def scopes_of(contract: Contract) -> tuple[Scope, ...]:
    """Where a role covers this contract: its code, and the EPCI or commune that bears it."""
    bearers = [bearer.territory for bearer in contract.bearers.all() if bearer.territory]
    return (
        ("contract", contract.code),
        *((place.kind, place.code) for place in bearers if place.kind in (Kind.EPCI, Kind.COMMUNE)),
    )


def borne_in(kind: str, code: str, path: str = "") -> Q:
    """The contracts that this scope covers, as `scopes_of` says; `path` leads to them: « contracts__ »."""
    if kind == "contract":
        return Q(**{f"{path}code": code})
    if kind not in (Kind.EPCI, Kind.COMMUNE):
        return Q(pk__in=[])
    bearer = f"{path}bearers__territory__"
    return Q(**{f"{bearer}kind": kind, f"{bearer}code": code})


def wider_scopes_of(contract: Contract) -> tuple[Scope, ...]:
    """The same, its département, and the communes and neighbourhoods that it concerns."""
    departement = contract.departement
    links = contract.neighbourhood_links.filter(rejected=False).order_by()
    places = links.values_list(
        "neighbourhood__kind",
        "neighbourhood__code",
        "neighbourhood__communes__kind",
        "neighbourhood__communes__code",
    )
    pairs = {pair for kind, code, *above in places for pair in ((kind, code), (above[0], above[1]))}
    return (
        *scopes_of(contract),
        *(((departement.kind, departement.code),) if departement else ()),
        *((kind, code) for kind, code in pairs if kind),
    )


def needs(person: Visitor, ok: bool, code: str, template: str, **params: object) -> Verdict:
    """Signed in first; then `ok`, or the refusal that says what would make it a yes."""
    if not isinstance(person, Person):
        return Verdict.no("sign_in", SIGN_IN)
    return Verdict.yes() if ok else Verdict.no(code, template, **params)


def can_read_workings(person: Visitor, contract: Contract, on: date | None = None) -> Verdict:
    """Read the workings: whoever holds a role over this contract, its communes or its département."""
    return needs(
        person,
        # What the contract covers is only asked for who reads some workings, and not yet by its code.
        holds(person, READERS, None, on)
        and (
            holds(person, READERS, scopes_of(contract), on)
            or holds(person, READERS, wider_scopes_of(contract), on)
        ),
        "partners_of_the_contract_only",
        mark(
            "Les documents de travail de {contract} sont lus par ses partenaires : demandez un rôle sur "
            "ce contrat à l’administrateur·rice de cette installation. Sa page publique reste ouverte à tous."
        ),
        contract=contract.name,
    )


def can_write_workings(person: Visitor, contract: Contract, on: date | None = None) -> Verdict:
    """Write the workings: the contract's officer and the State's delegate of its département."""
    departement = contract.departement
    scopes = (*scopes_of(contract), *(((departement.kind, departement.code),) if departement else ()))
    return needs(
        person,
        holds(person, WRITERS, scopes, on),
        "officers_write_workings",
        mark(
            "{contract} est tenu par le·la chargé·e de mission de ce contrat et le·la délégué·e du préfet : "
            "demandez-leur cette modification."
        ),
        contract=contract.name,
    )


def communes_written_by(
    person: Visitor, contract: Contract, communes: Iterable[Territory], on: date | None = None
) -> frozenset[str]:
    """The codes of those for which this person may write, as `can_write_for_commune` says of each."""
    if not isinstance(person, Person):
        return frozenset()
    whole = can_write_workings(person, contract, on).ok
    return frozenset(
        commune.code
        for commune in communes
        if whole or holds(person, {Role.COMMUNE_REFERENT}, ((commune.kind, commune.code),), on)
    )


def can_write_for_commune(
    person: Visitor, contract: Contract, commune: Territory, on: date | None = None
) -> Verdict:
    """Write what one commune owes: its referent, or whoever writes the workings."""
    verdict = can_write_workings(person, contract, on)
    if verdict.ok or not isinstance(person, Person):
        return verdict
    return needs(
        person,
        holds(person, {Role.COMMUNE_REFERENT}, ((commune.kind, commune.code),), on),
        "referent_of_the_commune_only",
        mark(
            "Ce qui est dû par {commune} est tenu par son·sa référent·e communal·e, le·la chargé·e "
            "de mission et le·la délégué·e du préfet."
        ),
        commune=commune.name,
    )
