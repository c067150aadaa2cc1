"""Forms of an organisation that applies: finding it, opening its space, its sheet."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from faubourg.people.forms import DayInput
from faubourg.people.identifiers import read_rna, read_siret
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from ..models import Applicant, ApplicantRole
from ..services.applicants import Opening

ADMINISTERS, ASSISTS = "administrator", "assistant"
_LOOKS_A_NUMBER = re.compile(r"^[\s\d.\u00a0\u202f-]{9,}$")
_LOOKS_RNA = re.compile(r"^\s*[wW]\s?\d")


class FindForm(forms.Form):
    """An organisation by its SIRET, its RNA or a part of its name."""

    q = forms.CharField(
        label=_("SIRET, numéro RNA ou nom"),
        max_length=200,
        help_text=_("14 chiffres, ou W suivi de 9 signes, ou trois lettres du nom au moins."),
    )

    def clean_q(self) -> dict[str, str]:
        """`number` when it looks like one, its key checked; else `name`."""
        typed = self.cleaned_data["q"].strip()
        if _LOOKS_RNA.match(typed):
            return {"number": read_rna(typed)}
        if _LOOKS_A_NUMBER.match(typed):
            return {"number": read_siret(typed)}
        return {"name": typed}


class OpeningForm(forms.Form):
    """How somebody begins to act for an organisation."""

    how = forms.ChoiceField(
        label=_("Vous"),
        choices=[
            (ADMINISTERS, _("faites partie de l’organisation et administrez son espace")),
            (ASSISTS, _("saisissez pour elle, à sa demande (au téléphone, à un guichet)")),
        ],
        initial=ADMINISTERS,
        widget=forms.RadioSelect,
    )
    signs = forms.BooleanField(
        label=_("Je signe aussi ses dossiers"),
        required=False,
        help_text=_("Une seule personne signe à la fois ; cela se transmet ensuite."),
    )
    quality = forms.CharField(
        label=_("En quelle qualité"), required=False, max_length=120, help_text=_("Présidente, trésorier…")
    )
    mandate = forms.CharField(
        label=_("Le mandat, si vous saisissez pour elle"),
        required=False,
        max_length=300,
        help_text=_("Par qui, quand, par quel moyen : « la trésorière, au téléphone, le 3 mars »."),
    )
    invited = forms.EmailField(
        label=_("Adresse de la personne qui administrera l’espace"),
        required=False,
        help_text=_("Si vous saisissez pour elle : cette personne sera invitée à reprendre la main."),
    )

    def clean(self) -> dict[str, Any]:
        """A mandate for who assists, a quality for who signs."""
        said = super().clean() or {}
        if said.get("how") == ASSISTS and not str(said.get("mandate", "")).strip():
            self.add_error("mandate", _("Écrivez comment le mandat vous est donné."))
        if said.get("how") == ADMINISTERS and said.get("signs") and not str(said.get("quality", "")).strip():
            self.add_error("quality", _("Dites en quelle qualité vous signez."))
        return said

    def opening(self) -> Opening:
        """What was chosen, as the service takes it."""
        said = self.cleaned_data
        assists = said["how"] == ASSISTS
        return Opening(
            assists=assists,
            mandate=said["mandate"],
            signs=bool(said["signs"]) and not assists,
            quality=said["quality"],
        )


class NewApplicantForm(OpeningForm):
    """An organisation that is not known here yet, and how somebody begins to act for it."""

    name = forms.CharField(label=_("Nom de l’organisation"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Nature"), choices=Organisation.Kind.choices, initial=Organisation.Kind.ASSOCIATION
    )
    siret = forms.CharField(
        label=_("SIRET"),
        required=False,
        max_length=40,
        help_text=_("L’un des deux numéros suffit. 14 chiffres, espaces permises ; la clé est vérifiée."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    rna = forms.CharField(
        label=_("Numéro RNA"),
        required=False,
        max_length=40,
        help_text=_(
            "L’un des deux suffit. Pour une association : W suivi de 9 signes. Un collectif sans forme "
            "juridique laisse les deux vides."
        ),
    )
    # « Optional » beside each would say that none is needed: the help says that one of them is.
    hide_optional = True
    field_order = ("name", "kind", "siret", "rna", "how", "signs", "quality", "mandate", "invited")

    def clean_siret(self) -> str | None:
        typed = self.cleaned_data["siret"]
        return read_siret(typed) if typed.strip() else None

    def clean_rna(self) -> str | None:
        typed = self.cleaned_data["rna"]
        return read_rna(typed) if typed.strip() else None

    def facts(self) -> dict[str, Any]:
        """What names the organisation."""
        return {name: self.cleaned_data[name] for name in ("name", "kind", "siret", "rna")}


class AskForm(forms.Form):
    """A role asked for in an organisation where somebody acts already."""

    role = forms.ChoiceField(label=_("Le rôle demandé"), choices=ApplicantRole.Role.choices)
    mandate = forms.CharField(
        label=_("Qui vous êtes pour elle"),
        max_length=300,
        help_text=_("Lu par la personne qui vous répondra : « secrétaire depuis l’assemblée de mars »."),
    )


class ApplicantForm(forms.ModelForm[Applicant]):
    """What an organisation says of itself once, in the order of the form 12156*06."""

    commune = forms.CharField(
        label=_("Code Insee de la commune du siège"),
        required=False,
        max_length=5,
        help_text=_("Cinq signes : 59350, 2A004…"),
    )
    fte = forms.DecimalField(
        label=_("Salariés en équivalent temps plein"),
        required=False,
        min_value=0,
        max_value=100_000,
        decimal_places=2,
        localize=True,
    )
    website = forms.URLField(label=_("Site"), required=False, max_length=200, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Applicant
        fields = (
            "acronym", "purpose", "declared_on", "address", "postcode", "city", "email", "phone", "website",
            "head_name", "head_title", "members", "volunteers", "employees", "exercise_ends", "approvals",
            "vat",
        )  # fmt: skip
        widgets = {
            "declared_on": DayInput(),
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "approvals": forms.Textarea(attrs={"rows": 3}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "postcode": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        help_texts = {
            "declared_on": _("À la préfecture ou au Journal officiel."),
            "exercise_ends": _("Mois et jour : 12-31 pour une année civile."),
            "approvals": _("Le nom, par qui et depuis quand ; un par ligne."),
            "purpose": _("Ce que disent vos statuts, en quelques phrases."),
        }

    field_order = (
        "acronym", "purpose", "declared_on", "address", "postcode", "city", "commune", "email", "phone",
        "website", "head_name", "head_title", "members", "volunteers", "employees", "fte", "exercise_ends",
        "vat", "approvals",
    )  # fmt: skip

    @staticmethod
    def values_of(sheet: Applicant) -> dict[str, Any]:
        """What the form starts from."""
        hundredths = sheet.employees_fte_hundredths
        return {
            **{name: getattr(sheet, name) for name in ApplicantForm.Meta.fields},
            "commune": sheet.commune.code if sheet.commune else "",
            "fte": None if hundredths is None else hundredths / 100,
            "version": sheet.version,
        }

    def clean_postcode(self) -> str:
        typed = str(self.cleaned_data["postcode"]).replace(" ", "")
        if typed and not (len(typed) == 5 and typed.isascii() and typed.isdigit()):
            raise ValidationError(_("Un code postal a cinq chiffres."), code="postcode")
        return typed

    def clean_exercise_ends(self) -> str:
        typed = str(self.cleaned_data["exercise_ends"]).strip()
        if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", typed):
            raise ValidationError(_("Écrivez le mois puis le jour : 12-31, 08-31."), code="exercise")
        return typed

    def clean_commune(self) -> Territory | None:
        typed = str(self.cleaned_data["commune"]).strip().upper()
        if not typed:
            return None
        found = Territory.objects.filter(kind=Territory.Kind.COMMUNE, code=typed).first()
        if found is None:
            raise ValidationError(
                _("Aucune commune connue ici n’a le code %(code)s : vérifiez-le, ou laissez vide."),
                code="commune",
                params={"code": typed},
            )
        return found

    def changes(self) -> dict[str, Any]:
        """The values to write."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "fte"}}
        fte = self.cleaned_data["fte"]
        return {**said, "employees_fte_hundredths": None if fte is None else int(fte * 100)}
