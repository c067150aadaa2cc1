"""A dossier as its applicant writes it: its steps, what each holds, what may be chosen in it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from faubourg.contracts.models import Contract, Objective
from faubourg.contracts.queries.objectives import measurable_places, objectives_of
from faubourg.rules.calls import Condition, RuleSet
from faubourg.rules.calls.accounts import ACCOUNTS
from faubourg.territories.models import Territory

from ..models import Application, Call, IntentStep, PriorContact

# The steps of the form in their order, each with its word in an address; the last one checks and signs.
SLUGS = {
    "project": "projet",
    "places": "lieux",
    "calendar": "calendrier",
    "conditions": "conditions",
    "indicators": "indicateurs",
    "budget": "budget",
    "funders": "financeurs",
    "pieces": "pieces",
    "check": "verifier",
}
STEPS = tuple(SLUGS)
TEXTS = {
    "project": ("title", "measure", "summary", "needs", "aims"),
    "places": ("audience", "audience_count", "perimeter_unknown"),
    "calendar": ("starts_on", "ends_on", "years", "means", "partnership"),
    "indicators": ("evaluation",),
}
_G2024_SINCE = 2024
# What is linked answers for itself, what comes later is answered by others: neither is asked.
_ASKED = (Condition.SHARED_DIAGNOSIS,)


def written(pk: int) -> Application | None:
    """The dossier with all that its form and its verdict are read from."""
    converted = IntentStep.objects.filter(intent=OuterRef("intent"), move="convert").order_by("pk")
    found = (
        Application.objects.annotate(before_conversion=Subquery(converted.values("before")[:1]))
        .select_related("contract", "call__lead", "call__territory", "call__rule_set")
        .select_related("organisation", "intent")
        .prefetch_related(
            "budget_lines",
            "call__funders",
            "requests",
            "pieces",
            "objectives",
            "indicators",
            "territories",
        )
        .filter(pk=pk)
        .first()
    )
    if found is not None:
        found.contacts_read = _contacts(found)  # type: ignore[attr-defined]
        if any(found.excluded.values()):
            prefetch_related_objects([found], "claims")
        # Their funders are all of the call, which is read already.
        funders = {funder.pk: funder for funder in found.call.funders.all()}
        for line in found.budget_lines.all():
            if line.funder_id is not None and line.funder_id in funders:
                line.funder = funders[line.funder_id]
        for request in found.requests.all():
            if request.funder_id in funders:
                request.funder = funders[request.funder_id]
    return found


def _contacts(application: Application) -> list[PriorContact]:
    """Those of the dossier, then those of its fiche; one query."""
    own = Q(application=application)
    if application.intent_id is not None:
        own |= Q(intent=application.intent_id)
    found = PriorContact.objects.filter(own)
    return sorted(found, key=lambda contact: contact.application_id is None)


def values_of(application: Application, step: str) -> dict[str, Any]:
    """What one step of the form holds, as JSON tells it: where the form starts from, what `mark_of` marks."""
    values = {name: getattr(application, name) for name in TEXTS.get(step, ())}
    for name in ("starts_on", "ends_on"):
        if values.get(name):
            values[name] = values[name].isoformat()
    linked = _LINKED.get(step)
    return values | linked(application) if linked else values


def mark_of(application: Application, step: str) -> str:
    """What tells that somebody wrote in this step meanwhile; other steps do not matter to it."""
    told = json.dumps(values_of(application, step), sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def conditions_asked(rule_set: RuleSet | None, measure: str) -> list[Condition]:
    """What the measure asks and that only the applicant knows."""
    found = rule_set.measure(measure) if rule_set else None
    return [condition for condition in found.conditions if condition in _ASKED] if found else []


def steps_of(application: Application, rule_set: RuleSet | None) -> list[str]:
    """The steps that this dossier has: no page of questions when the rules ask none."""
    measure = application.measure
    asks = rule_set is not None and (
        rule_set.prior_contacts
        or conditions_asked(rule_set, measure)
        or any(each.bears_on(measure) for each in rule_set.exclusions)
    )
    return [step for step in STEPS if step != "conditions" or asks]


def contracts_for(call: Call) -> "QuerySet[Contract]":
    """The contracts under which a dossier of this call may stand: its own, else those of its territory."""
    if own := [contract.pk for contract in call.contracts.all()]:
        return Contract.objects.filter(pk__in=own).order_by("sort_key")
    generation = Contract.Generation.G2024 if call.year >= _G2024_SINCE else Contract.Generation.G2015
    found = Contract.objects.filter(generation=generation).order_by("sort_key")
    if call.territory and call.territory.kind == Territory.Kind.DEPARTEMENT:
        return found.filter(departement=call.territory)
    if call.territory and call.territory.kind == Territory.Kind.REGION:
        return found.filter(departement__region=call.territory)
    return found


def places_for(contract: Contract | None) -> list[Territory]:
    """Where an action may take place: the bearers of the contract, then its neighbourhoods."""
    return measurable_places(contract) if contract else []


def objectives_for(contract: Contract | None) -> list[tuple[Objective, int]]:
    """The objectives that a dossier may serve, with their depth in the tree."""
    found = objectives_of(contract) if contract else []
    return [(objective, depth) for objective, depth in found if objective.withdrawn_on is None]


def _project(application: Application) -> dict[str, Any]:
    return {
        **{name: getattr(application, name) for name in TEXTS["project"]},
        "themes": list(application.themes),
        "contract": application.contract_id,
    }


def _places(application: Application) -> dict[str, Any]:
    return {
        **{name: getattr(application, name) for name in TEXTS["places"]},
        "territories": sorted(place.pk for place in application.territories.all()),
        "objectives": sorted(objective.pk for objective in application.objectives.all()),
    }


def _conditions(application: Application) -> dict[str, Any]:
    return {
        "conditions": dict(application.conditions),
        "excluded": dict(application.excluded),
        "claims": {claim.exclusion: claim.justification for claim in application.claims.all()},
    }


def _indicators(application: Application) -> dict[str, Any]:
    rows = [[row.name, row.target, row.unit, row.means] for row in application.indicators.all()]
    return {"evaluation": application.evaluation, "rows": rows}


def _budget(application: Application) -> dict[str, Any]:
    amounts: dict[str, int] = {}
    for line in application.budget_lines.all():
        if not is_grant(line.account):
            amounts[line.account] = amounts.get(line.account, 0) + line.cents
    return {"amounts": amounts}


def _funders(application: Application) -> dict[str, Any]:
    lines = [line for line in application.budget_lines.all() if is_grant(line.account)]
    return {
        "requests": {
            f"{row.funder_id}-{row.nature}-{row.year}": row.cents for row in application.requests.all()
        },
        "standings": {str(line.funder_id): line.standing for line in lines if line.funder_id},
        "others": [
            [line.account, line.label, line.cents, line.standing] for line in lines if not line.funder_id
        ],
    }


def _pieces(application: Application) -> dict[str, Any]:
    return {"pieces": sorted(piece.pk for piece in application.pieces.all())}


def is_grant(account: str) -> bool:
    """A line of chapter 74: written with the funders, not with the rest of the budget."""
    found = ACCOUNTS.get(account)
    return found is not None and found.is_grant


_LINKED: Mapping[str, Callable[[Application], dict[str, Any]]] = {
    "project": _project,
    "places": _places,
    "conditions": _conditions,
    "indicators": _indicators,
    "budget": _budget,
    "funders": _funders,
    "pieces": _pieces,
}
