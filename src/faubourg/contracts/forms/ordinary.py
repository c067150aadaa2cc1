"""Forms of the droit commun register and of commitments."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.access import Hand
from faubourg.contracts.models import Contract, Objective, OrdinaryMeans
from faubourg.contracts.queries.maquette import places_of
from faubourg.contracts.queries.ordinary import open_commitments
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from .money import MoneyField

DAY: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class PartnerForm(forms.Form):
    """Whose means or promise it is: an organisation of the list, or its name."""

    partner = forms.ModelChoiceField(
        label=_("Partenaire"), queryset=Organisation.objects.order_by("sort_key"), required=False
    )
    partner_printed = forms.CharField(
        label=_("Partenaire, s’il n’est pas dans la liste"), max_length=200, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def keep_to(self, hand: Hand) -> None:
        """A funder writes for its own organisations."""
        if hand.organisations is None:
            return
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["partner"])
        field.queryset = Organisation.objects.filter(pk__in=hand.organisations).order_by("sort_key")
        field.required = True

    def clean(self) -> dict[str, Any]:
        """Somebody has to be named."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("partner") and not said.get("partner_printed"):
            self.add_error("partner", _("Dites quel partenaire : dans la liste, ou par son nom."))
        return said


class MeansForm(PartnerForm):
    """Something that exists already; its amount or posts of one year when the partner gives them."""

    label = forms.CharField(label=_("Ce qui existe"), max_length=300)
    kind = forms.ChoiceField(label=_("Nature"), choices=OrdinaryMeans.Kind.choices)
    neighbourhood = forms.ModelChoiceField(
        label=_("Quartier"),
        queryset=Territory.objects.none(),
        required=False,
        empty_label=_("tout le territoire"),
    )
    place = forms.ChoiceField(label=_("Situation"), choices=OrdinaryMeans.Place.choices)
    year = forms.IntegerField(
        label=_("Année"),
        min_value=2000,
        max_value=2100,
        required=False,
        help_text=_("Pour dire un montant ou des postes : une fiche par année."),
    )
    amount_cents = MoneyField(label=_("Montant de l’année"), required=False)
    etp = forms.DecimalField(
        label=_("ETP de l’année"), min_value=0, max_digits=6, decimal_places=2, required=False, localize=True
    )
    note = forms.CharField(label=_("Remarque"), max_length=300, required=False)
    ended_on = forms.DateField(label=_("Terminé le"), required=False, **DAY)
    field_order = (
        "label", "kind", "partner", "partner_printed", "neighbourhood", "place", "year", "amount_cents",
        "etp", "note", "ended_on",
    )  # fmt: skip

    def __init__(self, *args: Any, contract: Contract, hand: Hand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Territory]", self.fields["neighbourhood"])
        field.queryset = places_of(contract).filter(kind=Territory.Kind.NEIGHBOURHOOD)
        self.keep_to(hand)

    def clean(self) -> dict[str, Any]:
        """An amount or posts are those of one year."""
        said = super().clean()
        if (said.get("amount_cents") is not None or said.get("etp") is not None) and not said.get("year"):
            self.add_error("year", _("Un montant ou des postes sont ceux d’une année : dites laquelle."))
        return said


class CommitmentForm(PartnerForm):
    """What a partner promises, how it will be seen, for when."""

    text = forms.CharField(label=_("Engagement"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    target = forms.CharField(
        label=_("Cible"),
        max_length=200,
        required=False,
        help_text=_("Ce qu’on verra : un nombre, un lieu, un service."),
    )
    objective = forms.ModelChoiceField(
        label=_("Axe ou objectif"), queryset=Objective.objects.none(), required=False
    )
    neighbourhoods = forms.ModelMultipleChoiceField(
        label=_("Quartiers"),
        queryset=Territory.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    owner_name = forms.CharField(
        label=_("Suivi par"),
        max_length=150,
        required=False,
        help_text=_("Lu par les seuls partenaires du contrat."),
    )
    due_on = forms.DateField(label=_("Pour le"), required=False, **DAY)
    due_printed = forms.CharField(
        label=_("Échéance telle qu’elle est écrite"),
        max_length=100,
        required=False,
        help_text=_("« fin 2025 », « au printemps »…"),
    )
    due_reading = forms.CharField(
        label=_("Comment vous la comprenez"),
        max_length=300,
        required=False,
        help_text=_("Pourquoi ce jour pour ces mots."),
    )
    field_order = (
        "text", "partner", "partner_printed", "target", "objective", "neighbourhoods", "owner_name", "due_on",
        "due_printed", "due_reading",
    )  # fmt: skip

    def __init__(self, *args: Any, contract: Contract, hand: Hand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quarters = cast("forms.ModelMultipleChoiceField[Territory]", self.fields["neighbourhoods"])
        quarters.queryset = places_of(contract).filter(kind=Territory.Kind.NEIGHBOURHOOD)
        cast(Any, self.fields["objective"]).queryset = contract.objectives.all()
        self.keep_to(hand)


class KeepForm(forms.Form):
    """A proof and its day."""

    proof = forms.CharField(
        label=_("Preuve"),
        max_length=300,
        required=False,
        help_text=_("Des mots qu’on peut vérifier, une adresse, un numéro d’acte."),
    )
    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("PDF, image ou document ; lu par les seuls partenaires du contrat."),
    )
    kept_on = forms.DateField(label=_("Tenu le"), **DAY)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class DropForm(forms.Form):
    """Why it is given up."""

    reason = forms.CharField(label=_("Motif de l’abandon"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class MeansFilter(forms.Form):
    """What of the register is listed."""

    q = forms.CharField(label=_("Mot"), required=False, max_length=80)
    nature = forms.ChoiceField(
        label=_("Nature"), required=False, choices=[("", _("toutes")), *OrdinaryMeans.Kind.choices]
    )
    situation = forms.ChoiceField(
        label=_("Situation"), required=False, choices=[("", _("toutes")), *OrdinaryMeans.Place.choices]
    )

    def apply(self, queryset: Any) -> Any:
        """Narrow the list."""
        said = self.cleaned_data
        if said["q"]:
            queryset = queryset.filter(label__icontains=said["q"])
        if said["nature"]:
            queryset = queryset.filter(kind=said["nature"])
        return queryset.filter(place=said["situation"]) if said["situation"] else queryset


class CommitmentFilter(forms.Form):
    """Which commitments are listed."""

    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[
            ("", _("tous")),
            ("ouverts", _("à tenir")),
            ("retard", _("en retard")),
            ("tenus", _("tenus")),
            ("abandonnes", _("abandonnés")),
        ],
    )

    def apply(self, queryset: Any) -> Any:
        """Narrow the list, by the dates alone."""
        match self.cleaned_data["etat"]:
            case "ouverts":
                return open_commitments(queryset)
            case "retard":
                return open_commitments(queryset).filter(due_on__lt=timezone.localdate())
            case "tenus":
                return queryset.filter(kept_on__isnull=False)
            case "abandonnes":
                return queryset.filter(dropped_on__isnull=False)
        return queryset


def whole_territory() -> str:
    """What an empty neighbourhood means."""
    return gettext("tout le territoire")
