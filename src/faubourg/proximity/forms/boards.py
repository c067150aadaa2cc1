"""What the boards of an area are narrowed by: category, neighbourhood, open or repaired, by night, year."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Area, Category
from ..queries.area_map import OPEN_ONES, REPAIRED, Asked, neighbourhoods_of

NOT_OF_HERE = _("Cette catégorie ou ce quartier n’est pas de ce territoire.")


class PlaceFilter(forms.Form):
    """A category and a neighbourhood of one area; an unknown one is an error that says so."""

    quoi = forms.ChoiceField(label=_("Catégorie"), required=False)
    quartier = forms.ChoiceField(label=_("Quartier"), required=False)

    def __init__(self, area: Area, categories: list[Category], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.code, one.name) for one in categories]
        self.fields["quoi"].choices = [("", _("Toutes")), *named]  # type: ignore[attr-defined]
        self.fields["quartier"].choices = [("", _("Tous")), *neighbourhoods_of(area)]  # type: ignore[attr-defined]


class MapFilter(PlaceFilter):
    """And whether it is open or was repaired, by day or by night."""

    etat = forms.ChoiceField(
        label=_("Montrer"),
        required=False,
        choices=[(OPEN_ONES, _("ce qui est en cours")), (REPAIRED, _("ce qui a été réparé depuis un an"))],
    )
    nuit = forms.BooleanField(label=_("De nuit"), required=False)

    def asked(self) -> Asked:
        """What is asked; of a filter that says nothing, the usual."""
        told = self.cleaned_data if self.is_valid() else {}
        return Asked(
            told.get("etat") or OPEN_ONES,
            told.get("quoi", ""),
            told.get("quartier", ""),
            told.get("nuit", False),
        )
