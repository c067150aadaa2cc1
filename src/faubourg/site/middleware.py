"""What holds for every page: a refused method is explained, no text comes in that cannot be kept or shown."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    QueryDict,
    UnreadablePostError,
)

from faubourg.base.pdf import NotCompiled
from faubourg.base.text import printable

from .views.errors import bad_request, not_allowed, not_compiled, not_found

_log = logging.getLogger(__name__)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class ExplainRefusedMethod:
    """Only for a reader: a programme that asks for JSON keeps the bare answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and "text/html" in request.headers.get("Accept", ""):
            return not_allowed(request, answer)
        return answer


class ReadableText:
    """No database keeps a NUL, no file shows a control sign: an address with one leads nowhere, and what is
    typed loses them before any form reads it (they come with a paste, and nobody sees them).

    A list that cannot be made a PDF gets a page that says so: never a server error.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            return _nowhere(request)
        if any("\x00" in text for name, values in request.GET.lists() for text in (name, *values)):
            return _unreadable(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Clean what a form sends; JSON is not a form and reads as it is."""
        if request.method == "POST" and (request.content_type or "").startswith(FORMS):
            try:
                typed = request.POST
            except UnreadablePostError:
                return
            cleaned = _cleaned(typed)
            if cleaned is not None:
                request.POST = cleaned  # type: ignore[assignment]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """422 for a PDF that its standards refuse."""
        if not isinstance(error, NotCompiled):
            return None
        _log.error("no PDF for %s: %s", request.path, error)
        return not_compiled(request)


def _cleaned(typed: QueryDict) -> QueryDict | None:
    """A copy without control signs; None when there are none."""
    if all(text == printable(text) for name, values in typed.lists() for text in (name, *values)):
        return None
    cleaned = QueryDict(mutable=True, encoding=typed.encoding)
    for name, values in typed.lists():
        cleaned.setlist(printable(name), [printable(value) for value in values])
    cleaned._mutable = False
    return cleaned


def _nowhere(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return _problem("Aucune donnée à cette adresse.", 404)
    return not_found(request)


def _unreadable(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return _problem("Au moins un paramètre n’est pas lisible.", 422)
    return bad_request(request)


def _problem(detail: str, status: int) -> JsonResponse:
    body: dict[str, Any] = {"detail": detail, "errors": []} if status == 422 else {"detail": detail}
    return JsonResponse(body, status=status, headers={"Access-Control-Allow-Origin": "*"})
