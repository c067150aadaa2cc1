"""How each address of GeoReport answers: the format of its suffix, errors in it too, no session, no cookie.

A GET is public and read-only, without cookie or key: a page of any site may read it in the browser
(`Access-Control-Allow-Origin: *`), as it could through a server of its own. A POST carries a key, which has
no business in a browser: no such header. Nor is a forged form a danger: without the key it files nothing,
and no session is looked at (`csrf_exempt`).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from faubourg.base.refusal import Refused
from faubourg.base.sentences import in_words
from faubourg.rules.open311 import JSON_TYPE, XML_TYPE, Problem, as_json, as_xml, errors, first_status

from ..services.open311 import Unfit

PREFIX = "/open311/"
XML, JSON = "xml", "json"
READ = ("GET", "HEAD")
Tree = Sequence[object] | Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """`root` is the tag of the XML. `changed_at`: when something of it last changed; `dated`: nothing but
    those changes can make another answer, so that `If-Modified-Since` may be believed."""

    root: str
    tree: Tree
    changed_at: datetime | None = None
    dated: bool = False


View = Callable[..., Answer]


def answering(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Makes a view of a function that returns an Answer, or raises Unfit or Refused; `form` is the suffix."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, form: str, **named: str) -> HttpResponse:
            if request.method == "OPTIONS":
                return _with_origin(request, HttpResponse(status=204, headers={"Allow": _allowed(methods)}))
            if request.method not in methods:
                refusal = problems_answer(
                    request, [(405, _("Méthodes possibles ici : %s.") % _allowed(methods))]
                )
                refusal["Allow"] = _allowed(methods)
                return refusal
            try:
                return _written(request, form, view(request, **named))
            except Unfit as unfit:
                return refused(request, unfit.problems)
            except Refused as refusal_of_ours:
                reasons = refusal_of_ours.verdict.refusals()
                return problems_answer(request, [(400, in_words(reason)) for reason in reasons])
            except UnreadablePostError:
                return problems_answer(request, [(400, _("L’envoi s’est interrompu : recommencez-le."))])

        return answered

    return decorate


def refused(request: HttpRequest, problems: Sequence[Problem]) -> HttpResponse:
    """Each problem of a call; the status is that of the gravest."""
    told = [(problem.status, in_words(problem.reason)) for problem in problems]
    return problems_answer(request, told, first_status(problems))


def problems_answer(
    request: HttpRequest, told: Sequence[tuple[int, str]], status: int | None = None
) -> HttpResponse:
    """`[{code, description}]` in the format that the address asks for, XML when it asks for none."""
    answer = _body(format_of(request), "errors", errors(told))
    answer.status_code = status or told[0][0]
    answer["Cache-Control"] = "no-store"
    return _with_origin(request, answer)


def format_of(request: HttpRequest) -> str:
    """The suffix of the address; XML is what GeoReport requires."""
    return JSON if request.path_info.lower().endswith(f".{JSON}") else XML


def _written(request: HttpRequest, form: str, told: Answer) -> HttpResponse:
    answer = _body(form, told.root, told.tree)
    if request.method not in READ:
        answer["Cache-Control"] = "no-store"
        return answer
    etag = quote_etag(hashlib.sha256(answer.content).hexdigest()[:32])
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-cache"
    modified = int(told.changed_at.timestamp()) if told.changed_at else None
    if modified is not None:
        answer["Last-Modified"] = http_date(modified)
    # A list that a report has left is another list, whatever the day of those that stay: only its hash tells.
    trusted = modified if told.dated else None
    found: HttpResponseBase | None = get_conditional_response(request, etag, trusted, answer)
    return _with_origin(request, found if isinstance(found, HttpResponse) else answer)


def _body(form: str, root: str, tree: Tree) -> HttpResponse:
    if form == JSON:
        return HttpResponse(as_json(tree), content_type=JSON_TYPE)
    return HttpResponse(as_xml(root, tree), content_type=XML_TYPE)


def _with_origin(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    if request.method != "POST":
        answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _allowed(methods: Sequence[str]) -> str:
    return ", ".join(("OPTIONS", *methods))
