"""`/carnet/`: the field notebook, one page for everybody; what is personal comes through its exchanges."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..queries import notebook_files
from ..services.photos import MOST_PHOTOS
from .notebook_words import WORDS

MANIFEST_TYPE = "application/manifest+json"


@require_safe
def notebook(request: HttpRequest, key: str = "") -> HttpResponse:
    """`/carnet/` and `/carnet/<key>/`: the page reads the key of an invitation in its own address."""
    return _shell(request)


@require_safe
def notebook_page(request: HttpRequest, language: str) -> HttpResponse:
    """The page in one language, as the phone keeps it."""
    if language not in dict(settings.LANGUAGES):
        raise Http404(_("Le carnet n’existe pas dans cette langue."))
    with override(language):
        return _shell(request)


def _shell(request: HttpRequest) -> HttpResponse:
    start = reverse("notebook_start")
    told = {
        "language": get_language(),
        "api": start,
        "worker": reverse("notebook_worker"),
        "home": reverse("notebook"),
        "signIn": reverse("account_login"),
        "mostPhotos": MOST_PHOTOS,
        "words": {name: str(words) for name, words in WORDS.items()},
    }
    answer = render(request, notebook_files.SHELL, {"told": told})
    answer["Cache-Control"] = "no-cache"
    answer["Referrer-Policy"] = "same-origin"
    return answer


@require_safe
def notebook_worker(request: HttpRequest) -> HttpResponse:
    """`/sw.js`: only for the notebook; its text changes with any of its files."""
    told = {
        "version": notebook_files.version(),
        "files": notebook_files.files(),
        "home": reverse("notebook"),
        "api": reverse("notebook_start"),
        "pages": {code: reverse("notebook_page", args=[code]) for code, _name in settings.LANGUAGES},
    }
    text = f"const NOTEBOOK = {json.dumps(told)};\n{notebook_files.worker()}"
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": reverse("notebook")}
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
def notebook_manifest(request: HttpRequest) -> JsonResponse:
    """What makes it installable."""
    icons = [
        {"src": static(f"proximity/notebook/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    told = {
        "name": _("Carnet de terrain, Faubourg"),
        "short_name": _("Carnet"),
        "lang": get_language(),
        "id": reverse("notebook"),
        "start_url": reverse("notebook"),
        "scope": reverse("notebook"),
        "display": "standalone",
        "background_color": "#f6f3ec",
        "theme_color": "#f6f3ec",
        "icons": icons,
    }
    return JsonResponse(told, content_type=MANIFEST_TYPE)
