"""The life of a contract as a file: promises, signatures, money by level, delays, interpellations. Public."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from faubourg.base import tables
from faubourg.contracts import queries
from faubourg.contracts.filters import CLOSED
from faubourg.contracts.models import Action, Contract, FundingLine, Interpellation, Objective
from faubourg.contracts.queries.calendar import late_things
from faubourg.contracts.queries.life import Life, life_of

from .finding import asked_contract, tidy_address

HEADERS = (
    _("Partie"),
    _("Objet"),
    _("Qui"),
    _("État, niveau ou rang"),
    _("Date"),
    _("Prévu pour le"),
    _("Montant en euros"),
    _("Jours de retard"),
)


@require_safe
def contract_life(request: HttpRequest, code: str, fmt: tables.Format) -> HttpResponse:
    """`/contrats/<code>/contrat.csv`, `.xlsx`: what the overview says, line by line, nothing shortened."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    content = tables.write(
        fmt,
        title=f"{contract.name} ({contract.code}, {contract.generation})",
        headers=[str(header) for header in HEADERS],
        rows=_rows(life_of(contract)),
        caption_lines=[
            gettext("Des montants de niveaux ou d’origines différents ne s’additionnent pas."),
            gettext("Source du contrat : %(source)s.") % {"source": contract.source.title},
        ],
    )
    headers = {"Content-Disposition": f'attachment; filename="{contract.code}-{contract.generation}.{fmt}"'}
    return HttpResponse(content, content_type=tables.MEDIA_TYPES[fmt], headers=headers)


def _rows(life: Life) -> Iterator[list[Any]]:
    contract = life.contract
    for row in life.of("objective"):
        rank = str(Objective.Rank(row.extra).label)
        yield [gettext("objectif"), row.label, "", rank, None, None, None, None]
    for row in life.of("action"):
        state = str(Action.State(row.extra).label)
        yield [
            gettext("actions"),
            gettext("%(n)s actions") % {"n": row.ref},
            "",
            state,
            None,
            None,
            None,
            None,
        ]
    for row in life.of("commitment"):
        state = gettext("tenu") if row.one else gettext("en cours")
        yield [gettext("engagement"), row.label, row.extra, state, row.one, row.other, None, None]
    for row in life.of("party"):
        state = gettext("signé") if row.one else gettext("refusé") if row.other else gettext("attendu")
        yield [gettext("signature"), row.extra, row.label, state, row.one or row.other, None, None, None]
    for row in life.of("question"):
        state = str(Interpellation.State(row.extra).label)
        yield [gettext("interpellation"), row.label, "", state, row.one, None, None, None]
    yield from _late(contract)
    yield from _money(contract)


def _late(contract: Contract) -> Iterator[list[Any]]:
    if contract.state not in CLOSED:
        for thing in late_things(contract, timezone.localdate()):
            told = [thing.label, thing.owed_by, "", None, thing.due_on, None, thing.days_late]
            yield [gettext("retard"), *told]


def _money(contract: Contract) -> Iterator[list[Any]]:
    links = contract.neighbourhood_links.filter(rejected=False)
    quarters = list(links.order_by().values_list("neighbourhood_id", flat=True))
    credit = gettext("crédit")
    origins = {origin.value: str(origin.label) for origin in FundingLine.Origin}
    for level in queries.money_of(contract, quarters, bare=True):
        told = f"{level.label}, {origins[level.lines[0].origin]}, {level.year}"
        for line in level.lines:
            yield [
                credit,
                line.label,
                line.funder,
                told,
                None,
                None,
                Decimal(line.amount_cents) / 100,
                None,
            ]
