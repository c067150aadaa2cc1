"""Registers the right to question: its page of every contract, the names it keeps."""

from django.utils.translation import gettext_lazy as _

from faubourg.base import erasure

from . import nav


def register() -> None:
    """Called once, at start-up."""
    from .services.erasing_questions import erase_names  # noqa: PLC0415 (models are ready only now)

    nav.register("contract_questions", _("Interpellations"), 80)
    erasure.register("contracts-questions", erase_names)
