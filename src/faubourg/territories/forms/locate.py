"""Locating points: the file, then what its columns are and what is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.base.refusal import Refused

from ..locating.columns import VERSIONS, choose
from ..locating.passing import Parcel
from ..models import Perimeter

FORMATS = (("csv", "CSV"), ("xlsx", "Excel (.xlsx)"), ("ods", "OpenDocument (.ods)"))


class PointsForm(forms.Form):
    """The file only."""

    file = forms.FileField(
        label=_("Tableau de points"),
        help_text=_(
            "CSV, Excel (.xlsx) ou OpenDocument (.ods), avec une ligne d’en-têtes : 20 Mo, 300 000 lignes "
            "(50 000 pour un classeur). Degrés (WGS 84) ou Lambert-93."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )


class AskedForm(forms.Form):
    """The columns, recognised when their headings allow it."""

    lon = forms.TypedChoiceField(label=_("Longitude (ou X)"), coerce=int)
    lat = forms.TypedChoiceField(label=_("Latitude (ou Y)"), coerce=int)
    identifier = forms.TypedChoiceField(
        label=_("Identifiant"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Les identifiants répétés seront signalés."),
    )
    versions = forms.MultipleChoiceField(
        label=_("Versions des périmètres"), widget=forms.CheckboxSelectMultiple, initial=list(VERSIONS)
    )
    distance = forms.BooleanField(
        label=_("Distance au quartier le plus proche, en mètres, jusqu’à 2 km"), required=False
    )
    fmt = forms.ChoiceField(
        label=_("Format du résultat"),
        choices=FORMATS,
        help_text=_("Au-delà de 50 000 lignes, le résultat est toujours un CSV."),
    )

    def __init__(self, *args: Any, sent: Parcel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = list(enumerate(sent.headers))
        for name in ("lon", "lat"):
            self.fields[name].choices = [("", _("choisir…")), *columns]  # type: ignore[attr-defined]
        self.fields["identifier"].choices = [("", _("aucun")), *columns]  # type: ignore[attr-defined]
        self.fields["versions"].choices = [  # type: ignore[attr-defined]
            choice for choice in Perimeter.Kind.choices if choice[0] != Perimeter.Kind.ADMINISTRATIVE
        ]
        try:
            found = choose(sent.headers)
        except Refused:
            return
        self.initial.update(lon=found.lon, lat=found.lat, identifier=found.identifier)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("lon") is not None and given.get("lon") == given.get("lat"):
            self.add_error("lat", _("La longitude et la latitude sont deux colonnes différentes."))
        return given
