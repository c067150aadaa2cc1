"""A form that says where its facts come from: a known source, or a new one with its licence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Source


class SourcedForm(forms.Form):
    """`source` or the `new_*` fields; the page folds the latter away (see `main_fields`)."""

    source_required = True
    # A loaded source is corrected beside, never added to: what adds to a source does not offer those.
    adds_to_its_source = False
    NEW = ("new_title", "new_publisher", "new_licence", "new_vintage", "new_origin")

    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.order_by("title"),
        required=False,
        empty_label=_("Choisir…"),
        help_text=_("Le document ou le fichier qui porte cette information."),
        error_messages={
            "required": _(
                "Choisissez la source, ou décrivez-en une nouvelle : un chiffre ne va pas sans elle."
            ),
            "invalid_choice": _(
                "Rien ne s’ajoute à la main sous une source chargée avec Faubourg ou inconnue. "
                "Décrivez votre propre source."
            ),
        },
    )
    new_title = forms.CharField(label=_("Titre de la nouvelle source"), max_length=300, required=False)
    new_publisher = forms.CharField(label=_("Producteur"), max_length=200, required=False)
    new_licence = forms.CharField(
        label=_("Licence ou droit d’usage"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : Licence Ouverte 2.0, ou « document interne, usage autorisé »."),
    )
    new_vintage = forms.CharField(label=_("Millésime de la source"), max_length=120, required=False)
    new_origin = forms.CharField(label=_("Où la trouver"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.adds_to_its_source:
            self.fields["source"].queryset = Source.objects.filter(loaded=False).order_by("title")  # type: ignore[attr-defined]
        self.fields["source"].required = self.source_required and not self.data.get("new_title")

    def main_fields(self) -> list[forms.BoundField]:
        """Everything but the fields of a new source."""
        return [field for field in self.visible_fields() if field.name not in self.NEW]

    def new_source_fields(self) -> list[forms.BoundField]:
        """The fields of a new source."""
        return [self[name] for name in self.NEW]

    def opens_new_source(self) -> bool:
        """Whether the new source was begun or has something wrong: then the page unfolds it."""
        return any(self[name].errors or self[name].value() for name in self.NEW)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        title, source = given.get("new_title"), given.get("source")
        if title and source:
            self.add_error(
                "source", _("Choisissez une source de la liste, ou décrivez-en une nouvelle, pas les deux.")
            )
        if title and not given.get("new_licence"):
            self.add_error("new_licence", _("Dites sous quelle licence la source peut être montrée."))
        if not title and any(given.get(name) for name in self.NEW):
            self.add_error("new_title", _("Donnez un titre à la nouvelle source."))
        return given
