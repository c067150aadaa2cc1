"""Pieces of land: one drawn, or a file of them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.base.refusal import Refused
from faubourg.people.views.refusals import show_refusal
from faubourg.territories.models import Source
from faubourg.territories.reading.placing import CHOICES

from ..land_outline import Outline, outline_from
from ..models import Area, Land, Partner
from .areas import VersionedForm
from .partners import DayField, PartnerField


class LandForm(VersionedForm):
    """Who looks after a piece of ground, drawn on the map or written."""

    name = forms.CharField(label=_("Lieu"), max_length=150)
    use = forms.ChoiceField(label=_("Usage"), choices=Land.Use.choices)
    partner = PartnerField(
        label=_("Qui s’en occupe"), required=False, empty_label=_("Personne, ou on ne sait pas")
    )
    owner_name = forms.CharField(label=_("Propriétaire"), max_length=150, required=False)
    contour = forms.CharField(
        label=_("Contour"),
        strip=True,
        max_length=400_000,
        help_text=_("La carte l’écrit. Sinon : un point par ligne, longitude puis latitude, ou un GeoJSON."),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Dessinez le contour sur la carte, ou écrivez ses points.")},
    )
    source_words = forms.CharField(
        label=_("D’après"),
        max_length=200,
        help_text=_("Le plan, la convention ou la visite qui le dit, avec sa date."),
    )
    since = DayField(label=_("Depuis le"), required=False)
    until = DayField(label=_("Jusqu’au"), required=False)

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Partner]", self.fields["partner"])
        field.queryset = area.partners.filter(active=True)
        self.fields["until"].initial = self.fields["since"].initial = None
        self.outline: Outline | None = None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("La fin vient avant le début."))
        if given.get("contour"):
            try:
                self.outline = outline_from(given["contour"])
            except Refused as refused:
                codes = {reason.code: "contour" for reason in refused.verdict.refusals()}
                show_refusal(self, refused, codes)
        return given


class ImportForm(forms.Form):
    """A GeoJSON file of land, and what it does not say itself."""

    file = forms.FileField(
        label=_("Fichier GeoJSON"),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json"}),
        help_text=_("Colonnes reconnues : nom, usage, responsable, proprietaire, depuis, jusqu_au."),
    )
    source_words = forms.CharField(
        label=_("D’après"), max_length=200, help_text=_("Qui a produit le fichier, et quand.")
    )
    source = forms.ModelChoiceField(
        label=_("Source connue"),
        queryset=Source.objects.order_by("title"),
        required=False,
        empty_label=_("Aucune"),
    )
    partner = PartnerField(
        label=_("Responsable, si le fichier ne le dit pas"), required=False, empty_label=_("Sans responsable")
    )
    crs = forms.ChoiceField(
        label=_("Système de coordonnées"),
        choices=[("", _("Le reconnaître")), *CHOICES],
        required=False,
    )
    replaces = forms.BooleanField(
        label=_("Clore ce qui venait de la même origine et n’y est plus"), required=False
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Partner]", self.fields["partner"])
        field.queryset = area.partners.filter(active=True)
