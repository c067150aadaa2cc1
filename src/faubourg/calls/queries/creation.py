"""What a call may be made of, for whoever prepares it: who leads, which contracts, where, which rules."""

from typing import Any

from django.db.models import Q

from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor, roles_of
from faubourg.people.models import Organisation
from faubourg.people.scopes import EVERYWHERE
from faubourg.territories.models import Territory

from ..access.calls import RUNNERS
from ..models import Call, RuleSetVersion
from .rule_sets import usable_rule_sets

LEADS = (
    Organisation.Kind.EPCI,
    Organisation.Kind.COMMUNE,
    Organisation.Kind.DEPARTEMENT,
    Organisation.Kind.REGION,
    Organisation.Kind.STATE,
)


def choices_for(person: Visitor) -> dict[str, Any]:
    """Querysets by field of the form; one's own territories and contracts, those below included."""
    held = [(grant.scope_kind, grant.scope_code) for grant in roles_of(person) if grant.role in RUNNERS]
    everywhere = EVERYWHERE in held
    places, contracts = Q(pk__in=()), Q(pk__in=())
    for kind, code in held:
        places |= Q(kind=kind, code=code)
        contracts |= _contracts_of(kind, code)
    found = Contract.objects.all() if everywhere else Contract.objects.filter(contracts)
    return {
        "lead": Organisation.objects.filter(kind__in=LEADS).order_by("name"),
        "contracts": found.order_by("name", "generation").distinct(),
        "territory": Territory.objects.filter(places).order_by("kind", "name"),
        "rule_set": usable_rule_sets(),
    }


def _contracts_of(kind: str, code: str) -> Q:
    """The contracts over which a role held there reaches."""
    if kind == "contract":
        return Q(code=code)
    if kind in ("departement", "region"):
        above = Q(departement__code=code) if kind == "departement" else Q(departement__region__code=code)
        return above
    return Q(bearers__territory__kind=kind, bearers__territory__code=code)


def newer_versions(call: Call) -> Any:
    """The published versions of the call's rules that came after the one it has."""
    if call.rule_set is None:
        return RuleSetVersion.objects.none()
    found = usable_rule_sets().exclude(status=RuleSetVersion.Status.DRAFT)
    return found.filter(code=call.rule_set.code, number__gt=call.rule_set.number)


def places_of(call: Call) -> Any:
    """Where an envelope of the call may be reserved: what bears its contracts, their communes included."""
    contracts = call.contracts.values("pk")
    bearers = Territory.objects.filter(borne_contracts__contract__in=contracts)
    return Territory.objects.filter(Q(pk__in=bearers) | Q(pk=call.territory_id)).order_by("kind", "name")
