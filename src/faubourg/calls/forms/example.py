"""The live example beside a rule set: a request, a budget, a local share, a moment; the verdict follows."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import typed
from faubourg.rules.calls import Condition, Facts, RuleSet, Step, judge
from faubourg.rules.calls.moments import PARIS
from faubourg.rules.calls.rule_set import WHOLE_BP
from faubourg.rules.verdict import Verdict

from .money import PositiveMoneyField

PREFIX = "essai"
SUMS = ("operating", "investment", "budget", "commune", "epci", "departement")


class ExampleForm(forms.Form):
    """One dossier in a few boxes. `in_order` ticked: everything that is not asked here is as it should be."""

    prefix = PREFIX
    measure = forms.ChoiceField(label=_("Mesure"))
    operating = PositiveMoneyField(label=_("Demandé en fonctionnement, en euros"), required=False)
    investment = PositiveMoneyField(label=_("Demandé en investissement, en euros"), required=False)
    budget = PositiveMoneyField(label=_("Budget total de l’action, en euros"), required=False)
    commune = PositiveMoneyField(label=_("Apporté par la commune"), required=False)
    epci = PositiveMoneyField(label=_("Apporté par l’intercommunalité"), required=False)
    departement = PositiveMoneyField(label=_("Apporté par le Département"), required=False)
    day = forms.DateField(
        label=_("Déposé le"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        localize=False,
        required=False,
    )
    hour = forms.TimeField(
        label=_("à (heure de Paris)"),
        widget=forms.TimeInput(format="%H:%M:%S", attrs={"type": "time", "step": "1"}),
        required=False,
    )
    in_order = forms.BooleanField(
        label=_("Le reste est en règle : pièces, contacts, avis, exclusions"), required=False
    )

    def __init__(self, data: Any = None, *, rule_set: RuleSet, form_id: str = "") -> None:
        sent = data if data is not None and f"{PREFIX}-measure" in data else None
        self.start = _start(rule_set)
        super().__init__(sent, initial={name: _typed(name, value) for name, value in self.start.items()})
        self.rule_set = rule_set
        self.fields["measure"].choices = [(each.code, each.name) for each in rule_set.measures]  # type: ignore[attr-defined]
        for field in self.fields.values():
            # Beside the form to which it belongs.
            if form_id:
                field.widget.attrs["form"] = form_id

    def verdict(self) -> Verdict | None:
        """What the rules answer; None when a box cannot be read."""
        if not self.is_bound:
            return judge(self._facts(self.start), self.rule_set, self._moment(self.start))
        if not self.is_valid():
            return None
        return judge(self._facts(self.cleaned_data), self.rule_set, self._moment(self.cleaned_data))

    def _moment(self, given: Mapping[str, Any]) -> datetime:
        day = given.get("day") or timezone.localdate()
        return datetime.combine(day, given.get("hour") or time(12), PARIS)

    def _facts(self, given: Mapping[str, Any]) -> Facts:
        asked = {nature: given.get(nature) or 0 for nature in ("operating", "investment")}
        local = {level: given.get(level) or 0 for level in ("commune", "epci", "departement")}
        return Facts(
            measure=given["measure"],
            requests_cents={nature: cents for nature, cents in asked.items() if cents},
            budget_cents=given.get("budget"),
            eligible_cents=given.get("budget"),
            public_cents=(sum(asked.values()) + sum(local.values())) or None,
            local_cents=local,
            **(self._in_order(given["measure"]) if given.get("in_order") else {}),
        )

    def _in_order(self, code: str) -> dict[str, Any]:
        rules, measure = self.rule_set, self.rule_set.measure(code)
        return {
            "themes": tuple(theme.code for theme in measure.themes[:1]) if measure else (),
            "conditions": dict.fromkeys(Condition, True),
            "excluded": {each.code: False for each in rules.exclusions},
            "contacts": frozenset(rules.prior_contacts),
            "pieces": frozenset(piece.code for piece in rules.pieces),
            "conforming": True,
            "applicant": measure.applicants[0] if measure and measure.applicants else "association",
        }


def _start(rule_set: RuleSet) -> dict[str, Any]:
    """The first measure at its edge: the least it asks, at the last second, all else in order."""
    first = rule_set.measures[0] if rule_set.measures else None
    window = rule_set.window(Step.APPLICATION)
    closes = window.closes.astimezone(PARIS) if window else timezone.now().astimezone(PARIS)
    asked = (first.floor_cents if first else None) or 100_000
    nature = first.natures[0] if first and first.natures else "operating"
    share = first.local_share if first else None
    return {
        "measure": first.code if first else "",
        nature if nature in SUMS else "operating": asked,
        "budget": 5 * asked,
        "commune": -(-5 * asked * share.least_bp // WHOLE_BP) if share else 0,
        "day": closes.date(),
        "hour": closes.time().replace(microsecond=0),
        "in_order": True,
    }


def _typed(name: str, value: Any) -> Any:
    """A sum as one types it."""
    return typed(value) if name in SUMS else value
