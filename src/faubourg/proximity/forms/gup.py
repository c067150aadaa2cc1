"""What the team types about a GUP convention: its terms, its plan, its reviews, entrusted tasks."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import typed
from faubourg.contracts.forms.choosing import OrganisationField
from faubourg.contracts.forms.money import MoneyField
from faubourg.contracts.models import Contract, Convention
from faubourg.contracts.services.conventions import Terms
from faubourg.people.fields import DayField
from faubourg.territories.models import Territory

from ..models import Area, EntrustedTask, GupAction, GupConvention, GupReview, Walk
from ..queries.gup import walks_to_join
from ..queries.partners import quarters_of
from ..services.gup import ActionWords, Words
from .areas import VersionedForm
from .tfpb import offer

TEXT = forms.Textarea(attrs={"rows": 4})
TERMS = ("title", "scope", "scope_reason", "starts_on", "ends_on", "duration_reason")
WORDS = ("definition", "technical", "social", "mandate_ends_on")
QUESTIONS = {
    "appropriation": _("Les habitants prennent-ils part à la gestion, au-delà de leur présence ?"),
    "dysfunctions": _("Y a-t-il moins de dysfonctionnements, et où ?"),
    "representativeness": _("Qui participe, et qui manque encore ?"),
    "partnership": _("Les partenaires travaillent-ils mieux ensemble ?"),
}


class GupForm(VersionedForm):
    """The terms of a GUP convention and its shared definition."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    contract = forms.ModelChoiceField(
        label=_("Contrat de ville"), queryset=Contract.objects.none(), required=False
    )
    scope = forms.ChoiceField(
        label=_("Périmètre"), choices=Convention.Scope.choices, widget=forms.RadioSelect
    )
    places = forms.ModelMultipleChoiceField(
        label=_("Quartiers choisis"), queryset=Territory.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    walks = forms.ModelMultipleChoiceField(
        label=_("Diagnostic partagé : les marches qui le fondent"), queryset=Walk.objects.none(),
        required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Demandé pour un périmètre ciblé."),
    )  # fmt: skip
    scope_reason = forms.CharField(
        label=_("Ce que ce diagnostic montre"), max_length=10_000, required=False, widget=TEXT
    )
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(
        label=_("Au"), help_text=_("De préférence dans l’année qui suit les élections municipales.")
    )
    duration_reason = forms.CharField(label=_("Pourquoi cette durée"), max_length=300)
    mandate_ends_on = DayField(label=_("Fin du mandat municipal"), required=False)
    definition = forms.CharField(
        label=_("Ce que nous appelons GUP"), max_length=10_000, required=False, widget=TEXT
    )
    technical = forms.CharField(label=_("Volet technique"), max_length=10_000, required=False, widget=TEXT)
    social = forms.CharField(label=_("Volet social"), max_length=10_000, required=False, widget=TEXT)
    operating = MoneyField(label=_("Budget de fonctionnement, en euros"), required=False)
    investment = MoneyField(label=_("Budget d’investissement, en euros"), required=False)

    def __init__(self, *args: Any, area: Area, gup: GupConvention | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "contract", area.contracts.all())
        offer(self, "places", quarters_of(area))
        offer(self, "walks", walks_to_join(area))
        if gup is not None:
            del self.fields["contract"]

    @staticmethod
    def values_of(gup: GupConvention) -> dict[str, Any]:
        """What the form starts from."""
        return {
            **{name: getattr(gup.convention, name) for name in TERMS},
            **{name: getattr(gup, name) for name in (*WORDS, "version")},
            "places": list(gup.convention.territories.all()),
            "walks": list(gup.diagnosis.all()),
            "operating": typed(gup.operating_cents),
            "investment": typed(gup.investment_cents),
        }

    def terms(self, follows: Convention | None = None) -> Terms:
        """As the conventions take them."""
        told = self.cleaned_data
        values: dict[str, Any] = {name: told[name] for name in TERMS}
        return Terms(kind=Convention.Kind.GUP, territories=list(told["places"]), follows=follows, **values)

    def words(self) -> Words:
        """As the service takes them."""
        told = self.cleaned_data
        return Words(
            **{name: told[name] for name in WORDS},
            operating_cents=told["operating"],
            investment_cents=told["investment"],
            walks=list(told["walks"]),
        )


class GupActionForm(VersionedForm):
    """An action of the plan, its money by nature, what is counted."""

    title = forms.CharField(label=_("Action"), max_length=300)
    partner_name = forms.CharField(label=_("Portée par"), max_length=150, required=False)
    operating = MoneyField(label=_("Fonctionnement par an, en euros"), required=False)
    investment = MoneyField(label=_("Investissement, en euros"), required=False)
    indicator_words = forms.CharField(label=_("Indicateur"), max_length=200, required=False)
    target = forms.CharField(label=_("Cible"), max_length=120, required=False)

    @staticmethod
    def values_of(row: GupAction) -> dict[str, Any]:
        """What the form starts from."""
        return {
            **{name: getattr(row, name) for name in ("partner_name", "indicator_words", "target", "version")},
            "title": row.action.title,
            "operating": typed(row.operating_cents or None),
            "investment": typed(row.investment_cents or None),
        }

    def words(self) -> ActionWords:
        """As the service takes them."""
        told = self.told("operating", "investment")
        told |= {f"{name}_cents": self.cleaned_data[name] or 0 for name in ("operating", "investment")}
        return ActionWords(**told)


class NewReviewForm(forms.Form):
    """Which review, of which year."""

    kind = forms.ChoiceField(label=_("Nature"), choices=GupReview.Kind.choices)
    year = forms.IntegerField(label=_("Année"), min_value=2000, max_value=2100)


class ReviewForm(VersionedForm):
    """What figures do not say."""

    summary = forms.CharField(
        label=_("Ce qu’il faut retenir"), max_length=10_000, required=False, widget=TEXT
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in QUESTIONS.items():
            self.fields[name] = forms.CharField(label=label, max_length=10_000, required=False, widget=TEXT)

    def answers(self) -> dict[str, str]:
        """By question."""
        return {name: cast(str, self.cleaned_data[name]) for name in QUESTIONS}


class TaskForm(VersionedForm):
    """A task entrusted to residents."""

    title = forms.CharField(label=_("Tâche"), max_length=200)
    organisation = OrganisationField(label=_("Confiée par"), help_text=_("Le bailleur ou le service."))
    group_name = forms.CharField(
        label=_("Confiée à"),
        max_length=200,
        help_text=_("Un groupe ou une association, jamais une personne."),
    )
    agreement_on = DayField(label=_("Accord du"))
    until = DayField(label=_("Jusqu’au"), required=False)
    insurance = forms.CharField(label=_("Assurance : qui couvre quoi"), max_length=300)
    charges_cents = MoneyField(label=_("Effet sur les charges par an, en euros"), required=False)

    @staticmethod
    def values_of(task: EntrustedTask) -> dict[str, Any]:
        """What the form starts from."""
        names = ("title", "organisation", "group_name", "agreement_on", "until", "insurance", "version")
        return {name: getattr(task, name) for name in names} | {"charges_cents": typed(task.charges_cents)}
