"""Who may write what in a contract: the contract's officer, where the role holds; an analysis, its author."""

from datetime import date

from faubourg.contracts.models import Analysis, Contract
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark

from .workings import needs, scopes_of

Role = RoleGrant.Role
EDITORS = frozenset({Role.CONTRACT_OFFICER})
ANALYSTS = frozenset({Role.CONTRACT_OFFICER, Role.RESOURCE_OFFICER})


def can_edit_sheet(person: Visitor, contract: Contract, on: date | None = None) -> Verdict:
    """Write the texts of the fiche: the officer of this contract or of who bears it."""
    return needs(
        person,
        holds(person, EDITORS, scopes_of(contract), on),
        "officers_of_the_contract_only",
        mark(
            "La fiche de {contract} est tenue par le·la chargé·e de mission de ce contrat ou de son "
            "intercommunalité : demandez ce rôle à l’administrateur·rice de cette installation."
        ),
        contract=contract.name,
    )


def can_decide_link(person: Visitor, contract: Contract, on: date | None = None) -> Verdict:
    """Confirm, set aside or add a neighbourhood of the contract: the same officer."""
    return needs(
        person,
        holds(person, EDITORS, scopes_of(contract), on),
        "officers_decide_links",
        mark(
            "Le rattachement d’un quartier à {contract} est décidé par le·la chargé·e de mission de ce "
            "contrat ou de son intercommunalité."
        ),
        contract=contract.name,
    )


def can_compose_analysis(person: Visitor, on: date | None = None) -> Verdict:
    """Put several contracts side by side and keep it: contract and resource officers, wherever they are."""
    return needs(
        person,
        holds(person, ANALYSTS, None, on),
        "analysts_only",
        mark(
            "Une analyse est composée par un·e chargé·e de mission contrat de ville ou un·e chargé·e de "
            "ressources : demandez un de ces rôles à l’administrateur·rice de cette installation."
        ),
    )


def can_edit_analysis(person: Visitor, analysis: Analysis, on: date | None = None) -> Verdict:
    """Its author, as long as the role lasts. What was read from a document is not rewritten."""
    verdict = can_compose_analysis(person, on)
    if verdict.ok is False:
        return verdict
    if analysis.created_by is None:
        return Verdict.no(
            "read_from_a_document",
            mark("Cette analyse est lue d’un document : elle ne se réécrit pas. Composez la vôtre."),
        )
    own = isinstance(person, Person) and person.ref == analysis.created_by
    return needs(
        person,
        own or holds(person, {Role.RESOURCE_OFFICER}, (), on),
        "author_only",
        mark(
            "Cette analyse appartient à une autre personne : composez la vôtre à partir des mêmes contrats."
        ),
    )
