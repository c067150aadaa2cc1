"""What the list of calls can be narrowed by."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from faubourg.territories.models import Departement

from .models import Call
from .queries.calls import RECEIVING, taking

OPEN, OVER = "ouverts", "passes"


class CallFilter(forms.Form):
    """Words of the title or of who leads it, open or over, a year, a département."""

    q = forms.CharField(label=_("Titre ou porteur de l’appel"), required=False, max_length=80)
    etat = forms.ChoiceField(
        label=_("Où il en est"),
        required=False,
        choices=[("", _("Tous")), (OPEN, _("on peut déposer")), (OVER, _("dépôt fini"))],
    )
    annee = forms.IntegerField(label=_("Année"), required=False, min_value=1990, max_value=2100)
    departement: Any = forms.ModelChoiceField(
        Departement.objects.only("code", "name").order_by("code"),
        label=_("Département"),
        required=False,
        to_field_name="code",
        empty_label=_("Tous"),
    )

    def apply(self, queryset: QuerySet[Call]) -> QuerySet[Call]:
        """The calls that answer every filter that was given."""
        for word in self.cleaned_data["q"].split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(lead__name__icontains=word))
        if self.cleaned_data["etat"]:
            # Few calls are between their publication and their examination: the clock is asked of each.
            keys = taking(queryset.filter(state__in=RECEIVING))
            wanted = Q(pk__in=keys)
            queryset = queryset.filter(wanted if self.cleaned_data["etat"] == OPEN else ~wanted)
        if self.cleaned_data["annee"]:
            queryset = queryset.filter(year=self.cleaned_data["annee"])
        if place := self.cleaned_data["departement"]:
            held = Q(territory=place) | Q(territory__departement=place) | Q(contracts__departement=place)
            queryset = queryset.filter(held).distinct()
        return queryset
