"""What the lists of the money of a call can be narrowed by: words, a funder, a state."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.rules.calls.circuits import FUNDER_DECISION, PAYMENT_CIRCUIT

from ..models import CallFunder


class DecisionFilter(forms.Form):
    """Words of the dossier, a funder, a state."""

    q = forms.CharField(label=_("Dossier ou porteur"), required=False, max_length=80)
    financeur = forms.ChoiceField(label=_("Financeur"), required=False)
    etat = forms.ChoiceField(label=_("État"), required=False)

    def __init__(self, *args: Any, funders: Iterable[CallFunder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["financeur"]).choices = [
            ("", gettext("Tous")),
            *((str(funder.pk), funder.name) for funder in funders),
        ]
        cast(forms.ChoiceField, self.fields["etat"]).choices = _states(FUNDER_DECISION.states)

    def apply(self, queryset: Any) -> Any:
        """The decisions that answer every filter that was given."""
        said = self.cleaned_data
        queryset = _words(queryset, said["q"], "application__")
        if said["financeur"]:
            queryset = queryset.filter(funder=said["financeur"])
        return queryset.filter(state=said["etat"]) if said["etat"] else queryset


class PaymentFilter(DecisionFilter):
    """The same, of payments."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["etat"]).choices = _states(PAYMENT_CIRCUIT.states)

    def apply(self, queryset: Any) -> Any:
        """The payments that answer every filter that was given."""
        said = self.cleaned_data
        queryset = _words(queryset, said["q"], "decision__application__")
        if said["financeur"]:
            queryset = queryset.filter(decision__funder=said["financeur"])
        return queryset.filter(state=said["etat"]) if said["etat"] else queryset


def _states(states: Any) -> list[tuple[str, str]]:
    return [("", gettext("Tous")), *((code, gettext(name)) for code, name in states.items() if code)]


def _words(queryset: Any, said: str, path: str) -> Any:
    for word in said.split():
        queryset = queryset.filter(
            Q(**{f"{path}title__icontains": word})
            | Q(**{f"{path}number__icontains": word})
            | Q(**{f"{path}organisation__name__icontains": word})
        )
    return queryset
