"""Being told by e-mail: an address, and what one wants to hear of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Area, Category
from .boards import PlaceFilter


class AlertForm(PlaceFilter):
    """Nothing but an address is asked."""

    field_order = ("email", "quoi", "quartier")
    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, area: Area, categories: list[Category], *args: Any, **kwargs: Any) -> None:
        super().__init__(area, categories, *args, **kwargs)
        self.order_fields(self.field_order)
