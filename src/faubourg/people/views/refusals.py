"""A service's refusal, shown beside the field that it speaks of."""

from collections.abc import Mapping

from django.forms import BaseForm

from faubourg.base.refusal import Refused
from faubourg.base.sentences import in_words


def show_refusal(form: BaseForm, refused: Refused, fields: Mapping[str, str]) -> None:
    """Add each reason to its field (`fields`: code of the reason → name of the field), else to the form."""
    for reason in refused.verdict.refusals():
        field = fields.get(reason.code)
        form.add_error(field if field in form.fields else None, in_words(reason))
