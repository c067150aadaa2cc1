"""The contracts that a person keeps: those over which a role lets them write the workings."""

from datetime import date

from django.db.models import Q, QuerySet

from faubourg.contracts.access.workings import WRITERS, borne_in
from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor, within_roles
from faubourg.territories.models import Territory


def contracts_kept_by(person: Visitor, on: date | None = None) -> QuerySet[Contract] | None:
    """Those of the roles in force that day (today if not said); None for who keeps none: nothing to ask."""
    return within_roles(person, WRITERS, Contract.objects.all(), _kept_in, on)


def _kept_in(kind: str, code: str) -> Q:
    return Q(departement__code=code) if kind == Territory.Kind.DEPARTEMENT else borne_in(kind, code)
