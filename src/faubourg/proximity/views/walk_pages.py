"""What the pages of walks share: which walk an address means; a form shown, written or set beside another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import in_words
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft

from .. import access
from ..access.walks import can_prepare_walk
from ..models import Area, Walk
from ..queries.walks import walk_by_pk

TEMPLATE = "proximity/walks/form.html"


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What a page of form says; `theirs` reads the row again after a conflict; `key` names its draft."""

    area: Area
    heading: str
    back: str
    done: str
    walk: Walk | None = None
    lead: str = ""
    submit: str = ""
    key: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    theirs: Callable[[], Mapping[str, Any]] = dict
    template: str = TEMPLATE
    more: Mapping[str, Any] = field(default_factory=dict)


def asked_walk(pk: int) -> Walk:
    """The walk of this number; a 404 that helps."""
    found = walk_by_pk(pk)
    if found is None:
        raise Http404(_("Aucune marche ne porte ce numéro."))
    return found


def prepared_walk(request: HttpRequest, pk: int) -> Walk:
    """One walk, for whoever runs its area."""
    found = asked_walk(pk)
    require(can_prepare_walk(request.user, found))
    return found


def runs(request: HttpRequest, area: Area) -> bool:
    """Whether this reader runs the area."""
    return access.can_run_area(request.user, area).ok is True


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
        show_refusal(form, refused, {name: name for name in form.fields} | dict(page.fields))
        return _shown(request, form, page, status=422)
    except Conflict:
        return _beside(request, form, page)
    if page.key:
        forget_draft(request, page.key)
    messages.success(request, page.done)
    return redirect(page.back)


def _beside(request: HttpRequest, form: forms.Form, page: FormPage) -> HttpResponse:
    theirs = page.theirs()
    both = [
        {"label": field.label, "mine": form[name].value() or "", "theirs": _plain(theirs[name])}
        for name, field in form.fields.items()
        if name != "version" and name in theirs and str(form[name].value() or "") != _plain(theirs[name])
    ]
    data = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = str(theirs.get("version", ""))
    form.data = data
    return _shown(request, form, page, both=both, status=409)


def _plain(value: object) -> str:
    return "" if value is None or value is False else str(value)


def _shown(
    request: HttpRequest, form: forms.Form, page: FormPage, *, both: Any = (), status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "page": page,
        "walk": page.walk,
        "area": page.area,
        "cancel_url": page.back,
        "submit_label": page.submit,
        "both": both,
        "draft_key": page.key,
        "draft_version": form["version"].value() or 0 if "version" in form.fields else 0,
        **page.more,
    }
    return render(request, page.template, context, status=status)


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: an empty POST is one too."""
    return request.POST if request.method == "POST" else None


def told(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do one act of a button: done, or each reason of the refusal as a message. Whether it was done."""
    try:
        act()
    except Refused as refused:
        for reason in refused.verdict.refusals():
            messages.error(request, in_words(reason))
    except Conflict:
        messages.warning(request, _("Quelqu’un vient de changer cette page : voici où elle en est."))
    else:
        messages.success(request, done)
        return True
    return False


def version_in(request: HttpRequest) -> int:
    """The version that a button was shown with; one that is none never fits."""
    return whole_number(request.POST.get("version", ""), -1)
