"""`/brouillons/<form_key>/`: where `autosave.js` saves what is being typed, and where one gives it up."""

import json
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from faubourg.base import drafts
from faubourg.base.models import Draft

_LARGEST = 1024 * 1024
_LONGEST_TITLE, _LONGEST_PAGE = 200, 500


class DraftForm(forms.Form):
    """What the browser sends: the form's fields, and the versions it knows of."""

    content = forms.JSONField()
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    # Whose page it is: somebody else may have signed in since, in another window.
    owner = forms.UUIDField(required=False)
    # What the window shows to who types: never looked up, so that a made-up key names nothing.
    title = forms.CharField(required=False)
    page = forms.CharField(required=False)

    def where(self) -> drafts.Where:
        """The page on which it is typed; nowhere when its address is not one of ours: the text counts."""
        title, page = self.cleaned_data["title"], self.cleaned_data["page"]
        if not title or len(page) > _LONGEST_PAGE or not _is_ours(page):
            return drafts.NOWHERE
        return drafts.Where(title[:_LONGEST_TITLE], page)


def _is_ours(page: str) -> bool:
    """An address of this site, from its root."""
    if not _can_be_kept(page) or not page.startswith("/") or not url_has_allowed_host_and_scheme(page, None):
        return False
    try:
        resolve(page.partition("?")[0])
    except Resolver404:
        return False
    return True


def _is_typed(field: tuple[str, object]) -> bool:
    """A name and its texts or whole numbers, as a form sends them, that both databases can keep."""
    name, value = field
    values = value if isinstance(value, list) else [value]
    return _can_be_kept(name) and all(
        _can_be_kept(each) if isinstance(each, str) else isinstance(each, int | None) for each in values
    )


def _can_be_kept(text: str) -> bool:
    """Neither NUL nor half of a surrogate pair: PostgreSQL knows no such text."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


@never_cache
@require_http_methods(["GET", "POST", "DELETE"])
def draft(request: HttpRequest, form_key: str) -> JsonResponse:
    """GET reads, POST saves, DELETE forgets; 401: the session has ended, 409: another window saved."""
    person_ref: UUID | None = getattr(request.user, "ref", None)
    if person_ref is None:
        return _signed_out()
    if len(form_key) > drafts.LONGEST_KEY:
        return _refused(_("Ce formulaire n’existe pas."))
    if request.method == "DELETE":
        drafts.discard(person_ref=person_ref, form_key=form_key)
        return JsonResponse({})
    if request.method == "GET":
        found = drafts.load(person_ref=person_ref, form_key=form_key)
        return JsonResponse(_told(found) if found else {"version": 0})
    return _save(request, person_ref, form_key)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def give_up(request: HttpRequest, form_key: str) -> HttpResponse:
    """`/brouillons/<form_key>/effacer/`: one’s own text, read once more, then erased."""
    person_ref = cast(UUID, getattr(request.user, "ref", None))
    found = drafts.load(person_ref=person_ref, form_key=form_key)
    if found is None:
        raise Http404
    if request.method == "POST":
        drafts.discard(person_ref=person_ref, form_key=form_key)
        messages.success(request, _("Le texte commencé est effacé."))
        return redirect("home")
    return render(request, "base/draft_give_up.html", {"draft": found, "texts": _texts(found)})


def _texts(draft: Draft) -> list[str]:
    """What was written in words: choices and numbers are not a loss."""
    values = [
        each for value in draft.content.values() for each in (value if isinstance(value, list) else [value])
    ]
    return [each for each in values if isinstance(each, str) and " " in each.strip()]


def _save(request: HttpRequest, person_ref: UUID, form_key: str) -> JsonResponse:
    if int(request.headers.get("Content-Length") or 0) > _LARGEST:
        return _refused(_("Ce brouillon est trop long pour être enregistré (1 Mo au plus)."), status=413)
    form = _form(request)
    if form is None or not form.is_valid():
        return _refused(_("Ce brouillon n’a pas la forme attendue."))
    given = form.cleaned_data
    if given["owner"] not in (None, person_ref):
        return _signed_out()
    try:
        saved = drafts.save(
            person_ref=person_ref,
            form_key=form_key,
            content=given["content"],
            seen=given["seen"],
            base_version=given["base_version"] or 0,
            where=form.where(),
        )
    except drafts.DraftConflict as conflict:
        sentence = _("Ce formulaire a été modifié dans une autre fenêtre : rien n’a été écrasé.")
        answer = {"error": "conflict", "sentence": sentence, **_told(conflict.draft)}
        return JsonResponse(answer, status=409)
    return JsonResponse(_told(saved))


def _form(request: HttpRequest) -> DraftForm | None:
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        # The last: a form was sent where JSON is expected, and something read it before us.
        return None
    content = data.get("content") if isinstance(data, dict) else None
    # Its shape before anything else: nothing deep is walked through.
    if not isinstance(content, dict) or not all(map(_is_typed, content.items())):
        return None
    return DraftForm(data | {"content": json.dumps(content)})


def _told(draft: Draft) -> dict[str, Any]:
    return {
        "content": draft.content,
        "version": draft.version,
        "base_version": draft.base_version,
        "saved_at": draft.updated_at.isoformat(timespec="seconds"),
    }


def _signed_out() -> JsonResponse:
    sentence = _("Votre session a expiré. Votre texte reste dans ce navigateur : reconnectez-vous.")
    return JsonResponse({"error": "signed_out", "sentence": sentence}, status=401)


def _refused(sentence: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": "refused", "sentence": sentence}, status=status)
