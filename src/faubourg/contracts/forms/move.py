"""Moving a convention along: the act and its day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.rules.convention_circuit import Act

from .agreement import DayField


class MoveForm(forms.Form):
    """One act of the circuit of a convention."""

    act = forms.ChoiceField(
        label=_("Que se passe-t-il ?"),
        choices=[(act.value, act.value) for act in Act],
        error_messages={
            "required": _("Choisissez ce qui se passe."),
            "invalid_choice": _("Cette étape n’existe pas : choisissez-en une de la liste."),
        },
    )
    on = DayField(label=_("Le"), error_messages={"required": _("Dites quel jour.")})

    def clean_act(self) -> Act:
        """As the rules name it."""
        return Act(self.cleaned_data["act"])
