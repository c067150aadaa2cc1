"""Pages that say what Faubourg is, the page of every component, and the choice of theme."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..context import THEME_COOKIE
from ..forms import ThemeForm
from ..specimens import specimens

A_YEAR = 365 * 24 * 3600


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """`/a-propos/`"""
    return render(request, "site/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """`/accessibilite/`"""
    return render(request, "site/accessibility.html")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """`/style/`: every component on one page; only in the demo or while developing."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    messages.success(request, _("Un message de réussite, tel qu’il s’affiche après un enregistrement."))
    messages.error(request, _("Un message d’erreur : il dit ce qui s’est passé et quoi faire."))
    return render(request, "site/style.html", specimens(request))


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keeps the theme in a cookie, read by the server so that a page never flashes."""
    form = ThemeForm(request.POST)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(wanted if safe else "/")
    if form.is_valid():
        answer.set_cookie(
            THEME_COOKIE, form.cleaned_data["theme"], max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS
        )
    return answer
