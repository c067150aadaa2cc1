"""Forms of the residents’ funds: the fund, two pages of request, a voice, receipts."""

from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import typed
from faubourg.base.text import printable
from faubourg.contracts.forms.choosing import OrganisationField
from faubourg.contracts.forms.money import MoneyField
from faubourg.contracts.models import Contract
from faubourg.people.forms import DayInput
from faubourg.people.models import Person
from faubourg.territories.models import Territory

from ..models import CommitteeVote, FundMember, Microproject, ResidentFund
from ..services.funds import FundWords
from ..services.microprojects import Wish

COST_LINES = 6
NATURES = [
    ("operating", _("des achats, une location, un repas")),
    ("investment", _("un équipement qui dure")),
]
ROWS = {"rows": 4}


def _tidy(text: str) -> str:
    return printable(text.replace("\r\n", "\n")).strip()


class ContractField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A contract of today, by its name and code: several share a name."""

    def label_from_instance(self, obj: Contract) -> str:
        return f"{obj.name}, {obj.code}"


class FundForm(forms.Form):
    """What a fund is, its limits, its places."""

    name = forms.CharField(label=_("Nom du fonds"), max_length=200)
    kind = forms.ChoiceField(label=_("Nature"), choices=ResidentFund.Kind.choices)
    year = forms.IntegerField(label=_("Année"), min_value=1990, max_value=2100)
    manager = OrganisationField(label=_("Association qui le tient"))
    contract = ContractField(
        label=_("Contrat de ville"),
        queryset=Contract.objects.filter(generation=Contract.Generation.G2024).order_by("sort_key", "code"),
        required=False,
    )
    places = forms.CharField(
        label=_("Quartiers, par leurs codes"),
        required=False,
        max_length=1000,
        help_text=_("Séparés par des espaces, par exemple QN04201M QN04202M ; vide : partout."),
    )
    envelope = MoneyField(label=_("Enveloppe de l’année"))
    ceiling = MoneyField(label=_("Plafond par projet"), required=False)
    operating_only = forms.BooleanField(label=_("Fonctionnement seulement"), required=False, initial=True)
    quorum = forms.IntegerField(
        label=_("Quorum du comité, en membres"), min_value=1, max_value=100, initial=3
    )
    advance_days = forms.IntegerField(
        label=_("Avance versée sous, en jours"), min_value=1, max_value=60, initial=5
    )
    report_days = forms.IntegerField(
        label=_("Justificatifs remis sous, en jours"), min_value=1, max_value=365, initial=30
    )
    words = forms.CharField(
        label=_("Le règlement en mots simples"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=ROWS),
    )
    open = forms.BooleanField(label=_("Ouvert aux demandes"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_places(self) -> list[Territory]:
        """The neighbourhoods named; an unknown code is said."""
        codes = [code.upper() for code in cast(str, self.cleaned_data["places"]).replace(",", " ").split()]
        found = {
            place.code: place for place in Territory.objects.filter(kind="neighbourhood", code__in=codes)
        }
        missing = [code for code in codes if code not in found]
        if missing:
            raise forms.ValidationError(
                _("Aucun quartier ne porte le code %(codes)s."), params={"codes": ", ".join(missing[:5])}
            )
        return list(found.values())

    def clean_envelope(self) -> int:
        """An amount is needed."""
        cents = self.cleaned_data["envelope"]
        if cents is None:
            raise forms.ValidationError(_("Dites le montant de l’enveloppe."))
        return int(cents)

    @staticmethod
    def values_of(fund: ResidentFund) -> dict[str, Any]:
        """What a change starts from."""
        same = ("name", "kind", "year", "manager", "contract", "operating_only", "quorum", "advance_days")
        values: dict[str, Any] = {name: getattr(fund, name) for name in same}
        return values | {
            "report_days": fund.report_days,
            "words": fund.words,
            "open": fund.open,
            "version": fund.version,
            "places": " ".join(place.code for place in fund.territories.all()),
            "envelope": typed(fund.envelope_cents),
            "ceiling": typed(fund.ceiling_cents),
        }

    def told(self) -> FundWords:
        """The fund as the service takes it."""
        data = self.cleaned_data
        same = ("kind", "year", "manager", "contract", "operating_only", "quorum", "advance_days", "open")
        return FundWords(
            name=_tidy(data["name"]),
            words=_tidy(data["words"]),
            report_days=data["report_days"],
            envelope_cents=data["envelope"],
            ceiling_cents=data["ceiling"],
            territories=data["places"],
            **{name: data[name] for name in same},
        )


class WishForm(forms.Form):
    """The two pages of a request: the project, then the money and how to reach you."""

    title = forms.CharField(label=_("Votre projet en quelques mots"), max_length=200)
    collective = forms.CharField(
        label=_("Votre groupe ou association"),
        max_length=200,
        help_text=_("Des voisins suffisent : « Les voisins du 12 ». Ce nom est public, pas le vôtre."),
    )
    what = forms.CharField(
        label=_("Que voulez-vous faire ?"), max_length=4000, widget=forms.Textarea(attrs=ROWS)
    )
    who = forms.CharField(
        label=_("Avec qui, et pour qui ?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    territory = forms.ModelChoiceField(
        label=_("Dans quel quartier ?"), queryset=Territory.objects.none(), required=False
    )
    on = forms.DateField(label=_("Quand ?"), required=False, widget=DayInput())
    nature = forms.ChoiceField(label=_("Ce sera surtout"), choices=NATURES, initial="operating")
    asked = MoneyField(label=_("Combien demandez-vous ?"), help_text=_("En euros, par exemple 450."))
    contact_name = forms.CharField(label=_("Votre nom"), max_length=150, required=False)
    contact = forms.CharField(
        label=_("Comment vous joindre"),
        max_length=200,
        help_text=_(
            "Un téléphone ou une adresse électronique : vue par l’association seule, effacée ensuite."
        ),
    )
    # A field that people do not see: what fills it is a robot.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, fund: ResidentFund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["territory"])  # type: ignore[type-arg]
        field.queryset = fund.territories.order_by("sort_key", "code")
        if not fund.territories.all():
            del self.fields["territory"]
        for line in range(1, COST_LINES + 1):
            self.fields[f"label_{line}"] = forms.CharField(
                label=_("Dépense %(n)s") % {"n": line}, max_length=120, required=False
            )
            self.fields[f"cents_{line}"] = MoneyField(label=_("Montant %(n)s") % {"n": line}, required=False)

    @property
    def cost_fields(self) -> list[tuple[Any, Any]]:
        """The pairs of a line: what, how much."""
        return [(self[f"label_{n}"], self[f"cents_{n}"]) for n in range(1, COST_LINES + 1)]

    def clean(self) -> dict[str, Any]:
        """A cost has a name and a price; a request has an amount."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("website"):
            raise forms.ValidationError(_("Cette demande n’a pas pu être reçue."))
        for line in range(1, COST_LINES + 1):
            label, cents = data.get(f"label_{line}"), data.get(f"cents_{line}")
            if bool(label) is not bool(cents) and f"cents_{line}" not in self.errors:
                self.add_error(f"cents_{line}", _("Une dépense se dit avec son nom et son montant."))
        return data

    def told(self) -> Wish:
        """The request as the service takes it."""
        data = self.cleaned_data
        lines = [(data.get(f"label_{n}"), data.get(f"cents_{n}")) for n in range(1, COST_LINES + 1)]
        words = ("title", "collective", "what", "who", "contact_name", "contact")
        texts: dict[str, Any] = {name: _tidy(data[name]) for name in words}
        return Wish(
            asked_cents=data["asked"],
            on=data["on"],
            nature=data["nature"],
            territory=data.get("territory"),
            costs=[(label, cents) for label, cents in lines if label and cents],
            **texts,
        )


class VoiceForm(forms.Form):
    """One member’s voice on one request."""

    voice = forms.ChoiceField(
        label=_("Votre voix"), choices=CommitteeVote.Voice.choices, widget=forms.RadioSelect
    )
    cents = MoneyField(label=_("Si oui, combien ?"), required=False)
    comment = forms.CharField(label=_("Un mot"), max_length=300, required=False)


class ReceiptForm(forms.Form):
    """A photographed receipt."""

    photo = forms.FileField(
        label=_("Photo du justificatif"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf", "capture": "environment"}),
    )
    label = forms.CharField(label=_("Qu’avez-vous acheté ?"), max_length=200)
    cents = MoneyField(label=_("Montant payé"))
    spent_on = forms.DateField(label=_("Payé le"), required=False, widget=DayInput())


class HandInForm(forms.Form):
    """How it went."""

    story = forms.CharField(
        label=_("Comment cela s’est passé"), max_length=4000, widget=forms.Textarea(attrs=ROWS)
    )
    people_count = forms.IntegerField(
        label=_("Combien de personnes sont venues ?"), required=False, min_value=0, max_value=1_000_000
    )
    nothing_spent = forms.BooleanField(label=_("Rien n’a été dépensé"), required=False)


class MemberForm(forms.Form):
    """Somebody of the committee, with an account (to vote on a phone) or without."""

    name = forms.CharField(label=_("Nom"), max_length=150)
    email = forms.EmailField(
        label=_("Adresse du compte"), required=False, help_text=_("Pour voter sur son téléphone.")
    )
    resident = forms.BooleanField(label=_("Habitant·e"), required=False, initial=True)
    since = forms.DateField(label=_("Depuis le"), widget=DayInput())

    def clean_email(self) -> Person | None:
        """The account of this address."""
        address = self.cleaned_data["email"]
        if not address:
            return None
        found = Person.objects.filter(email=address.lower(), is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Aucun compte n’a cette adresse : la personne s’inscrit d’abord."))
        return found


class GatherForm(forms.Form):
    """Which requests go before the committee, and until when."""

    projects = forms.ModelMultipleChoiceField(
        label=_("Demandes"), queryset=Microproject.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    day = forms.DateField(label=_("Vote clos le"), widget=DayInput())
    hour = forms.TimeField(
        label=_("à"), initial=time(20, 0), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, fund: ResidentFund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelMultipleChoiceField, self.fields["projects"])  # type: ignore[type-arg]
        field.queryset = fund.microprojects.filter(state__in=["requested", "accompanied"]).order_by("pk")

    @property
    def closes_at(self) -> datetime:
        """The moment of the close, Europe/Paris."""
        said = datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"])
        return timezone.make_aware(said)


def members_of(fund: ResidentFund) -> list[FundMember]:
    """The seats of a committee, those that ended last."""
    return sorted(fund.members.select_related("person"), key=lambda seat: (seat.until is not None, seat.name))
