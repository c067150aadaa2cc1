"""Photographs: public once validated, private before; what hides faces and plates on them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.models import Document
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.views.refusals import show_refusal

from .. import access
from ..access import photos as rights
from ..forms.photos import RedactForm, WhyForm, in_per_cent, overlay
from ..models import Photo
from ..queries.photos import photo_by_pk, to_look_at
from ..services import redacting
from .finding import actor_of, asked_area

_A_PAGE = 24


def asked_photo(pk: int) -> Photo:
    """The photograph of this number, still kept; 404 for any other."""
    found = photo_by_pk(pk)
    if found is None or found.document is None:
        raise Http404(_("Cette photo n’existe pas ou a été effacée."))
    return found


def _shown(document: Document) -> HttpResponse:
    """The picture itself, a megabyte at most, shown and not downloaded; never read as a page."""
    with document.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type=document.media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Content-Disposition"] = 'inline; filename="photo.jpg"'
    return answer


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """`/photos/<pk>/`: what was validated, for everybody, kept five minutes, as it may be withdrawn.

    That of a walk is its people’s until the restitution shows it.
    """
    found = asked_photo(pk)
    if found.redacted is None or found.validated_at is None:
        raise Http404(_("Cette photo n’est pas publique."))
    everybody = rights.is_for_everybody(found)
    if not everybody:
        require(rights.can_see_private(request.user, found))
    answer = _shown(found.redacted)
    if everybody:
        patch_cache_control(answer, public=True, max_age=300)
    else:
        add_never_cache_headers(answer)
    return answer


@never_cache
@require_safe
def photo_private(request: HttpRequest, pk: int) -> HttpResponse:
    """`/photos/<pk>/privee/`: as it was sent, its metadata gone; for the area's people."""
    found = asked_photo(pk)
    require(rights.can_see_private(request.user, found))
    assert found.document is not None
    return _shown(found.document)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def photo_redact(request: HttpRequest, pk: int) -> HttpResponse:
    """`/photos/<pk>/masquer/`: rectangles drawn or typed, seen, then burnt in and made public."""
    found = asked_photo(pk)
    require(rights.can_redact(request.user, found))
    typed = in_per_cent(found.rectangles, found.width, found.height)
    initial = {"version": found.version, "rectangles": typed, "words": found.words}
    form = RedactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and "voir" not in request.POST:
        try:
            redacting.validate_photo(
                photo=found,
                rectangles=form.cleaned_data["rectangles"],
                words=form.cleaned_data["words"],
                base_version=form.cleaned_data["version"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"redaction-outside": "rectangles", "redaction-many": "rectangles"})
        except Conflict:
            form.add_error(None, _("Quelqu’un vient de changer cette photo : rechargez la page."))
        else:
            messages.success(request, _("La photo est publique, avec ce que vous avez masqué."))
            return redirect(_back(found))
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "proximity/photos/redact.html", _redacting(found, form), status=status)


def _redacting(found: Photo, form: RedactForm) -> dict[str, object]:
    told = RedactForm({"version": found.version, "rectangles": form["rectangles"].value() or ""})
    drawn = told.cleaned_data.get("rectangles", []) if told.is_valid() else []
    return {
        "photo": found,
        "area": rights.area_of(found),
        "form": form,
        "why_form": WhyForm(initial={"version": found.version}, auto_id="why_%s"),
        "drawn": overlay(drawn),
        "back": _back(found),
    }


def _back(found: Photo) -> str:
    """Where one comes from: the queue of photographs of the area."""
    return reverse("area_photos", args=[rights.area_of(found).code])


@require_POST
def photo_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken back from the public, with why."""
    return _gone(request, pk, redacting.withdraw_photo, _("La photo n’est plus publique."))


@require_POST
def photo_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erased for good, with why."""
    return _gone(request, pk, redacting.erase_photo, _("La photo est effacée."))


def _gone(request: HttpRequest, pk: int, act: redacting.Gone, done: str) -> HttpResponse:
    found = asked_photo(pk)
    require(rights.can_redact(request.user, found))
    form = WhyForm(request.POST, auto_id="why_%s")
    if form.is_valid():
        try:
            act(
                photo=found,
                reason=form.cleaned_data["reason"],
                base_version=form.cleaned_data["version"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"withdraw-reason": "reason", "erase-reason": "reason"})
        except Conflict:
            form.add_error(None, _("Quelqu’un vient de changer cette photo : rechargez la page."))
        else:
            messages.success(request, done)
            return redirect(_back(found))
    initial = {
        "version": found.version,
        "rectangles": in_per_cent(found.rectangles, found.width, found.height),
    }
    context = _redacting(found, RedactForm(initial=initial | {"words": found.words})) | {"why_form": form}
    return render(request, "proximity/photos/redact.html", context, status=422)


@never_cache
@require_safe
def area_photos(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/photos/`: those that nobody looked at yet, the oldest first."""
    area = asked_area(code)
    require(access.can_run_area(request.user, area))
    waiting = to_look_at(area)
    context = {"area": area, "photos": waiting[:_A_PAGE], "total": waiting.count()}
    return render(request, "proximity/photos/queue.html", context)
