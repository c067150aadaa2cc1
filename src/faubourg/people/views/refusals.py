"""A service's refusal, shown beside the field that it speaks of."""

from collections.abc import Mapping

from django.forms import BaseForm
from django.utils.translation import gettext

from faubourg.base.refusal import Refused


def show_refusal(form: BaseForm, refused: Refused, fields: Mapping[str, str]) -> None:
    """Add each reason to its field (`fields`: code of the reason → name of the field), else to the form."""
    for reason in refused.verdict.refusals():
        field = fields.get(reason.code)
        sentence = gettext(reason.template).format(**reason.params)
        form.add_error(field if field in form.fields else None, sentence)
