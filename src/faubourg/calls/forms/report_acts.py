"""What each act of the service on a report or a recovery asks to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import typed
from faubourg.contracts.forms.money import MoneyField
from faubourg.people.forms import DayInput


class ActForm(forms.Form):
    """The version that was read; nothing else."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = ""

    def __init__(self, data: Any = None, *, version: int = 0) -> None:
        super().__init__(data, initial={"version": version}, auto_id=f"id_{self.name}_%s")


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AskMoreForm(ActForm):
    """What is missing, until when."""

    name = "ask_more"
    reason = _reason(_("Ce qui manque"))
    due_on = forms.DateField(label=_("À compléter avant le"), widget=DayInput())


class RefuseDatesForm(ActForm):
    """Why the dates stay."""

    name = "refuse_dates"
    reason = _reason(_("Pourquoi les dates ne changent pas"))


class PublishForm(ActForm):
    """Shown to everybody, or no longer."""

    name = "publish"
    public = forms.BooleanField(label=_("Publié dans la ruche"), required=False)


class AmountForm(ActForm):
    """How much is asked back, and why."""

    name = "edit"
    cents = MoneyField(label=_("Montant, en euros"))
    reason = forms.CharField(label=_("Motif"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, data: Any = None, *, version: int = 0, cents: int = 0, reason: str = "") -> None:
        super().__init__(data, version=version)
        self.initial.update({"cents": typed(cents), "reason": reason})


class HearForm(ActForm):
    """Until when the beneficiary may answer."""

    name = "hear"
    answer_by = forms.DateField(label=_("Observations avant le"), widget=DayInput())


class AnswerForm(ActForm):
    """What the beneficiary has to say."""

    name = "answer"
    text = forms.CharField(
        label=_("Vos observations"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8})
    )


class DropForm(ActForm):
    """Why it is given up."""

    name = "drop"
    reason = _reason(_("Pourquoi l’abandonner"))
