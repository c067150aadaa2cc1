"""`/brouillons/<form_key>/`: where `autosave.js` saves what is being typed."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from faubourg.base import drafts
from faubourg.base.models import Draft

_LARGEST = 1024 * 1024


class DraftForm(forms.Form):
    """What the browser sends: the form's fields, and the versions it knows of."""

    content = forms.JSONField()
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    # Whose page it is: somebody else may have signed in since, in another window.
    owner = forms.UUIDField(required=False)


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
