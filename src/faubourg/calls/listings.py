"""The public list of calls: columns, order, what its files say."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.rules.calls import Step, opening
from faubourg.rules.calls.circuits import CALL

from .filters import CallFilter
from .models import Call
from .queries.calls import as_of, rules_of


def call_url(call: Call, name: str = "call", *args: object) -> str:
    """The address of a page of a call."""
    return reverse(name, args=[call.code, *args])


def state_in_words(call: Call) -> str:
    """Where it is at this second."""
    return gettext(CALL.states[as_of(call).state])


def _place(call: Call) -> str:
    if call.territory:
        return call.territory.name
    return ", ".join(contract.name for contract in call.contracts.all())


def _closes(call: Call) -> date | None:
    """The last day of the dossiers."""
    rules = rules_of(call)
    window = rules.window(Step.APPLICATION) if rules else None
    closes = window and opening(Step.APPLICATION, rules, window.closes).closes if rules else None
    return closes.date() if closes else None


def _closes_in_words(call: Call) -> str:
    closes = _closes(call)
    return date_format(closes, "SHORT_DATE_FORMAT") if closes else gettext("sans date")


CALLS = Listing(
    title=_("Appels à projets"),
    columns=[
        Column(name="titre", label=_("Appel"), value="title", sort=("title",), url=call_url),
        Column(name="annee", label=_("Année"), value="year", sort=("year", "title"), show=lambda c: c.year),
        Column(name="porteur", label=_("Conduit par"), value="lead.name", sort=("lead__name",)),
        Column(name="lieu", label=_("Où"), value=_place),
        Column(name="etat", label=_("Où il en est"), value=state_in_words),
        Column(name="cloture", label=_("Dossiers jusqu’au"), value=_closes, show=_closes_in_words),
    ],
    default_sort="-annee",
    filter_form=CallFilter,
    caption_lines=lambda: [gettext("Les dates sont celles des règles de chaque appel, heure de Paris.")],
)
