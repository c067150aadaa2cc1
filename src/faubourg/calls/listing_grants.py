"""The list of grants that others published: who received what, under which contract, from where."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.numbers import cents
from faubourg.contracts.listings import contract_url

from .models import PublishedGrant


class GrantFilter(forms.Form):
    """Words of the beneficiary, a SIRET, a year, a département, a contract."""

    q = forms.CharField(label=_("Bénéficiaire ou SIRET"), required=False, max_length=80)
    annee = forms.ChoiceField(
        label=_("Exercice"), required=False, choices=[("", _("Tous")), ("2023", "2023"), ("2024", "2024")]
    )
    departement = forms.CharField(label=_("Département (numéro)"), required=False, max_length=3)
    contrat = forms.CharField(label=_("Code du contrat"), required=False, max_length=20)

    def apply(self, queryset: "QuerySet[PublishedGrant]") -> "QuerySet[PublishedGrant]":
        """The grants that answer each filter that was given."""
        said = self.cleaned_data
        words = said["q"].split()[:5]
        if len(words) == 1 and words[0].isdigit():
            queryset = queryset.filter(beneficiary_siret__startswith=words[0])
        else:
            for word in words:
                queryset = queryset.filter(beneficiary_name__icontains=word)
        if said["annee"]:
            queryset = queryset.filter(year=said["annee"])
        if said["departement"]:
            queryset = queryset.filter(departement=said["departement"].strip().upper())
        if said["contrat"]:
            queryset = queryset.filter(contract__code=said["contrat"].strip().upper())
        return queryset


def _contract_url(grant: PublishedGrant) -> str:
    return contract_url(grant.contract) if grant.contract else ""


GRANTS = Listing(
    title=_("Subventions publiées"),
    columns=[
        Column(
            name="beneficiaire", label=_("Bénéficiaire"), value="beneficiary_name", sort=("beneficiary_name",)
        ),
        Column(name="siret", label=_("SIRET"), value="beneficiary_siret", sort=("beneficiary_siret",)),
        Column(
            name="montant",
            label=_("Montant"),
            value=lambda grant: grant.amount_cents / 100,
            show=lambda grant: cents(grant.amount_cents),
            sort=("amount_cents", "pk"),
            numeric=True,
        ),
        Column(name="programme", label=_("Programme"), value="programme", sort=("programme", "pk")),
        Column(
            name="exercice", label=_("Exercice"), value=lambda grant: str(grant.year), sort=("year", "pk")
        ),
        Column(
            name="contrat",
            label=_("Contrat"),
            value=lambda grant: grant.contract.name if grant.contract else "",
            sort=("contract__sort_key", "pk"),
            url=_contract_url,
        ),
        Column(name="source", label=_("Source"), value="source.title", sort=("source", "pk")),
    ],
    default_sort="beneficiaire",
    filter_form=GrantFilter,
    caption_lines=lambda: [
        gettext("ANCT, postes d’adultes-relais, Licence Ouverte 2.0 ; montant forfaitaire par poste.")
    ],
)
