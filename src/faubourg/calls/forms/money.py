"""Sums as people type them, in the forms of this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from faubourg.contracts.forms.money import MoneyField


class PositiveMoneyField(MoneyField):
    """A sum that cannot be negative; its value is a number of cents, None when nothing was typed."""

    def clean(self, value: Any) -> Any:
        """Cents; a doubtful or negative sum is refused with what to write instead."""
        cents = super().clean(value)
        if cents is not None and cents < 0:
            raise forms.ValidationError(_("Une somme est positive : écrivez-la sans signe moins."))
        return cents
