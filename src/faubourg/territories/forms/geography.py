"""The local geography: an outline drawn, pasted or uploaded; where it goes; who decided; the grid's file."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.people.forms import DayInput

from ..models import Perimeter, Territory
from ..services.drawing_decisions import DRAWN_KINDS, Decision
from .sourced import SourcedForm

LINE_HELP = _(
    "Un point par ligne, longitude puis latitude (« 3,0815 45,7790 »), ou un GeoJSON « LineString ». "
    "Le trait commence et finit hors du périmètre."
)
STEPS = ((5, "5 m"), (10, "10 m"), (20, "20 m"), (50, "50 m"), (100, "100 m"))


class OutlineForm(forms.Form):
    """The contour as text, which the map writes; or a file instead of it."""

    contour = forms.CharField(
        label=_("Contour (GeoJSON)"),
        required=False,
        strip=True,
        help_text=_("La carte l’écrit pour vous ; on peut aussi le coller ou le corriger ici."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Ou un fichier, à la place du dessin"),
        required=False,
        help_text=_(
            "GeoJSON, GeoPackage (.gpkg) ou shapefile dans un .zip. Lambert-93 et WGS 84 sont reconnus."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json,.gpkg,.zip"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("file") and not given.get("contour"):
            self.add_error(
                "contour", _("Dessinez le contour sur la carte, collez un GeoJSON ou choisissez un fichier.")
            )
        return given


class DecisionForm(forms.Form):
    """Who decided, when, under which text, why."""

    decided_on = forms.DateField(
        label=_("Décidé le"),
        widget=DayInput(),
        error_messages={"required": _("Dites quel jour cela a été décidé.")},
    )
    authority = forms.CharField(
        label=_("Décidé par"),
        max_length=150,
        required=False,
        help_text=_("L’instance qui décide : conseil communautaire, COPIL… Vide : vous-même."),
    )
    reference = forms.CharField(
        label=_("Texte"),
        max_length=200,
        required=False,
        help_text=_("Délibération, contrat, convention, avec sa date."),
    )
    reason = forms.CharField(
        label=_("Motif"),
        max_length=500,
        required=False,
        help_text=_("À défaut de texte, dites pourquoi."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    # The version that was seen when the page was opened.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"decided_on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_decided_on(self) -> Any:
        """A year that makes sense."""
        day = self.cleaned_data["decided_on"]
        if not 1990 <= day.year <= 2100:
            raise forms.ValidationError(_("L’année doit être entre 1990 et 2100."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("reference") and not given.get("reason") and "reference" not in self.errors:
            self.add_error("reference", _("Citez le texte qui décide, ou dites pourquoi dans « Motif »."))
        return given

    def decision(self) -> Decision:
        """What the services ask for; only of a valid form."""
        given = self.cleaned_data
        return Decision(given["decided_on"], given["authority"], given["reference"], given["reason"])


class PlacedDecisionForm(DecisionForm):
    """A first outline: of which nature, for which neighbourhood, known or new."""

    kind = forms.ChoiceField(
        label=_("Nature du périmètre"),
        choices=[("", _("Choisir…")), *((k.value, k.label) for k in DRAWN_KINDS)],
    )
    place = forms.ModelChoiceField(
        label=_("Quartier"),
        queryset=Territory.objects.none(),
        required=False,
        empty_label=_("Un nouveau quartier, nommé ci-dessous"),
        to_field_name="code",
    )
    name = forms.CharField(label=_("Nom du nouveau quartier"), max_length=200, required=False)
    communes = forms.ModelMultipleChoiceField(
        label=_("Sur quelles communes ?"),
        queryset=Territory.objects.none(),
        required=False,
        to_field_name="code",
        help_text=_("Pour un nouveau quartier. Ctrl ou ⌘ pour en choisir plusieurs."),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    confirmed = forms.BooleanField(
        label=_("J’ai vérifié : ce contour est bien celui de ce lieu"), required=False
    )
    field_order = (
        "kind",
        "place",
        "name",
        "communes",
        "confirmed",
        "decided_on",
        "authority",
        "reference",
        "reason",
    )

    def __init__(self, *args: Any, area: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Territory.objects.filter(valid_to__isnull=True).order_by("sort_key")
        places = inside.filter(kind=Territory.Kind.NEIGHBOURHOOD, communes__epci=area).distinct()
        communes = inside.filter(kind=Territory.Kind.COMMUNE, epci=area)
        cast("forms.ModelChoiceField[Territory]", self.fields["place"]).queryset = places
        cast("forms.ModelMultipleChoiceField[Territory]", self.fields["communes"]).queryset = communes

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("place"):
            return given
        if not given.get("name"):
            self.add_error("name", _("Nommez le nouveau quartier, ou choisissez-en un dans la liste."))
        if not given.get("communes"):
            self.add_error("communes", _("Choisissez au moins une commune."))
        return given


class CutForm(DecisionForm):
    """A line across, and the name of the half that leaves."""

    line = forms.CharField(
        label=_("Trait de coupe"),
        help_text=LINE_HELP,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Tracez le trait sur la carte, ou écrivez ses points.")},
    )
    name = forms.CharField(
        label=_("Nom de la plus petite moitié"),
        max_length=200,
        help_text=_("Elle devient un quartier à elle, issu de celui-ci ; la plus grande garde le sien."),
        error_messages={"required": _("Nommez la moitié qui devient un nouveau quartier.")},
    )
    field_order = ("line", "name")


class JoinForm(DecisionForm):
    """The other outline, and whether several pieces are meant."""

    other = forms.ModelChoiceField(
        label=_("Réunir avec"),
        queryset=Perimeter.objects.none(),
        empty_label=_("Choisir…"),
        error_messages={"required": _("Choisissez l’autre périmètre.")},
    )
    apart = forms.BooleanField(label=_("Je veux un périmètre en plusieurs morceaux"), required=False)
    field_order = ("other", "apart")

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Perimeter]", self.fields["other"]).queryset = others


class LightenForm(DecisionForm):
    """How far a point may move."""

    metres = forms.TypedChoiceField(
        label=_("Écart permis"),
        coerce=int,
        choices=STEPS,
        initial=10,
        help_text=_("Aucun point du nouveau contour ne s’écarte davantage de l’ancien."),
    )
    field_order = ("metres",)


class GridForm(SourcedForm):
    """A file of cells and where it comes from."""

    file = forms.FileField(
        label=_("Fichier de la grille"),
        help_text=_(
            "GeoPackage ou Parquet de carreaux : population, et part de pauvreté ou niveau de vie. "
            "Les noms de colonnes de l’INSEE sont reconnus."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".gpkg,.parquet"}),
        error_messages={"required": _("Choisissez le fichier de la grille.")},
    )
    field_order = ("file", "source")
