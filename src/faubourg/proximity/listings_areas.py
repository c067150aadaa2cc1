"""The lists of the areas: areas, pieces of land, spots."""

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing

from .models import Area, Land


class AreaFilter(forms.Form):
    """Words of the name."""

    q = forms.CharField(label=_("Nom"), required=False, max_length=80)

    def apply(self, queryset: "QuerySet[Area]") -> "QuerySet[Area]":
        """The areas whose name has each word."""
        for word in self.cleaned_data["q"].split()[:5]:
            queryset = queryset.filter(name__icontains=word)
        return queryset


def _area_url(area: Area) -> str:
    return reverse("area", args=[area.code])


AREAS = Listing(
    title=_("Proximité"),
    columns=[
        Column(name="nom", label=_("Territoire"), value="name", sort=("name",), url=_area_url),
        Column(
            name="lieu",
            label=_("Commune ou intercommunalité"),
            value="territory.name",
            sort=("territory__name",),
        ),
        Column(name="numero", label=_("Numéro vert"), value="hotline"),
        Column(
            name="ouverts", label=_("En cours"), value="open_tickets", sort=("open_tickets",), numeric=True
        ),
        Column(
            name="clos", label=_("Réglés"), value="closed_tickets", sort=("closed_tickets",), numeric=True
        ),
    ],
    default_sort="nom",
    filter_form=AreaFilter,
)


class LandFilter(forms.Form):
    """Words of the place or of the partner, and the use."""

    q = forms.CharField(label=_("Lieu ou responsable"), required=False, max_length=80)
    usage = forms.ChoiceField(label=_("Usage"), required=False, choices=[("", _("Tous")), *Land.Use.choices])
    personne = forms.BooleanField(label=_("Sans responsable"), required=False)

    def apply(self, queryset: "QuerySet[Land]") -> "QuerySet[Land]":
        """The lands that answer each filter that was given."""
        for word in self.cleaned_data["q"].split()[:5]:
            queryset = queryset.filter(name__icontains=word) | queryset.filter(partner__name__icontains=word)
        if self.cleaned_data["usage"]:
            queryset = queryset.filter(use=self.cleaned_data["usage"])
        return queryset.filter(partner=None) if self.cleaned_data["personne"] else queryset


def _land_url(land: Land) -> str:
    return reverse("area_land", args=[land.area.code, land.pk])


def _partner(land: Land) -> str:
    return land.partner.name if land.partner else gettext("sans responsable")


def _source(land: Land) -> str:
    return land.source_words or (land.source.title if land.source else "")


LANDS = Listing(
    title=_("Qui s’occupe de quel sol"),
    columns=[
        Column(name="lieu", label=_("Lieu"), value="name", sort=("name",), url=_land_url),
        Column(name="usage", label=_("Usage"), value=Land.get_use_display, sort=("use",)),
        Column(name="qui", label=_("Responsable"), value=_partner, sort=("partner__name",)),
        Column(name="proprietaire", label=_("Propriétaire"), value="owner_name", sort=("owner_name",)),
        Column(name="depuis", label=_("Depuis le"), value="since", sort=("since",)),
        Column(name="fin", label=_("Jusqu’au"), value="until", sort=("until",)),
        Column(name="source", label=_("D’après"), value=_source, sort=("source_words",)),
    ],
    default_sort="lieu",
    filter_form=LandFilter,
)
