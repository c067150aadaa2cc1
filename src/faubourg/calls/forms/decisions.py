"""Forms of the money after the jury: votes, refusals, letters, agreements, payments, cuts."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.forms.money import PercentField
from faubourg.people.fields import DayField
from faubourg.rules.calls.refusals import GROUNDS

from ..models import Agreement, CallFunder, Envelope, EnvelopeEvent
from .money import PositiveMoneyField

DAY_ERRORS = {"required": _("Dites quel jour.")}


def _today() -> Any:
    return timezone.localdate()


class Versioned(forms.Form):
    """What was read carries its version back."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class OpinionForm(Versioned):
    """A sum for a favourable opinion; a reason for the other."""

    cents: Any = PositiveMoneyField(label=_("Montant proposé, en euros"), required=False)
    reason = forms.CharField(
        label=_("Motif"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ActForm(forms.Form):
    """The act that decides, its day, its conditions."""

    act = forms.CharField(
        label=_("Délibération ou arrêté"),
        max_length=200,
        help_text=_("Par exemple : « délibération n° 2015-12 de la commission permanente »."),
        error_messages={"required": _("Citez la délibération ou l’arrêté.")},
    )
    on = DayField(label=_("Le"), initial=_today, error_messages=DAY_ERRORS)
    conditions = forms.CharField(
        label=_("Conditions posées"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VoteForm(Versioned, ActForm):
    """A vote on one decision."""

    cents: Any = PositiveMoneyField(label=_("Montant voté, en euros"))
    field_order = ("cents", "act", "on", "conditions")


class BatchVoteForm(ActForm):
    """One act for every favourable opinion of one funder; `seen` names what the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=200_000)

    def ballots(self) -> list[tuple[int, int]]:
        """The (key, version) of the decisions that were shown."""
        pairs = (pair.partition("-") for pair in self.cleaned_data["seen"].split())
        return [(int(pk), int(version)) for pk, _dash, version in pairs]

    def clean_seen(self) -> str:
        """Only numbers: keys and versions."""
        said: str = self.cleaned_data["seen"]
        parts = said.replace("-", " ").split()
        if (
            not all(part.isascii() and part.isdecimal() and len(part) < 15 for part in parts)
            or len(parts) % 2
        ):
            raise forms.ValidationError(gettext("Cette liste n’a pas été comprise : rouvrez la page."))
        return said


class RefuseForm(Versioned):
    """Why, from the list; the funder's own words complete it."""

    ground = forms.ChoiceField(label=_("Motif"))
    words = forms.CharField(
        label=_("Précisez, avec vos mots"),
        required=False,
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Le motif et vos mots sont repris dans la lettre."),
    )
    act = forms.CharField(label=_("Délibération ou arrêté"), max_length=200)
    field_order = ("ground", "words", "act")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, gettext(ground.sentence)) for code, ground in GROUNDS.items()]
        cast(forms.ChoiceField, self.fields["ground"]).choices = choices


class DayForm(Versioned):
    """An act that only has its day."""

    on = DayField(label=_("Le"), initial=_today, error_messages=DAY_ERRORS)


class ReasonForm(Versioned):
    """An act that says why."""

    reason = forms.CharField(label=_("Motif"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class LetterForm(Versioned):
    """A letter before it is sent."""

    subject = forms.CharField(label=_("Objet"), max_length=200)
    body = forms.CharField(
        label=_("Texte"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("Une ligne vide sépare deux paragraphes."),
    )


class AgreementForm(Versioned):
    """The words of an agreement."""

    kind = forms.ChoiceField(label=_("Nature de l’acte"), choices=Agreement.Kind)
    years = forms.IntegerField(label=_("Nombre d’années"), min_value=1, max_value=6)
    number = forms.CharField(label=_("Référence"), max_length=60, required=False)
    payment_terms = forms.CharField(
        label=_("Modalités de versement"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : 70 % à la signature, 30 % à la remise du bilan."),
    )
    surplus_terms = forms.CharField(
        label=_("Excédent non dépensé"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vide : l’excédent raisonnable est conservé, le reste est reversé (loi n° 2021-875)."),
    )
    field_order = ("kind", "years", "number", "payment_terms", "surplus_terms")


class ScheduleForm(Versioned):
    """One payment, or several with their shares and the facts that open them."""

    parts = forms.ChoiceField(label=_("Découpage"))
    first = forms.CharField(label=_("Premier versement"), max_length=200, required=False)
    second = forms.CharField(label=_("Solde"), max_length=200, required=False)

    SPLITS = {"100": (100,), "70-30": (70, 30), "80-20": (80, 20), "50-50": (50, 50)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["parts"]).choices = [
            ("100", gettext("en une fois")),
            ("70-30", gettext("70 % puis 30 %")),
            ("80-20", gettext("80 % puis 20 %")),
            ("50-50", gettext("50 % puis 50 %")),
        ]
        self.fields["first"].initial = gettext("À la notification")
        self.fields["second"].initial = gettext("À la remise du bilan")


class PaymentForm(DayForm):
    """A move of a payment: its day, the reference of the order, the reason of a return."""

    reference = forms.CharField(label=_("Référence du mandat"), max_length=60, required=False)
    reason = forms.CharField(label=_("Motif"), max_length=300, required=False)
    KEPT = {"order": {"reference"}, "return": {"reason"}, "drop": {"reason"}}

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"reference", "reason"} - self.KEPT.get(act, set()):
            del self.fields[name]


class CutForm(forms.Form):
    """What was announced on the envelopes of one funder, one year."""

    funder = forms.ChoiceField(label=_("Financeur et année"))
    kind = forms.ChoiceField(label=_("Que se passe-t-il ?"), choices=EnvelopeEvent.Kind)
    rate: Any = PercentField(label=_("Taux, en %"), required=False)
    cents: Any = PositiveMoneyField(label=_("Ou montant, en euros"), required=False)
    on = DayField(label=_("Annoncé le"), initial=_today, error_messages=DAY_ERRORS)
    act = forms.CharField(label=_("Acte"), max_length=200, required=False)
    reason = forms.CharField(label=_("Motif"), max_length=300)

    def __init__(self, *args: Any, envelopes: Iterable[Envelope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[Envelope]] = {}
        for envelope in envelopes:
            groups.setdefault(f"{envelope.funder_id}-{envelope.year}", []).append(envelope)
        self.groups = groups
        cast(forms.ChoiceField, self.fields["funder"]).choices = [
            (key, f"{_named(held[0].funder)}, {held[0].year}") for key, held in groups.items()
        ]

    def clean(self) -> dict[str, Any]:
        """A rate or a sum; a sum on several envelopes would not say how it is shared."""
        said = super().clean() or {}
        rate, cents = said.get("rate"), said.get("cents")
        if bool(rate) == bool(cents):
            self.add_error("rate", gettext("Donnez un taux ou un montant, l’un des deux."))
        elif cents and len(self.groups.get(said.get("funder", ""), [])) > 1:
            self.add_error(
                "cents",
                gettext("Ce financeur a plusieurs enveloppes cette année-là : donnez un taux."),
            )
        return said


def _named(funder: CallFunder) -> str:
    return f"{funder.name} ({funder.programme})" if funder.programme else funder.name


class ApplyForm(forms.Form):
    """What the COPIL chose, and when; `digest` names what it saw."""

    method = forms.ChoiceField(label=_("Répartition"), choices=EnvelopeEvent.Method)
    validated_on = DayField(label=_("Validé en COPIL le"), initial=_today, error_messages=DAY_ERRORS)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=16)
