"""One form of a jury: shown, written, refused beside its fields, or set beside what another wrote."""

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
from faubourg.people.views.refusals import show_refusal

from ..models import Call

TEMPLATE = "calls/jury/form.html"


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What a page of form says; `theirs` reads the row again after a conflict."""

    call: Call
    heading: str
    back: str
    done: str
    lead: str = ""
    submit: str = ""
    overline: str = ""
    theirs: Callable[[], Mapping[str, Any]] = dict


def answer(
    request: HttpRequest, form: forms.Form, write: Callable[[], object], page: FormPage
) -> HttpResponse:
    """Show the form, or write what it holds: 422 when refused, 409 when somebody else wrote meanwhile."""
    if request.method != "POST":
        return _shown(request, form, page)
    if not form.is_valid():
        return _shown(request, form, page, status=422)
    try:
        write()
    except Refused as refused:
        show_refusal(form, refused, {name: name for name in form.fields})
        return _shown(request, form, page, status=422)
    except Conflict:
        return _beside(request, form, page)
    messages.success(request, page.done)
    return redirect(page.back)


def _beside(request: HttpRequest, form: forms.Form, page: FormPage) -> HttpResponse:
    theirs, data = page.theirs(), dict(form.data.items())
    both = [
        {"label": field.label, "mine": data.get(name, ""), "theirs": str(theirs[name])}
        for name, field in form.fields.items()
        if name != "version" and name in theirs and data.get(name, "") != str(theirs[name])
    ]
    form.data = data | {"version": str(theirs["version"])}
    return _shown(request, form, page, both=both, status=409)


def _shown(
    request: HttpRequest, form: forms.Form, page: FormPage, *, both: Any = (), status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "page": page,
        "call": page.call,
        "cancel_url": page.back,
        "submit_label": page.submit,
        "both": both,
    }
    return render(request, TEMPLATE, context, status=status)


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: an empty POST is one too."""
    return request.POST if request.method == "POST" else None


def told(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do one act of a button: done, or each reason of the refusal as a message."""
    try:
        act()
    except Refused as refused:
        for reason in refused.verdict.refusals():
            messages.error(request, in_words(reason))
    except Conflict:
        messages.warning(request, _("Un autre écran vient de changer cette séance : voici où elle en est."))
    else:
        messages.success(request, done)
