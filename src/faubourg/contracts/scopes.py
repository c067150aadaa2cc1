"""Where a role can hold among contracts: a contract's code, the same in both generations where it recurs."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from faubourg.people import scopes
from faubourg.territories import coverage

from .models import Contract
from .queries.coverage import contracts_over


def register() -> None:
    """Called once, at start-up."""
    scopes.register("contract", _("contrat"), exists=_exists, names_of=_names_of)
    coverage.register("contract", contracts_over)


def _exists(code: str) -> bool:
    return Contract.objects.filter(code=code).exists()


def _names_of(codes: Collection[str]) -> dict[str, str]:
    """The newest generation names the code."""
    return dict(Contract.objects.filter(code__in=codes).order_by("generation").values_list("code", "name"))
