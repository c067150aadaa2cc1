"""Sums as people type them, in the forms of this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from faubourg.base.sentences import in_words
from faubourg.rules.typed_money import read_cents


class MoneyField(forms.CharField):
    """A sum typed in French; its value is a number of cents, None when nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """Cents; a doubtful or negative sum is refused with what to write instead."""
        read = read_cents(super().clean(value))
        if read.problem is not None:
            raise forms.ValidationError(in_words(read.problem))
        if read.cents is not None and read.cents < 0:
            raise forms.ValidationError(_("Une somme est positive : écrivez-la sans signe moins."))
        return read.cents
