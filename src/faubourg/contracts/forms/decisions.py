"""Forms of a decision: what, who, when; what becomes of it; how it ends. And the filter of their lists."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import AgendaItem, Body, Contract, DecisionItem
from faubourg.people.forms import DayInput
from faubourg.people.models import Person

from .choosing import Named, OrganisationField, PersonField

State = DecisionItem.State
LONGEST_TEXT = 3_000


class DecisionForm(forms.Form):
    """What was decided, who does it, by when."""

    text = forms.CharField(
        label=_("Décision"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = PersonField(
        label=_("Responsable"),
        required=False,
        help_text=_("Avec un compte, la décision l’attend sur sa page d’accueil."),
    )
    organisation = OrganisationField(required=False)
    due_on = forms.DateField(label=_("Pour le"), required=False, widget=DayInput())
    item: Any = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("Point à l’ordre du jour"), required=False, empty_label=_("aucun")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, points: QuerySet[AgendaItem], people: Sequence[Person], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].people = people  # type: ignore[attr-defined]
        self.fields["item"].queryset = points  # type: ignore[attr-defined]

    @staticmethod
    def values_of(decision: DecisionItem) -> dict[str, Any]:
        """What the form starts from."""
        return {
            "text": decision.text,
            "owner": decision.owner_name,
            "organisation": decision.organisation,
            "due_on": decision.due_on,
            "item": decision.item_id,
            "version": decision.version,
        }

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        owner: Named | None = self.cleaned_data["owner"]
        data = {name: self.cleaned_data[name] for name in ("text", "organisation", "due_on", "item")}
        return {**data, "owner_name": owner.name if owner else "", "owner_ref": owner.ref if owner else None}


class TellForm(forms.Form):
    """Where a decision stands."""

    text = forms.CharField(
        label=_("Où en est-elle ?"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )
    meeting = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CloseForm(forms.Form):
    """How it ends: done with its evidence, given up or reopened with a reason."""

    end = forms.ChoiceField(choices=[("done", "done"), ("dropped", "dropped"), ("open", "open")])
    evidence = forms.CharField(label=_("Preuve ou motif"), max_length=300, required=False)
    document = forms.FileField(label=_("Document"), required=False)


class DecisionFilter(forms.Form):
    """Open or closed, late, of a body, of somebody."""

    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[
            ("", _("toutes")),
            ("ouvertes", _("à faire")),
            ("retard", _("en retard")),
            ("faites", _("faites")),
            ("abandonnees", _("abandonnées")),
        ],
    )
    q = forms.CharField(label=_("Responsable ou texte"), required=False, max_length=100)

    def apply(self, queryset: QuerySet[DecisionItem]) -> QuerySet[DecisionItem]:
        """Narrow the list."""
        asked = {
            "ouvertes": Q(state=State.OPEN),
            "retard": Q(state=State.OPEN, due_on__lt=timezone.localdate()),
            "faites": Q(state=State.DONE),
            "abandonnees": Q(state=State.DROPPED),
        }.get(self.cleaned_data["etat"])
        if asked is not None:
            queryset = queryset.filter(asked)
        if typed := self.cleaned_data["q"].strip():
            queryset = queryset.filter(
                Q(owner_name__icontains=typed)
                | Q(organisation__name__icontains=typed)
                | Q(text__icontains=typed)
            )
        return queryset


def filter_for(contract: Contract) -> type[DecisionFilter]:
    """The same filter with the bodies of one contract."""
    bodies = Body.objects.filter(contract=contract)

    class ContractDecisionFilter(DecisionFilter):
        instance: Any = forms.ModelChoiceField(
            bodies, label=_("Instance"), required=False, empty_label=_("toutes")
        )
        field_order = ("etat", "instance", "q")

        def apply(self, queryset: QuerySet[DecisionItem]) -> QuerySet[DecisionItem]:
            """Narrow the list, by body too."""
            queryset = super().apply(queryset)
            body = self.cleaned_data["instance"]
            return queryset.filter(meeting__body=body) if body else queryset

    return ContractDecisionFilter
