"""Forms of a summary sheet: begun, written, its contacts, the opinion on it, the filter of their list."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import typed
from faubourg.base.text import fold, printable
from faubourg.contracts.forms.money import MoneyField
from faubourg.contracts.models import Contract
from faubourg.people.fields import DayField
from faubourg.people.models import Organisation
from faubourg.rules.calls import RuleSet
from faubourg.rules.calls.intents import ESCALATION_DAYS
from faubourg.territories.models import Territory

from ..models import Call, Intent, PriorContact
from ..queries.calls import rules_of
from ..queries.intents import WAITING, contracts_of, places_of
from ..queries.places import told_apart
from ..services.prior_contacts import Talk

LONGEST_SUMMARY = 4_000
LONGEST_TEXT = 4_000
ANY = [("", _("toutes"))]


class BeginForm(forms.Form):
    """For whom, and how the project is called."""

    organisation = forms.ChoiceField(label=_("Pour quelle organisation"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Le projet en une ligne"), max_length=200, help_text=_("Un titre ; il se change ensuite.")
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.pk): one for one in organisations}
        field: Any = self.fields["organisation"]
        field.choices = [(pk, one.name) for pk, one in self.organisations.items()]
        if len(organisations) == 1:
            field.initial = str(organisations[0].pk)

    def chosen(self) -> Organisation:
        """The one that was chosen."""
        return self.organisations[self.cleaned_data["organisation"]]


class IntentForm(forms.Form):
    """A summary sheet, in the order in which one tells it. Only the title is mandatory before the deposit."""

    # Every answer is expected at the deposit: « facultatif » would mislead.
    hide_optional = True

    title = forms.CharField(label=_("Titre du projet"), max_length=200)
    measure = forms.ChoiceField(label=_("Mesure"), required=False, widget=forms.RadioSelect)
    contract: Any = forms.ModelChoiceField(
        Contract.objects.none(),
        label=_("Contrat de ville"),
        required=False,
        empty_label=_("à choisir"),
        help_text=_("Son intercommunalité donne l’avis sur la fiche."),
    )
    summary = forms.CharField(
        label=_("Le projet en quelques phrases"),
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Ce que vous voulez faire, pourquoi, avec qui. Dix lignes suffisent."),
    )
    audience = forms.CharField(
        label=_("À qui il s’adresse"),
        required=False,
        max_length=300,
        help_text=_("Habitants de tous âges, jeunes de 16 à 25 ans, familles…"),
    )
    territories: Any = forms.ModelMultipleChoiceField(
        Territory.objects.none(),
        label=_("Quartiers"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choose"}),
    )
    budget = MoneyField(
        label=_("Budget envisagé, en euros"), required=False, help_text=_("Un ordre de grandeur : 12 000")
    )
    requested = MoneyField(
        label=_("Demande envisagée, en euros"),
        required=False,
        help_text=_("Ce que vous pensez demander, tous financeurs de l’appel réunis."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules, contracts = rules_of(call), contracts_of(call)
        self.fields["measure"].choices = measures(rules)  # type: ignore[attr-defined]
        self.fields["contract"].queryset = Contract.objects.filter(pk__in=[one.pk for one in contracts])  # type: ignore[attr-defined]
        places = places_of(contracts)
        self.fields["territories"].queryset = places  # type: ignore[attr-defined]
        names = told_apart(places)
        self.fields["territories"].label_from_instance = lambda place: names.get(place.pk, place.name)  # type: ignore[attr-defined]
        if not contracts:
            del self.fields["contract"], self.fields["territories"]

    @staticmethod
    def values_of(intent: Intent) -> dict[str, Any]:
        """What the form starts from."""
        return {
            **{
                name: getattr(intent, name) for name in ("title", "measure", "summary", "audience", "version")
            },
            "contract": intent.contract_id,
            "territories": [place.pk for place in intent.territories.all()],
            "budget": typed(intent.budget_cents),
            "requested": typed(intent.requested_cents),
        }

    def clean(self) -> dict[str, Any]:
        """One does not ask for more than the project costs."""
        said = super().clean() or {}
        budget, requested = said.get("budget"), said.get("requested")
        if budget is not None and requested is not None and requested > budget:
            self.add_error(
                "requested", _("La demande dépasse le budget du projet : corrigez l’un ou l’autre.")
            )
        return said

    def changes(self) -> dict[str, Any]:
        """The values to write; texts without what a database or a PDF refuses."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        for name in ("title", "summary", "audience"):
            said[name] = printable(str(said[name]).replace("\r\n", "\n")).strip()
        said["budget_cents"], said["requested_cents"] = said.pop("budget"), said.pop("requested")
        return said


def measures(rules: RuleSet | None) -> list[tuple[str, str]]:
    """The measures of a set as choices."""
    return [(measure.code, measure.name) for measure in rules.measures] if rules else []


class ContactForm(forms.Form):
    """A conversation with a service, and what it advised."""

    party = forms.ChoiceField(label=_("Avec qui"), choices=PriorContact.Party.choices)
    service = forms.CharField(
        label=_("Quel service"),
        max_length=200,
        help_text=_("Un service, pas une personne : « politique de la ville »."),
    )
    on = DayField(label=_("Le"), initial=timezone.localdate)
    advice = forms.CharField(
        label=_("Le conseil donné"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )

    def talk(self) -> Talk:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return Talk(said["party"], printable(said["service"]), said["on"], printable(said["advice"]))


class OpinionForm(forms.Form):
    """The opinion of the intercommunalité."""

    sense = forms.ChoiceField(
        label=_("L’avis"),
        choices=[
            ("conform", _("conforme aux attentes locales")),
            ("reserve", _("conforme avec réserves")),
            ("refuse", _("non conforme")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Les motifs"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Lus par le porteur. Demandés pour des réserves ou un avis non conforme."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReviseForm(forms.Form):
    """Why an opinion is taken back."""

    reason = forms.CharField(label=_("Motif"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class IntentFilter(forms.Form):
    """The list of a call: what it says, its measure, its contract, its state, how long its opinion waits."""

    q = forms.CharField(label=_("Titre, organisation ou numéro"), required=False, max_length=100)
    mesure = forms.ChoiceField(label=_("Mesure"), required=False)
    contrat = forms.ChoiceField(label=_("Contrat"), required=False)
    avis = forms.ChoiceField(
        label=_("Avis"),
        required=False,
        choices=[
            ("", _("tous")),
            ("attendu", _("attendu")),
            ("retard", _("en retard")),
            ("relance", _("à reprendre par qui conduit l’appel")),
            ("conforming", _("conforme")),
            ("with_reserves", _("conforme avec réserves")),
            ("not_conforming", _("non conforme")),
            ("converted", _("devenue un dossier")),
        ],
    )
    delai = forms.ChoiceField(
        label=_("Délai"),
        required=False,
        choices=[("", _("tous")), ("hors", _("hors délai")), ("dans", _("dans les temps"))],
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mesure"].choices = [*ANY, *measures(rules_of(call))]  # type: ignore[attr-defined]
        contracts = [(str(one.pk), one.name) for one in contracts_of(call)]
        self.fields["contrat"].choices = [("", _("tous")), *contracts]  # type: ignore[attr-defined]

    def apply(self, queryset: "QuerySet[Intent]") -> "QuerySet[Intent]":
        """The sheets that answer every filter that was given."""
        said = self.cleaned_data
        if words := said["q"].strip():
            queryset = queryset.filter(
                Q(title__icontains=words)
                | Q(number__icontains=words)
                | Q(organisation__sort_key__contains=fold(words))
            )
        if said["mesure"]:
            queryset = queryset.filter(measure=said["mesure"])
        if said["contrat"]:
            queryset = queryset.filter(contract=said["contrat"])
        if said["delai"]:
            queryset = queryset.filter(late=said["delai"] == "hors")
        return _by_opinion(queryset, said["avis"])


def _by_opinion(queryset: "QuerySet[Intent]", asked: str) -> "QuerySet[Intent]":
    today = timezone.localdate()
    late = {"retard": today, "relance": today - timedelta(days=ESCALATION_DAYS - 1)}
    if asked == "attendu":
        return queryset.filter(state__in=WAITING)
    if asked in late:
        return queryset.filter(state__in=WAITING, opinion_due_on__lt=late[asked])
    return queryset.filter(state=asked) if asked else queryset
