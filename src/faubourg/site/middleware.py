"""A refused method gets a page that explains, where Django answers with a blank one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from .views.errors import not_allowed


class ExplainRefusedMethod:
    """Only for a reader: a programme that asks for JSON keeps the bare answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and "text/html" in request.headers.get("Accept", ""):
            return not_allowed(request, answer)
        return answer
