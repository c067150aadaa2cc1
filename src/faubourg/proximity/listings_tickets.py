"""The lists of reports: of an area, of whoever answers for a partner, of what nobody answers for."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.rules.proximity.circuits import OPEN, REPORT
from faubourg.rules.proximity.deadlines import working_days_late

from .models import Arbitration, Area, Category, Partner, Ticket
from .queries.late import days_late, is_late, place_of

# Among the partners to choose from: what no partner has yet.
_NOBODY = 0


def state_name(ticket: Ticket) -> str:
    """Where a report stands, in words."""
    return gettext(REPORT.states[ticket.state])


def _late_days(ticket: Ticket) -> int | None:
    return days_late(ticket, timezone.localdate()) or None


def _late(ticket: Ticket) -> str:
    return _in_words(_late_days(ticket)) or "—"


def _in_words(days: int | None) -> str:
    return gettext("{days} j").format(days=days) if days else ""


def ticket_url(ticket: Ticket) -> str:
    """Its sheet."""
    return reverse("ticket", args=[ticket.reference])


def filter_for(area: Area) -> Any:
    """The filter of the list of one area: its own categories and partners to choose from."""
    known = Category.objects.filter(area=area).order_by("order", "name")
    categories = [("", _("Toutes")), *known.values_list("code", "name")]
    answering = Partner.objects.filter(area=area).order_by("name")
    partners = [("", _("Tous")), (_NOBODY, _("personne encore")), *answering.values_list("pk", "name")]

    class TicketFilter(forms.Form):
        """Reference or public words, where it stands, what, who answers, and only what is late."""

        q = forms.CharField(label=_("Référence ou mots"), required=False, max_length=80)
        etat = forms.ChoiceField(
            label=_("État"),
            required=False,
            choices=[("", _("Tous")), ("ouverts", _("en attente de quelque chose")), *_states()],
        )
        quoi = forms.ChoiceField(label=_("Catégorie"), required=False, choices=categories)
        qui = forms.TypedChoiceField(
            label=_("Partenaire"), required=False, coerce=int, empty_value=None, choices=partners
        )  # fmt: skip
        retard = forms.BooleanField(label=_("En retard"), required=False)
        nuit = forms.BooleanField(label=_("De nuit"), required=False)

        def apply(self, queryset: "QuerySet[Ticket]") -> "QuerySet[Ticket]":
            """The reports that answer each filter that was given."""
            return _narrowed(queryset, self.cleaned_data, area)

    return TicketFilter


def _states() -> list[tuple[str, str]]:
    return [(code, name) for code, name in REPORT.states.items() if code]


def _narrowed(queryset: "QuerySet[Ticket]", asked: dict[str, Any], area: Area) -> "QuerySet[Ticket]":
    for word in asked["q"].split()[:5]:
        queryset = queryset.filter(Q(reference__istartswith=word) | Q(public_text__icontains=word))
    if asked["etat"] == "ouverts":
        queryset = queryset.filter(state__in=OPEN)
    elif asked["etat"]:
        queryset = queryset.filter(state=asked["etat"])
    if asked["quoi"]:
        queryset = queryset.filter(category__code=asked["quoi"])
    if asked["qui"] is not None:
        queryset = queryset.filter(partner=asked["qui"] or None)
    if asked["retard"]:
        queryset = queryset.filter(is_late(timezone.localdate(), area))
    return queryset.filter(by_night=True) if asked["nuit"] else queryset


def _short(day: date | None) -> str:
    """A day that stays on one line of a row: « 22 nov. 2026 »."""
    return date_format(day, "jS\u00a0N\u00a0Y") if day else "—"


COLUMNS = [
    Column(name="reference", label=_("Référence"), value="reference", sort=("reference",), url=ticket_url),
    Column(name="quoi", label=_("Quoi"), value="category.name", sort=("category__name", "pk")),
    Column(
        name="lieu",
        label=_("Quartier"),
        value=lambda ticket: ticket.neighbourhood.name if ticket.neighbourhood else "",
        sort=("neighbourhood__sort_key", "pk"),
    ),
    Column(name="texte", label=_("Texte public"), value="public_text"),
    Column(name="etat", label=_("État"), value=state_name, sort=("state", "pk")),
    Column(
        name="qui",
        label=_("Qui répond"),
        value=lambda ticket: ticket.partner.name if ticket.partner else "",
        sort=("partner__name", "pk"),
    ),
    Column(
        name="signale",
        label=_("Signalé le"),
        value=lambda ticket: timezone.localdate(ticket.created_at),
        show=lambda ticket: _short(timezone.localdate(ticket.created_at)),
        sort=("created_at", "pk"),
    ),
    Column(
        name="avant",
        label=_("À traiter avant le"),
        value="due_on",
        show=lambda ticket: _short(ticket.due_on),
        sort=("due_on", "pk"),
    ),
    Column(name="retard", label=_("Retard, en jours ouvrés"), value=_late_days, show=_late, numeric=True),
]


def listing_for(area: Area) -> Listing:
    """The list of the reports of one area."""
    return Listing(
        title=_("Signalements"),
        columns=COLUMNS,
        default_sort="-signale",
        filter_form=filter_for(area),
        keys_first=True,
    )


MINE = Listing(title=_("Mes signalements"), columns=COLUMNS, default_sort="avant")

UNOWNED = Listing(
    title=_("Lieux sans responsable"),
    columns=[
        Column(
            name="reference",
            label=_("Référence"),
            value="ticket.reference",
            sort=("ticket__reference",),
            url=lambda one: ticket_url(one.ticket),
        ),
        Column(name="quoi", label=_("Quoi"), value="ticket.category.name", sort=("ticket__category__name",)),
        Column(
            name="lieu",
            label=_("Quartier"),
            value=lambda one: one.ticket.neighbourhood.name if one.ticket.neighbourhood else "",
            sort=("ticket__neighbourhood__sort_key", "pk"),
        ),
        Column(
            name="conteste",
            label=_("Contesté par"),
            value=lambda one: one.contested_by.name if one.contested_by else "",
            sort=("contested_by__name", "pk"),
        ),
        Column(name="pourquoi", label=_("Pourquoi"), value="reason"),
        Column(name="avant", label=_("À trancher avant le"), value="due_on", sort=("due_on", "pk")),
        Column(
            name="retard",
            label=_("Retard, en jours ouvrés"),
            value=lambda one: _overdue(one),
            show=lambda one: _in_words(_overdue(one)),
            numeric=True,
        ),
    ],
    default_sort="avant",
)


def _overdue(one: Arbitration) -> int | None:
    place = place_of(one.ticket.area)
    return working_days_late(one.due_on, timezone.localdate(), place) or None
