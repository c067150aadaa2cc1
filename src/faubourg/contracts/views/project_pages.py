"""What the autosaved forms of the project share: actions, objectives, stakes."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from faubourg.contracts.models import Contract


def project_form(
    request: HttpRequest, name: str, contract: Contract, form: BaseForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The form of one `name` (« action », « objective », « stake »); 422 when it is refused.

    `context` has its `draft_key`, its `cancel_url` and what this form alone shows.
    """
    if form.is_bound and status == 200:
        status = 422
    shown = {"contract": contract, "form": form, "draft_version": form["version"].value() or 0, **context}
    return render(request, f"contracts/project/{name}_form.html", shown, status=status)
