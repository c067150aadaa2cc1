"""The key of an application."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..services.open311_keys import KeyWords
from .areas import tidy

MOST_A_DAY = 100_000


class KeyForm(forms.Form):
    """Which application, whom to write to, how much it may file."""

    label = forms.CharField(
        label=_("Application"), max_length=120, help_text=_("Par exemple : application mobile de la ville.")
    )
    email = forms.EmailField(
        label=_("Courriel de son équipe technique"),
        required=False,
        help_text=_("Une adresse de service plutôt que celle d’une personne."),
    )
    daily_limit = forms.IntegerField(
        label=_("Signalements par jour, au plus"), min_value=1, max_value=MOST_A_DAY, initial=500
    )
    answers_token = forms.BooleanField(
        label=_("Répondre par un jeton"),
        required=False,
        help_text=_("Seulement si l’application demande ensuite le numéro avec « tokens »."),
    )

    def clean_label(self) -> str:
        """One line, without signs that nobody sees."""
        label = " ".join(tidy(self.cleaned_data["label"]).split())
        if not label:
            raise forms.ValidationError(_("Donnez un nom à l’application."))
        return label

    def told(self) -> KeyWords:
        """As the service takes it."""
        return KeyWords(**self.cleaned_data)
