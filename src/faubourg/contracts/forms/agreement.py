"""Forms of the circuit and of the parties: what is understood; the rules judge what may be done."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.people.fields import ActField, DayField
from faubourg.people.models import Organisation
from faubourg.rules.contract_circuit import Act


class AdvanceForm(forms.Form):
    """One act of the circuit: its day, the deliberation it cites, its reason, the end of the contract."""

    act = ActField(Act, unknown=_("Cette étape n’existe pas : choisissez-en une de la liste."))
    on = DayField(label=_("Le"), error_messages={"required": _("Dites quel jour.")})
    cited = forms.CharField(
        label=_("Acte"),
        max_length=200,
        required=False,
        help_text=_("Délibération, arrêté ou relevé de décisions, avec sa date."),
    )
    reason = forms.CharField(label=_("Motif"), max_length=300, required=False)
    signed_on = DayField(
        label=_("Signé le"),
        required=False,
        help_text=_("Seulement pour reprendre un contrat déjà en vigueur. Saisissez son texte avant."),
    )
    ends_on = DayField(
        label=_("Échéance"),
        required=False,
        help_text=_("Dernier jour du contrat, demandé à l’entrée en vigueur : les alertes en dépendent."),
    )


class CommuneForm(forms.Form):
    """The deliberation of one commune."""

    on = DayField(label=_("Validé le"), error_messages={"required": _("Dites quel jour.")})
    cited = forms.CharField(label=_("Délibération"), max_length=200, help_text=_("Son numéro et sa date."))


class ReasonForm(forms.Form):
    """Why something is undone, corrected or removed."""

    reason = forms.CharField(
        label=_("Motif"), max_length=300, error_messages={"required": _("Dites en une phrase pourquoi.")}
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class PartyForm(forms.Form):
    """A party to an agreement, by its name; an organisation known under that name is linked."""

    name = forms.CharField(
        label=_("Signataire"), max_length=200, help_text=_("Une institution, jamais une personne.")
    )
    quality = forms.CharField(
        label=_("En qualité de"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : État, intercommunalité, bailleur."),
    )
    mandatory = forms.BooleanField(label=_("Signature obligatoire"), required=False, initial=True)

    def party(self) -> dict[str, Any]:
        """What the service asks for."""
        name = " ".join(self.cleaned_data["name"].split())
        known = Organisation.objects.filter(name__iexact=name).first()
        return self.cleaned_data | {"name": name, "organisation": known}


class SignForm(forms.Form):
    """What a party said: it signed, or refused in writing and why."""

    class Said:
        SIGNED = "signed"
        REFUSED = "refused"

    said = forms.ChoiceField(
        label=_("La partie"),
        choices=[(Said.SIGNED, _("a signé")), (Said.REFUSED, _("a refusé de signer, par écrit"))],
        widget=forms.RadioSelect,
        initial=Said.SIGNED,
    )
    on = DayField(
        label=_("Le"),
        initial=timezone.localdate,
        error_messages={"required": _("Dites quel jour.")},
    )
    reason = forms.CharField(
        label=_("Motif du refus"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Demandé pour un refus, tel qu’il est écrit."),
    )
    document = forms.FileField(
        label=_("Pièce"),
        required=False,
        help_text=_("La page signée ou la lettre de refus, en PDF ou en image."),
    )
