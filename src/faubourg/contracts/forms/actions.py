"""Forms of the actions: what the list is narrowed by, the sheet of one, its state, its diary."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import sort_key
from faubourg.contracts.models import Action, Contract, Objective
from faubourg.contracts.queries.actions import lines_of_plan
from faubourg.contracts.queries.objectives import objectives_of, quarters_of
from faubourg.people.models import Organisation
from faubourg.rules.objective_tree import Node, in_order
from faubourg.territories.models import Territory

from .objectives import LONGEST_TEXT, contract_quarters

ANY = [("", _("Tous"))]
NONE = "aucun"


class Quoted(forms.Select):
    """Choices that a document worded, in French: said so to who reads another language."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value and value != NONE and not (get_language() or "fr").startswith("fr"):
            option["attrs"]["lang"] = "fr"
        return option


class ActionFilter(forms.Form):
    """A part of the plan, a neighbourhood, an objective (with what hangs on it), a state, a horizon."""

    generation = forms.CharField(required=False, widget=forms.HiddenInput, max_length=9)
    volet = forms.ChoiceField(label=_("Volet"), required=False, widget=Quoted)
    quartier = forms.ChoiceField(label=_("Quartier"), required=False)
    objectif = forms.ChoiceField(label=_("Objectif"), required=False, widget=Quoted)
    etat = forms.ChoiceField(label=_("État"), required=False, choices=[*ANY, *Action.State.choices])
    horizon = forms.ChoiceField(label=_("Horizon"), required=False, choices=[*ANY, *Action.Horizon.choices])

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objectives = [objective for objective, _depth in objectives_of(contract)]
        choices: dict[str, list[tuple[str, Any]]] = {
            "volet": [(line, line) for line in lines_of_plan(contract)],
            "quartier": [(NONE, _("Tout le contrat")), *((p.code, p.name) for p in quarters_of(contract))],
            "objectif": [(NONE, _("Sans objectif")), *((str(o.pk), str(o)[:80]) for o in self.objectives)],
        }
        for name, found in choices.items():
            self.fields[name].choices = [*ANY, *found]  # type: ignore[attr-defined]

    def apply(self, queryset: QuerySet[Action]) -> QuerySet[Action]:
        """The actions that answer every filter that was given."""
        said = self.cleaned_data
        if said["volet"]:
            queryset = queryset.filter(line=said["volet"])
        if said["quartier"] == NONE:
            queryset = queryset.filter(neighbourhoods=None)
        elif said["quartier"]:
            queryset = queryset.filter(neighbourhoods__code=said["quartier"])
        if said["objectif"] == NONE:
            queryset = queryset.filter(objective=None)
        elif said["objectif"]:
            queryset = queryset.filter(objective__in=self._with_what_hangs(int(said["objectif"])))
        if said["etat"]:
            queryset = queryset.filter(state=said["etat"])
        return queryset.filter(horizon=said["horizon"]) if said["horizon"] else queryset

    def _with_what_hangs(self, top: int) -> list[int]:
        """The objective and all those below it: they follow it in the order of the tree."""
        ordered = in_order([Node(o.pk, o.rank, o.parent_id, o.order) for o in self.objectives])
        place, depth = next((i, depth) for i, (node, depth) in enumerate(ordered) if node.key == top)
        found = [top]
        for node, deeper in ordered[place + 1 :]:
            if deeper <= depth:
                break
            found.append(node.key)
        return found


class ActionForm(forms.Form):
    """An action, in the order in which one tells it: what, who, where, when, for what."""

    title = forms.CharField(label=_("Action"), max_length=300)
    line = forms.CharField(
        label=_("Volet du plan"),
        required=False,
        max_length=120,
        help_text=_("Jeunesse, accès aux droits, sécurité, commerce, habitat…"),
    )
    objective: Any = forms.ModelChoiceField(
        Objective.objects.none(), label=_("Objectif"), required=False, empty_label=_("Pas encore dit")
    )
    text = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    lead = forms.CharField(
        label=_("Porteur"),
        required=False,
        max_length=200,
        help_text=_("Une organisation, jamais une personne. Connue ici, elle est reliée à sa fiche."),
    )
    partners = forms.CharField(
        label=_("Partenaires"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Un par ligne."),
    )
    neighbourhoods: Any = forms.ModelMultipleChoiceField(
        Territory.objects.none(),
        label=_("Quartiers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucun : l’action vaut pour tout le contrat."),
    )
    horizon = forms.ChoiceField(
        label=_("Horizon"), choices=Action.Horizon.choices, initial=Action.Horizon.UNSTATED
    )
    starts_on = forms.DateField(
        label=_("Du"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Au"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    printed_dates = forms.CharField(
        label=_("Dates telles qu’écrites"),
        required=False,
        max_length=150,
        help_text=_("« Cet été », « dès avril » : les mots du document, quand il ne donne pas de jour."),
    )
    indicator = forms.CharField(label=_("Indicateur"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, contract: Contract, action: Action | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = action.objective_id if action else None
        ordered = [(o, d) for o, d in objectives_of(contract) if not o.withdrawn_on or o.pk == kept]
        objective: Any = self.fields["objective"]
        objective.queryset = contract.objectives.filter(pk__in=[o.pk for o, _depth in ordered])
        objective.choices = [
            ("", objective.empty_label),
            *((o.pk, "\u2003" * depth + str(o)) for o, depth in ordered),
        ]
        self.fields["neighbourhoods"].queryset = contract_quarters(contract, action)  # type: ignore[attr-defined]

    @staticmethod
    def values_of(action: Action) -> dict[str, Any]:
        """What the form starts from; known and printed partners one a line."""
        names = ("title", "line", "text", "horizon", "starts_on", "ends_on", "printed_dates", "indicator")
        known = [partner.name for partner in action.partners.all()]
        printed = [part.strip() for part in action.partners_printed.split(" ; ") if part.strip()]
        return {
            **{name: getattr(action, name) for name in (*names, "version")},
            "objective": action.objective_id,
            "lead": action.lead.name if action.lead else action.lead_printed,
            "partners": "\n".join([*known, *printed]),
            "neighbourhoods": [place.pk for place in action.neighbourhoods.all()],
        }

    def clean_partners(self) -> list[str]:
        """The lines, each once; what is not linked has to fit in what is printed."""
        lines = [line.strip() for line in self.cleaned_data["partners"].splitlines()]
        names = list(dict.fromkeys(line for line in lines if line))
        if len(" ; ".join(names)) > 400:
            raise forms.ValidationError(_("Trop de partenaires pour une action : 400 signes au plus."))
        return names

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        said = super().clean() or {}
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", _("La fin précède le début."))
        return said

    def changes(self) -> dict[str, Any]:
        """The values to write; names that are those of known organisations become links to them."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        lead, partners = said.pop("lead").strip(), said.pop("partners")
        known = _organisations([lead, *partners])
        return {
            **said,
            "lead": known.get(lead),
            "lead_printed": "" if lead in known else lead,
            "partners": [known[name] for name in partners if name in known],
            "partners_printed": " ; ".join(name for name in partners if name not in known),
        }


class StateForm(forms.Form):
    """Where an action goes, and why when it has to be said."""

    to = forms.ChoiceField(choices=Action.State.choices)
    reason = forms.CharField(label=_("Pourquoi"), required=False, max_length=300)


class NoteForm(forms.Form):
    """A line of the diary."""

    on = forms.DateField(
        label=_("Le"), initial=localdate, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = forms.CharField(
        label=_("Ce qui s’est passé"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Des faits, jamais le nom d’un·e habitant·e."),
    )


def _organisations(names: list[str]) -> dict[str, Organisation]:
    """The organisations that bear exactly these names, by name; one query."""
    wanted = {sort_key(name): name for name in names if name}
    found = Organisation.objects.filter(sort_key__in=wanted).order_by("-pk")
    return {wanted[organisation.sort_key]: organisation for organisation in found}
