"""Where a draft of this room goes on: the fiche d’identité of a contract, an analysis."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base import unsent

from .listings import contract_url
from .models import Analysis, Contract

NEW = "new"


def register() -> None:
    """Called once, at start-up."""
    unsent.register("contract-sheet", _("fiche d’identité"), _sheet)
    unsent.register("analysis", _("analyse"), _analysis)
    unsent.register("contract-new", _("nouveau contrat"), _new_contract)
    unsent.register("contract-open", _("ouverture d’un contrat"), _opening)


def _sheet(rest: str) -> tuple[str, str] | None:
    """« 2024:CN06302M »: the generation, then the code."""
    generation, _colon, code = rest.partition(":")
    contract = Contract.objects.filter(generation=generation, code=code).first()
    return (contract.name, contract_url(contract, "contract_sheet_edit")) if contract else None


def _analysis(rest: str) -> tuple[str, str] | None:
    """A slug, or « new »."""
    if rest == NEW:
        return gettext("nouvelle"), reverse("analysis_compose")
    analysis = Analysis.objects.filter(slug=rest).first()
    return (analysis.title, reverse("analysis_edit", args=[rest])) if analysis else None


def _new_contract(rest: str) -> tuple[str, str] | None:
    """There is one form."""
    return gettext("nouveau"), reverse("contract_new")


def _opening(rest: str) -> tuple[str, str] | None:
    """« 2024-2030:CN04203M »; nowhere once it is open."""
    generation, _colon, code = rest.partition(":")
    contract = Contract.objects.filter(generation=generation, code=code, template="").first()
    return (contract.name, contract_url(contract, "contract_open")) if contract else None
