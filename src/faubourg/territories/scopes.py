"""Where a role can hold among territories: EPCI, commune, neighbourhood, département."""

from collections.abc import Callable, Collection

from django.utils.translation import gettext_lazy as _

from faubourg.people import scopes

from .models import Territory

KINDS = {
    Territory.Kind.EPCI: _("intercommunalité"),
    Territory.Kind.COMMUNE: _("commune"),
    Territory.Kind.NEIGHBOURHOOD: _("quartier"),
    Territory.Kind.DEPARTEMENT: _("département"),
}


def register() -> None:
    """Called once, at start-up."""
    for kind, label in KINDS.items():
        scopes.register(kind.value, label, exists=_exists(kind), names_of=_names_of(kind))


def _exists(kind: Territory.Kind) -> Callable[[str], bool]:
    return lambda code: Territory.objects.filter(kind=kind, code=code).exists()


def _names_of(kind: Territory.Kind) -> Callable[[Collection[str]], dict[str, str]]:
    return lambda codes: dict(
        Territory.objects.filter(kind=kind, code__in=codes).order_by().values_list("code", "name")
    )
