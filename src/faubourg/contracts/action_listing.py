"""The list of a contract's actions: columns, order, filters, what the files say of it."""

from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.sentences import said_or_quoted

from .forms.actions import ActionFilter
from .models import Action, Contract


def action_url(action: Action) -> str:
    """The sheet of an action."""
    return reverse("action", args=[action.pk])


def action_listing(contract: Contract) -> Listing:
    """Bound to one contract: its filters offer what this contract has."""
    return Listing(
        title=_("Actions"),
        columns=COLUMNS,
        default_sort="volet",
        filter_form=partial(ActionFilter, contract=contract),
        caption_lines=lambda: [
            gettext(
                "Actions du contrat %(name)s (%(code)s). Une action sans quartier vaut pour tout le contrat."
            )
            % {"name": contract.name, "code": contract.code}
        ],
    )


def _places(action: Action) -> str:
    names = [place.name for place in action.neighbourhoods.all()]
    return ", ".join(names) or gettext("tout le contrat")


def _lead(action: Action) -> str:
    return action.lead.name if action.lead else action.lead_printed


def _when(action: Action) -> str:
    if action.printed_dates:
        return action.printed_dates
    days = [date_format(day, "SHORT_DATE_FORMAT") for day in (action.starts_on, action.ends_on) if day]
    return " – ".join(days)


COLUMNS = [
    Column(
        name="action",
        label=_("Action"),
        value="title",
        show=lambda action: said_or_quoted(action.title),
        sort=("title",),
        url=action_url,
    ),
    Column(
        name="volet",
        label=_("Volet"),
        value="line",
        show=lambda action: said_or_quoted(action.line),
        sort=("line", "title"),
    ),
    Column(
        name="objectif",
        label=_("Objectif"),
        value=lambda action: str(action.objective or ""),
        show=lambda action: said_or_quoted(str(action.objective or "")),
        sort=("objective__order", "title"),
    ),
    Column(name="quartiers", label=_("Quartiers"), value=_places),
    Column(
        name="porteur", label=_("Porteur"), value=_lead, show=lambda action: said_or_quoted(_lead(action))
    ),
    Column(name="horizon", label=_("Horizon"), value=Action.get_horizon_display, sort=("horizon", "title")),
    Column(
        name="dates",
        label=_("Dates"),
        value=_when,
        show=lambda action: said_or_quoted(_when(action)),
        sort=("starts_on", "title"),
    ),
    Column(name="etat", label=_("État"), value=Action.get_state_display, sort=("state", "title")),
]
