"""Who steers a contract: its bodies and their chart, the usual ones in one click, one body with its seats."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import require
from faubourg.contracts.access.governance import can_add_body
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Body, Contract
from faubourg.contracts.queries.community import directory_of
from faubourg.contracts.queries.decisions import open_of_body
from faubourg.contracts.queries.governance import (
    COMMUNE_STRAND,
    STRANDS,
    BodyLine,
    bodies_of,
    closed_bodies,
    communes_of_contract,
    seats_of,
    strand_of,
)
from faubourg.contracts.queries.meetings import LATEST, meetings_of
from faubourg.contracts.services.bodies import start_bodies
from faubourg.territories.models import Territory

from . import body_chart
from .finding import asked_contract, tidy_address
from .people import actor_of
from .steering import Rights, asked_body, rights_over


@require_safe
def contract_governance(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/instances/`: public, with organisations only."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    today = timezone.localdate()
    lines = bodies_of(contract, today)
    rights = Rights(request.user, contract)
    communes = communes_of_contract(contract) if request.user.is_authenticated else []
    context = {
        "contract": contract,
        "strands": _strands(lines),
        "chart": body_chart.draw(lines, _("Instances de %(name)s") % {"name": contract.name})
        if lines
        else "",
        "closed": closed_bodies(contract, today),
        "vacant": sum(line.vacant for line in lines),
        "may_write": rights.write,
        "startable": _startable(rights, lines, communes),
        "may_add": can_add_body(request.user, contract, communes),
        "urls": _urls(contract),
    }
    return render(request, "contracts/governance.html", context)


def _urls(contract: Contract) -> dict[str, str]:
    names = (
        "contract",
        "contract_meetings",
        "contract_decisions",
        "contract_calendar",
        "body_add",
        "bodies_start",
    )
    return {name: contract_url(contract, name) for name in names}


def _strands(lines: list[BodyLine]) -> list[tuple[str, list[tuple[BodyLine, str]]]]:
    """The bodies by strand, each with its address; a strand without a body is left out."""
    titles = {
        "agglomeration": _("Volet agglomération"),
        "commune": _("Volet communal"),
        "community": _("Communautés d’acteurs des quartiers"),
    }
    found: dict[str, list[tuple[BodyLine, str]]] = {strand: [] for strand in STRANDS}
    for line in lines:
        found[strand_of(line.body)].append((line, contract_url(line.body.contract, "body", line.body.pk)))
    return [(titles[strand], found[strand]) for strand in STRANDS if found[strand]]


def _startable(rights: Rights, lines: list[BodyLine], communes: list[Territory]) -> list[tuple[str, str]]:
    """The strands that this visitor may fill with their usual bodies: (code of the commune or "", name)."""
    found = []
    if rights.write.ok and not any(strand_of(line.body) == "agglomeration" for line in lines):
        found.append(("", _("Volet agglomération")))
    started = {line.body.territory_id for line in lines if line.body.kind in COMMUNE_STRAND}
    found += [
        (commune.code, commune.name)
        for commune in communes
        if commune.pk not in started and can_add_body(rights.person, rights.contract, [commune]).ok
    ]
    return found


@require_POST
def bodies_start(request: HttpRequest, code: str) -> HttpResponse:
    """The usual bodies of a strand, in one click."""
    contract = asked_contract(request, code)
    asked = request.POST.get("commune", "")
    commune = next((place for place in communes_of_contract(contract) if place.code == asked), None)
    require(can_add_body(request.user, contract, [commune] if commune else []))
    if asked and commune is None:
        messages.error(request, _("Cette commune n’est pas de ce contrat."))
        return redirect(contract_url(contract, "contract_governance"))
    made = start_bodies(contract=contract, commune=commune, by=actor_of(request))
    if made:
        messages.success(
            request,
            ngettext("%(n)s instance créée.", "%(n)s instances créées.", len(made)) % {"n": len(made)},
        )
    else:
        messages.info(request, _("Ces instances existent déjà : rien n’a été créé."))
    return redirect(contract_url(contract, "contract_governance"))


@require_safe
def body(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/instances/<pk>/`: seats and meetings; names and decisions for partners."""
    found = asked_body(code, pk)
    rights = rights_over(request, found)
    today = timezone.localdate()
    seats = seats_of(found, today)
    context = {
        "contract": found.contract,
        "body": found,
        "line": BodyLine(found, seats),
        "meetings": _with_urls(found),
        "directory": directory_of(found) if found.kind == Body.Kind.COMMUNITY else None,
        "decisions": _open(found) if rights.read.ok else None,
        "may_read": rights.read,
        "may_write": rights.write,
        "history": history_of("body", str(found.pk)) if rights.write.ok else None,
        "today": today,
        "urls": {
            **{name: contract_url(found.contract, name) for name in ("contract", "contract_governance")},
            **{
                name: contract_url(found.contract, name, found.pk)
                for name in ("body_edit", "seat_add", "meeting_add")
            },
            "meetings": f"{contract_url(found.contract, 'contract_meeting_list')}",
        },
    }
    return render(request, "contracts/body.html", context)


def _with_urls(found: Body) -> list[tuple[Any, str]]:
    return [
        (meeting, contract_url(found.contract, "meeting", meeting.pk))
        for meeting in meetings_of(found)[:LATEST]
    ]


def _open(found: Body) -> list[tuple[Any, str]]:
    return [
        (decision, contract_url(found.contract, "decision", decision.pk))
        for decision in open_of_body(found.pk)
    ]
