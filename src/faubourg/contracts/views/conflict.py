"""Two people saved the same thing: what the one wrote and what the other wrote, side by side."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms


def both_of(form: forms.BaseForm, theirs: Mapping[str, Any]) -> list[dict[str, str]]:
    """The fields whose two values differ, as the page shows them; `form` holds what was sent."""
    pairs = []
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.HiddenInput) or name not in theirs:
            continue
        mine = form[name].value()
        sent, saved = _shown(field, mine), _shown(field, theirs[name])
        if sent != saved:
            pairs.append({"label": str(field.label), "mine": sent, "theirs": saved})
    return pairs


def again(form: forms.BaseForm, version: int) -> Any:
    """What was sent, upon the version that somebody else saved: sending it again is a choice."""
    sent: Any = form.data
    data = sent.copy()
    data["version"] = str(version)
    return data


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField | forms.ChoiceField):
        choices: Any = field.choices
        words = {str(getattr(key, "value", key)): str(label).strip() for key, label in choices}
        many: Iterable[Any] = value if isinstance(value, list | tuple) else [value]
        return ", ".join(words.get(str(one), "") for one in many if one not in (None, ""))
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).replace("\r\n", "\n")
