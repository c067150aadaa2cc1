"""Moving a neighbourhood along its path: the act, its first day, the text that decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.people.fields import ActField, DayField
from faubourg.rules.neighbourhood_path import Act


class PathForm(forms.Form):
    """What may be done is judged by the rules; here only what is understood."""

    act = ActField(Act, unknown=_("Ce changement n’existe pas : choisissez-en un de la liste."))
    on = DayField(label=_("Depuis le"), error_messages={"required": _("Dites depuis quel jour.")})
    reference = forms.CharField(
        label=_("Texte"),
        max_length=200,
        required=False,
        help_text=_("La loi ou le décret, avec sa date. Exigé pour entrer, ajuster ou sortir."),
    )
