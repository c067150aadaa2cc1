"""Pages for what goes wrong: each says what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400"""
    return render(request, "site/errors/400.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reasons of the verdict that refused."""
    return render(request, "site/errors/403.html", {"refusal": exception}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404"""
    return render(request, "site/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs neither the database nor a context processor."""
    return HttpResponse(status=500)
