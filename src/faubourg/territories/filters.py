"""What the lists of places can be narrowed by: each filter is optional and leaves the address shareable."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import fold

from .models import Departement, Perimeter, Region, Source, Territory

Places = QuerySet[Territory]
# The legal forms of an EPCI; the Métropole de Lyon is one of its own.
CATEGORIES = {
    "METRO": _("métropole"),
    "MET69": _("métropole de Lyon"),
    "CU": _("communauté urbaine"),
    "CA": _("communauté d’agglomération"),
    "CC": _("communauté de communes"),
}


class NamedFilter(forms.Form):
    """Part of a name, or the beginning of a code."""

    q = forms.CharField(label=_("Nom ou code"), required=False, max_length=80)

    def apply(self, queryset: Places) -> Places:
        """The places whose name holds every word, or whose code begins so."""
        asked = self.cleaned_data["q"].strip()
        if not asked:
            return queryset
        named = Q()
        for word in fold(asked).split():
            named &= Q(sort_key__contains=word)
        coded = Q(code__istartswith=asked)
        return queryset.filter((named | coded) if named else coded)


class LocatedFilter(NamedFilter):
    """A département or a région as well."""

    departement: "forms.ModelChoiceField[Territory]" = forms.ModelChoiceField(
        Departement.objects.only("code", "name").order_by("code"),
        label=_("Département"),
        required=False,
        to_field_name="code",
        empty_label=_("Tous"),
    )
    region: "forms.ModelChoiceField[Territory]" = forms.ModelChoiceField(
        Region.objects.only("code", "name").order_by("sort_key"),
        label=_("Région"),
        required=False,
        to_field_name="code",
        empty_label=_("Toutes"),
    )

    def apply(self, queryset: Places) -> Places:
        queryset = super().apply(queryset)
        for name in ("departement", "region"):
            if self.cleaned_data[name]:
                queryset = queryset.filter(**{name: self.cleaned_data[name]})
        return queryset


class NeighbourhoodFilter(LocatedFilter):
    """Which status the neighbourhood has or had, and whether its contour is known."""

    statut = forms.ChoiceField(
        label=_("Statut"), required=False, choices=[("", _("Tous")), *Perimeter.Kind.choices]
    )
    contour = forms.BooleanField(label=_("Contour disponible"), required=False)

    def apply(self, queryset: Places) -> Places:
        queryset = super().apply(queryset)
        versions = Perimeter.objects.filter(territory=OuterRef("pk"), withdrawn_at__isnull=True)
        if self.cleaned_data["statut"]:
            queryset = queryset.filter(Exists(versions.filter(kind=self.cleaned_data["statut"])))
        if self.cleaned_data["contour"]:
            queryset = queryset.filter(Exists(versions.exclude(outline="")))
        return queryset


class CommuneFilter(LocatedFilter):
    """With a neighbourhood, or with so many residents."""

    habitants = forms.IntegerField(label=_("Au moins … habitants"), required=False, min_value=0)
    quartiers = forms.BooleanField(label=_("Avec un quartier"), required=False)

    def apply(self, queryset: Places) -> Places:
        queryset = super().apply(queryset)
        if self.cleaned_data["habitants"]:
            queryset = queryset.filter(headcount__gte=self.cleaned_data["habitants"])
        if self.cleaned_data["quartiers"]:
            queryset = queryset.filter(pk__in=Territory.communes.through.objects.values("to_territory"))
        return queryset


class EpciFilter(LocatedFilter):
    """By legal form; those that are gone can be shown too."""

    categorie = forms.ChoiceField(
        label=_("Catégorie"),
        required=False,
        choices=[("", _("Toutes")), *((code, CATEGORIES[code]) for code in ("METRO", "CU", "CA", "CC"))],
    )
    anciennes = forms.BooleanField(label=_("Montrer celles qui n’existent plus"), required=False)

    def apply(self, queryset: Places) -> Places:
        queryset = super().apply(queryset)
        if category := self.cleaned_data["categorie"]:
            queryset = queryset.filter(category__in=["METRO", "MET69"] if category == "METRO" else [category])
        if not self.cleaned_data["anciennes"]:
            queryset = queryset.filter(valid_to__isnull=True)
        return queryset


class RegionalFilter(NamedFilter):
    """A région."""

    region = LocatedFilter.base_fields["region"]

    def apply(self, queryset: Places) -> Places:
        queryset = super().apply(queryset)
        region = self.cleaned_data["region"]
        return queryset.filter(region=region) if region else queryset


class SourceFilter(forms.Form):
    """A word of the title, the publisher or the licence."""

    q = forms.CharField(label=_("Titre, producteur, licence"), required=False, max_length=80)

    def apply(self, queryset: QuerySet[Source]) -> QuerySet[Source]:
        """The sources that hold the text in one of their words."""
        asked: Any = self.cleaned_data["q"].strip()
        if not asked:
            return queryset
        return queryset.filter(
            Q(title__icontains=asked) | Q(publisher__icontains=asked) | Q(licence__icontains=asked)
        )
