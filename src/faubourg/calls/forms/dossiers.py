"""What the list of the dossiers of a call can be narrowed by; the address says it all and can be shared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import fold
from faubourg.people.models import Organisation
from faubourg.rules.calls.circuits import APPLICATION
from faubourg.territories.models import Territory

from ..models import Application, Call, CallFunder, FunderOpinion, FundingRequest
from ..queries.calls import rules_of

# States in which an opinion is still of use.
AWAITING_OPINION = ("complete", "examined", "ranked", "before_jury", "adjourned")


class DossierFilter(forms.Form):
    """Words, a state, a measure, a place, a funder; late, incomplete, or mine to give an opinion on."""

    q = forms.CharField(label=_("Titre, porteur ou numéro"), required=False, max_length=80)
    etat = forms.ChoiceField(label=_("État"), required=False)
    mesure = forms.ChoiceField(label=_("Mesure"), required=False)
    contrat = forms.ChoiceField(label=_("Contrat"), required=False)
    quartier = forms.CharField(label=_("Code du quartier ou de la commune"), required=False, max_length=12)
    financeur = forms.ChoiceField(label=_("Financeur sollicité"), required=False)
    retard = forms.BooleanField(label=_("Hors délai"), required=False)
    incomplet = forms.BooleanField(label=_("À compléter"), required=False)
    avis = forms.BooleanField(label=_("Attend mon avis"), required=False)

    def __init__(self, data: Any = None, *, call: Call, mine: Sequence[CallFunder] = ()) -> None:
        super().__init__(data)
        self.mine = mine
        rules = rules_of(call)
        self._choices("etat", [(state, gettext(name)) for state, name in APPLICATION.states.items()][2:])
        self._choices("mesure", [(each.code, each.name) for each in rules.measures] if rules else [])
        self._choices("contrat", [(str(each.pk), each.name) for each in call.contracts.all()])
        self._choices("financeur", [(str(each.pk), each.name) for each in call.funders.all()])
        if not mine:
            del self.fields["avis"]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        if not choices:
            del self.fields[name]
        else:
            field: Any = self.fields[name]
            field.choices = [("", gettext("Tous")), *choices]

    def apply(self, queryset: "QuerySet[Application]") -> "QuerySet[Application]":
        """The dossiers that answer every filter that was given."""
        asked = self.cleaned_data.get
        for name, path in (("etat", "state"), ("mesure", "measure"), ("contrat", "contract")):
            if asked(name):
                queryset = queryset.filter(**{path: asked(name)})
        if asked("q"):
            queryset = queryset.filter(_words(str(asked("q"))))
        if asked("quartier"):
            there = Application.territories.through.objects.filter(
                territory__in=Territory.objects.filter(code=str(asked("quartier")).upper()).values("pk")
            )
            queryset = queryset.filter(pk__in=there.values("application"))
        if asked("financeur"):
            queryset = queryset.filter(_asked_of([asked("financeur")]))
        if asked("retard"):
            queryset = queryset.filter(late=True)
        if asked("incomplet"):
            queryset = queryset.filter(state="to_complete")
        if asked("avis"):
            queryset = queryset.filter(self._awaits_mine())
        return queryset

    def _awaits_mine(self) -> Q:
        """One of my funders is asked and has not said what it thinks."""
        awaited = Q(pk__in=[])
        for funder in self.mine:
            given = FunderOpinion.objects.filter(application=OuterRef("pk"), funder=funder)
            awaited |= Q(_asked_of([funder.pk])) & ~Q(Exists(given))
        return awaited & Q(state__in=AWAITING_OPINION)


def _asked_of(funders: Sequence[Any]) -> Exists:
    return Exists(FundingRequest.objects.filter(application=OuterRef("pk"), funder__in=funders))


def _words(text: str) -> Q:
    """Each word in the name of the organisation or in the title; or the start of the number."""
    named, titled = Q(), Q()
    for word in fold(text).split():
        named &= Q(sort_key__contains=word)
    for word in text.split():
        titled &= Q(title__icontains=word)
    found = titled | Q(number__istartswith=text.strip())
    # Names are read once each, not once a dossier.
    return found | Q(organisation__in=Organisation.objects.filter(named).values("pk")) if named else found
