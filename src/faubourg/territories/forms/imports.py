"""Bringing a spreadsheet of figures: the file, what holds for all its rows, what its columns are."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.rules.spreadsheet import columns as roles

from ..models import Indicator
from ..services.import_columns import WIDE, Layout
from .sourced import SourcedForm

ROLES = (
    ("", _("ignorer")),
    (roles.CODE, _("code du territoire")),
    (roles.NAME, _("nom (non importé)")),
    (roles.KIND, _("nature du territoire")),
    (roles.INDICATOR, _("indicateur")),
    (roles.VALUE, _("valeur")),
    (roles.VINTAGE, _("millésime")),
    (roles.SOURCE, _("source")),
    (roles.PERIMETER, _("version de périmètre")),
    (roles.NOTE, _("remarque")),
)


class ImportForm(SourcedForm):
    """The file, and the source and vintage of the rows that do not say theirs."""

    adds_to_its_source = True
    file = forms.FileField(
        label=_("Tableau de chiffres"),
        help_text=_("CSV, Excel (.xlsx) ou OpenDocument (.ods), 50 000 lignes au plus."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )
    vintage = forms.CharField(
        label=_("Millésime"),
        max_length=120,
        required=False,
        help_text=_("Pour les lignes qui ne disent pas le leur : « RP 2021 », « 2024 »…"),
    )
    field_order = ("file", "vintage", "source")
    source_required = False


class LayoutForm(forms.Form):
    """One choice a column; the sheet and the row of headings."""

    sheet = forms.TypedChoiceField(label=_("Feuille"), coerce=int)
    heading = forms.IntegerField(label=_("Ligne des en-têtes"), min_value=1, max_value=50_000)
    vintage = forms.CharField(
        label=_("Millésime des lignes qui ne le disent pas"), max_length=120, required=False
    )

    def __init__(
        self,
        *args: Any,
        layout: Layout,
        sheets: Sequence[str],
        headings: Sequence[tuple[int, str, str]],
        vintage: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.layout = layout
        self.fields["sheet"].choices = list(enumerate(sheets))  # type: ignore[attr-defined]
        self.fields["sheet"].initial = layout.sheet
        self.fields["heading"].initial = layout.heading + 1
        self.fields["vintage"].initial = vintage
        if len(sheets) < 2:
            self.fields["sheet"].widget = forms.HiddenInput()
        indicators = [(f"{WIDE}{i.code}", i.name_fr) for i in Indicator.objects.all()]
        self.headings = headings
        for rank, letter, words in headings:
            self.fields[f"column_{rank}"] = forms.ChoiceField(
                label=f"{letter} – {words}"
                if words
                else gettext("{letter} (sans en-tête)").format(letter=letter),
                choices=[*ROLES, (_("une colonne par indicateur"), indicators)],
                required=False,
                initial=layout.columns.get(rank, "").partition("@")[0],
            )

    def chosen(self) -> Layout:
        """The layout as changed; a vintage said by a heading stays with its column."""
        given = self.cleaned_data
        columns = {}
        for rank, _letter, _words in self.headings:
            role = given.get(f"column_{rank}", "")
            before = self.layout.columns.get(rank, "")
            if role:
                columns[rank] = before if before.partition("@")[0] == role else role
        return Layout(given["sheet"], given["heading"] - 1, columns)
