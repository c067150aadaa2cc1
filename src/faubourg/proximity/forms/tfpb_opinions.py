"""What the town and the State type about a landlord's convention: signatures, delay, visit, opinion, flag."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faubourg.people.fields import DayField

from ..models import TfpbAgreement
from .areas import VersionedForm

PARTIES: dict[str, str | Promise] = {
    "landlord": _("Le bailleur"),
    "commune": _("La commune"),
    "epci": _("L’intercommunalité"),
    "state": _("L’État"),
}
VISITORS: dict[str, str | Promise] = {
    "landlord": _("le bailleur"),
    "authority": _("la collectivité"),
    "residents": _("des habitants"),
    "state": _("l’État"),
}
WORDS = forms.Textarea(attrs={"rows": 4})


class SignaturesForm(VersionedForm):
    """The day on which each party signed; those that signed already are not asked again."""

    def __init__(self, *args: Any, agreement: TfpbAgreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {row.pk: row for row in agreement.convention.parties.all()}
        for kind, label in PARTIES.items():
            row = rows.get(agreement.parties.get(kind, 0))
            if row is not None and row.signed_on is None:
                self.fields[kind] = DayField(label=str(label), required=False, help_text=row.name)

    def days(self) -> dict[str, date]:
        """By kind of party."""
        return {kind: self.cleaned_data[kind] for kind in PARTIES if self.cleaned_data.get(kind)}


class DelayForm(VersionedForm):
    """A later day to sign, and the text that grants it."""

    until = DayField(label=_("Signature admise jusqu’au"), required=False)
    words = forms.CharField(label=_("Quel texte l’accorde"), max_length=300, required=False)


class VisitForm(VersionedForm):
    """The joint visit."""

    on = DayField(label=_("Le"))
    visitors = forms.MultipleChoiceField(
        label=_("Qui était là"), choices=list(VISITORS.items()), widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("Ce que l’on a constaté"), max_length=10_000, required=False, widget=WORDS
    )


class OpinionForm(VersionedForm):
    """The signature of one side, with its reserves if any."""

    reserves = forms.CharField(
        label=_("Réserves"), max_length=4_000, required=False, widget=WORDS,
        help_text=_("Vide : le bilan est validé sans réserve de votre part."),
    )  # fmt: skip


class ReasonForm(VersionedForm):
    """Why: kept in the history, and told to the préfet."""

    reason = forms.CharField(label=_("Motif"), max_length=1_000, required=False, widget=WORDS)
