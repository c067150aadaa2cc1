"""What the pages of other rooms show of calls: the open ones of a contract, what waits for a person."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from faubourg.contracts.models import Contract
from faubourg.contracts.panels import Panel
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person
from faubourg.rules.calls.circuits import APPLICATION

from .access import can_run_call
from .access.calls import RUNNERS
from .listings import call_url, state_in_words
from .models import Application, Call, Intent
from .queries.board import TO_CHECK
from .queries.calls import RECEIVING, published_calls, taking
from .queries.rights import rights_through

MOST = 6
# A dossier of one's own that may still ask something of its author.
ALIVE = ("draft", "to_complete", "report_due", "running", "notified", "agreed")


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One line of the first page."""

    label: str
    detail: str
    url: str


def calls_panel(contract: Contract) -> Panel:
    """The calls of a contract that take projects now."""
    found = list(published_calls().filter(contracts=contract, state__in=RECEIVING).order_by("title")[:50])
    keys = taking(found)
    return Panel(
        id="appels",
        title=gettext("Appels à projets ouverts ici"),
        lines=[(call.title, call_url(call), state_in_words(call)) for call in found if call.pk in keys][
            :MOST
        ],
        url=reverse("calls"),
        more=gettext("Tous les appels"),
        empty=gettext("Aucun appel à projets n’est ouvert ici."),
    )


def desk_lines(person: Visitor) -> list[DeskLine]:
    """The calls that one runs with what waits there; one's own dossiers that ask for something."""
    if not isinstance(person, Person):
        return []
    return [*_run_by(person), *_carried_by(person)]


def _run_by(person: Person) -> list[DeskLine]:
    if not holds(person, RUNNERS):
        return []
    calls = Call.objects.exclude(state="closed").select_related("lead", "territory", "rule_set")
    calls = calls.prefetch_related(*rights_through())
    own = [call for call in calls.order_by("-year", "title") if can_run_call(person, call).ok][:MOST]
    if not own:
        return []
    dossiers = Application.objects.filter(call__in=own, state__in=TO_CHECK).order_by()
    sheets = Intent.objects.filter(call__in=own, state__in=("submitted", "late")).order_by()
    waiting = dict(dossiers.values_list("call").annotate(n=Count("pk")))
    for call, n in sheets.values_list("call").annotate(n=Count("pk")):
        waiting[call] = waiting.get(call, 0) + n
    return [
        DeskLine(call.title, _told(call, waiting.get(call.pk, 0)), call_url(call, "call_run")) for call in own
    ]


def _told(call: Call, waiting: int) -> str:
    state = state_in_words(call)
    if not waiting:
        return state
    told = ngettext("%(n)s dossier ou fiche attend", "%(n)s dossiers ou fiches attendent", waiting)
    return f"{state} · {told % {'n': waiting}}"


def _carried_by(person: Person) -> list[DeskLine]:
    roles = person.applicant_roles.filter(until__isnull=True).values("organisation")
    found = Application.objects.filter(organisation__in=roles, state__in=ALIVE)
    return [
        DeskLine(dossier.title, gettext(APPLICATION.states[dossier.state]), dossier.get_absolute_url())
        for dossier in found.order_by("-pk")[:MOST]
    ]
