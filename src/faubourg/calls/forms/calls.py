"""Forms of a call: what it says, its rules, its funders and envelopes, an act of its circuit."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.forms.choosing import OrganisationField
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from ..models import Call, CallFunder, Envelope, RuleSetVersion
from ..models.budget import NATURES
from .money import PositiveMoneyField

APPEAL = _(
    "Recours gracieux auprès du service, ou recours devant le tribunal administratif, dans les deux mois de "
    "la décision (code de justice administrative, article R. 421-1)."
)


class CallForm(forms.Form):
    """Everything that a call says of itself. Once it is published, only its words are in the form."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    year = forms.IntegerField(label=_("Année"), min_value=1990, max_value=2100)
    lead: Any = forms.ModelChoiceField(Organisation.objects.none(), label=_("Conduit par"))
    contracts: Any = forms.ModelMultipleChoiceField(
        Contract.objects.none(),
        label=_("Contrats de ville"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ceux dont les objectifs et les quartiers servent dans les dossiers."),
    )
    territory: Any = forms.ModelChoiceField(
        Territory.objects.none(),
        label=_("Territoire de l’appel"),
        required=False,
        help_text=_("Vide : celui de ses contrats. Qui a un rôle sur ce territoire conduit l’appel."),
    )
    rule_set: Any = forms.ModelChoiceField(
        RuleSetVersion.objects.none(),
        label=_("Jeu de règles"),
        required=False,
        help_text=_("Il est figé à la publication de l’appel."),
    )
    presentation = forms.CharField(
        label=_("Présentation"), required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000
    )
    contact = forms.CharField(
        label=_("Contact"),
        required=False,
        max_length=300,
        help_text=_("Un service et comment le joindre, jamais une personne."),
    )
    appeal_route = forms.CharField(
        label=_("Voies et délais de recours"),
        required=False,
        initial=APPEAL,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
    )
    missing_report = forms.ChoiceField(
        label=_("Bilan manquant de l’année précédente"), choices=Call.MissingReport.choices
    )
    opinion_days = forms.IntegerField(
        label=_("Délai d’avis sur une fiche, en jours"), min_value=1, max_value=365, initial=15
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(
        self, data: Any = None, *, choices: dict[str, Any], fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        for name, queryset in choices.items():
            field: Any = self.fields[name]
            field.queryset = queryset
        if fixed:
            for name in ("year", "lead", "contracts", "territory", "rule_set"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Somewhere: a territory, or contracts."""
        given = super().clean() or {}
        if "contracts" in self.fields and not given.get("contracts") and not given.get("territory"):
            self.add_error(
                "contracts", gettext("Choisissez au moins un contrat de ville, ou le territoire de l’appel.")
            )
        return given

    @staticmethod
    def values_of(call: Call) -> dict[str, Any]:
        """What the form starts from."""
        plain = ("title", "year", "lead", "territory", "rule_set", "presentation", "contact", "appeal_route")
        found = {name: getattr(call, name) for name in (*plain, "missing_report", "opinion_days", "version")}
        return found | {"contracts": list(call.contracts.all())}


class FunderForm(forms.Form):
    """Who may be asked for money."""

    name = forms.CharField(label=_("Nom du financeur"), max_length=200)
    level = forms.ChoiceField(label=_("Niveau"), choices=CallFunder.Level.choices)
    programme = forms.CharField(
        label=_("Programme ou ligne"), max_length=60, required=False, help_text=_("ex. : P147")
    )
    organisation = OrganisationField(label=_("Organisation dans Faubourg"), required=False)
    is_authority = forms.BooleanField(
        label=_(
            "C’est l’autorité du jeu de règles : ses planchers et plafonds portent sur ce qu’on lui demande"
        ),
        required=False,
    )


class EnvelopeForm(forms.Form):
    """What a funder has, of one nature, for one year, somewhere or everywhere."""

    funder: Any = forms.ModelChoiceField(CallFunder.objects.none(), label=_("Financeur"))
    nature = forms.ChoiceField(label=_("Nature"), choices=NATURES)
    year = forms.IntegerField(label=_("Année"), min_value=1990, max_value=2100)
    territory: Any = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Réservée à"), required=False, empty_label=_("tout l’appel")
    )
    amount = PositiveMoneyField(label=_("Montant, en euros"))
    level = forms.ChoiceField(label=_("Niveau"), choices=Envelope.Level.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, call: Call, places: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        funder: Any = self.fields["funder"]
        funder.queryset = call.funders.all()
        territory: Any = self.fields["territory"]
        territory.queryset = places
        self.fields["year"].initial = call.year


class ActForm(forms.Form):
    """One act of the circuit, with its reason when it asks for one."""

    act = forms.CharField(max_length=40, widget=forms.HiddenInput)
    note = forms.CharField(label=_("Motif ou précision"), max_length=1000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RulesForm(forms.Form):
    """Another version of the same rules for a call that is published."""

    rule_set: Any = forms.ModelChoiceField(RuleSetVersion.objects.none(), label=_("Version"))
    why = forms.CharField(
        label=_("Pourquoi"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Publié avec l’appel."),
    )

    def __init__(self, data: Any = None, *, newer: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["rule_set"]
        field.queryset = newer
