"""Forms of the people of an organisation that applies, of its charter and of its vault."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.people.fields import DayField
from faubourg.people.models import Organisation

from ..models import ApplicantRole, VaultPiece
from ..queries.applicants import People
from ..services.vault import Paper

Role = ApplicantRole.Role


class InviteForm(forms.Form):
    """A role offered to an address."""

    email = forms.EmailField(
        label=_("Adresse électronique"),
        help_text=_("La personne prend son rôle en se connectant avec cette adresse, vérifiée."),
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices, initial=Role.WRITER)
    mandate = forms.CharField(
        label=_("Mandat ou qualité"),
        required=False,
        max_length=300,
        help_text=_("Pour qui saisit à votre place : ce que vous lui confiez. Pour qui signe : sa qualité."),
    )


class HandOverForm(forms.Form):
    """Who signs from now on."""

    to = forms.ChoiceField(label=_("Qui signe désormais"), widget=forms.RadioSelect)
    mandate = forms.CharField(
        label=_("En quelle qualité"), max_length=120, help_text=_("Président, directrice par délégation…")
    )
    # The signatory that the page showed, so that two people do not hand over at once.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        signatory = people.signatory
        kwargs.setdefault("initial", {"seen": signatory.pk if signatory else 0})
        super().__init__(*args, **kwargs)
        self.people = {
            str(held.person_id): held.person
            for held in people.present
            if held.role != Role.ASSISTANT and not (signatory and held.person_id == signatory.person_id)
        }
        self.fields["to"].choices = [(pk, str(person)) for pk, person in self.people.items()]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Motif"), required=False, max_length=300)


class SignCharterForm(forms.Form):
    """The signature of the charter."""

    quality = forms.CharField(
        label=_("En quelle qualité vous signez"), max_length=120, help_text=_("Présidente, directeur…")
    )
    read = forms.BooleanField(
        label=_("J’ai lu les sept engagements et l’organisation les souscrit : elle en informe ses membres.")
    )


class PieceForm(forms.Form):
    """A paper for the vault."""

    kind = forms.ChoiceField(label=_("Nature"), choices=VaultPiece.Kind.choices)
    file = forms.FileField(label=_("Fichier"), help_text=_("PDF, image, texte ou tableur."))
    label = forms.CharField(label=_("Intitulé"), required=False, max_length=200)
    year = forms.IntegerField(
        label=_("Exercice"),
        required=False,
        min_value=1990,
        max_value=2100,
        help_text=_("Pour des comptes, un budget, un rapport : l’année dont ils parlent."),
    )
    valid_until = DayField(label=_("Valable jusqu’au"), required=False)
    replaces: Any = forms.ModelChoiceField(
        VaultPiece.objects.none(),
        label=_("Remplace"),
        required=False,
        empty_label=_("aucune pièce"),
        help_text=_("L’ancienne reste jointe aux dossiers déjà déposés."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = organisation.vault.filter(replaced_by=None)  # type: ignore[attr-defined]

    def paper(self) -> Paper:
        """What was said of it, as the service takes it."""
        said = self.cleaned_data
        return Paper(said["kind"], said["label"], said["year"], said["valid_until"])
