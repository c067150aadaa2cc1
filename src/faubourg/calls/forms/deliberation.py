"""Forms of a sitting: the marks of a juror, the decision of a dossier with its amounts and its override."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.forms.money import MoneyField
from faubourg.rules.calls.deliberation import Decision, Votes
from faubourg.rules.calls.rule_set import Grid

from ..models import JuryItem, Review
from ..queries.jury_money import AmountRow, Key
from ..services.deciding import Said

MOST_VOTES = 500


class ReviewForm(forms.Form):
    """A whole mark for each criterion of the published grid, none as long as one hesitates."""

    comment = forms.CharField(
        label=_("Commentaire"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Lu par les services, et par les membres qui ont rendu leur lecture."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, grid: Grid, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(mark), str(mark)) for mark in range(grid.most + 1)]
        self.criteria = {f"mark-{criterion.code}": criterion.code for criterion in grid.criteria}
        for name, criterion in zip(self.criteria, grid.criteria, strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=criterion.name,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "mark-choice"}),
            )
        self.order_fields([*self.criteria, "comment", "version"])

    @staticmethod
    def values_of(review: Review | None) -> dict[str, Any]:
        """What was kept."""
        if review is None:
            return {"version": 0}
        marks = {f"mark-{code}": value for code, value in review.marks.items()}
        return {**marks, "comment": review.comment, "version": review.version}

    def marks(self) -> dict[str, int]:
        """What is marked so far."""
        told = {code: self.cleaned_data.get(name) for name, code in self.criteria.items()}
        return {code: value for code, value in told.items() if value is not None}


class DecisionForm(forms.Form):
    """What the jury says of a dossier: the decision, its words, the hands, the money, what it passes over."""

    decision = forms.ChoiceField(
        label=_("Décision"), choices=JuryItem.Decision.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Réserves, ou motif"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Demandé sauf pour « retenu » ; communiqué au porteur."),
    )
    in_favour = forms.IntegerField(label=_("Pour"), required=False, min_value=0, max_value=MOST_VOTES)
    against = forms.IntegerField(label=_("Contre"), required=False, min_value=0, max_value=MOST_VOTES)
    abstaining = forms.IntegerField(label=_("Abstentions"), required=False, min_value=0, max_value=MOST_VOTES)
    override_reason = forms.CharField(
        label=_("Pourquoi passer outre"),
        required=False,
        max_length=400,
        help_text=_("Seulement si une enveloppe ou une règle est dépassée ; figure au procès-verbal."),
    )
    override_by_name = forms.CharField(
        label=_("Décidé par"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"list": "membres", "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, rows: Sequence[AmountRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, Key] = {row.name: (row.funder.pk, row.nature, row.year) for row in rows}
        for row in rows:
            label = f"{row.funder.name}, {row.nature_word}, {row.year}"
            self.fields[row.name] = MoneyField(label=label, required=False)

    def amounts(self) -> dict[Key, int]:
        """Cents by funder, nature and year; what is empty is nothing."""
        told = {key: self.cleaned_data.get(name) for name, key in self.keys.items()}
        return {key: cents for key, cents in told.items() if cents}

    def said(self) -> Said:
        """As the service reads it."""
        told = self.cleaned_data
        hands = [told.get(name) for name in ("in_favour", "against", "abstaining")]
        counted = any(hand is not None for hand in hands)
        return Said(
            decision=Decision(told["decision"]),
            words=told["words"].strip(),
            votes=Votes(*(hand or 0 for hand in hands)) if counted else None,
            amounts=self.amounts(),
            override_reason=told["override_reason"],
            override_by_name=told["override_by_name"],
        )
