"""One form, one service: shown, written, refused beside its fields, or set beside what another wrote."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from faubourg.base.refusal import Conflict, Refused
from faubourg.base.sentences import in_words
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.rules.verdict import Verdict

TEMPLATE = "contracts/step.html"


@dataclass(frozen=True, kw_only=True)
class StepPage:
    """What a page of form says: `theirs` reads the row again after a conflict, None when it is gone."""

    contract: Contract
    heading: str
    back: str
    done: str
    lead: str = ""
    submit: str = ""
    remove: str = ""
    theirs: Callable[[], Mapping[str, Any] | None] = dict


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: an empty POST is one too."""
    return request.POST if request.method == "POST" else None


def answer(
    request: HttpRequest, form: forms.Form, write: Callable[[], object], page: StepPage
) -> HttpResponse:
    """Show the form, or write what it holds: 422 when refused, 409 when somebody else wrote meanwhile."""
    if request.method != "POST":
        return show(request, form, page)
    if not form.is_valid():
        return show(request, form, page, status=422)
    try:
        write()
    except Refused as refused:
        tell_refusal(form, refused.verdict)
        return show(request, form, page, status=422)
    except Conflict:
        return _conflict(request, form, page)
    messages.success(request, page.done)
    return redirect(page.back)


def show(
    request: HttpRequest, form: forms.Form, page: StepPage, *, both: Any = (), status: int = 200
) -> HttpResponse:
    """The page of the form."""
    context = {
        "form": form,
        "page": page,
        "contract": page.contract,
        "contract_url": contract_url(page.contract),
        "calendar_url": contract_url(page.contract, "contract_schedule"),
        "cancel_url": page.back,
        "submit_label": page.submit,
        "both": both,
    }
    return render(request, TEMPLATE, context, status=status)


def tell_refusal(form: forms.Form, verdict: Verdict) -> None:
    """Each reason beside its field; the possible years, when one has to be chosen, as choices."""
    for reason in verdict.refusals():
        form.add_error(reason.code if reason.code in form.fields else None, in_words(reason))
    years = [(reason.operand, in_words(reason)) for reason in verdict.reasons if not reason.decides]
    if years and "due_year" in form.fields:
        form.fields["due_year"].widget = forms.RadioSelect(choices=years)


def _conflict(request: HttpRequest, form: forms.Form, page: StepPage) -> HttpResponse:
    """Both texts side by side; sending again, with the new version, is a choice and no accident."""
    theirs = page.theirs()
    if not theirs:
        messages.error(request, _("Quelqu’un l’a supprimé pendant que vous écriviez : rien n’a été écrit."))
        return redirect(page.back)
    data = dict(form.data.items())
    both = [
        {"label": field.label, "mine": data.get(name, ""), "theirs": _plain(theirs[name])}
        for name, field in form.fields.items()
        if name != "version" and name in theirs and data.get(name, "") != _plain(theirs[name])
    ]
    data["version"] = str(theirs["version"])
    form.data = data
    return show(request, form, page, both=both, status=409)


def _plain(value: Any) -> str:
    """As a form would send it."""
    return "" if value is None else str(getattr(value, "pk", value))
