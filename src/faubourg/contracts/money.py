"""The money of a contract at start-up: its pages, and where a draft of one of them goes on."""

from django.utils.translation import gettext_lazy as _

from faubourg.base import unsent

from . import nav
from .listings import contract_url
from .models import Commitment, Contract, OrdinaryMeans


def register() -> None:
    """Called once, at start-up."""
    nav.register("contract_ordinary", _("Droit commun"), 45)
    nav.register("contract_money", _("Maquette financière"), 50)
    unsent.register("maquette", _("maquette financière"), _grid)
    unsent.register("maquette-row", _("ligne de la maquette"), _row)
    unsent.register("means", _("fiche du registre de droit commun"), _means)
    unsent.register("commitment", _("engagement de droit commun"), _commitment)


def _contract(rest: str) -> tuple[Contract | None, str]:
    """« 2024-2030:CN06302M:more »: the generation, the code, what follows."""
    generation, _colon, after = rest.partition(":")
    code, _colon, more = after.partition(":")
    return Contract.objects.filter(generation=generation, code=code).first(), more


def _grid(rest: str) -> tuple[str, str] | None:
    contract, query = _contract(rest)
    if contract is None:
        return None
    address = contract_url(contract, "contract_money_edit")
    joined = "&" if "?" in address else "?"
    return contract.name, f"{address}{joined}{query}" if query else address


def _row(rest: str) -> tuple[str, str] | None:
    contract, _more = _contract(rest)
    return (contract.name, contract_url(contract, "contract_money_add")) if contract else None


def _means(rest: str) -> tuple[str, str] | None:
    contract, pk = _contract(rest)
    if contract is None:
        return None
    if not pk:
        return contract.name, contract_url(contract, "contract_means_add")
    found = OrdinaryMeans.objects.filter(contract=contract, pk=pk).first() if pk.isdecimal() else None
    return (found.label, contract_url(contract, "contract_means", found.pk)) if found else None


def _commitment(rest: str) -> tuple[str, str] | None:
    contract, pk = _contract(rest)
    if contract is None:
        return None
    if not pk:
        return contract.name, contract_url(contract, "contract_commitment_add")
    found = Commitment.objects.filter(contract=contract, pk=pk).first() if pk.isdecimal() else None
    return (found.text, contract_url(contract, "contract_commitment_revise", found.pk)) if found else None
