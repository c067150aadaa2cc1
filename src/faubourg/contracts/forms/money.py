"""Forms of the maquette: its filter, a new row, a line corrected, what happens to it, a file brought in."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.sentences import in_words
from faubourg.contracts.access import Hand
from faubourg.contracts.models import Contract, FundingEvent, FundingLine
from faubourg.contracts.queries.maquette import NO_AXIS, Maquette, Wanted
from faubourg.people.models import Organisation
from faubourg.rules.typed_money import read_cents
from faubourg.territories.models import Territory

ALL = [("", _("tous"))]
Actions = list[tuple[int, str]]


class MoneyField(forms.CharField):
    """A sum typed in French; its value is a number of cents, None when nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """Cents; a doubtful sum is refused with what to write instead."""
        read = read_cents(super().clean(value))
        if read.problem is not None:
            raise forms.ValidationError(in_words(read.problem))
        return read.cents


class PercentField(forms.DecimalField):
    """A percentage with two decimals at most; its value is in hundredths of a percent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, decimal_places=2, localize=True, **kwargs)

    def clean(self, value: Any) -> Any:
        """8,5 → 850."""
        found = super().clean(value)
        return None if found is None else int(found * 100)


class MaquetteFilter(forms.Form):
    """What of a maquette is shown; every word of it is optional."""

    axe = forms.ChoiceField(label=_("Axe"), required=False)
    niveau = forms.ChoiceField(label=_("Niveau"), required=False, choices=[*ALL, *FundingLine.Level.choices])
    origine = forms.ChoiceField(
        label=_("Origine"), required=False, choices=[("", _("toutes")), *FundingLine.Origin.choices]
    )
    financeur = forms.ChoiceField(label=_("Financeur"), required=False)

    def __init__(self, *args: Any, maquette: Maquette, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        axes = [(str(heading.pk), heading.title) for heading in maquette.headings]
        _choices(self, "axe", [*ALL, *axes, (NO_AXIS, gettext("hors axe"))])
        _choices(self, "financeur", [*ALL, *((funder, funder) for funder in maquette.funders)])

    def wanted(self) -> Wanted:
        """What is asked for; an unknown word asks for everything."""
        if not self.is_bound or not self.is_valid():
            return Wanted()
        said = self.cleaned_data
        return Wanted(said["axe"], said["niveau"], said["origine"], said["financeur"])


def _offer(form: forms.Form, actions: Actions) -> None:
    """The actions of the plan, that of the line among them even when it was dropped; no field without any."""
    kept = form.initial.get("action")
    if not actions and kept is None:
        del form.fields["action"]
        return
    known = {pk for pk, _title in actions}
    gone = [] if kept is None or kept in known else [(kept, gettext("celle d’aujourd’hui, abandonnée"))]
    _choices(form, "action", [("", gettext("aucune")), *gone, *actions])


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices


class DescribedForm(forms.Form):
    """What a line is about, whatever its years."""

    label = forms.CharField(
        label=_("Objet"),
        max_length=200,
        help_text=_("Ce que paie cette somme, par exemple « Quartiers d’été »."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation qui finance"),
        queryset=Organisation.objects.order_by("sort_key"),
        required=False,
        help_text=_("Si elle est dans la liste ; ses agents pourront tenir cette ligne."),
    )
    funder = forms.CharField(
        label=_("Financeur"),
        max_length=200,
        required=False,
        help_text=_("Tel qu’il doit s’afficher ; par défaut le nom de l’organisation."),
    )
    level = forms.ChoiceField(label=_("Niveau"), choices=FundingLine.Level.choices)
    origin = forms.ChoiceField(label=_("Origine"), choices=FundingLine.Origin.choices)
    nature = forms.ChoiceField(label=_("Nature"), choices=FundingLine.Nature.choices)
    note = forms.CharField(label=_("Remarque"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A line has a funder: the organisation names it when nothing else does."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("funder"):
            organisation = said.get("organisation")
            said["funder"] = organisation.name if organisation else ""
        if not said["funder"] and "funder" not in self.errors:
            self.add_error("funder", _("Dites qui finance : une organisation de la liste, ou son nom."))
        return said

    def keep_to(self, hand: Hand) -> None:
        """A funder chooses among its own organisations, and must."""
        if hand.organisations is None:
            return
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        field.queryset = Organisation.objects.filter(pk__in=hand.organisations).order_by("sort_key")
        field.required = True
        if len(hand.organisations) == 1:
            field.initial = next(iter(hand.organisations))


class RowForm(DescribedForm):
    """A new row of the maquette, with a sum for some of its years."""

    territory = forms.ModelChoiceField(label=_("Lieu"), queryset=Territory.objects.none())
    objective = forms.TypedChoiceField(
        label=_("Axe ou objectif"), required=False, coerce=int, empty_value=None
    )
    action = forms.TypedChoiceField(label=_("Action"), required=False, coerce=int, empty_value=None)
    field_order = (
        "label", "organisation", "funder", "level", "origin", "nature", "territory", "objective",
        "action", "note",
    )  # fmt: skip

    def __init__(
        self, *args: Any, maquette: Maquette, actions: Actions, places: Any, hand: Hand, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.years = maquette.years
        place = cast("forms.ModelChoiceField[Territory]", self.fields["territory"])
        place.queryset = places
        place.initial = places.first()
        place.help_text = gettext("Le territoire qui porte le contrat, ou un de ses quartiers.")
        objectives = [(found.pk, str(found)) for found in maquette.objectives.values()]
        _choices(self, "objective", [("", gettext("hors axe")), *objectives])
        if not objectives:
            del self.fields["objective"]
        _offer(self, actions)
        self.keep_to(hand)
        for year in self.years:
            self.fields[f"y{year}"] = MoneyField(label=str(year), required=False)

    def amounts(self) -> dict[int, int]:
        """Cents by year, those that were given."""
        return {
            year: self.cleaned_data[f"y{year}"]
            for year in self.years
            if self.cleaned_data.get(f"y{year}") is not None
        }

    @property
    def described_fields(self) -> list[forms.BoundField]:
        """Everything but the sums."""
        return [field for field in self if not field.name.startswith("y2")]

    @property
    def year_fields(self) -> list[forms.BoundField]:
        """The sums."""
        return [field for field in self if field.name.startswith("y2")]


class LineForm(DescribedForm):
    """A line corrected, or raised on the ladder; its organisation does not change hands here."""

    objective = forms.TypedChoiceField(
        label=_("Axe ou objectif"), required=False, coerce=int, empty_value=None
    )
    action = forms.TypedChoiceField(label=_("Action"), required=False, coerce=int, empty_value=None)
    whole_row = forms.BooleanField(
        label=_("Faire de même pour toutes les années de cette ligne"), required=False
    )
    reason = forms.CharField(label=_("Motif"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    field_order = (
        "label", "funder", "level", "origin", "nature", "objective", "action", "note", "whole_row", "reason"
    )  # fmt: skip

    def __init__(self, *args: Any, maquette: Maquette, actions: Actions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["organisation"]
        objectives = [(found.pk, str(found)) for found in maquette.objectives.values()]
        _choices(self, "objective", [("", gettext("hors axe")), *objectives])
        _offer(self, actions)

    def changes(self) -> dict[str, Any]:
        """What the service may change; objective and action by their keys."""
        said = self.cleaned_data
        words = {name: said[name] for name in ("label", "funder", "level", "origin", "nature", "note")}
        action = {"action_id": said["action"]} if "action" in said else {}
        return words | {"objective_id": said["objective"]} | action


class EventForm(forms.Form):
    """A freeze, a release or a cut, with its act and its reason."""

    kind = forms.ChoiceField(label=_("Ce qui arrive"), choices=FundingEvent.Kind.choices)
    amount = MoneyField(label=_("Montant"))
    on = forms.DateField(label=_("Le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    act = forms.CharField(
        label=_("Acte"),
        max_length=200,
        required=False,
        help_text=_("La notification, la circulaire ou la délibération, avec sa date."),
    )
    reason = forms.CharField(label=_("Motif"), max_length=300)

    def clean_on(self) -> Any:
        """An event is recorded once it has come."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(
                _("Ce jour n’est pas encore venu : l’évènement s’enregistre le jour venu.")
            )
        return self.cleaned_data["on"]


class BulkForm(EventForm):
    """The same portion of every line chosen; `digest` names what the preview showed."""

    percent = PercentField(
        label=_("Part du montant inscrit, en %"), help_text=_("8 pour −8 %. Jamais plus que ce qui reste.")
    )
    funder = forms.ChoiceField(label=_("Financeur"), required=False)
    level = forms.ChoiceField(label=_("Niveau"), required=False, choices=[*ALL, *FundingLine.Level.choices])
    origin = forms.ChoiceField(
        label=_("Origine"), required=False, choices=[("", _("toutes")), *FundingLine.Origin.choices]
    )
    year = forms.TypedChoiceField(label=_("Année"), required=False, coerce=int, empty_value=None)
    # Written by the template: it names what this very page shows.
    digest = forms.CharField(required=False, max_length=16)
    field_order = ("kind", "percent", "funder", "level", "origin", "year", "on", "act", "reason")

    def __init__(self, *args: Any, maquette: Maquette, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["amount"]
        _choices(self, "funder", [*ALL, *((funder, funder) for funder in maquette.funders)])
        _choices(self, "year", [("", gettext("toutes")), *((year, str(year)) for year in maquette.years)])


class ReserveForm(DescribedForm):
    """One sum on a neighbourhood, even one that no decree knows yet."""

    year = forms.IntegerField(label=_("Année"), min_value=2000, max_value=2100)
    amount = MoneyField(label=_("Montant"))
    contract = forms.ModelChoiceField(
        label=_("Contrat"),
        queryset=Contract.objects.none(),
        required=False,
        help_text=_("S’il y en a déjà un ; une somme peut précéder le contrat."),
    )
    field_order = (
        "label", "organisation", "funder", "year", "amount", "level", "origin", "nature", "contract", "note"
    )  # fmt: skip

    def offer(self, contracts: QuerySet[Contract]) -> None:
        """The contracts of the neighbourhood, and of no other."""
        cast("forms.ModelChoiceField[Contract]", self.fields["contract"]).queryset = contracts


class MoneyFileForm(forms.Form):
    """A spreadsheet to bring into the maquette."""

    file = forms.FileField(
        label=_("Tableau"),
        help_text=_("CSV, Excel (.xlsx) ou OpenDocument (.ods). Le fichier exporté d’ici revient tel quel."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )
