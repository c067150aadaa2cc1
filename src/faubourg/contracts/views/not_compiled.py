"""What is answered when a text cannot be set in PDF: what to do, and where the same content is."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_log = logging.getLogger(__name__)


def not_compiled(request: HttpRequest, *, title: str, back: str) -> HttpResponse:
    """422 with the way back to the page that says the same; to be called while handling the refusal."""
    _log.exception("no PDF for %s", request.path)
    return render(request, "contracts/not_compiled.html", {"title": title, "back": back}, status=422)
