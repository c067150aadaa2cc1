"""Who reads and writes an agreement: as the workings of its contract, or over its places."""

from datetime import date

from faubourg.contracts.agreements import Agreement, is_published, places_of
from faubourg.contracts.models import Contract, Convention
from faubourg.people.access import Visitor, holds
from faubourg.people.scopes import Scope
from faubourg.rules.verdict import Verdict, mark

from .workings import READERS, WRITERS, can_read_workings, can_write_workings, needs


def can_write_agreement(person: Visitor, agreement: Agreement, on: date | None = None) -> Verdict:
    """Write its parties, text, amendments and posts: who writes the workings of the contract."""
    contract = _contract_of(agreement)
    if contract is not None:
        return can_write_workings(person, contract, on)
    assert isinstance(agreement, Convention)
    return needs(
        person,
        holds(person, WRITERS, _scopes(agreement), on),
        "officers_write_conventions",
        mark(
            "« {title} » est tenue par le·la chargé·e de mission de son territoire et le·la délégué·e du "
            "préfet : demandez-leur cette modification."
        ),
        title=agreement.title,
    )


def can_read_agreement_workings(person: Visitor, agreement: Agreement, on: date | None = None) -> Verdict:
    """Read its drafts and the names of persons: who writes them, or reads the workings of the contract."""
    if can_write_agreement(person, agreement, on).ok:
        return Verdict.yes()
    contract = _contract_of(agreement)
    if contract is not None:
        return can_read_workings(person, contract, on)
    assert isinstance(agreement, Convention)
    return needs(
        person,
        holds(person, READERS, _scopes(agreement), on),
        "partners_of_the_convention_only",
        mark("Ce qui n’est pas encore signé de « {title} » est lu par ses partenaires."),
        title=agreement.title,
    )


def can_read_text(person: Visitor, agreement: Agreement, on: date | None = None) -> Verdict:
    """Read its articles: everybody once it is signed, its partners before."""
    return Verdict.yes() if is_published(agreement) else can_read_agreement_workings(person, agreement, on)


def _contract_of(agreement: Agreement) -> Contract | None:
    return agreement if isinstance(agreement, Contract) else agreement.contract


def _scopes(convention: Convention) -> tuple[Scope, ...]:
    """Where a role covers a convention without a contract: its places, their EPCI and their département."""
    return tuple(
        (above.kind, above.code)
        for place in places_of(convention)
        for above in (place, place.epci, place.departement)
        if above is not None
    )
