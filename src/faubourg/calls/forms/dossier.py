"""The steps of a dossier, each a short form; what each starts from is told by `queries.writing`."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.people.fields import DayField
from faubourg.rules.calls import RuleSet
from faubourg.rules.calls.dossier import may_leave_places_open

from ..models import Application
from ..queries.places import told_apart
from ..queries.writing import contracts_for, objectives_for, places_for, values_of

LONGEST_TEXT = 8_000
YES_NO = [("", _("je ne sais pas encore")), ("yes", _("oui")), ("no", _("non"))]
BLANK_ROWS = 3
MOST_ROWS = 30


def text_area(rows: int) -> forms.Textarea:
    """A field for sentences."""
    return forms.Textarea(attrs={"rows": rows})


class StepForm(forms.Form):
    """One step. `version` is the mark of what the page showed: who saves over another's text is told."""

    # What a step lacks is told in its margin: « facultatif » on what the deposit will ask would mislead.
    hide_optional = True
    step = ""
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, application: Application, rule_set: RuleSet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application, self.rule_set = application, rule_set
        self.prepare()

    def prepare(self) -> None:
        """Offer what this dossier may choose among."""

    @classmethod
    def start(cls, application: Application) -> dict[str, Any]:
        """What the fields start from."""
        return values_of(application, cls.step)

    def changes(self) -> dict[str, Any]:
        """What the step becomes, as `values_of` tells it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ProjectForm(StepForm):
    """What the action is, and to which measure of the call it answers."""

    step = "project"
    title = forms.CharField(label=_("Titre de l’action"), max_length=200)
    contract = forms.TypedChoiceField(
        label=_("Contrat de ville"), required=False, coerce=int, empty_value=None
    )
    measure = forms.ChoiceField(label=_("Mesure"), required=False)
    themes = forms.MultipleChoiceField(label=_("Thèmes"), required=False, widget=forms.CheckboxSelectMultiple)
    summary = forms.CharField(
        label=_("L’action en quelques phrases"), required=False, max_length=LONGEST_TEXT, widget=text_area(6)
    )
    needs = forms.CharField(
        label=_("À quel besoin répond-elle ?"), required=False, max_length=LONGEST_TEXT, widget=text_area(4),
        help_text=_("Qui l’a constaté, et comment ; ce qu’en disent les habitant·es."),
    )  # fmt: skip
    aims = forms.CharField(
        label=_("Ses objectifs"), required=False, max_length=LONGEST_TEXT, widget=text_area(4)
    )

    def prepare(self) -> None:
        known = contracts_for(self.application.call)[:300]
        choices = [(contract.pk, contract.name) for contract in known]
        current = self.application.contract
        if current is not None and current.pk not in dict(choices):
            choices.insert(0, (current.pk, current.name))
        if len(choices) < 2 and current is not None:
            del self.fields["contract"]
        else:
            _offer(self, "contract", [("", _("à choisir")), *choices])
        measures = self.rule_set.measures if self.rule_set else ()
        _offer(self, "measure", [("", _("à choisir")), *((each.code, each.name) for each in measures)])
        asked = str(self.data.get("measure", "")) if self.is_bound else self.application.measure
        chosen = [each for each in measures if each.code == asked] or measures
        themes = {theme.code: theme.name for each in chosen for theme in each.themes}
        if themes:
            _offer(self, "themes", list(themes.items()))
        else:
            del self.fields["themes"]


class PlacesForm(StepForm):
    """Where, for which objectives of the contract, for whom."""

    step = "places"
    territories = forms.TypedMultipleChoiceField(
        label=_("Où se déroule l’action ?"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    perimeter_unknown = forms.BooleanField(label=_("Les lieux ne sont pas encore connus"), required=False)
    objectives = forms.TypedMultipleChoiceField(
        label=_("Quels objectifs du contrat sert-elle ?"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    audience = forms.CharField(
        label=_("À qui s’adresse-t-elle ?"), required=False, max_length=LONGEST_TEXT, widget=text_area(3),
        help_text=_("Âge, situation, part de femmes et d’hommes ; jamais de nom."),
    )  # fmt: skip
    audience_count = forms.IntegerField(
        label=_("Combien de personnes ?"), required=False, min_value=0, max_value=10_000_000
    )

    def prepare(self) -> None:
        contract = self.application.contract
        places = told_apart([*places_for(contract), *self.application.territories.all()])
        objectives = {o.pk: "\u2003" * depth + str(o) for o, depth in objectives_for(contract)}
        _offer_or_drop(self, "territories", list(places.items()))
        _offer_or_drop(self, "objectives", list(objectives.items()))
        measure = self.rule_set.measure(self.application.measure) if self.rule_set else None
        if not may_leave_places_open(measure) and not self.application.perimeter_unknown:
            del self.fields["perimeter_unknown"]

    def changes(self) -> dict[str, Any]:
        """What could not be chosen stays as it is."""
        kept = values_of(self.application, self.step)
        said = super().changes()
        return {
            **kept,
            **said,
            "territories": said.get("territories", kept["territories"]),
            "objectives": said.get("objectives", kept["objectives"]),
        }


class CalendarForm(StepForm):
    """When, for how many years, with what."""

    step = "calendar"
    starts_on = DayField(label=_("Début de l’action"), required=False)
    ends_on = DayField(label=_("Fin de l’action"), required=False)
    years = forms.TypedChoiceField(
        label=_("Pour combien d’années demandez-vous un financement ?"), coerce=int,
        choices=[(1, _("une année")), *((n, f"{n}") for n in range(2, 7))],
        help_text=_("À partir de deux, une convention pluriannuelle d’objectifs (CPO) vous est proposée."),
    )  # fmt: skip
    means = forms.CharField(
        label=_("Moyens humains et matériels"), required=False, max_length=LONGEST_TEXT, widget=text_area(4)
    )
    partnership = forms.CharField(
        label=_("Partenaires et participation des habitant·es"), required=False, max_length=LONGEST_TEXT,
        widget=text_area(4),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        said = super().clean() or {}
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", _("La fin précède le début."))
        return said


class IndicatorsForm(StepForm):
    """What is promised to be counted, and how the action will be judged."""

    step = "indicators"
    columns = (
        ("name", _("Ce que l’on compte"), 200),
        ("target", _("Cible"), 100),
        ("unit", _("Unité"), 60),
        ("means", _("Comment on le mesure"), 300),
    )

    def prepare(self) -> None:
        stored = values_of(self.application, self.step)["rows"]
        sent = max((int(name[4:].partition("_")[0]) + 1 for name in self.data if _is_row(name)), default=0)
        self.count = min(MOST_ROWS, max(len(stored) + BLANK_ROWS, sent))
        for row in range(self.count):
            for rank, (name, label, most) in enumerate(self.columns):
                field = forms.CharField(label=label, required=False, max_length=most)
                field.initial = stored[row][rank] if row < len(stored) else ""
                self.fields[f"row_{row}_{name}"] = field
        self.fields["evaluation"] = forms.CharField(
            label=_("Comment saurez-vous que l’action a réussi ?"), required=False, max_length=LONGEST_TEXT,
            widget=text_area(4),
        )  # fmt: skip

    def rows(self) -> list[list[forms.BoundField]]:
        """The lines as the page draws them."""
        return [
            [self[f"row_{row}_{name}"] for name, _label, _most in self.columns] for row in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        """An indicator has a name and a target."""
        said = super().clean() or {}
        for row in range(self.count):
            name, target, *others = (said.get(f"row_{row}_{column}", "") for column, _l, _m in self.columns)
            if (target or any(others)) and not name:
                self.add_error(f"row_{row}_name", _("Dites ce que l’on compte."))
            if name and not target:
                self.add_error(f"row_{row}_target", _("Dites combien, ou quel résultat."))
        return said

    def changes(self) -> dict[str, Any]:
        """The lines that say something, in their order."""
        said = self.cleaned_data
        rows = [[said[f"row_{row}_{name}"] for name, _l, _m in self.columns] for row in range(self.count)]
        return {"evaluation": said["evaluation"], "rows": [row for row in rows if row[0]]}


def shown_value(form: StepForm, name: str, values: Mapping[str, Any]) -> str:
    """A value of a field in the words of its choices, for the two texts of a conflict."""
    value, field = values.get(name, ""), form.fields.get(name)
    if isinstance(field, forms.ChoiceField):
        words: Mapping[str, Any] = {str(key): label for key, label in field.choices}  # type: ignore[union-attr,misc]
        many = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(words.get(str(one), one)).strip() for one in many if one not in (None, ""))
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    return "" if value is None else str(value).replace("\r\n", "\n")


def _is_row(name: str) -> bool:
    return name.startswith("row_") and name[4:].partition("_")[0].isdecimal() and len(name) < 20


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _offer_or_drop(form: forms.Form, name: str, choices: list[Any]) -> None:
    if choices:
        _offer(form, name, choices)
    else:
        del form.fields[name]
