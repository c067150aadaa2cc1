"""Fields that the forms of several rooms share: a day, an act of a table of transitions."""

from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import DayInput

FIRST_YEAR, LAST_YEAR = 1996, 2100


class DayField(forms.DateField):
    """A day of a year that makes sense."""

    widget = DayInput

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("L’année doit être entre 1996 et 2100."))
        return day


class ActField(forms.TypedChoiceField):
    """One act as the rules name it; whether it may be done is judged by them."""

    def __init__(self, acts: type[StrEnum], *, unknown: Any) -> None:
        super().__init__(
            label=_("Que se passe-t-il ?"),
            choices=[(act.value, act.value) for act in acts],
            coerce=acts,
            error_messages={"required": _("Choisissez ce qui se passe."), "invalid_choice": unknown},
        )
