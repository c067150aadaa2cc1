"""What only the applicant knows of the conditions of a call: yes or no, exceptions, earlier talks."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.people.fields import DayField
from faubourg.rules.calls import Condition

from ..models import PriorContact
from ..queries.writing import conditions_asked, values_of
from .dossier import LONGEST_TEXT, YES_NO, StepForm, text_area

_QUESTIONS = {Condition.SHARED_DIAGNOSIS: _("Un diagnostic partagé précède-t-il le projet ?")}
_SAID = {"yes": True, "no": False}


class ConditionsForm(StepForm):
    """Each condition that the measure puts, each situation that would shut it out, with its exception."""

    step = "conditions"

    def prepare(self) -> None:
        measure = self.application.measure
        stored = values_of(self.application, self.step)
        asked = conditions_asked(self.rule_set, measure)
        for condition in asked:
            self._ask(
                f"c_{condition.value}", _QUESTIONS[condition], stored["conditions"].get(condition.value)
            )
        exclusions = self.rule_set.exclusions if self.rule_set else ()
        for each in exclusions:
            if not each.bears_on(measure):
                continue
            label = gettext("Êtes-vous dans ce cas : %(name)s ?") % {"name": each.name}
            self._ask(f"x_{each.code}", label, stored["excluded"].get(each.code))
            if each.exception:
                self.fields[f"j_{each.code}"] = forms.CharField(
                    label=_("Si oui, l’exception que vous demandez, et pourquoi"),
                    help_text=gettext("L’appel prévoit : %(exception)s.") % {"exception": each.exception},
                    required=False,
                    max_length=LONGEST_TEXT,
                    widget=text_area(3),
                    initial=stored["claims"].get(each.code, ""),
                )

    def _ask(self, name: str, label: Any, said: object) -> None:
        initial = {True: "yes", False: "no"}.get(said, "") if isinstance(said, bool) else ""
        self.fields[name] = forms.ChoiceField(
            label=label, choices=YES_NO, required=False, widget=forms.RadioSelect, initial=initial
        )

    def changes(self) -> dict[str, Any]:
        """What was asked replaces what was said of it; the rest stays."""
        kept = values_of(self.application, self.step)
        found: dict[str, dict[str, Any]] = {name: dict(kept[name]) for name in ("conditions", "excluded")}
        claims = {}
        for name, value in self.cleaned_data.items():
            kind, _under, code = name.partition("_")
            if kind == "j":
                claims[code] = value
            elif kind in ("c", "x"):
                answers = found["conditions" if kind == "c" else "excluded"]
                answers.pop(code, None)
                if value in _SAID:
                    answers[code] = _SAID[value]
        return {**found, "claims": claims}


class ContactForm(forms.Form):
    """One talk with a town or an intercommunalité before the dossier."""

    prefix = "contact"
    party = forms.ChoiceField(label=_("Avec qui"), choices=PriorContact.Party.choices)
    service = forms.CharField(
        label=_("Service"), max_length=200, help_text=_("Un service, jamais le nom d’une personne.")
    )
    on = DayField(label=_("Le"))
    advice = forms.CharField(label=_("Conseil reçu"), max_length=LONGEST_TEXT, widget=text_area(2))
