"""Registers the project of a contract: its pages among those of the contract, its drafts among the drafts."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base import unsent

from . import nav
from .listings import contract_url
from .models import Action, Contract, Diagnosis, DiagnosisGrid, Objective, Stake


def register() -> None:
    """Called once, at start-up."""
    nav.register("contract_diagnoses", _("Diagnostics"), 30)
    nav.register("contract_stakes", _("Enjeux"), 31)
    nav.register("contract_objectives", _("Objectifs"), 32)
    nav.register("contract_actions", _("Actions"), 40)
    unsent.register("diagnosis", _("diagnostic"), _diagnosis)
    unsent.register("grid", _("grille de diagnostic"), _grid)
    unsent.register("stake", _("enjeu"), _stake)
    unsent.register("stake-new", _("enjeu"), _new_stake)
    unsent.register("action", _("action"), _action)
    unsent.register("action-new", _("action"), _new_action)
    unsent.register("objective", _("objectif"), _objective)
    unsent.register("objective-new", _("objectif"), _new_objective)


def _diagnosis(rest: str) -> tuple[str, str] | None:
    """« 12:3 »: the diagnosis, then the section."""
    pk, _colon, step = rest.partition(":")
    found = Diagnosis.objects.select_related("territory", "body").filter(pk=_number(pk)).first()
    if found is None or not _number(step):
        return None
    return str(found.territory or found.body), reverse("diagnosis_fill", args=[found.pk, _number(step)])


def _grid(rest: str) -> tuple[str, str] | None:
    found = DiagnosisGrid.objects.select_related("contract").filter(pk=_number(rest)).first()
    return (str(found), contract_url(found.contract, "grid", found.pk)) if found else None


def _stake(rest: str) -> tuple[str, str] | None:
    found = Stake.objects.select_related("contract").filter(pk=_number(rest)).first()
    return (found.title, contract_url(found.contract, "stake_edit", found.pk)) if found else None


def _new_stake(rest: str) -> tuple[str, str] | None:
    contract = Contract.objects.filter(pk=_number(rest)).first()
    return (gettext("nouveau"), contract_url(contract, "stake_add")) if contract else None


def _action(rest: str) -> tuple[str, str] | None:
    found = Action.objects.filter(pk=_number(rest)).first()
    return (found.title, reverse("action_edit", args=[found.pk])) if found else None


def _new_action(rest: str) -> tuple[str, str] | None:
    contract = Contract.objects.filter(pk=_number(rest)).first()
    return (gettext("nouvelle"), contract_url(contract, "action_add")) if contract else None


def _objective(rest: str) -> tuple[str, str] | None:
    found = Objective.objects.select_related("contract").filter(pk=_number(rest)).first()
    return (found.title, contract_url(found.contract, "objective_edit", found.pk)) if found else None


def _new_objective(rest: str) -> tuple[str, str] | None:
    """« 12:34 »: the contract, then the objective above when there is one."""
    pk, _colon, above = rest.partition(":")
    contract = Contract.objects.filter(pk=_number(pk)).first()
    if contract is None:
        return None
    address = contract_url(contract, "objective_add")
    under = f"{'&' if '?' in address else '?'}sous={above}" if above else ""
    return gettext("nouveau"), address + under


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
