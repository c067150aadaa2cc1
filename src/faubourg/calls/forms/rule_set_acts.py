"""Small forms around a rule set: where it starts from, a file brought in, why it changes or ends."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.rules.calls.presets import DATA

from ..queries.calls import told_of
from ..services.rules import BLANK

LARGEST_FILE = 500_000
PRESET, VERSION = "preset:", "version:"


class NewRuleSetForm(forms.Form):
    """Where the set starts from, and what makes it another one."""

    start = forms.ChoiceField(label=_("Partir de"))
    name = forms.CharField(label=_("Nom du jeu de règles"), max_length=200)
    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Court, en minuscules et tirets : region-2026.")
    )
    authority = forms.CharField(label=_("Autorité"), max_length=200)
    instrument = forms.CharField(
        label=_("Dispositif"), max_length=60, help_text=_("Le même mot d’une année à l’autre.")
    )
    valid_from = forms.DateField(
        label=_("Valable du"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        localize=False,
    )

    def __init__(self, data: Any = None, *, sets: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.sets = {f"{VERSION}{each.pk}": each for each in sets}
        start: Any = self.fields["start"]
        start.choices = [
            ("", gettext("un jeu vide, avec une mesure à décrire")),
            *((f"{PRESET}{code}", told["name"]) for code, told in DATA.items()),
            *((key, str(each)) for key, each in self.sets.items()),
        ]
        start.required = False
        self.fields["valid_from"].initial = localdate().replace(month=1, day=1)

    def told(self) -> dict[str, Any]:
        """The set that this makes: windows of another year are left out, they would all be over."""
        given = self.cleaned_data
        start = given["start"]
        base = DATA[start.removeprefix(PRESET)] if start.startswith(PRESET) else BLANK
        if start in self.sets:
            base = told_of(self.sets[start])
        told = {key: value for key, value in base.items() if key not in ("windows", "valid_to")}
        day = given["valid_from"].isoformat()
        source = {**base["source"], "since": day}
        own = {name: given[name] for name in ("name", "authority", "instrument")}
        return {**told, **own, "valid_from": day, "source": source}


class ImportForm(forms.Form):
    """A set as JSON, in a file or pasted."""

    upload = forms.FileField(label=_("Fichier JSON"), required=False)
    text = forms.CharField(
        label=_("ou son contenu"), required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    why = forms.CharField(
        label=_("Pourquoi cette version"),
        required=False,
        max_length=400,
        help_text=_("Seulement si le code du fichier existe déjà : le fichier en devient une version."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, of a reasonable size."""
        given = super().clean() or {}
        upload, text = given.get("upload"), given.get("text", "")
        if upload is None and not text.strip():
            raise forms.ValidationError(gettext("Choisissez un fichier, ou collez son contenu."))
        if upload is not None and upload.size > LARGEST_FILE:
            raise forms.ValidationError(gettext("Ce fichier dépasse 500 ko : ce n’est pas un jeu de règles."))
        given["json"] = upload.read() if upload is not None else text
        return given


class WhyForm(forms.Form):
    """A reason, in a sentence."""

    why = forms.CharField(label=_("Pourquoi"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class TryOnForm(forms.Form):
    """On the dossiers of which call."""

    appel: Any = forms.ModelChoiceField(None, label=_("Sur les dossiers de"), to_field_name="code")

    def __init__(self, data: Any = None, *, calls: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["appel"]
        field.queryset = calls
