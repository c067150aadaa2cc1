"""What a landlord, the town and the State type about a convention: opening, plan, costs, proof, reviews."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import typed
from faubourg.contracts.forms.money import MoneyField
from faubourg.contracts.models import Action, Contract
from faubourg.people.models import Organisation
from faubourg.rules.proximity.tfpb import AXIS_NAMES
from faubourg.territories.models import Territory

from ..models import Area, TfpbAction, TfpbAgreement, TfpbLine, TfpbYear, Ticket
from ..queries.partners import quarters_of
from ..services.tfpb_plan import ActionWords, Opening
from ..services.tfpb_spending import Spent, YearFacts
from .areas import VersionedForm

AREA = {"rows": 3}
FIRST, LAST = 2016, 2060


def axes() -> list[tuple[int, str]]:
    """« 1 – Présence renforcée… », in the reader's language."""
    return [(int(axis), f"{int(axis)} – {gettext(name)}") for axis, name in AXIS_NAMES.items()]


def offer(form: forms.Form, name: str, rows: "QuerySet[Any]") -> None:
    """The rows that a field of the form may choose from."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class OpenTfpbForm(VersionedForm):
    """Which landlord, which years, where."""

    landlord = forms.ModelChoiceField(label=_("Bailleur"), queryset=Organisation.objects.none())
    title = forms.CharField(label=_("Titre"), max_length=200)
    first_year = forms.IntegerField(label=_("Première année d’imposition"), min_value=FIRST, max_value=LAST)
    last_year = forms.IntegerField(label=_("Dernière année d’imposition"), min_value=FIRST, max_value=LAST)
    duration_reason = forms.CharField(
        label=_("Pourquoi cette durée"),
        max_length=300,
        help_text=_("Par exemple : celle du contrat de ville."),
    )
    contract = forms.ModelChoiceField(
        label=_("Contrat de ville"), queryset=Contract.objects.none(), required=False
    )
    neighbourhoods = forms.ModelMultipleChoiceField(
        label=_("Quartiers"), queryset=Territory.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, area: Area, landlords: "QuerySet[Organisation]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "landlord", landlords)
        offer(self, "contract", area.contracts.all())
        offer(self, "neighbourhoods", quarters_of(area))

    def opening(self) -> Opening:
        """As the service takes it."""
        return Opening(**self.told())


class ActionForm(VersionedForm):
    """An action of the plan, with what is planned each year."""

    axis = forms.TypedChoiceField(label=_("Axe"), coerce=int)
    title = forms.CharField(label=_("Action"), max_length=200)
    text = forms.CharField(
        label=_("Précision"), max_length=4_000, required=False, widget=forms.Textarea(attrs=AREA)
    )
    indicator_words = forms.CharField(label=_("Indicateur"), max_length=200, required=False)
    neighbourhoods = forms.ModelMultipleChoiceField(
        label=_("Quartiers"), queryset=Territory.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    action = forms.ModelChoiceField(
        label=_("La même action dans le plan du contrat de ville"), queryset=Action.objects.none(),
        required=False, help_text=_("Elle n’est écrite qu’une fois : chaque page la montre à sa façon."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, agreement: TfpbAgreement, years: Sequence[TfpbYear], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.TypedChoiceField, self.fields["axis"]).choices = axes()
        offer(self, "neighbourhoods", quarters_of(agreement.area))
        contract = agreement.convention.contract
        actions = Action.objects.filter(contract=contract) if contract else Action.objects.none()
        offer(self, "action", actions.exclude(state=Action.State.DROPPED))
        self.years = [year.year for year in years]
        for year in self.years:
            self.fields[f"year_{year}"] = MoneyField(
                label=_("Prévu en %(year)s, en euros") % {"year": year}, required=False
            )

    @staticmethod
    def values_of(action: TfpbAction) -> dict[str, Any]:
        """What the form starts from."""
        names = ("axis", "title", "text", "indicator_words", "version")
        planned = {f"year_{line.year.year}": typed(line.planned_cents) for line in action.lines.all()}
        chosen = {"neighbourhoods": list(action.neighbourhoods.all()), "action": action.action_id}
        return {name: getattr(action, name) for name in names} | planned | chosen

    def words(self) -> ActionWords:
        """As the service takes it."""
        told = self.told(*(f"year_{year}" for year in self.years))
        planned = {year: self.cleaned_data.get(f"year_{year}") or 0 for year in self.years}
        return ActionWords(**told, planned=planned)


class LineForm(VersionedForm):
    """What an action cost in a year, and what of it exceeds ordinary management."""

    cost = MoneyField(label=_("Coût réel, en euros"), required=False)
    ordinary = MoneyField(
        label=_("Dont gestion ordinaire"), required=False,
        help_text=_("Ce que la même chose coûte hors du quartier prioritaire."),
    )  # fmt: skip
    recovered = MoneyField(label=_("Dont récupéré sur les charges des locataires"), required=False)
    funded = MoneyField(label=_("Dont payé par d’autres"), required=False)
    valued = MoneyField(
        label=_("Valorisé au titre de l’abattement"), required=False,
        help_text=_("Au plus ce qui dépasse la gestion ordinaire."),
    )  # fmt: skip
    result = forms.CharField(
        label=_("Ce qui a été fait"), max_length=4_000, required=False, widget=forms.Textarea(attrs=AREA)
    )

    @staticmethod
    def values_of(line: TfpbLine) -> dict[str, Any]:
        """What the form starts from."""
        return {
            "cost": typed(line.cost_cents),
            "ordinary": typed(line.ordinary_cents),
            "recovered": typed(line.recovered_cents or None),
            "funded": typed(line.funded_cents or None),
            "valued": typed(line.valued_cents),
            "result": line.result,
            "version": line.version,
        }

    def spent(self) -> Spent:
        """As the service takes it; what was left empty of a part is nothing."""
        told = self.cleaned_data
        return Spent(
            cost_cents=told["cost"],
            ordinary_cents=told["ordinary"],
            recovered_cents=told["recovered"] or 0,
            funded_cents=told["funded"] or 0,
            valued_cents=told["valued"],
            result=told["result"],
        )


class ReportField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A report by its reference and its public words."""

    def label_from_instance(self, obj: Ticket) -> str:
        return f"{obj.reference} – {obj.public_text or obj.category.name}"


class ProofForm(forms.Form):
    """A file, or a report of this landlord that is closed."""

    label = forms.CharField(label=_("Ce que cela prouve"), max_length=200, required=False)
    upload = forms.FileField(
        label=_("Pièce ou photo"),
        required=False,
        help_text=_("Facture, planning, feuille de présence, photo."),
    )
    ticket = ReportField(
        label=_("Ou un signalement clos"), queryset=Ticket.objects.none(), required=False,
        to_field_name="reference",
    )  # fmt: skip

    def __init__(self, *args: Any, tickets: "QuerySet[Ticket]", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "preuve_%s")
        super().__init__(*args, **kwargs)
        offer(self, "ticket", tickets)


class YearForm(VersionedForm):
    """The facts of a year of tax."""

    dwellings = forms.IntegerField(
        label=_("Logements concernés"), required=False, min_value=0, max_value=10**6
    )
    rebate = MoneyField(
        label=_("Abattement, en euros"), required=False, help_text=_("La taxe que l’abattement épargne.")
    )
    source_words = forms.CharField(label=_("D’après"), max_length=200, required=False)
    satisfaction = forms.IntegerField(
        label=_("Avis des locataires, sur 100"), required=False, min_value=0, max_value=100
    )

    @staticmethod
    def values_of(year: TfpbYear) -> dict[str, Any]:
        """What the form starts from."""
        names = ("dwellings", "source_words", "satisfaction", "version")
        return {name: getattr(year, name) for name in names} | {"rebate": typed(year.rebate_cents)}

    def facts(self) -> YearFacts:
        """As the service takes it."""
        told = self.told("rebate")
        return YearFacts(rebate_cents=self.cleaned_data["rebate"], **told)
