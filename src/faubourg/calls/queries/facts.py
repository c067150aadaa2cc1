"""A dossier as the rules read it: one that is being written, or many at once for a simulation.

What is asked of the authority of the rules is counted year by year; the budget is that of the first year. The
costs that an applicant declares are taken as eligible: nothing says otherwise before they are examined.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Prefetch, QuerySet

from faubourg.rules.calls import Claim, Condition, Facts, RuleSet
from faubourg.rules.calls.accounts import Side
from faubourg.rules.calls.budget import Budget, Line
from faubourg.rules.calls.dossier import Filled
from faubourg.territories.models import Territory

from ..models import Application, PriorContact

_CONFORMING: Mapping[str, bool | None] = {"conforming": True, "with_reserves": True, "not_conforming": False}
_CONDITIONS = frozenset(condition.value for condition in Condition)


def with_facts(queryset: "QuerySet[Application]") -> "QuerySet[Application]":
    """The same dossiers with all that their facts are read from; the number of queries does not grow."""
    places = Territory.objects.only("pk", "kind", "code", "name")
    return queryset.select_related("organisation", "call", "intent").prefetch_related(
        "budget_lines__funder",
        "requests__funder",
        "claims",
        "pieces",
        "objectives",
        "indicators",
        Prefetch("territories", places),
        "prior_contacts",
        "intent__prior_contacts",
        "intent__steps",
    )


def facts_of_many(queryset: "QuerySet[Application]") -> Iterable[tuple[Application, Facts]]:
    """Each dossier with its facts, in the order of the list."""
    return ((application, facts_of(application)) for application in with_facts(queryset))


def facts_of(application: Application, year: int | None = None) -> Facts:
    """What `rules.calls.judge` asks about; `year` is the one of the call unless another is named."""
    budget = Budget(tuple(lines_of(application)))
    total = budget.total(Side.CHARGES) or None
    excluded = {code: said for code, said in application.excluded.items() if isinstance(said, bool)}
    # An exception is looked for only where an exclusion was said to hold.
    claims = application.claims.all() if any(excluded.values()) else ()
    return Facts(
        measure=application.measure,
        requests_cents=_asked(application, year or application.call.year),
        budget_cents=total,
        eligible_cents=total,
        public_cents=budget.public_cents() or None,
        local_cents=budget.local_cents(),
        themes=tuple(application.themes),
        conditions=_conditions(application),
        excluded=excluded,
        claims={claim.exclusion: Claim(claim.justification, claim.accepted) for claim in claims},
        contacts=frozenset(contact.party for contact in contacts_of(application)),
        pieces=frozenset(piece.code for piece in application.pieces.all() if piece.accepted is not False),
        conforming=_opinion(application),
        applicant=application.organisation.kind,
    )


def filled_of(application: Application) -> Filled:
    """What the form asks whatever the rules."""
    return Filled(
        title=application.title,
        measure=application.measure,
        summary=application.summary,
        audience=application.audience,
        places=len(application.territories.all()),
        places_unknown=application.perimeter_unknown,
        starts_on=application.starts_on,
        ends_on=application.ends_on,
        indicators=len(application.indicators.all()),
        requests=len(application.requests.all()),
    )


def lines_of(application: Application) -> list[Line]:
    """The budget as the rules read it: a line of chapter 74 names who is asked."""
    return [
        Line(line.account, line.cents, line.funder.name if line.funder else line.label)
        for line in application.budget_lines.all()
    ]


def contacts_of(application: Application) -> list[PriorContact]:
    """The prior contacts of the dossier and of its fiche synthétique."""
    read: list[PriorContact] | None = getattr(application, "contacts_read", None)
    if read is not None:
        return read
    intent = application.intent
    return [*application.prior_contacts.all(), *(intent.prior_contacts.all() if intent else ())]


def years_of(application: Application) -> range:
    """The years for which money may be asked, the call's first."""
    return range(application.call.year, application.call.year + application.years)


def pieces_asked(rule_set: RuleSet | None, measure: str) -> list[tuple[str, str]]:
    """Code and name of each piece that the rules ask of this measure."""
    asked = rule_set.pieces if rule_set else ()
    return [(each.code, each.name) for each in asked if not each.measures or measure in each.measures]


def _asked(application: Application, year: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for request in application.requests.all():
        if request.funder.is_authority and request.year == year:
            found[request.nature] = found.get(request.nature, 0) + request.cents
    return found


def _conditions(application: Application) -> dict[Condition, bool]:
    """What is linked answers by itself; the rest is as the applicant said."""
    said = application.conditions
    found = {
        Condition(name): yes for name, yes in said.items() if name in _CONDITIONS and isinstance(yes, bool)
    }
    for derived in (Condition.PRIORITY_GEOGRAPHY, Condition.EPCI_RANKED):
        found.pop(derived, None)
    found[Condition.OBJECTIVE_LINKED] = bool(application.objectives.all())
    if places := application.territories.all():
        found[Condition.PRIORITY_GEOGRAPHY] = any(p.kind == Territory.Kind.NEIGHBOURHOOD for p in places)
    if application.rank is not None:
        found[Condition.EPCI_RANKED] = True
    return found


def _opinion(application: Application) -> bool | None:
    """What the intercommunalité said, also once the fiche became a dossier."""
    intent = application.intent
    if intent is None:
        return None
    state = intent.state
    if state == "converted":
        before: str | None = getattr(application, "before_conversion", None)
        state = before or next((step.before for step in intent.steps.all() if step.move == "convert"), "")
    return _CONFORMING.get(state)
