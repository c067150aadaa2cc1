"""The file of a notebook, handed over on the page of its walk."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..services.notebook_file import LARGEST


class NotebookFileForm(forms.Form):
    """One file; its content is judged by the service."""

    file = forms.FileField(
        label=gettext_lazy("Fichier du carnet"),
        help_text=gettext_lazy("Celui que le carnet enregistre, nommé carnet-….json."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> Any:
        """Not larger than what can be read at once."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("Ce fichier dépasse %(most)d Mo : ouvrez-le plutôt dans le carnet lui-même.")
                % {"most": LARGEST // 1024 // 1024}
            )
        return file
