"""What the list of contracts can be narrowed by; each filter is optional and leaves the address shareable."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import fold
from faubourg.territories.models import Departement, Region

from .models import Contract, Deliverable

# Once there, nothing more is awaited from the making of a contract.
CLOSED = (Contract.State.EXPIRED, Contract.State.REPLACED)


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


class DeliverableFilter(forms.Form):
    """Words of the name or of whoever owes it, and where it stands."""

    LATE, AWAITED, DELIVERED, VALIDATED = "retard", "attendu", "remis", "valide"

    q = forms.CharField(label=_("Livrable ou dû par"), required=False, max_length=80)
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[
            ("", _("Tous")),
            (LATE, _("en retard")),
            (AWAITED, _("attendu")),
            (DELIVERED, _("remis")),
            (VALIDATED, _("validé")),
        ],
    )
    # Which of two contracts of one code: kept in the address.
    generation = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)

    def apply(self, queryset: QuerySet[Deliverable]) -> QuerySet[Deliverable]:
        """The deliverables that answer every filter that was given."""
        asked = self.cleaned_data["q"].strip()
        if asked:
            queryset = queryset.filter(
                Q(name__icontains=asked)
                | Q(owed_by__icontains=asked)
                | Q(body__name__icontains=asked)
                | Q(organisation__name__icontains=asked)
                | Q(territory__sort_key__contains=fold(asked))
            )
        match self.cleaned_data["etat"]:
            case self.LATE:
                return queryset.filter(delivered_on=None, due_on__lt=localdate()).exclude(
                    contract__state__in=CLOSED
                )
            case self.AWAITED:
                return queryset.filter(delivered_on=None)
            case self.DELIVERED:
                return queryset.exclude(delivered_on=None)
            case self.VALIDATED:
                return queryset.exclude(validated_on=None)
        return queryset
