"""What the pages of other rooms show of calls: the open ones of a contract, what waits for a person."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from faubourg.contracts.models import Contract
from faubourg.contracts.panels import Panel
from faubourg.people.access import Visitor
from faubourg.people.models import Person
from faubourg.rules.calls.circuits import APPLICATION

from .access.calls import RUNNERS
from .listings import call_url, state_in_words
from .models import Application, Call, Intent
from .queries.board import TO_CHECK
from .queries.calls import RECEIVING, published_calls, taking
from .queries.rights import calls_of_roles

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
    run = calls_of_roles(person, RUNNERS)
    if run is None:
        return []
    own = list(run.exclude(state="closed").select_related("rule_set").order_by("-year", "title")[:MOST])
    if not own:
        return []
    dossiers = Application.objects.filter(call__in=own, state__in=TO_CHECK).order_by()
    sheets = Intent.objects.filter(call__in=own, state__in=("submitted", "late")).order_by()
    parts = [found.values_list("call").annotate(n=Count("pk")) for found in (dossiers, sheets)]
    waiting: Counter[int] = Counter()
    for call, n in parts[0].union(parts[1], all=True):
        waiting[call] += n
    return [DeskLine(call.title, _told(call, waiting[call.pk]), call_url(call, "call_run")) for call in own]


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
