"""The form of a stake: its words, and the points of the diagnoses that it is drawn from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import DiagnosisPoint, Stake
from faubourg.contracts.queries.diagnoses import holder_of

from .objectives import LONGEST_TEXT


class StakeForm(forms.Form):
    """A stake."""

    title = forms.CharField(label=_("Enjeu"), max_length=300)
    text = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    points: Any = forms.ModelMultipleChoiceField(
        DiagnosisPoint.objects.none(),
        label=_("Tiré de ces constats"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, points: list[DiagnosisPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not points:
            del self.fields["points"]
            return
        field: Any = self.fields["points"]
        field.queryset = DiagnosisPoint.objects.filter(pk__in=[point.pk for point in points])
        field.choices = [
            (p.pk, f"{p.theme} – {p.get_side_display()} : {p.text} ({holder_of(p.diagnosis)})")
            for p in points
        ]

    @staticmethod
    def values_of(stake: Stake) -> dict[str, Any]:
        """What the form starts from."""
        return {
            **{name: getattr(stake, name) for name in ("title", "text", "version")},
            "points": [point.pk for point in stake.points.all()],
        }

    def changes(self) -> dict[str, Any]:
        """The values to write."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
