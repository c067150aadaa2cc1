"""The keys of an area: made and shown once, withdrawn, with what each filed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..forms.open311 import KeyForm
from ..models import Area
from ..queries.open311_keys import keys_of
from ..services import open311_keys as services
from .finding import actor_of
from .settings_page import set_area, try_to


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def area_keys(request: HttpRequest, code: str) -> HttpResponse:
    """`…/reglages/open311/`: every key; a new one is shown on the answer of its form and never again."""
    area = set_area(request, code)
    form = KeyForm(request.POST or None)
    secret, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.told()

            def create() -> None:
                nonlocal secret
                secret = services.create_key(area=area, told=told, by=actor_of(request))[1]

            status = try_to(form, create)
    if secret:
        # Not redirected: it would have to be kept somewhere to be shown after.
        return _page(request, area, KeyForm(), secret=secret, label=told.label)
    return _page(request, area, form, status=status)


@require_POST
def area_key_revoke(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/open311/<pk>/revoquer/`."""
    area = set_area(request, code)
    key = area.api_keys.filter(pk=pk).first()
    if key is None:
        raise Http404(_("Cette clé n’est pas de ce territoire."))
    services.revoke_key(key=key, at=timezone.now(), by=actor_of(request))
    messages.success(request, _("La clé de « %(label)s » ne permet plus de signaler.") % {"label": key.label})
    return redirect("area_keys", area.code)


def _page(request: HttpRequest, area: Area, form: KeyForm, *, status: int = 200, **more: str) -> HttpResponse:
    context = {
        "area": area,
        "form": form,
        "keys": keys_of(area, timezone.now()),
        "start": request.build_absolute_uri("/open311/"),
        **more,
    }
    return render(request, "proximity/areas/keys.html", context, status=status)
