"""The list of the conventions of an area."""

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.contracts.models import Convention
from faubourg.rules.convention_circuit import STATE_NAMES, State
from faubourg.rules.proximity.circuits import TFPB

KINDS = [("", _("Toutes")), ("gup", _("gestion urbaine de proximité")), ("tfpb", _("abattement de TFPB"))]


def convention_url(convention: Convention) -> str:
    """Its sheet in the room."""
    if convention.kind == Convention.Kind.TFPB:
        return reverse("tfpb", args=[convention.tfpb.pk])
    return reverse("gup", args=[convention.gup.pk])


def state_of(convention: Convention) -> str:
    """Where it stands, in words; a landlord’s has a circuit of its own."""
    if convention.kind == Convention.Kind.TFPB:
        return gettext(TFPB.states[convention.tfpb.state])
    return gettext(STATE_NAMES[State(convention.state)])


def _who(convention: Convention) -> str:
    return convention.tfpb.landlord.name if convention.kind == Convention.Kind.TFPB else ""


class ConventionFilter(forms.Form):
    """Words of the title, the kind."""

    q = forms.CharField(label=_("Titre"), required=False, max_length=80)
    nature = forms.ChoiceField(label=_("Nature"), required=False, choices=KINDS)

    def apply(self, queryset: "QuerySet[Convention]") -> "QuerySet[Convention]":
        """The conventions that answer each filter that was given."""
        for word in self.cleaned_data["q"].split()[:5]:
            queryset = queryset.filter(title__icontains=word)
        return queryset.filter(kind=self.cleaned_data["nature"]) if self.cleaned_data["nature"] else queryset


CONVENTIONS = Listing(
    title=_("Conventions"),
    columns=[
        Column(name="titre", label=_("Convention"), value="title", sort=("title", "pk"), url=convention_url),
        Column(
            name="nature",
            label=_("Nature"),
            value=lambda one: str(one.get_kind_display()),
            sort=("kind", "pk"),
        ),
        Column(name="bailleur", label=_("Bailleur"), value=_who, sort=("tfpb__landlord__sort_key", "pk")),
        Column(name="etat", label=_("État"), value=state_of, sort=("state", "pk")),
        Column(name="signee", label=_("Signée le"), value="signed_on", sort=("signed_on", "pk")),
        Column(name="du", label=_("Du"), value="starts_on", sort=("starts_on", "pk")),
        Column(name="au", label=_("Au"), value="ends_on", sort=("ends_on", "pk")),
    ],
    default_sort="-au",
    filter_form=ConventionFilter,
)
