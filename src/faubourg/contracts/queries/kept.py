"""The contracts that a person keeps: those over which a role lets them write the workings."""

from django.db.models import Q, QuerySet

from faubourg.contracts.access.workings import WRITERS, borne_in
from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor, within_roles
from faubourg.territories.models import Territory


def contracts_kept_by(person: Visitor) -> QuerySet[Contract] | None:
    """Those of the roles in force today; None for who keeps none, so that nothing is asked for them."""
    return within_roles(person, WRITERS, Contract.objects.all(), _kept_in)


def _kept_in(kind: str, code: str) -> Q:
    return Q(departement__code=code) if kind == Territory.Kind.DEPARTEMENT else borne_in(kind, code)
