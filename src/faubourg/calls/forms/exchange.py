"""What is asked to bring dossiers from another tool."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DossierFileForm(forms.Form):
    """A spreadsheet of dossiers."""

    file = forms.FileField(
        label=_("Tableau"),
        help_text=_("CSV, Excel (.xlsx) ou OpenDocument (.ods), une ligne par dossier."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )
