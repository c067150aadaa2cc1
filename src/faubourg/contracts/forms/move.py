"""Moving a convention along: the act and its day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.people.fields import ActField, DayField
from faubourg.rules.convention_circuit import Act


class MoveForm(forms.Form):
    """One act of the circuit of a convention."""

    act = ActField(Act, unknown=_("Cette étape n’existe pas : choisissez-en une de la liste."))
    on = DayField(label=_("Le"), error_messages={"required": _("Dites quel jour.")})
