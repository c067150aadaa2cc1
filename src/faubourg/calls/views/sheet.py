"""The pages that tell one dossier: overview, project, budget. Each passes through `asked_reader`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.rules.calls.accounts import Side
from faubourg.rules.calls.clocks import judge_silence

from ..access.readers import Reader
from ..models import Application
from ..panels import panels_of
from ..queries.kept_verdicts import kept_verdict
from ..queries.sheet import asked_of, measure_name, money_of
from .finding import asked_reader

# From the receipt to the notification, silence counts.
CLOCKED = ("complete", "examined", "ranked", "before_jury", "adjourned", "retained", "retained_with_reserves")


@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/`: where it stands, what it asks, what judged it, what the other pages hold."""
    reader = asked_reader(request, pk)
    found = reader.application
    opinions = list(found.opinions.all()) if reader.may_read_workings.ok else []
    thread, aside = panels_of(reader)
    asked = asked_of(found, opinions)
    return sheet_page(
        request,
        reader,
        "application",
        asked=asked,
        measure=measure_name(found),
        asked_total=sum(each.cents for each in asked),
        verdict=kept_verdict(found),
        silence=judge_silence(found.complete_on, found.decided_on, timezone.localdate())
        if found.state in CLOCKED
        else None,
        panels=thread,
        margin_panels=aside,
    )


@require_safe
def application_project(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/projet/`: what, for whom, where, for which objectives, counted how."""
    reader = asked_reader(request, pk)
    found = reader.application
    return sheet_page(
        request,
        reader,
        "application_project",
        texts=_texts(found),
        places=list(found.territories.all()),
        objectives=list(found.objectives.all()),
        indicators=list(found.indicators.all()),
    )


@require_safe
def application_budget(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/budget/`: the accounts of the form, firm money apart from hoped-for money."""
    reader = asked_reader(request, pk)
    money, asked = money_of(reader.application), asked_of(reader.application)
    return sheet_page(
        request,
        reader,
        "application_budget",
        money=money,
        asked=asked,
        asked_total=sum(each.cents for each in asked),
        sides=[
            (side.name.lower(), label, money.sides[side], money.budget.total(side))
            for side, label in _side_names()
            if money.sides[side]
        ],
    )


def _texts(application: Application) -> list[tuple[str, str]]:
    return [
        (_("Description"), application.summary),
        (_("À quel besoin elle répond"), application.needs),
        (_("Objectifs de l’action"), application.aims),
        (_("Public"), application.audience),
        (_("Moyens"), application.means),
        (_("Partenaires et habitants"), application.partnership),
        (_("Évaluation"), application.evaluation),
    ]


def _side_names() -> list[tuple[Side, str]]:
    return [
        (Side.CHARGES, _("Charges")),
        (Side.PRODUCTS, _("Produits")),
        (Side.IN_KIND_USE, _("Emplois des contributions en nature")),
        (Side.IN_KIND_SOURCE, _("Contributions en nature")),
    ]


def sheet_page(
    request: HttpRequest, reader: Reader, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """One page of a dossier: its head and its navigation are the same on each."""
    told = {
        "application": reader.application,
        "call": reader.application.call,
        "reader": reader,
        "page_name": name,
        **context,
    }
    return render(request, f"calls/examination/{name}.html", told, status=status)
