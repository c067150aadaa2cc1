"""Too many wrong passwords: who is counted, and the page that says when to try again."""

from typing import Any

from allauth.account.adapter import get_adapter
from axes.helpers import get_cool_off
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def email_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail that is tried, in lower case, so that a capital letter does not start a new count."""
    found = (credentials or {}).get("email") or request.POST.get("login") or ""
    return str(found).strip().lower()[:255]


def address_of(request: HttpRequest) -> str | None:
    """The network address, behind our own proxies only when the settings say how many there are.

    None for a request that came from no network (a command that signs somebody in).
    """
    return str(get_adapter().get_client_ip(request)) if request.META.get("REMOTE_ADDR") else None


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """429: how long to wait, and how to come in meanwhile (new password, passkey)."""
    pause = get_cool_off(request)
    minutes = int(pause.total_seconds() // 60) if pause else 0
    context = {"minutes": minutes, "tries": settings.AXES_FAILURE_LIMIT}
    page = render(request, "account/locked_out.html", context, status=429)
    page["Retry-After"] = str(minutes * 60)
    return page
