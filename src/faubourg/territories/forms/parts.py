"""What is added to a place or withdrawn from it, one form a nature."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.people.forms import DayInput
from faubourg.rules.spreadsheet.cells import read_value
from faubourg.rules.spreadsheet.vintages import read_vintage
from faubourg.rules.verdict import Reason

from ..models import Figure, Indicator, LocalResource, Perimeter, Territory
from .sourced import SourcedForm


def say(reason: Reason) -> str:
    """The sentence of a rule in the reader's language."""
    return gettext(reason.template).format(**reason.params)


class PlacedForm(SourcedForm):
    """A form about one place."""

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.territory = territory


class AliasForm(PlacedForm):
    """Another name; its source is welcome, not required."""

    source_required = False
    name = forms.CharField(
        label=_("Autre nom"), max_length=200, help_text=_("Une orthographe, un ancien nom, un nom d’usage.")
    )
    field_order = ("name", "source")


class CorrectionForm(PlacedForm):
    """What a source printed, what is held true, on whose faith."""

    subject = forms.CharField(
        label=_("Ce qui est corrigé"),
        max_length=80,
        help_text=_("Par exemple : commune de rattachement, orthographe, population."),
    )
    printed = forms.CharField(label=_("Valeur imprimée"), max_length=300)
    corrected = forms.CharField(label=_("Valeur retenue"), max_length=300)
    evidence = forms.CharField(
        label=_("Sur la foi de"),
        max_length=300,
        help_text=_("Le texte, la carte ou la personne qui le prouve."),
    )
    field_order = ("subject", "printed", "source", "corrected", "evidence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].label = _("Imprimé dans")


class LineageForm(PlacedForm):
    """Who takes over from whom."""

    source_required = False
    direction = forms.ChoiceField(
        label=_("Ce lieu"),
        choices=(("from", _("vient de l’autre lieu")), ("to", _("a pour suite l’autre lieu"))),
        widget=forms.RadioSelect,
        initial="from",
    )
    other = forms.CharField(
        label=_("Code de l’autre lieu"), max_length=40, help_text=_("Code QPV, INSEE, SIREN ou code local.")
    )
    since = forms.DateField(label=_("Depuis le"), required=False, widget=DayInput())
    note = forms.CharField(label=_("Remarque"), max_length=300, required=False)
    field_order = ("direction", "other", "since", "note", "source")

    def clean_other(self) -> Territory:
        """The place of this code, of the same kind first."""
        code = "".join(self.cleaned_data["other"].split()).upper()
        places = Territory.objects.filter(code=code)
        found = places.filter(kind=self.territory.kind).first() or places.first()
        if found is None:
            raise forms.ValidationError(
                _("Aucun lieu ne porte le code « %(code)s ». Cherchez-le d’abord par son nom."),
                params={"code": code},
            )
        return found


class ResourceForm(PlacedForm):
    """An equipment, a service, an association."""

    kind = forms.ChoiceField(label=_("Nature"), choices=LocalResource.Kind.choices)
    name = forms.CharField(label=_("Nom"), max_length=200)
    partner = forms.CharField(label=_("Porté par"), max_length=200, required=False)
    place = forms.ChoiceField(
        label=_("Situation"), choices=LocalResource.Place.choices, initial=LocalResource.Place.INSIDE
    )
    note = forms.CharField(label=_("Remarque"), max_length=300, required=False)
    field_order = ("kind", "name", "partner", "place", "note", "source")


class FigureForm(PlacedForm):
    """One figure, never naked; the value is read as in a spreadsheet: « 1 234,5 », « s », « n.d. »."""

    adds_to_its_source = True
    indicator = forms.ModelChoiceField(
        label=_("Indicateur"), queryset=Indicator.objects.all(), empty_label=_("Choisir…")
    )
    value = forms.CharField(
        label=_("Valeur"),
        max_length=60,
        help_text=_("Un nombre (1 234,5), « s » s’il est secret, « n.d. » s’il n’est pas publié."),
    )
    vintage = forms.CharField(
        label=_("Millésime"),
        max_length=120,
        help_text=_("Comme la source le dit : « RP 2021 », « Filosofi 2021 », « 2024 »."),
    )
    perimeter = forms.ModelChoiceField(
        label=_("Version de périmètre"),
        queryset=Perimeter.objects.none(),
        required=False,
        empty_label=_("le lieu tel qu’administré"),
    )
    note = forms.CharField(label=_("Remarque"), max_length=300, required=False)
    field_order = ("indicator", "value", "vintage", "perimeter", "note", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.territory.perimeters.filter(withdrawn_at__isnull=True).defer("wkb", "outline")
        field = self.fields["perimeter"]
        field.queryset = standing.select_related("territory")  # type: ignore[attr-defined]
        if self.territory.kind == Territory.Kind.NEIGHBOURHOOD:
            field.initial = standing.order_by("valid_from", "id").last()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        indicator: Indicator | None = given.get("indicator")
        if indicator and given.get("value"):
            cell = read_value(given["value"], unit=indicator.unit, decimals=indicator.decimals)
            if cell.problem:
                self.add_error("value", say(cell.problem))
            given["amount"], given["secrecy"] = cell.value, cell.secrecy
        if given.get("vintage"):
            vintage = read_vintage(given["vintage"], this_year=timezone.localdate().year)
            if vintage.problem:
                self.add_error("vintage", say(vintage.problem))
            given["vintage"], given["year"] = vintage.text, vintage.year
        return given

    def amount(self) -> tuple[Decimal | None, str]:
        """The value and its secrecy, once valid."""
        return self.cleaned_data["amount"], self.cleaned_data.get("secrecy", Figure.Secrecy.OPEN)


class WithdrawForm(forms.Form):
    """Why something is withdrawn: kept in the journal."""

    reason = forms.CharField(
        label=_("Pourquoi le retirer ?"),
        max_length=300,
        help_text=_("Une phrase : elle reste dans l’histoire de la fiche."),
    )
