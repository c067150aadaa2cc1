"""The list of the summary sheets of a call: what its services sort, filter and carry away."""

from functools import partial

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.numbers import cents
from faubourg.rules.calls.circuits import INTENT
from faubourg.rules.calls.intents import judge_opinion

from .forms.intents import IntentFilter
from .models import Call, Intent
from .queries.calls import rules_of
from .queries.intents import WAITING


def intents_listing(call: Call) -> Listing:
    """The columns of one call: its measures by their names."""
    return Listing(
        title=_("Fiches synthétiques"),
        columns=[*_about(call), *_MONEY_AND_STATE],
        default_sort="avis",
        filter_form=partial(IntentFilter, call=call),
        caption_lines=lambda: [f"{call.title} ({call.code})"],
    )


def _about(call: Call) -> list[Column]:
    """Which project, of whom, under which measure and contract."""
    rules = rules_of(call)
    names = {measure.code: measure.name for measure in rules.measures} if rules else {}
    return [
        Column(name="numero", label=_("Numéro"), value="number", sort=("number",)),
        Column(name="projet", label=_("Projet"), value="title", sort=("title",), url=_url),
        Column(
            name="porteur", label=_("Porteur"), value="organisation.name", sort=("organisation__sort_key",)
        ),
        Column(
            name="mesure",
            label=_("Mesure"),
            value=lambda intent: names.get(intent.measure, intent.measure),
            sort=("measure",),
        ),
        Column(
            name="contrat",
            label=_("Contrat"),
            value=lambda intent: intent.contract.name if intent.contract else "",
            sort=("contract__name",),
        ),
    ]


def _url(intent: Intent) -> str:
    return reverse("intent", args=[intent.pk])


def _day(intent: Intent) -> object:
    return localdate(intent.submitted_at) if intent.submitted_at else None


def _timing(intent: Intent) -> str:
    return gettext("hors délai") if intent.late else gettext("dans les temps")


def _state(intent: Intent) -> str:
    return gettext(INTENT.states[intent.state])


def _waiting(intent: Intent) -> str:
    """Days left or of delay while the opinion is awaited; the day on which it was given."""
    if intent.state not in WAITING:
        return intent.opinion_on.strftime("%d/%m/%Y") if intent.opinion_on else ""
    found = judge_opinion(intent.opinion_due_on, None, localdate()).judged
    if found.late:
        return ngettext("%(n)s jour de retard", "%(n)s jours de retard", found.days) % {"n": found.days}
    return ngettext("encore %(n)s jour", "encore %(n)s jours", found.days) % {"n": found.days}


_MONEY_AND_STATE = [
    Column(
        name="demande",
        label=_("Demande envisagée"),
        value=lambda intent: None if intent.requested_cents is None else intent.requested_cents / 100,
        show=lambda intent: "" if intent.requested_cents is None else cents(intent.requested_cents),
        sort=("requested_cents",),
        numeric=True,
    ),
    Column(name="depot", label=_("Déposée le"), value=_day, sort=("submitted_at",)),
    Column(name="delai", label=_("Délai"), value=_timing, sort=("late",)),
    Column(name="etat", label=_("État"), value=_state, sort=("state",)),
    Column(name="avis", label=_("Avis"), value=_waiting, sort=("opinion_due_on",)),
]
