"""The lists of the residents’ funds: funds, public projects, requests for who holds the fund."""

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.numbers import cents
from faubourg.base.text import fold
from faubourg.rules.calls.circuits import MICROPROJECT

from .models import Microproject, ResidentFund


def state_name(project: Microproject) -> str:
    """Where a request stands, in words."""
    return gettext(MICROPROJECT.states[project.state])


def _place(project: Microproject) -> str:
    return project.territory.name if project.territory else ""


class RequestFilter(forms.Form):
    """Words of the title or of the group, and where it stands."""

    q = forms.CharField(label=_("Titre ou groupe"), required=False, max_length=80)
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Tous")), *((code, name) for code, name in MICROPROJECT.states.items() if code)],
    )

    def apply(self, queryset: "QuerySet[Microproject]") -> "QuerySet[Microproject]":
        """The requests that answer each filter that was given."""
        for word in fold(self.cleaned_data["q"]).split()[:5]:
            queryset = queryset.filter(title__icontains=word) | queryset.filter(collective__icontains=word)
        if self.cleaned_data["etat"]:
            queryset = queryset.filter(state=self.cleaned_data["etat"])
        return queryset


class FundFilter(forms.Form):
    """Words of the name, and only those that take requests."""

    q = forms.CharField(label=_("Nom"), required=False, max_length=80)
    ouverts = forms.BooleanField(label=_("Ouverts aux demandes"), required=False)

    def apply(self, queryset: "QuerySet[ResidentFund]") -> "QuerySet[ResidentFund]":
        """The funds that answer each filter that was given."""
        for word in self.cleaned_data["q"].split()[:5]:
            queryset = queryset.filter(name__icontains=word)
        return queryset.filter(open=True) if self.cleaned_data["ouverts"] else queryset


FUNDS = Listing(
    title=_("Fonds d’habitants"),
    columns=[
        Column(
            name="fonds",
            label=_("Fonds"),
            value="name",
            sort=("name",),
            url=lambda fund: reverse("resident_fund", args=[fund.code]),
        ),
        Column(name="nature", label=_("Nature"), value=ResidentFund.get_kind_display, sort=("kind", "pk")),
        Column(name="annee", label=_("Année"), value=lambda fund: str(fund.year), sort=("year", "pk")),
        Column(name="tenu-par", label=_("Tenu par"), value="manager.name", sort=("manager__sort_key",)),
        Column(
            name="enveloppe",
            label=_("Enveloppe"),
            value=lambda fund: fund.envelope_cents / 100,
            show=lambda fund: cents(fund.envelope_cents),
            sort=("envelope_cents",),
            numeric=True,
        ),
        Column(
            name="accorde",
            label=_("Accordé"),
            value=lambda fund: fund.granted_cents / 100,
            show=lambda fund: cents(fund.granted_cents),
            sort=("granted_cents",),
            numeric=True,
        ),
        Column(name="projets", label=_("Projets"), value="projects", sort=("projects",), numeric=True),
    ],
    default_sort="-annee",
    filter_form=FundFilter,
)


REQUESTS = Listing(
    title=_("Demandes du fonds"),
    columns=[
        Column(
            name="projet",
            label=_("Projet"),
            value="title",
            sort=("title",),
            url=lambda project: reverse("microproject", args=[project.pk]),
        ),
        Column(name="groupe", label=_("Groupe"), value="collective", sort=("collective",)),
        Column(name="quartier", label=_("Quartier"), value=_place, sort=("territory__sort_key", "pk")),
        Column(name="quand", label=_("Quand"), value="on", sort=("on", "pk")),
        Column(
            name="demande",
            label=_("Demandé"),
            value=lambda project: project.asked_cents / 100,
            show=lambda project: cents(project.asked_cents),
            sort=("asked_cents",),
            numeric=True,
        ),
        Column(
            name="accorde",
            label=_("Accordé"),
            value=lambda project: (project.granted_cents or 0) / 100,
            show=lambda project: cents(project.granted_cents or 0),
            sort=("granted_cents", "pk"),
            numeric=True,
        ),
        Column(name="etat", label=_("Où il en est"), value=state_name, sort=("state", "pk")),
        Column(name="recu", label=_("Reçu le"), value="created_at", sort=("created_at",)),
    ],
    default_sort="-recu",
    filter_form=RequestFilter,
)
