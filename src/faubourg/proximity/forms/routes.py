"""Lines of the table of routes, the question « who would answer here? », spots."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Area, Category, Land, Partner, Route, Spot
from .areas import VersionedForm
from .partners import PartnerField

DAYS = [
    ("1", _("lundi")), ("2", _("mardi")), ("3", _("mercredi")), ("4", _("jeudi")), ("5", _("vendredi")),
    ("6", _("samedi")), ("7", _("dimanche et jours fériés")),
]  # fmt: skip
HOURS = [("", _("toute la journée")), *((str(hour * 60), f"{hour} h") for hour in range(25))]
ANY = ("", _("Peu importe"))


def _choices(choices: Any) -> list[tuple[Any, Any]]:
    return [ANY, *choices]


class RouteForm(VersionedForm):
    """When a report is about that, on such ground, at such hours: who leads, who helps."""

    category = forms.ModelChoiceField(
        label=_("Catégorie"), queryset=Category.objects.none(), required=False, empty_label=_("Peu importe")
    )
    theme = forms.ChoiceField(
        label=_("Ou tout un thème"), choices=_choices(Category.Theme.choices), required=False
    )
    use = forms.ChoiceField(label=_("Usage du sol"), choices=_choices(Land.Use.choices), required=False)
    owner_kind = forms.ChoiceField(
        label=_("Nature du responsable du sol"), choices=_choices(Partner.Kind.choices), required=False
    )
    days = forms.MultipleChoiceField(
        label=_("Jours"),
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucun coché : tous les jours."),
    )
    from_minute = forms.TypedChoiceField(
        label=_("À partir de"), choices=HOURS[:-1], coerce=int, empty_value=None, required=False
    )
    to_minute = forms.TypedChoiceField(
        label=_("Jusqu’à"),
        choices=HOURS,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Une nuit finit le lendemain : de 20 h à 6 h."),
    )
    partner = PartnerField(label=_("Qui répond"), required=False, empty_label=_("Le responsable du sol"))
    also = forms.ModelMultipleChoiceField(
        label=_("Avec l’aide de"),
        queryset=Partner.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("Pourquoi"),
        max_length=200,
        required=False,
        help_text=_("Montré avec la réponse : « convention de 2025, article 4 »."),
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = area.partners.filter(active=True)
        categories = area.categories.filter(active=True, desk="")
        cast("forms.ModelChoiceField[Category]", self.fields["category"]).queryset = categories
        cast("forms.ModelChoiceField[Partner]", self.fields["partner"]).queryset = partners
        cast("forms.ModelMultipleChoiceField[Partner]", self.fields["also"]).queryset = partners

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("category") and given.get("theme"):
            self.add_error("theme", _("Choisissez une catégorie ou un thème, pas les deux."))
        if (given.get("from_minute") is None) is not (given.get("to_minute") is None):
            self.add_error("to_minute", _("Donnez les deux heures, ou aucune."))
        elif given.get("from_minute") is not None and given["from_minute"] == given.get("to_minute"):
            self.add_error("to_minute", _("Les deux heures sont les mêmes."))
        given["weekdays"] = "".join(sorted(given.pop("days", [])))
        return given

    @staticmethod
    def values_of(route: Route) -> dict[str, Any]:
        """What a change starts from."""
        apart = {"days", "also"}
        same = {name: getattr(route, name) for name in RouteForm.base_fields if name not in apart}
        return same | {"days": list(route.weekdays), "also": route.also.all()}


class WhoForm(forms.Form):
    """« Who would answer here, now? »: a place, a category, perhaps another moment."""

    categorie = forms.ModelChoiceField(
        label=_("Catégorie"), queryset=Category.objects.none(), empty_label=_("Choisir…")
    )
    lieu = forms.CharField(
        label=_("Lieu"),
        max_length=60,
        help_text=_("Longitude puis latitude, par exemple « 3,0863 45,7797 », ou touchez la carte."),
    )
    precision = forms.IntegerField(
        label=_("Précision, en mètres"), min_value=0, max_value=2000, required=False, initial=10
    )
    quand = forms.DateTimeField(
        label=_("Quand"),
        required=False,
        help_text=_("Vide : maintenant."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Category]", self.fields["categorie"])
        field.queryset = area.categories.filter(active=True)

    def clean_lieu(self) -> tuple[float, float]:
        """Longitude, latitude."""
        return point_of(self.cleaned_data["lieu"])


def point_of(text: str) -> tuple[float, float]:
    """« 3,0863 45,7797 », « 3.0863, 45.7797 », « 3,0863 ; 45,7797 »."""
    rough = text.replace(";", " ").split()
    if len(rough) == 1 and rough[0].count(",") == 1:
        rough = rough[0].split(",")
    try:
        lon, lat = (float(one.strip(",").replace(",", ".")) for one in rough)
    except ValueError:
        raise forms.ValidationError(
            _("Ce n’est pas un point : écrivez la longitude puis la latitude, « 3,0863 45,7797 ».")
        ) from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise forms.ValidationError(_("Ce point n’est pas sur la Terre : la longitude vient d’abord."))
    return lon, lat


class SpotForm(VersionedForm):
    """A place with its own QR code."""

    name = forms.CharField(
        label=_("Lieu"), max_length=150, help_text=_("Comme on le dit : « 12, rue des Lilas, hall B ».")
    )
    point = forms.CharField(
        label=_("Point sur la carte"),
        max_length=60,
        help_text=_("Longitude puis latitude, par exemple « 3,0863 45,7797 », ou touchez la carte."),
    )
    partner = PartnerField(label=_("Partenaire du lieu"), required=False, empty_label=_("Peu importe"))
    indoors = forms.BooleanField(label=_("Dans un bâtiment"), required=False)
    active = forms.BooleanField(label=_("Affiché"), required=False, initial=True)

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Partner]", self.fields["partner"])
        field.queryset = area.partners.filter(active=True)

    def clean_point(self) -> tuple[float, float]:
        """Longitude, latitude."""
        return point_of(self.cleaned_data["point"])

    def values(self) -> dict[str, Any]:
        """The columns of a spot."""
        lon, lat = self.cleaned_data["point"]
        return {**self.told("point"), "lon": lon, "lat": lat}

    @staticmethod
    def values_of(spot: Spot) -> dict[str, Any]:
        """What a change starts from."""
        same = {name: getattr(spot, name) for name in SpotForm.base_fields if name != "point"}
        return same | {"point": f"{spot.lon} {spot.lat}"}
