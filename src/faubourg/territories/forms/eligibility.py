"""What the simulator is told: every field is optional, what is not told is unknown."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.people.forms import DayInput
from faubourg.rules.designation import Facts, Geography

GEOGRAPHIES = {
    "hexagone": Geography.HEXAGON,
    "outre-mer": Geography.OVERSEAS,
    "indice": Geography.OVERSEAS_INDEX,
}
KNOWN = {"oui": True, "non": False}
TERNARY = (("", _("inconnu")), ("oui", _("oui")), ("non", _("non")))
MOST = 100_000_000
SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")
FIRST_DAY, LAST_DAY = dt.date(2014, 2, 23), dt.date(2035, 12, 31)


class CountField(forms.IntegerField):
    """A whole number as people type it: « 10 000 », « 10000 »."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            min_value=0,
            max_value=MOST,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "invalid": _("Écrivez un nombre entier, par exemple 10 000."),
                "min_value": _("Ce nombre ne peut pas être négatif."),
                "max_value": _("Ce nombre est trop grand pour être vrai."),
            },
        )

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.translate(SPACES) if isinstance(value, str) else value)


def _ternary(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=TERNARY,
        required=False,
        error_messages={"invalid_choice": _("Choisissez oui, non ou inconnu.")},
    )


class EligibilityForm(forms.Form):
    """French names, since they are the address that people share."""

    quartier = forms.CharField(
        label=_("Code d’un quartier"), max_length=40, required=False, help_text=_("Par exemple QN06307N.")
    )
    unite = forms.CharField(
        label=_("Unité urbaine"),
        max_length=100,
        required=False,
        help_text=_("Son nom ou son code, pour retrouver sa population."),
    )
    geographie = forms.ChoiceField(
        label=_("Où ?"),
        choices=(
            ("hexagone", _("dans l’Hexagone")),
            ("outre-mer", _("outre-mer, chapitre I du décret")),
            ("indice", _("outre-mer, autres chapitres (indice synthétique)")),
        ),
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _("Cette géographie n’existe pas : choisissez-en une de la liste."),
            "required": _("Choisissez une géographie."),
        },
    )
    date = forms.DateField(
        label=_("Jugé à la date du"),
        widget=DayInput(),
        help_text=_("Le texte en vigueur ce jour-là s’applique."),
        error_messages={
            "invalid": _("Écrivez une date, par exemple 2024-01-01."),
            "required": _("Dites à quelle date juger."),
        },
    )
    habitants = CountField(_("Habitants du quartier"))
    continu = _ternary(_("Est-ce un espace urbain d’un seul tenant ?"))
    revenu = CountField(
        _("Revenu médian déclaré du quartier"), _("En euros par an et par unité de consommation.")
    )
    unite_habitants = CountField(_("Habitants de l’unité urbaine"), _("Population totale."))
    unite_revenu = CountField(_("Revenu médian déclaré de l’unité urbaine"), _("En euros."))
    national_revenu = CountField(_("Revenu médian déclaré national"), _("En euros."))
    liste_depuis = forms.DateField(
        label=_("Sur la liste depuis le"),
        required=False,
        widget=DayInput(),
        help_text=_("Un quartier déjà sur la liste garde six ans le bénéfice du critère de taille."),
        error_messages={"invalid": _("Écrivez une date, par exemple 2015-01-01.")},
    )
    commune_habitants = CountField(_("Habitants de la commune"))
    densite = CountField(_("Densité du quartier"), _("Habitants au km²."))
    metropole_revenu = CountField(_("Revenu médian déclaré de la métropole"), _("En euros."))
    departement_revenu = CountField(_("Revenu médian déclaré du département"), _("En euros."))
    indice = _ternary(_("L’indice synthétique publié retient-il ce quartier ?"))

    COMMON = ("habitants", "continu", "revenu")
    BY_GEOGRAPHY = {
        "hexagone": ("unite_habitants", "unite_revenu", "national_revenu", "liste_depuis"),
        "outre-mer": ("commune_habitants", "densite", "metropole_revenu", "departement_revenu"),
        "indice": ("indice",),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name == "geographie":
                continue
            # The place of the error is always there: what is sent while typing fills it.
            helped = f"id_{name}_helptext " if field.help_text else ""
            field.widget.attrs["aria-describedby"] = f"{helped}id_{name}_error"

    def clean_date(self) -> dt.date:
        """A day for which there is a text."""
        day: dt.date = self.cleaned_data["date"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                _("La loi date du 21 février 2014 : choisissez un jour de 2014 à 2035.")
            )
        return day

    def common_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.COMMON]

    def geography_fields(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """For each geography: its name in the address, its label, its fields."""
        labels = dict(self.fields["geographie"].choices)  # type: ignore[attr-defined]
        return [(key, labels[key], [self[n] for n in names]) for key, names in self.BY_GEOGRAPHY.items()]

    def facts(self) -> Facts:
        """What was understood; a wrong value is unknown, and the form says so beside it."""
        said = self.cleaned_data
        return Facts(
            judged_on=said.get("date") or dt.date(2024, 1, 1),
            geography=GEOGRAPHIES.get(said.get("geographie", ""), Geography.HEXAGON),
            population=said.get("habitants"),
            continuous=KNOWN.get(said.get("continu", "")),
            median_income=said.get("revenu"),
            urban_unit_population=said.get("unite_habitants"),
            urban_unit_median=said.get("unite_revenu"),
            national_median=said.get("national_revenu"),
            listed_since=said.get("liste_depuis"),
            commune_population=said.get("commune_habitants"),
            density=said.get("densite"),
            metropolitan_median=said.get("metropole_revenu"),
            departement_median=said.get("departement_revenu"),
            index_qualifies=KNOWN.get(said.get("indice", "")),
        )
