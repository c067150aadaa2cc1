"""Where a role can hold among calls: a call's code."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from faubourg.people import scopes

from .models import Call


def register() -> None:
    """Called once, at start-up."""
    scopes.register("call", _("appel à projets"), exists=_exists, names_of=_names_of)


def _exists(code: str) -> bool:
    return Call.objects.filter(code=code).exists()


def _names_of(codes: Collection[str]) -> dict[str, str]:
    return dict(Call.objects.filter(code__in=codes).values_list("code", "title"))
