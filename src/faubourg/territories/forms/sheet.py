"""What the sheet of a place says of itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SheetForm(forms.Form):
    """Presentation and, for a local code, the name; `version` is the one that was read."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    description = forms.CharField(
        label=_("Présentation"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Ce qu’il faut savoir du lieu, en quelques phrases. Les chiffres vont plus bas, avec leur source."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, may_rename: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_rename:
            del self.fields["name"]
