"""The form of one section of a diagnosis: a field a question, lines for forces and weaknesses."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import fold
from faubourg.contracts.models import DiagnosisPoint, GridQuestion
from faubourg.contracts.queries.diagnoses import Answered, Point, Said, said, sorted_points
from faubourg.contracts.services.diagnoses import Given, mark_of
from faubourg.territories.models import Territory

Answer = GridQuestion.Answer
LONGEST_ANSWER = 10_000
BLANK_LINES, MOST_LINES = 3, 60
YES_NO = [("", _("pas encore répondu")), ("yes", _("oui")), ("no", _("non"))]
SIDES = [("", "–"), *DiagnosisPoint.Side.choices]


class TypedNumber(forms.DecimalField):
    """A number as people type it: « 1 250,5 »."""

    def to_python(self, value: Any) -> Any:
        """Without the spaces that set thousands apart."""
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True)
class Block:
    """One question as the page shows it: a field, or lines of fields; `seen` is the mark of what was read."""

    question: GridQuestion
    field: BoundField | None
    lines: tuple[tuple[BoundField, ...], ...]
    seen: BoundField


class SectionForm(forms.Form):
    """Fields `a_<question>`, lines `p_<question>_<n>_…`, and `seen_<question>`."""

    def __init__(
        self,
        *args: Any,
        answered: tuple[Answered, ...],
        places: list[Territory],
        themes: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [line.question for line in answered]
        self.stored = {line.question.pk: said(line.question, line.answer, line.points) for line in answered}
        self.places = [("", _("partout")), *((str(place.pk), place.name) for place in places)]
        self.themes = {fold(theme): theme for theme in themes}
        self.lines: dict[int, int] = {}
        for question in self.questions:
            self._ask(question)

    def _ask(self, question: GridQuestion) -> None:
        key, stored = question.pk, self.stored[question.pk]
        self.fields[f"seen_{key}"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=mark_of(stored), max_length=40
        )
        if question.answer == Answer.POINTS:
            self._ask_points(key, stored if isinstance(stored, tuple) else ())
            return
        kind: dict[str, Any] = {"label": question.text, "help_text": question.help, "required": False}
        match question.answer:
            case Answer.NUMBER:
                field: forms.Field = TypedNumber(**kind, max_digits=16, decimal_places=4, localize=True)
                kind["initial"] = Decimal(str(stored)) if stored else None
            case Answer.YES_NO:
                field = forms.ChoiceField(**kind, choices=YES_NO)
                kind["initial"] = stored
            case _other:
                area = forms.Textarea(attrs={"rows": 5})
                field = forms.CharField(**kind, max_length=LONGEST_ANSWER, widget=area)
                kind["initial"] = stored
        field.initial = kind["initial"]
        self.fields[f"a_{key}"] = field

    def _ask_points(self, key: int, stored: tuple[Point, ...]) -> None:
        sent = sum(self.data.get(f"p_{key}_{n}_text") is not None for n in range(MOST_LINES))
        self.lines[key] = min(max(len(stored) + BLANK_LINES, sent), MOST_LINES)
        for n in range(self.lines[key]):
            point = stored[n] if n < len(stored) else Point("", "", "")
            fields = {
                "side": forms.ChoiceField(label=_("Sens"), choices=SIDES, required=False),
                "theme": forms.CharField(
                    label=_("Thème"),
                    max_length=120,
                    required=False,
                    widget=forms.TextInput(attrs={"list": "themes"}),
                ),
                "text": forms.CharField(label=_("Constat"), max_length=400, required=False),
                "neighbourhood": forms.ChoiceField(label=_("Où"), choices=self.places, required=False),
            }
            for name, field in fields.items():
                field.initial = getattr(point, name) or ""
                self.fields[f"p_{key}_{n}_{name}"] = field

    @property
    def blocks(self) -> list[Block]:
        """The questions in the order of the grid."""
        return [
            Block(
                question=question,
                field=None if question.pk in self.lines else self[f"a_{question.pk}"],
                lines=tuple(
                    tuple(self[f"p_{question.pk}_{n}_{name}"] for name in Point.__dataclass_fields__)
                    for n in range(self.lines.get(question.pk, 0))
                ),
                seen=self[f"seen_{question.pk}"],
            )
            for question in self.questions
        ]

    def clean(self) -> dict[str, Any]:
        """A line that is begun says its side, its theme and its text."""
        cleaned = super().clean() or {}
        for key, count in self.lines.items():
            for n in range(count):
                names = {name: cleaned.get(f"p_{key}_{n}_{name}", "") for name in ("side", "theme", "text")}
                if any(names.values()) and not all(names.values()):
                    missing = next(name for name, value in names.items() if not value)
                    self.add_error(
                        f"p_{key}_{n}_{missing}", _("Une ligne dit son sens, son thème et son constat.")
                    )
        return cleaned

    def given(self) -> dict[int, Given]:
        """What was sent, question by question, as it would be stored."""
        return {
            question.pk: Given(self._value(question), self.cleaned_data[f"seen_{question.pk}"])
            for question in self.questions
        }

    def _value(self, question: GridQuestion) -> Said:
        if question.answer == Answer.POINTS:
            lines = (self._point(question.pk, n) for n in range(self.lines[question.pk]))
            return tuple(sorted_points(point for point in lines if point.text))
        value = self.cleaned_data[f"a_{question.pk}"]
        if question.answer == Answer.NUMBER:
            return "" if value is None else format(value.normalize(), "f")
        return str(value).replace("\r\n", "\n").strip()

    def _point(self, key: int, n: int) -> Point:
        """A theme that was named before keeps its first spelling: what is crossed has one name."""
        sent: Mapping[str, str] = {
            name: self.cleaned_data[f"p_{key}_{n}_{name}"] for name in Point.__dataclass_fields__
        }
        theme = self.themes.get(fold(sent["theme"]), sent["theme"])
        place = int(sent["neighbourhood"]) if sent["neighbourhood"] else None
        return Point(sent["side"], theme, sent["text"], place)


def in_words(stored: Said, places: list[Any]) -> str:
    """An answer as plain text, for two to be read side by side."""
    if isinstance(stored, str):
        return {"yes": str(_("oui")), "no": str(_("non"))}.get(stored, stored)
    names = {str(key): str(name) for key, name in places}
    sides = dict(DiagnosisPoint.Side.choices)
    return "\n".join(
        f"{sides.get(p.side, '')} – {p.theme} : {p.text} ({names.get(str(p.neighbourhood or ''), '')})"
        for p in stored
    )
