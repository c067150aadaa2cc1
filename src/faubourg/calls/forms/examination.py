"""Forms of the examination: a piece checked, pieces asked for, an opinion, a message, a claim, a déport."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.forms.agreement import DayField
from faubourg.contracts.forms.choosing import OrganisationField
from faubourg.contracts.forms.money import MoneyField
from faubourg.people.forms import PersonByEmail

from ..models import FunderOpinion

YES_NO = [("yes", _("Acceptée")), ("no", _("Refusée"))]
LONGEST = 10_000


class PieceForm(forms.Form):
    """One paper: good, or not and why."""

    accepted = forms.ChoiceField(
        label=_("Cette pièce est"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si la pièce est acceptée ou refusée.")},
    )
    remark = forms.CharField(
        label=_("Remarque"),
        max_length=300,
        required=False,
        help_text=_("Lue par le porteur."),
    )


class AskPiecesForm(forms.Form):
    """What is missing, until when, and a word."""

    missing = forms.MultipleChoiceField(
        label=_("Pièces demandées"), required=False, widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce qu’il faut corriger ou préciser, en plus des pièces cochées."),
    )
    due_on = DayField(label=_("À fournir avant le"), error_messages={"required": _("Fixez un délai.")})

    def __init__(self, *args: Any, pieces: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["missing"]
        field.choices = pieces


class ReasonForm(forms.Form):
    """Why; it is told to the applicant."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Communiqué au porteur, dans la lettre."),
        error_messages={"required": _("Écrivez le motif : il est communiqué.")},
    )


class CompleteForm(forms.Form):
    """The day from which the two months run."""

    received_on = DayField(
        label=_("Complet depuis le"),
        required=False,
        help_text=_("Vide : le jour où la dernière pièce acceptée est arrivée."),
    )


class OpinionForm(forms.Form):
    """What the service thinks, how much it proposes, in euros."""

    sense = forms.ChoiceField(label=_("Avis"), choices=FunderOpinion.Sense.choices, widget=forms.RadioSelect)
    operating_cents = MoneyField(label=_("Proposé en fonctionnement"), required=False)
    investment_cents = MoneyField(label=_("Proposé en investissement"), required=False)
    text = forms.CharField(
        label=_("Analyse"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10})
    )
    on_behalf = forms.CharField(
        label=_("Comment ce financeur l’a donné"),
        max_length=300,
        help_text=_("Vous l’enregistrez pour lui : « courriel du 3 mars », « comité technique du 12 mars »."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, natures: Sequence[str], on_behalf: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on_behalf:
            del self.fields["on_behalf"]
        for nature in ("operating", "investment"):
            if nature not in natures:
                del self.fields[f"{nature}_cents"]

    @staticmethod
    def values_of(opinion: FunderOpinion | None) -> dict[str, Any]:
        """What the form starts from; version 0 when no opinion was given."""
        if opinion is None:
            return {"version": 0, "sense": None, "text": "", "on_behalf": ""}
        return {
            "version": opinion.version,
            "sense": opinion.sense,
            "text": opinion.text,
            "operating_cents": _euros(opinion.operating_cents),
            "investment_cents": _euros(opinion.investment_cents),
            "on_behalf": opinion.on_behalf,
        }

    def values(self) -> dict[str, Any]:
        """As the service takes them."""
        told = self.cleaned_data
        return {name: told.get(name) for name in ("sense", "text", "operating_cents", "investment_cents")}


class CommentForm(forms.Form):
    """A message about a dossier."""

    text = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez un message avant de l’envoyer.")},
    )
    shared = forms.BooleanField(
        label=_("Lu par le porteur"), required=False, help_text=_("Sinon, il reste entre les services.")
    )


class ClaimForm(forms.Form):
    """The exception is accepted or refused."""

    accepted = forms.ChoiceField(
        label=_("L’exception est"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si l’exception est acceptée ou refusée.")},
    )
    reason = forms.CharField(
        label=_("Motif"), max_length=300, error_messages={"required": _("Écrivez le motif.")}
    )


class StandBackForm(forms.Form):
    """Why one stands back, and from what: this dossier, or all those of who asks."""

    about = forms.ChoiceField(
        label=_("Ce lien porte sur"),
        choices=[("application", _("ce dossier")), ("organisation", _("tous les dossiers de ce porteur"))],
        widget=forms.RadioSelect,
        initial="organisation",
    )
    reason = forms.CharField(
        label=_("Lien d’intérêts"),
        max_length=300,
        help_text=_("Ex. : membre du conseil d’administration, salarié·e d’un membre de la famille."),
        error_messages={"required": _("Dites quel lien d’intérêts.")},
    )


class InterestForm(forms.Form):
    """Somebody stands back from what an organisation asks in a call; the runner names whom."""

    person = PersonByEmail()
    organisation = OrganisationField(label=_("Porteur"), help_text=_("Son nom, tel qu’il est enregistré."))
    reason = forms.CharField(label=_("Lien d’intérêts"), max_length=300)

    def __init__(self, *args: Any, for_others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_others:
            del self.fields["person"]
        else:
            self.fields["person"].required = False
            self.fields["person"].help_text = _("Vide : vous-même.")


class RouteForm(forms.Form):
    """Which jury takes it, and why."""

    territory = forms.ChoiceField(
        label=_("Ce dossier relève"),
        choices=[
            ("yes", _("du jury du territoire")),
            ("no", _("du jury qui prend ce qu’un territoire ne peut examiner")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Motif"), max_length=300)


def _euros(cents: int | None) -> str:
    """As it would be typed; « 1250,5 » is 1 250,50 €."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"
