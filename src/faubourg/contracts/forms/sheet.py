"""Forms of the room `contracts`: the texts of a fiche, a decision on a neighbourhood, an analysis."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Analysis, Contract, ContractSheet
from faubourg.contracts.queries import contracts
from faubourg.contracts.services.analyses import FEWEST, MOST
from faubourg.territories.models import Territory

# Some three pages: a fiche is read at a glance, and its PDF must be set in a moment.
LONGEST_TEXT = 5_000

DECISIONS = [("confirm", _("confirmer")), ("reject", _("écarter")), ("add", _("rattacher"))]


class SheetForm(forms.Form):
    """What a fiche says beyond figures; what stays empty is « non publié »."""

    central_commune = forms.CharField(
        label=_("Ville centre"), required=False, help_text=_("Code Insee de la commune, par exemple 63113.")
    )
    etp_pv = forms.DecimalField(
        label=_("ETP politique de la ville"),
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=2,
        localize=True,
        help_text=_("En équivalents temps plein ; sous 1, la fiche le signale."),
    )
    etp_pru = forms.DecimalField(
        label=_("ETP renouvellement urbain"),
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    etp_note = forms.CharField(label=_("Précision sur les ETP"), required=False, max_length=200)
    governance = forms.CharField(
        label=_("Gouvernance et ingénierie"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    priorities = forms.CharField(
        label=_("Priorités"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    renewal = forms.CharField(
        label=_("Renouvellement urbain (PRU, NPNRU)"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    signatories = forms.CharField(
        label=_("Signataires"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Des institutions, jamais des noms de personnes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(sheet: ContractSheet) -> dict[str, Any]:
        """What the form starts from; version 0 when the contract has no sheet yet."""
        return {
            **{
                name: getattr(sheet, name)
                for name in (
                    "etp_pv",
                    "etp_pru",
                    "etp_note",
                    "governance",
                    "priorities",
                    "renewal",
                    "signatories",
                )
            },
            "central_commune": sheet.central_commune.code if sheet.central_commune else "",
            "version": sheet.version if sheet.pk else 0,
        }

    def clean_central_commune(self) -> Territory | None:
        """The commune of this code, among those of today."""
        code = self.cleaned_data["central_commune"].strip().upper()
        if not code:
            return None
        place = Territory.objects.filter(kind=Territory.Kind.COMMUNE, code=code).first()
        if place is None:
            raise forms.ValidationError(
                _("Aucune commune ne porte le code %(code)s : vérifiez-le dans la liste des communes."),
                params={"code": code},
            )
        return place

    def changes(self) -> dict[str, Any]:
        """The values to write, without the version they were based on."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class LinkForm(forms.Form):
    """A decision about one neighbourhood, by its code."""

    decision = forms.ChoiceField(choices=DECISIONS)
    quarter = forms.CharField(label=_("Code du quartier"), max_length=40)
    reason = forms.CharField(label=_("Motif"), required=False, max_length=300)

    def clean_quarter(self) -> Territory:
        """The neighbourhood of this code."""
        code = self.cleaned_data["quarter"].strip().upper()
        place = Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, code=code).first()
        if place is None:
            raise forms.ValidationError(_("Aucun quartier ne porte le code %(code)s."), params={"code": code})
        return place


class AnalysisForm(forms.Form):
    """A title, a few words, and the contracts to put side by side."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    intro = forms.CharField(
        label=_("Présentation"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    codes = forms.CharField(
        label=_("Contrats"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Un code par ligne, par exemple CN06302M ; pour l’ancienne génération : CV228 ou "
            "2015-2023/CV228. Les codes sont dans la liste des contrats."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def values_of(analysis: Analysis) -> dict[str, Any]:
        """What the form starts from."""
        rows = analysis.rows.select_related("contract")
        return {
            "title": analysis.title,
            "intro": analysis.intro,
            "codes": "\n".join(f"{row.contract.generation}/{row.contract.code}" for row in rows),
            "version": analysis.version,
        }

    def clean_codes(self) -> list[Contract]:
        """The contracts in the order in which they were typed, each once."""
        asked = dict.fromkeys(self.cleaned_data["codes"].replace(",", " ").upper().split())
        if not FEWEST <= len(asked) <= MOST:
            raise forms.ValidationError(
                _("Une analyse met côte à côte de %(fewest)s à %(most)s contrats ; ici %(n)s."),
                params={"fewest": FEWEST, "most": MOST, "n": len(asked)},
            )
        found, unknown = _contracts(list(asked))
        if unknown:
            raise forms.ValidationError(
                _("Aucun contrat ne porte ces codes : %(codes)s."), params={"codes": ", ".join(unknown)}
            )
        return found


def _contracts(asked: list[str]) -> tuple[list[Contract], list[str]]:
    """The contracts, newest generation unless one is named, and the codes that nobody bears."""
    bare = {code.rpartition("/")[2] for code in asked}
    known: dict[str, Contract] = {}
    rows = contracts().filter(code__in=bare).select_related("sheet__central_commune").order_by("generation")
    for contract in rows:
        known[contract.code.upper()] = contract
        known[f"{contract.generation}/{contract.code}".upper()] = contract
    unknown = [code for code in asked if code not in known]
    return list(dict.fromkeys(known[code] for code in asked if code in known)), unknown
