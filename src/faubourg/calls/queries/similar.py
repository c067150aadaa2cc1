"""What was already asked or funded that looks like a dossier: same organisation, or same words same places.

Read: the dossiers of the same call or contract that this reader may follow, and everywhere those whose
decision was notified, which is public. Never one from which the reader stands back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Substr

from faubourg.rules.calls.likeness import Likeness, nearest, words_of

from ..access.readers import Reader
from ..models import Application, ExclusionClaim, FunderDecision, PublishedGrant
from .applications import without_recused

# Once notified, who receives how much for what is public (law of 12 April 2000, art. 10).
PUBLIC_STATES = frozenset(
    {"notified", "agreed", "running", "report_due", "report_in", "checked", "settled", "recovered"}
)
MOST_COMPARED, MOST_OF_A_MEASURE, MOST_OWN, MOST_GRANTS = 60, 30, 30, 30
# The title and the first lines say what a project is about.
LENGTH = 300
_ROW = (
    *("title", "number", "measure", "state", "submitted_at"),
    *("call__title", "call__year", "call__code", "organisation__name"),
)


@dataclass(frozen=True, slots=True)
class Near:
    """A dossier that looks like this one, by how much, on which words; what it was granted, in cents."""

    application: Application
    likeness: Likeness
    same_place: bool

    @property
    def percent(self) -> int:
        """How alike, in hundredths."""
        return round(100 * self.likeness.share)


def same_organisation(reader: Reader, rows: "QuerySet[Application]") -> Sequence[Application]:
    """What the same organisation asked in other dossiers, the latest first; one query."""
    own = Q(organisation=reader.application.organisation_id)
    return list(rows.filter(own).order_by("-call__year", "-submitted_at")[:MOST_OWN])


def near(reader: Reader, rows: "QuerySet[Application]") -> Sequence[Near]:
    """Those of the same places, then the latest of the measure, whose words are the nearest; 3 queries."""
    application = reader.application
    links = Application.territories.through.objects
    places = links.filter(application=application).values("territory")
    beside = links.filter(territory__in=places).exclude(application=application).order_by("-application")
    same_place = set(beside.values_list("application", flat=True)[:MOST_COMPARED])
    rows = rows.exclude(organisation=application.organisation_id)
    rows = rows.annotate(start=Substr("summary", 1, LENGTH))
    same_measure = rows.filter(call=application.call_id, measure=application.measure)
    latest = same_measure.order_by("-submitted_at")[:MOST_OF_A_MEASURE]
    found = {row.pk: row for row in (*rows.filter(pk__in=same_place), *latest)}
    text = words_of(f"{application.title} {application.summary[:LENGTH]}")
    told = [(pk, words_of(f"{row.title} {_start(row)}")) for pk, row in found.items()]
    return [Near(found[pk], likeness, pk in same_place) for pk, likeness in nearest(text, told)]


def published_grants(application: Application) -> Sequence[PublishedGrant]:
    """What other authorities published that they gave to the same organisation; one query."""
    rows = PublishedGrant.objects.filter(organisation=application.organisation_id)
    return list(rows.select_related("source").order_by("-year", "-amount_cents")[:MOST_GRANTS])


def _start(row: Any) -> str:
    return str(row.start)  # annotated by the query


def _granted() -> Any:
    """What funders gave in all to one dossier, in cents."""
    rows = FunderDecision.objects.filter(application=OuterRef("pk")).order_by().values("application")
    return rows.annotate(total=Sum("amount_cents")).values("total")


def readable(reader: Reader) -> "QuerySet[Application]":
    """The others that this reader may see, with what was granted to each; one query to ask."""
    application = reader.application
    allowed = Q(state__in=PUBLIC_STATES)
    # Following this call opens no dossier of another one, nor following this contract those of others.
    if reader.follows_call or reader.speaks_for:
        allowed |= Q(call=application.call_id)
    if reader.follows_contract:
        allowed |= Q(contract=application.contract_id)
    rows = Application.objects.filter(allowed).exclude(state="draft").exclude(pk=application.pk)
    return (
        without_recused(rows, reader.person)
        .select_related("call", "organisation")
        .annotate(granted_cents=Subquery(_granted()))
        .only(*_ROW)
    )


def invoked(application: Application, claim: ExclusionClaim) -> bool:
    """Whether the exception still stands: not once the applicant said that it is not concerned."""
    return application.excluded.get(claim.exclusion) is not False
