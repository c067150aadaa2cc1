"""Perimeters: a file or a pasted text, which shape in it, what the contour is; and a new neighbourhood."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import whole_number
from faubourg.people.forms import DayInput

from ..models import Perimeter, Territory
from ..reading.placing import CHOICES
from ..reading.shapes import Layer
from .sourced import SourcedForm

Kind = Perimeter.Kind
LOCAL_KINDS = (Kind.FORESEEN, Kind.LIVED, Kind.LOCAL_P1, Kind.LOCAL_P2, Kind.LOCAL_P3, Kind.QVA)
MOST_CHOICES = 500


class UploadForm(forms.Form):
    """A file, or a GeoJSON pasted as text."""

    file = forms.FileField(
        label=_("Fichier du contour"),
        required=False,
        help_text=_(
            "GeoJSON, GeoPackage (.gpkg) ou shapefile dans un .zip. Lambert-93 et WGS 84 sont reconnus."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json,.gpkg,.zip"}),
    )
    pasted = forms.CharField(
        label=_("Ou collez un GeoJSON"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and bool(given.get("file")) == bool((given.get("pasted") or "").strip()):
            raise forms.ValidationError(_("Choisissez un fichier, ou collez un GeoJSON : l’un des deux."))
        return given


class PickForm(forms.Form):
    """Which layer, which shapes, in which coordinates; asked only when the file leaves a choice."""

    couche = forms.TypedChoiceField(label=_("Couche"), coerce=int, required=False)
    forme = forms.TypedMultipleChoiceField(
        label=_("Formes"),
        coerce=int,
        required=False,
        help_text=_("Plusieurs formes choisies sont réunies en un seul périmètre."),
    )
    crs = forms.ChoiceField(label=_("Système de coordonnées"), required=False)

    def __init__(self, data: Any, *, layers: Sequence[Layer]) -> None:
        super().__init__(data)
        self.layers = layers
        rank = self._layer_rank(data)
        cast(forms.ChoiceField, self.fields["couche"]).choices = [
            (i, f"{layer.name} ({len(layer.features)})") for i, layer in enumerate(layers)
        ]
        shapes = list(enumerate(layers[rank].features))[:MOST_CHOICES]
        cast(forms.ChoiceField, self.fields["forme"]).choices = [(i, feature.label) for i, feature in shapes]
        cast(forms.ChoiceField, self.fields["crs"]).choices = [
            ("", _("celui que dit le fichier")),
            *((code, gettext(name)) for code, name in CHOICES),
        ]

    def _layer_rank(self, data: Any) -> int:
        asked = whole_number(str(data.get("couche", "0")))
        return asked if asked < len(self.layers) else 0

    @property
    def leaves_a_choice(self) -> bool:
        """More than one layer or shape."""
        return len(self.layers) > 1 or any(len(layer.features) > 1 for layer in self.layers)

    def chosen(self) -> tuple[Layer, list[int], str]:
        """The layer, the ranks of its shapes (the first when none was picked) and the coordinates."""
        given = self.cleaned_data if self.is_valid() else {}
        layer = self.layers[given.get("couche") or 0]
        picked = [rank for rank in given.get("forme") or [0] if rank < len(layer.features)]
        return layer, picked or [0], given.get("crs") or ""


class DatedForm(SourcedForm):
    """From when to when, under which text."""

    adds_to_its_source = True
    valid_from = forms.DateField(label=_("Depuis le"), required=False, widget=DayInput())
    valid_to = forms.DateField(label=_("Jusqu’au"), required=False, widget=DayInput())
    legal_reference = forms.CharField(
        label=_("Texte"),
        max_length=200,
        required=False,
        help_text=_("Décret, délibération, contrat… qui l’établit."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Le dernier jour précède le premier."))
        for name in ("valid_from", "valid_to"):
            if given.get(name) and not 1900 <= given[name].year <= 2100:
                self.add_error(name, _("L’année doit être entre 1900 et 2100."))
        return given


class DrawForm(DatedForm):
    """What the contour is; `confirmed` when it lies far from where the place is known."""

    kind = forms.ChoiceField(label=_("Nature du périmètre"), choices=Kind.choices)
    note = forms.CharField(label=_("Remarque"), max_length=300, required=False)
    confirmed = forms.BooleanField(
        label=_("J’ai vérifié : ce contour est bien celui de ce lieu"), required=False
    )
    field_order = ("kind", "valid_from", "valid_to", "legal_reference", "note", "source", "confirmed")

    def __init__(self, *args: Any, territory: Territory, must_confirm: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if territory.kind == Territory.Kind.NEIGHBOURHOOD:
            choices = [choice for choice in Kind.choices if choice[0] != Kind.ADMINISTRATIVE]
            choices.insert(0, ("", _("Choisir…")))
        else:
            choices = [(Kind.ADMINISTRATIVE.value, Kind.ADMINISTRATIVE.label)]
        cast(forms.ChoiceField, self.fields["kind"]).choices = choices
        if must_confirm:
            self.fields["confirmed"].required = True
        else:
            del self.fields["confirmed"]


class NeighbourhoodForm(DatedForm):
    """A neighbourhood that no official list names yet."""

    name = forms.CharField(label=_("Nom du quartier"), max_length=200)
    communes = forms.CharField(
        label=_("Code INSEE de la commune"),
        max_length=60,
        help_text=_("Plusieurs codes, séparés par des virgules, quand il s’étend sur plusieurs communes."),
    )
    kind = forms.ChoiceField(
        label=_("Ce qu’il est"), choices=[(kind.value, kind.label) for kind in LOCAL_KINDS]
    )
    description = forms.CharField(
        label=_("Présentation"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    field_order = ("name", "communes", "kind", "valid_from", "legal_reference", "description", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["valid_to"]

    def clean_communes(self) -> list[Territory]:
        """The communes of today with these codes, in the order given."""
        codes = [
            code.strip().upper()
            for code in self.cleaned_data["communes"].replace(";", ",").split(",")
            if code.strip()
        ]
        found = {
            c.code: c
            for c in Territory.objects.filter(
                kind=Territory.Kind.COMMUNE, code__in=codes, valid_to__isnull=True
            )
        }
        if unknown := [code for code in codes if code not in found]:
            raise forms.ValidationError(
                _("Aucune commune d’aujourd’hui n’a le code %(codes)s."), params={"codes": ", ".join(unknown)}
            )
        return [found[code] for code in dict.fromkeys(codes)]
