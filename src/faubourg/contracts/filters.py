"""What the list of contracts can be narrowed by; each filter is optional and leaves the address shareable."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import fold
from faubourg.territories.models import Departement, Region

from .models import Contract


class ContractFilter(forms.Form):
    """Part of a name or of a code, a generation, a département or a région."""

    q = forms.CharField(label=_("Nom ou code"), required=False, max_length=80)
    generation = forms.ChoiceField(
        label=_("Génération"), required=False, choices=[("", _("Toutes")), *Contract.Generation.choices]
    )
    departement: Any = forms.ModelChoiceField(
        Departement.objects.only("code", "name").order_by("code"),
        label=_("Département"),
        required=False,
        to_field_name="code",
        empty_label=_("Tous"),
    )
    region: Any = forms.ModelChoiceField(
        Region.objects.only("code", "name").order_by("sort_key"),
        label=_("Région"),
        required=False,
        to_field_name="code",
        empty_label=_("Toutes"),
    )

    def apply(self, queryset: QuerySet[Contract]) -> QuerySet[Contract]:
        """The contracts that answer every filter that was given."""
        asked = self.cleaned_data["q"].strip()
        if asked:
            named = Q()
            for word in fold(asked).split():
                named &= Q(sort_key__contains=word)
            coded = Q(code__istartswith=asked) | Q(bearers__printed_code=asked)
            queryset = queryset.filter((named | coded) if named else coded).distinct()
        if self.cleaned_data["generation"]:
            queryset = queryset.filter(generation=self.cleaned_data["generation"])
        if self.cleaned_data["departement"]:
            queryset = queryset.filter(departement=self.cleaned_data["departement"])
        if self.cleaned_data["region"]:
            queryset = queryset.filter(departement__region=self.cleaned_data["region"])
        return queryset
