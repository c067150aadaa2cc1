"""Moving a neighbourhood along its path: the act, its first day, the text that decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.people.forms import DayInput
from faubourg.rules.neighbourhood_path import Act


class PathForm(forms.Form):
    """What may be done is judged by the rules; here only what is understood."""

    act = forms.ChoiceField(
        label=_("Que se passe-t-il ?"),
        choices=[(act.value, act.value) for act in Act],
        error_messages={
            "required": _("Choisissez ce qui se passe."),
            "invalid_choice": _("Ce changement n’existe pas : choisissez-en un de la liste."),
        },
    )
    on = forms.DateField(
        label=_("Depuis le"), widget=DayInput(), error_messages={"required": _("Dites depuis quel jour.")}
    )
    reference = forms.CharField(
        label=_("Texte"),
        max_length=200,
        required=False,
        help_text=_("La loi ou le décret, avec sa date. Exigé pour entrer, ajuster ou sortir."),
    )

    def clean_act(self) -> Act:
        """As the rules name it."""
        return Act(self.cleaned_data["act"])

    def clean_on(self) -> Any:
        """A year that makes sense."""
        day = self.cleaned_data["on"]
        if day and not 1996 <= day.year <= 2100:
            raise forms.ValidationError(_("L’année doit être entre 1996 et 2100."))
        return day
