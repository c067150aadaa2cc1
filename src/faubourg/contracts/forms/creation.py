"""A contract that begins: its name, who bears it, its template, its planned days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Contract
from faubourg.contracts.services.creating import Plan
from faubourg.people.forms import DayInput
from faubourg.territories.models import Territory

SPREAD = _("Les phases du modèle vont de ce jour à la signature prévue ; tout se modifie ensuite.")


class PlanForm(forms.Form):
    """Template and planned days, common to both beginnings."""

    template = forms.ChoiceField(
        label=_("Modèle"),
        choices=Contract.Template,
        initial=Contract.Template.T2024,
        widget=forms.RadioSelect,
    )
    begins_on = forms.DateField(
        label=_("Début des travaux"),
        widget=DayInput(),
        help_text=SPREAD,
    )
    planned_signature_on = forms.DateField(label=_("Signature prévue le"), widget=DayInput())
    ends_on = forms.DateField(
        label=_("Échéance"),
        required=False,
        widget=DayInput(),
        help_text=_("Vide : le 31 décembre de la dernière année du modèle, 2020 ou 2030."),
    )
    predecessor = forms.ModelChoiceField(
        Contract.objects.none(),
        label=_("Contrat précédent"),
        required=False,
        empty_label=_("aucun, ou inconnu"),
    )

    def plan(self) -> Plan:
        """The days, as the services take them."""
        given = self.cleaned_data
        return Plan(given["begins_on"], given["planned_signature_on"], given.get("ends_on"))


class CreateForm(PlanForm):
    """A contract that no published list knows. The bearers are those over which the role is held."""

    name = forms.CharField(label=_("Nom du contrat"), max_length=200)
    bearer = forms.CharField(
        label=_("Porteur"),
        max_length=20,
        help_text=_("Le SIREN de l’intercommunalité, par exemple 244200770, ou le code Insee de la commune."),
    )
    code = forms.RegexField(
        r"^[A-Za-z0-9-]+$",
        label=_("Code officiel"),
        required=False,
        max_length=20,
        help_text=_("S’il est connu, par exemple CN04203M. Sinon Faubourg en donne un, marqué « LOC »."),
        error_messages={"invalid": _("Un code n’a que des lettres, des chiffres et des tirets.")},
    )
    another = forms.BooleanField(
        label=_("C’est un autre contrat que celui déjà connu pour ce porteur"), required=False
    )
    field_order = (
        "name", "bearer", "code", "template", "begins_on", "planned_signature_on", "ends_on",
        "predecessor", "another",
    )  # fmt: skip

    def __init__(self, *args: Any, bearers: list[Territory], older: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["predecessor"].queryset = older  # type: ignore[attr-defined]
        if bearers:
            choices = [(place.code, place.name) for place in bearers]
            self.fields["bearer"] = forms.ChoiceField(label=_("Porteur"), choices=choices)
            self.order_fields(self.field_order)

    def clean_bearer(self) -> Territory:
        """The EPCI or the commune of this code."""
        code = self.cleaned_data["bearer"].strip().upper()
        kinds = (Territory.Kind.EPCI, Territory.Kind.COMMUNE)
        place = Territory.objects.filter(kind__in=kinds, code=code, valid_to__isnull=True).first()
        if place is None:
            raise forms.ValidationError(
                _("Aucune intercommunalité ni commune ne porte le code %(code)s."), params={"code": code}
            )
        return place

    def clean(self) -> dict[str, Any]:
        """A predecessor is of the generation before."""
        given = super().clean() or {}
        older = given.get("predecessor")
        if older and given.get("template") == Contract.Template.T2014:
            self.add_error("predecessor", _("Le contrat précédent est d’une génération antérieure."))
        return given


class OpenForm(PlanForm):
    """A published contract whose life begins here: perhaps it is already signed."""

    begins_on = forms.DateField(
        label=_("Début des travaux"),
        required=False,
        widget=DayInput(),
        help_text=SPREAD,
    )
    planned_signature_on = forms.DateField(label=_("Signature prévue le"), required=False, widget=DayInput())
    signed_on = forms.DateField(
        label=_("Signé le"),
        required=False,
        widget=DayInput(),
        help_text=_("S’il l’est déjà : le calendrier de préparation n’est alors pas proposé."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    field_order = (
        "template", "signed_on", "begins_on", "planned_signature_on", "ends_on", "predecessor", "version",
    )  # fmt: skip

    def __init__(self, *args: Any, contract: Contract, older: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["predecessor"].queryset = older  # type: ignore[attr-defined]
        vintage = "2014" if contract.generation == Contract.Generation.G2015 else "2024"
        choices = [choice for choice in Contract.Template.choices if choice[0] == vintage]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]
        self.fields["template"].initial = vintage

    def clean(self) -> dict[str, Any]:
        """Either it is signed, or its making is planned."""
        given = super().clean() or {}
        if not given.get("signed_on") and "signed_on" not in self.errors:
            for name in ("begins_on", "planned_signature_on"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Donnez ce jour, ou celui de la signature si elle a eu lieu."))
        return given
