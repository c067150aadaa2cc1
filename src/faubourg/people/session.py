"""Somebody who is not (or no longer) signed in is sent to sign in and comes back to the same page."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from faubourg.base.refusal import NotAllowed


def page_to_return_to(request: HttpRequest) -> str:
    """The address to come back to: this page, or for something sent the page it was sent from."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/"


class SignInMiddleware:
    """A refusal to somebody anonymous becomes an invitation to sign in; signed in, it stays a refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """302 to the sign-in page; a fragment asked for by htmx makes the whole page go there."""
        if not isinstance(exception, NotAllowed) or request.user.is_authenticated:
            return None
        target = redirect_to_login(page_to_return_to(request), resolve_url("account_login"))
        if request.method not in {"GET", "HEAD"}:
            messages.warning(
                request,
                _("Votre session a pris fin : rien n’a été enregistré. Connectez-vous, vous reviendrez ici."),
            )
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": target.url})
        return target
