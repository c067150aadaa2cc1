"""The live example beside a rule set: a request, a budget, a local share, a moment; the verdict follows."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.rules.calls import Condition, Facts, RuleSet, Step, judge
from faubourg.rules.calls.moments import PARIS
from faubourg.rules.verdict import Verdict

from .money import MoneyField

PREFIX = "essai"


class ExampleForm(forms.Form):
    """One dossier in a few boxes. `in_order` ticked: everything that is not asked here is as it should be."""

    prefix = PREFIX
    measure = forms.ChoiceField(label=_("Mesure"))
    operating = MoneyField(label=_("Demandé en fonctionnement, en euros"), required=False)
    investment = MoneyField(label=_("Demandé en investissement, en euros"), required=False)
    budget = MoneyField(label=_("Budget total de l’action, en euros"), required=False)
    commune = MoneyField(label=_("Apporté par la commune"), required=False)
    epci = MoneyField(label=_("Apporté par l’intercommunalité"), required=False)
    departement = MoneyField(label=_("Apporté par le Département"), required=False)
    day = forms.DateField(
        label=_("Déposé le"), widget=forms.DateInput(attrs={"type": "date"}), localize=False, required=False
    )
    hour = forms.TimeField(
        label=_("à (heure de Paris)"),
        widget=forms.TimeInput(attrs={"type": "time", "step": "1"}),
        required=False,
    )
    in_order = forms.BooleanField(
        label=_("Le reste est en règle : pièces, contacts, avis, exclusions"), required=False
    )

    def __init__(self, data: Any = None, *, rule_set: RuleSet) -> None:
        sent = data if data is not None and f"{PREFIX}-measure" in data else None
        super().__init__(sent, initial=_start(rule_set))
        self.rule_set = rule_set
        self.fields["measure"].choices = [(each.code, each.name) for each in rule_set.measures]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["data-no-draft"] = ""

    def verdict(self) -> Verdict | None:
        """What the rules answer; None when a box cannot be read."""
        if not self.is_bound:
            return judge(self._facts(self.initial), self.rule_set, self._moment(self.initial))
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
    """The first measure, submitted at the last second, all else in order."""
    first = rule_set.measures[0] if rule_set.measures else None
    window = rule_set.window(Step.APPLICATION)
    closes = window.closes.astimezone(PARIS) if window else timezone.now().astimezone(PARIS)
    return {
        "measure": first.code if first else "",
        "day": closes.date(),
        "hour": closes.time().replace(microsecond=0),
        "in_order": True,
    }
