"""One form, one service: shown, written, refused beside its fields; a conflict is said, nothing is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from faubourg.base.refusal import Conflict, Refused
from faubourg.base.sentences import in_words
from faubourg.rules.verdict import mark

CHANGED = mark(
    "Quelqu’un a enregistré une autre étape pendant que vous écriviez : relisez ce qui est affiché, puis "
    "recommencez. Rien de ce que vous avez saisi n’est perdu."
)


@dataclass(frozen=True, kw_only=True)
class ActPage:
    """What the page of an act says. `crumbs`: (label, address); `done` is said once written."""

    heading: str
    back: str
    done: str = ""
    lead: str = ""
    overline: str = ""
    submit: str = ""
    crumbs: Sequence[tuple[str, str]] = ()
    draft_key: str = ""
    draft_version: int = 0


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: an empty POST is one too."""
    return request.POST if request.method == "POST" else None


def answer(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], object],
    page: ActPage,
    template: str = "calls/money/step.html",
    **context: Any,
) -> HttpResponse:
    """Show the form, or write what it holds: 422 when refused, 409 when somebody else wrote meanwhile."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                write()
            except Refused as refused:
                tell(form, refused)
            except Conflict:
                form.add_error(None, _(CHANGED))
                status = 409
            else:
                messages.success(request, page.done)
                return redirect(page.back)
    told = {
        "form": form,
        "page": page,
        "cancel_url": page.back,
        "submit_label": page.submit,
        "draft_key": page.draft_key,
        "draft_version": page.draft_version,
        **context,
    }
    return render(request, template, told, status=status)


def tell(form: forms.Form, refused: Refused) -> None:
    """Each reason beside its field when it has one."""
    for reason in refused.verdict.refusals():
        form.add_error(reason.code if reason.code in form.fields else None, in_words(reason))


def do(request: HttpRequest, write: Callable[[], object], back: str, done: str) -> HttpResponse:
    """A button without a form: done, or the reasons on the page it came from."""
    try:
        write()
    except Refused as refused:
        for reason in refused.verdict.refusals():
            messages.error(request, in_words(reason))
    except Conflict:
        messages.error(request, _(CHANGED))
    else:
        messages.success(request, done)
    return redirect(back)
