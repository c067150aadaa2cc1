"""The form of an observation grid: its title, one row for each thing to look at."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ..models import ObservationGrid
from ..queries.grids import criteria, principles
from .walks import tidy

SPARE = 3
STRANDS = [("technical", _("technique")), ("social", _("social"))]


class GridTitleForm(forms.Form):
    """What a grid is called, and the version that was read."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class LineForm(forms.Form):
    """One thing to look at; without a name it leaves the grid."""

    code = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=60)
    name = forms.CharField(label=_("Ce qu’on regarde"), required=False, max_length=120)
    question = forms.CharField(label=_("Question, lue devant le lieu"), required=False, max_length=300)
    strand = forms.ChoiceField(label=_("Volet"), choices=STRANDS, required=False)


LineFormSet = forms.formset_factory(LineForm, extra=0, max_num=70, absolute_max=70)


def rows_of(grid: ObservationGrid) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the rows start from: the themes with room for more, the principles as they are."""
    themes: list[dict[str, Any]] = [
        {"code": one.code, "name": one.name, "question": one.question,
         "strand": "social" if one.social else "technical"}
        for one in criteria(grid)
    ]  # fmt: skip
    six = [{"code": one.code, "name": one.name, "question": one.question} for one in principles(grid)]
    return themes + [{"strand": "technical"}] * SPARE, six


def content_of(themes: list[dict[str, Any]], six: list[dict[str, Any]]) -> dict[str, Any]:
    """The grid as the rules read it; a new theme takes a code from its name."""
    return {
        "themes": [
            _line(row) | {"strand": row.get("strand") or "technical"} for row in themes if row.get("name")
        ],
        "principles": [_line(row) for row in six if row.get("name")],
    }


def _line(row: dict[str, Any]) -> dict[str, str]:
    name = tidy(row["name"])
    code = row.get("code") or slugify(name)[:60] or "autre"
    return {"code": code, "name": name, "question": tidy(row.get("question", ""))}
