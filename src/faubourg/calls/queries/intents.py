"""Summary sheets as they are read: one, an organisation’s, a call’s; never for who stands back."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from faubourg.base.lasting import lasts_on
from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor
from faubourg.people.models import Organisation, Person
from faubourg.rules.calls.intents import ANSWERS, ESCALATION_DAYS, judge_filled
from faubourg.rules.verdict import Verdict
from faubourg.territories.models import Territory

from ..access import can_follow_call
from ..access.intents import contracts_read
from ..models import Call, Intent, Interest, PriorContact
from .calls import as_of
from .rights import rights_through

WAITING = ("submitted", "late")
GIVEN = ("conforming", "with_reserves", "not_conforming", "converted")


def intent_by_pk(pk: int) -> Intent | None:
    """A sheet with what its rights and its page are read from."""
    found = (
        Intent.objects.select_related(
            "organisation",
            "contract__departement",
            "call__lead",
            "call__territory",
            "call__rule_set",
            "application",
        )
        .prefetch_related(
            *rights_through("call"), "territories", "contract__bearers__territory"
        )
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    if found is not None:
        as_of(found.call)
    return found


def intents_of(organisation: Organisation) -> "QuerySet[Intent]":
    """Its sheets, the latest first; what became a dossier is found there."""
    found = Intent.objects.filter(organisation=organisation).exclude(state="converted")
    return found.select_related("call").order_by("-created_at", "-pk")


def my_intents(call: Call, person: Visitor) -> "QuerySet[Intent]":
    """The sheets of this call that this person may write."""
    if not isinstance(person, Person):
        return Intent.objects.none()
    mine = person.applicant_roles.filter(lasts_on())
    found = Intent.objects.filter(call=call, organisation__in=mine.values("organisation"))
    return found.select_related("organisation").order_by("-created_at", "-pk")


def convertible(call: Call, person: Visitor) -> "QuerySet[Intent]":
    """Those of this person's that were submitted and may still become a dossier, with an opinion or not."""
    return my_intents(call, person).filter(
        state__in=(*WAITING, "conforming", "with_reserves"), application=None
    )


def submitted_intents(call: Call, person: Visitor) -> "QuerySet[Intent]":
    """What was submitted to a call, as this person may list it."""
    if not isinstance(person, Person):
        return Intent.objects.none()
    hidden = Interest.objects.filter(
        Q(call=OuterRef("call_id"), organisation=OuterRef("organisation_id"))
        | Q(application__intent=OuterRef("pk")),
        person=person,
    )
    return (
        Intent.objects.filter(~Exists(hidden), call=call)
        .exclude(state="draft")
        .select_related("organisation", "contract")
    )


def listed_intents(call: Call, person: Visitor) -> "QuerySet[Intent]":
    """The same for the list: who follows a contract of the call, and not the call, lists that contract’s."""
    found = submitted_intents(call, person)
    if can_follow_call(person, call).ok:
        return found
    return found.filter(contract__in=[contract.pk for contract in contracts_read(person, call)])


def escalated(queryset: "QuerySet[Intent]") -> "QuerySet[Intent]":
    """Those whose opinion is so late that whoever runs the call takes them up."""
    last = timezone.localdate() - timedelta(days=ESCALATION_DAYS)
    return queryset.filter(state__in=WAITING, opinion_due_on__lte=last).order_by("opinion_due_on", "pk")


def contracts_of(call: Call) -> list[Contract]:
    """The contracts of a call, by name."""
    return sorted(call.contracts.all(), key=lambda contract: (contract.name, contract.pk))


def places_of(contracts: Iterable[Contract]) -> "QuerySet[Territory]":
    """The neighbourhoods of these contracts."""
    return (
        Territory.objects.filter(
            contract_links__contract__in=[contract.pk for contract in contracts],
            contract_links__rejected=False,
        )
        .distinct()
        .order_by("sort_key", "code")
    )


def contacts_of(intent: Intent) -> "QuerySet[PriorContact]":
    """Whom the applicant spoke to, in the order of the days."""
    return intent.prior_contacts.order_by("on", "pk")


def filled(intent: Intent) -> Verdict:
    """What the sheet still has to say; a call without contract or without neighbourhood asks for none."""
    contracts = contracts_of(intent.call)
    asked = set(ANSWERS)
    if not contracts:
        asked -= {"contract", "territories"}
    elif not places_of(contracts).exists():
        asked -= {"territories"}
    answers = {
        "measure": intent.measure,
        "contract": intent.contract_id,
        "summary": intent.summary.strip(),
        "audience": intent.audience.strip(),
        "territories": bool(intent.pk and intent.territories.all()),
        "budget": intent.budget_cents,
        "requested": intent.requested_cents,
    }
    return judge_filled({name for name, value in answers.items() if value}, asked)
