"""Forms of the objectives: their words, what they answer to, where, and how they are measured."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Action, Contract, Objective, Stake
from faubourg.contracts.queries.objectives import possible_parents
from faubourg.territories.models import Figure, Territory

LONGEST_TEXT = 5_000


class ObjectiveForm(forms.Form):
    """An objective. Its rank follows from where it hangs; `parent` is asked only when it may move."""

    number = forms.CharField(
        label=_("Numéro"), required=False, max_length=20, help_text=_("Comme dans le contrat : 1, 1.2, A…")
    )
    title = forms.CharField(label=_("Intitulé"), max_length=300)
    text = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    parent: Any = forms.ModelChoiceField(Objective.objects.none(), label=_("Dépend de"), required=True)
    stakes: Any = forms.ModelMultipleChoiceField(
        Stake.objects.none(),
        label=_("Enjeux auxquels il répond"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    neighbourhoods: Any = forms.ModelMultipleChoiceField(
        Territory.objects.none(),
        label=_("Quartiers visés"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucun : l’objectif vaut pour tout le contrat."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, contract: Contract, objective: Objective | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        parents = possible_parents(contract, objective) if objective else []
        if parents:
            self.fields["parent"].queryset = contract.objectives.filter(pk__in=[p.pk for p in parents])  # type: ignore[attr-defined]
        else:
            del self.fields["parent"]
        self.fields["stakes"].queryset = contract.stakes.all()  # type: ignore[attr-defined]
        self.fields["neighbourhoods"].queryset = contract_quarters(contract, objective)  # type: ignore[attr-defined]
        for name in ("stakes", "neighbourhoods"):
            if not self.fields[name].queryset.exists():  # type: ignore[attr-defined]
                del self.fields[name]

    @staticmethod
    def values_of(objective: Objective) -> dict[str, Any]:
        """What the form starts from."""
        return {
            **{name: getattr(objective, name) for name in ("number", "title", "text", "version")},
            "parent": objective.parent_id,
            "stakes": [stake.pk for stake in objective.stakes.all()],
            "neighbourhoods": [place.pk for place in objective.neighbourhoods.all()],
        }

    def changes(self) -> dict[str, Any]:
        """The values to write, without the version they were based on."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class MeasureForm(forms.Form):
    """How an objective is measured: one of the figures of a place, or an indicator of one's own."""

    baseline: Any = forms.ModelChoiceField(
        Figure.objects.none(),
        label=_("Le chiffre de départ"),
        required=False,
        widget=forms.RadioSelect,
        empty_label=None,
    )
    label = forms.CharField(
        label=_("Ou un indicateur local"),
        required=False,
        max_length=200,
        help_text=_("Quand aucun chiffre publié ne dit ce que vous voulez suivre."),
    )
    unit = forms.CharField(label=_("Unité de l’indicateur local"), required=False, max_length=40)
    target = forms.DecimalField(
        label=_("Cible"), required=False, max_digits=16, decimal_places=4, localize=True
    )
    target_year = forms.IntegerField(
        label=_("Année de la cible"), required=False, min_value=2000, max_value=2100
    )
    note = forms.CharField(label=_("Remarque"), required=False, max_length=300)

    def __init__(self, *args: Any, figures: list[Figure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["baseline"].queryset = Figure.objects.filter(pk__in=[f.pk for f in figures])  # type: ignore[attr-defined]
        self.figures = {figure.pk: figure for figure in figures}

    def clean(self) -> dict[str, Any]:
        """One of both, never neither nor both."""
        said = super().clean() or {}
        if bool(said.get("baseline")) == bool(said.get("label")):
            raise forms.ValidationError(
                _("Choisissez un chiffre de départ, ou nommez un indicateur local : l’un des deux.")
            )
        return said


def contract_quarters(contract: Contract, held_by: Action | Objective | None = None) -> Any:
    """The neighbourhoods that nobody set aside, and those that are already held, as a choice."""
    offered = Q(contract_links__contract=contract, contract_links__rejected=False)
    if held_by is not None:
        offered |= Q(pk__in=held_by.neighbourhoods.values("pk"))
    return Territory.objects.filter(offered).distinct().order_by("sort_key", "code")
