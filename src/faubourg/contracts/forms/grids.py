"""Forms of the shared grid: its questions, and the day when it is put to communes and groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Body, DiagnosisGrid, GridQuestion
from faubourg.contracts.services.dues import Due
from faubourg.contracts.services.grids import MOST_QUESTIONS
from faubourg.territories.models import Territory


class GridNameForm(forms.Form):
    """The name of a grid and the version that was read."""

    name = forms.CharField(label=_("Nom de la grille"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)


class QuestionForm(forms.Form):
    """One line of the grid; emptied, it goes."""

    order = forms.IntegerField(label=_("Rang"), required=False, min_value=1, max_value=999)
    section = forms.CharField(label=_("Rubrique"), max_length=150, required=False)
    text = forms.CharField(label=_("Question"), max_length=400, required=False)
    help = forms.CharField(label=_("Précision"), max_length=400, required=False)
    answer = forms.ChoiceField(label=_("Réponse attendue"), choices=GridQuestion.Answer.choices)
    asked = forms.ChoiceField(label=_("Posée aux"), choices=GridQuestion.Asked.choices)
    required = forms.BooleanField(label=_("Obligatoire"), required=False)

    def clean(self) -> dict[str, Any]:
        """A question has its heading."""
        said = super().clean() or {}
        if said.get("text") and not said.get("section"):
            self.add_error("section", _("Dites sous quelle rubrique."))
        return said


BaseQuestions: Any = forms.formset_factory(
    QuestionForm, extra=3, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS + 20
)


def questions_form(grid: DiagnosisGrid, data: Any = None) -> Any:
    """The lines of a grid with three blank ones at the end."""
    rows = [
        {name: getattr(question, name) for name in QuestionForm.base_fields}
        for question in grid.questions.order_by("order")
    ]
    return BaseQuestions(data, initial=rows, prefix="q")


def questions_of(formset: Any) -> list[dict[str, Any]]:
    """What was sent, by rank then as it was sent; the sections stay together in the order they appear."""
    kept = [form.cleaned_data for form in formset if form.cleaned_data.get("text")]
    ranked = sorted(enumerate(kept), key=lambda pair: (pair[1]["order"] or 1_000, pair[0]))
    sections = list(dict.fromkeys(row["section"].strip() for _rank, row in ranked))
    rows = sorted((row for _rank, row in ranked), key=lambda row: sections.index(row["section"].strip()))
    return [{name: value for name, value in row.items() if name != "order"} for row in rows]


class PublishForm(forms.Form):
    """Who is asked, and for when: the words of a document are kept beside the day they were read as."""

    communes: Any = forms.ModelMultipleChoiceField(
        Territory.objects.none(), label=_("Communes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_communes = forms.DateField(
        label=_("Dernier jour pour les communes"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    printed_communes = forms.CharField(
        label=_("Mots du calendrier, pour les communes"),
        required=False,
        max_length=100,
        help_text=_("Par exemple « mi-avril 2026 » ; sans l’année, donnez aussi le jour."),
    )
    bodies: Any = forms.ModelMultipleChoiceField(
        Body.objects.none(),
        label=_("Groupes thématiques"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_groups = forms.DateField(
        label=_("Dernier jour pour les groupes"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    printed_groups = forms.CharField(
        label=_("Mots du calendrier, pour les groupes"), required=False, max_length=100
    )

    def __init__(self, *args: Any, communes: list[Territory], groups: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["communes"].queryset = Territory.objects.filter(pk__in=[c.pk for c in communes])  # type: ignore[attr-defined]
        self.fields["bodies"].queryset = Body.objects.filter(pk__in=[g.pk for g in groups])  # type: ignore[attr-defined]
        if not groups:
            for name in ("bodies", "due_groups", "printed_groups"):
                del self.fields[name]

    def due(self, who: str) -> Due:
        """The day for `communes` or `groups`, and the words it comes from."""
        said = self.cleaned_data
        return Due(said.get(f"printed_{who}", ""), said.get(f"due_{who}"))


class DueForm(forms.Form):
    """Another day for one diagnosis."""

    due_on = forms.DateField(
        label=_("Dernier jour"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    due_printed = forms.CharField(label=_("Mots du calendrier"), required=False, max_length=100)
