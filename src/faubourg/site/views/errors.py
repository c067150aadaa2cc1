"""Pages for what goes wrong: each says what happened and what to do next."""

import logging
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.translation import gettext as _

from faubourg.proximity.views.open311_answering import PREFIX, problems_answer
from faubourg.rules.verdict import Verdict

logger = logging.getLogger(__name__)

# Fields that are never shown back: they are not texts somebody would miss, or must not be on a page.
HIDDEN_FIELDS = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code")

Page = Callable[..., HttpResponse]


def _for_programmes_too(status: int, words: Callable[[], str]) -> Callable[[Page], Page]:
    """An application of a town that speaks Open311 reads no page: what goes wrong is told in its format."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def answered(request: HttpRequest, *told: object, **named: object) -> HttpResponse:
            if request.path_info.startswith(PREFIX):
                return problems_answer(request, [(status, words())])
            return page(request, *told, **named)

        return answered

    return decorate


@_for_programmes_too(400, lambda: _("Cet appel n’a pas pu être lu : vérifiez sa forme et sa taille."))
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be read."""
    return render(request, "site/errors/400.html", status=400)


@_for_programmes_too(403, lambda: _("Cet appel n’est pas permis."))
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reasons of the verdict that refused: they say what would make it a yes."""
    verdict: Verdict | None = getattr(exception, "verdict", None)
    return render(request, "site/errors/403.html", {"verdict": verdict}, status=403)


@_for_programmes_too(404, lambda: _("Rien n’est à cette adresse."))
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with the search filled with the last part of the address."""
    words = request.path.strip("/").rsplit("/", 1)[-1].replace("-", " ")[:80]
    return render(request, "site/errors/404.html", {"words": words, "hide_header_search": True}, status=404)


def not_allowed(request: HttpRequest, answer: HttpResponseNotAllowed) -> HttpResponse:
    """405, keeping the header that names the allowed methods."""
    page = render(request, "site/errors/405.html", {"allowed": answer["Allow"]}, status=405)
    page["Allow"] = answer["Allow"]
    return page


def not_compiled(request: HttpRequest) -> HttpResponse:
    """422: a list that archives would refuse; the same page without its format is the way back."""
    query = request.GET.copy()
    query.pop("format", None)
    back = f"{request.path}?{query.urlencode()}" if query else request.path
    return render(request, "site/errors/pdf.html", {"back": back}, status=422)


@_for_programmes_too(500, lambda: _("Ce serveur a rencontré une erreur : recommencez plus tard."))
def server_error(request: HttpRequest) -> HttpResponse:
    """500: neither database, nor session, nor context processor."""
    sheets = []
    try:
        sheets = [
            static(f"site/css/{name}.css")
            for name in ("tokens", "elements", "layout", "components", "chrome")
        ]
    except ValueError:
        logger.exception("No style sheet for the error page: was collectstatic run?")
    return HttpResponse(get_template("site/errors/500.html").render({"sheets": sheets}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose proof has expired: every text that was typed is shown again, to be copied."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(hidden in name for hidden in HIDDEN_FIELDS)
        for value in values
        if value.strip() and name != "next"
    ]
    context = {
        "typed": typed,
        "no_cookie": reason == REASON_NO_CSRF_COOKIE,
        "foreign": reason.startswith(REASON_BAD_ORIGIN.split("%")[0]),
    }
    return render(request, "site/errors/csrf.html", context, status=403)
