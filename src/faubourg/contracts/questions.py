"""Registers the right to question: its page of every contract, its drafts, the names it keeps."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base import erasure, unsent

from . import nav
from .listings import contract_url
from .models import Contract, Interpellation


def register() -> None:
    """Called once, at start-up."""
    from .services.erasing_questions import erase_names  # noqa: PLC0415 (models are ready only now)

    nav.register("contract_questions", _("Interpellations"), 80)
    unsent.register("question", _("difficulté renvoyée"), _question)
    unsent.register("question-new", _("difficulté"), _new_question)
    unsent.register("question-step", _("étape d’une interpellation"), _step)
    erasure.register("contracts-questions", erase_names)


def _question(rest: str) -> tuple[str, str] | None:
    found = _found(rest)
    return (found.title, contract_url(found.contract, "contract_question_amend", found.pk)) if found else None


def _step(rest: str) -> tuple[str, str] | None:
    """« 12:answer »: the difficulty, then its step."""
    found = _found(rest.partition(":")[0])
    return (found.title, contract_url(found.contract, "contract_question_step", found.pk)) if found else None


def _new_question(rest: str) -> tuple[str, str] | None:
    contract = Contract.objects.filter(pk=_number(rest)).first()
    return (gettext("nouvelle"), contract_url(contract, "contract_question_submit")) if contract else None


def _found(rest: str) -> Interpellation | None:
    return Interpellation.objects.select_related("contract").filter(pk=_number(rest)).first()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
