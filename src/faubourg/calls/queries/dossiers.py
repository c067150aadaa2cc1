"""The list of the dossiers of a call: narrow rows, counts per state, nothing of whom one stands back from."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, QuerySet

from faubourg.people.access import Visitor
from faubourg.rules.calls.circuits import APPLICATION
from faubourg.territories.models import Territory

from ..models import Application, Call
from .applications import without_recused

# What a row of the list shows: the long texts of a dossier stay where they are.
ROW = (
    "number", "title", "measure", "state", "submitted_at", "late", "rank", "complete_on", "jury_code",
    "version", "call_id", "asked_cents", "organisation__name", "organisation__sort_key", "contract__name",
)  # fmt: skip
# Ended without an answer from the jury, or not begun: not counted among what waits.
OPEN_STATES = ("submitted", "to_complete", "complete", "examined", "ranked", "before_jury", "adjourned")


def dossiers_of(call: Call, person: Visitor) -> "QuerySet[Application]":
    """Every submitted dossier of a call that this person may list; places read once a page."""
    rows = Application.objects.filter(call=call).exclude(state="draft")
    return (
        without_recused(rows, person)
        .select_related("organisation", "contract")
        .only(*ROW)
        .prefetch_related(
            Prefetch("territories", Territory.objects.only("name").order_by("sort_key")),
        )
    )


def counts_by_state(call: Call, person: Visitor) -> list[tuple[str, str, int]]:
    """(state, its French name, how many), in the order of the circuit; one query."""
    rows = without_recused(Application.objects.filter(call=call).exclude(state="draft"), person)
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return [(state, APPLICATION.states[state], found[state]) for state in _ordered(found)]


def _ordered(found: Iterable[str]) -> list[str]:
    return [state for state in APPLICATION.states if state in set(found)]
