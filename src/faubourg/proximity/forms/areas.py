"""Opening an area, what it is set with, its categories and its words in other languages."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.base.sentences import in_words
from faubourg.base.text import printable, sort_key
from faubourg.contracts.models import Contract
from faubourg.territories.models import Territory

from ..models import Area, Category
from ..services.opening import KINDS, judge_opening

PLACES_LIST = "lieux-connus"
EASY_LENGTH = 120


def tidy(text: str) -> str:
    """Without signs that nobody sees, nor spaces around."""
    return printable(text.replace("\r\n", "\n")).strip()


class VersionedForm(forms.Form):
    """The version that was read when the page opened; each text is tidied."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, value in list(given.items()):
            if isinstance(value, str):
                given[name] = tidy(value)
        return given

    @property
    def base_version(self) -> int:
        """What the services compare."""
        return self.cleaned_data.get("version") or 0

    def told(self, *without: str) -> dict[str, Any]:
        """The columns, the version and what is named apart."""
        left_out = {"version", *without}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class PlaceField(forms.CharField):
    """A commune or an intercommunalité of today by its code or its name; cleans to it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": PLACES_LIST, "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        typed = tidy(super().clean(value))
        # « Clermont-Ferrand (63113) », as the list offers it.
        code = typed.rpartition("(")[2].rstrip(")").strip() if typed.endswith(")") else typed
        today = Territory.objects.filter(kind__in=KINDS, valid_to__isnull=True)
        found = list(today.filter(code__iexact=code)[:1]) or list(
            today.filter(sort_key__startswith=sort_key(typed).split(" ~")[0] + " ~").order_by("code")[:2]
        )
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(
            _("Plusieurs lieux s’appellent « %(name)s » : écrivez le code INSEE ou le numéro SIREN.")
            if found
            else _("Aucune commune ni intercommunalité d’aujourd’hui ne répond à « %(name)s »."),
            params={"name": typed[:60]},
        )


class OpenAreaForm(forms.Form):
    """Where, and a number to call if there is one: the rest is given."""

    place = PlaceField(
        label=_("Commune ou intercommunalité"),
        help_text=_("Son nom, ou son code INSEE ou SIREN."),
    )
    hotline = forms.CharField(
        label=_("Numéro vert, s’il existe"),
        max_length=20,
        required=False,
        help_text=_("Il pourra être ajouté plus tard."),
    )

    def clean_place(self) -> Territory:
        """One that has no area yet."""
        place = cast(Territory, self.cleaned_data["place"])
        verdict = judge_opening(place)
        if not verdict.ok:
            raise forms.ValidationError([in_words(reason) for reason in verdict.refusals()])
        return place

    def clean_hotline(self) -> str:
        """Tidied."""
        return tidy(self.cleaned_data["hotline"])


class AreaForm(VersionedForm):
    """Name, telephone, delays of the whole area, contracts."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    open = forms.BooleanField(label=_("Ouvert aux signalements"), required=False)
    hotline = forms.CharField(label=_("Numéro vert"), max_length=20, required=False)
    hotline_hours = forms.CharField(
        label=_("Horaires du numéro vert"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h."),
    )
    emergency_words = forms.CharField(
        label=_("En cas d’urgence"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    silence_days = forms.IntegerField(
        label=_("Clos sans réponse après, en jours"),
        min_value=1,
        max_value=90,
        help_text=_("Après que c’est déclaré fait, si personne ne dit le contraire."),
    )
    arbitration_days = forms.IntegerField(
        label=_("Arbitrage d’un lieu sans responsable, en jours"), min_value=1, max_value=90
    )
    retention_months = forms.IntegerField(
        label=_("Coordonnées gardées après la clôture, en mois"), min_value=1, max_value=36
    )
    alsace_moselle = forms.BooleanField(label=_("Jours fériés d’Alsace-Moselle"), required=False)
    contracts = forms.ModelMultipleChoiceField(
        label=_("Contrats de ville dont l’équipe conduit ce territoire"),
        queryset=Contract.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, contracts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[Contract]", self.fields["contracts"]).queryset = contracts
        if not contracts:
            del self.fields["contracts"]

    @staticmethod
    def values_of(area: Area) -> dict[str, Any]:
        """What a change starts from."""
        same = [name for name in AreaForm.base_fields if name != "contracts"]
        return {name: getattr(area, name) for name in same} | {"contracts": area.contracts.all()}


class CategoryForm(VersionedForm):
    """What a resident may report, and what is promised."""

    name = forms.CharField(label=_("Nom"), max_length=80)
    easy = forms.CharField(
        label=_("En mots simples"),
        max_length=EASY_LENGTH,
        required=False,
        help_text=_("Ce que l’on voit, en une phrase courte : « La lumière de la rue ne marche pas. »"),
    )
    theme = forms.ChoiceField(label=_("Thème"), choices=Category.Theme.choices)
    keywords = forms.CharField(
        label=_("Mots-clés"),
        max_length=200,
        required=False,
        help_text=_("Les mots des habitants, séparés par des virgules : ils servent à chercher."),
    )
    working_days = forms.IntegerField(
        label=_("Délai promis, en jours ouvrés"), min_value=1, max_value=365, initial=10
    )
    radius_m = forms.IntegerField(
        label=_("Même endroit à moins de, en mètres"),
        min_value=5,
        max_value=500,
        initial=30,
        help_text=_("Deux signalements plus proches sont proposés comme doublons."),
    )
    age_days = forms.IntegerField(
        label=_("Même problème pendant, en jours"),
        min_value=1,
        max_value=730,
        initial=60,
        help_text=_("Un signalement plus ancien n’est plus proposé comme doublon."),
    )
    desk = forms.CharField(
        label=_("Guichet qui doit savoir"),
        max_length=200,
        required=False,
        help_text=_("Rempli, rien n’est confié à un service d’entretien : la personne y est orientée."),
    )
    desk_address = forms.URLField(label=_("Adresse du guichet"), required=False, assume_scheme="https")
    order = forms.IntegerField(label=_("Rang"), min_value=0, max_value=999, initial=50)
    active = forms.BooleanField(label=_("Proposée aux habitants"), required=False, initial=True)

    @staticmethod
    def values_of(category: Category) -> dict[str, Any]:
        """What a change starts from."""
        return {name: getattr(category, name) for name in CategoryForm.base_fields}


class TranslationForm(VersionedForm):
    """One sentence in one language, corrected or validated."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Traduction"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
