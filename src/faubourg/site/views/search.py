"""`/recherche/?q=`: everything that rooms announce, whatever the spelling, with or without JavaScript."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from faubourg.base import search as engine

PAGE_SIZE, SUGGESTED, MOST_PAGES = 20, 8, 50
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind of results and how many; `url` keeps the query."""

    label: str | Promise
    count: int
    url: str
    current: bool


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def search(request: HttpRequest) -> HttpResponse:
    """A page of results, or only its list for htmx, or a short list under a field (`…suggestions` target)."""
    typed = request.GET.get("q", "").replace("\0", " ").strip()
    if request.headers.get("HX-Target", "").endswith("suggestions"):
        found = engine.results(typed[:LONGEST], size=SUGGESTED)
        return render(
            request, "site/search/suggestions.html", {"found": found, "typed": typed, "rows": _rows(found)}
        )
    kind = request.GET.get("nature", "")
    number = _page_number(request.GET.get("page", ""))
    found = engine.results(
        typed[:LONGEST], kinds=[kind] if kind else None, start=(number - 1) * PAGE_SIZE, size=PAGE_SIZE
    )
    pages = Paginator(range(min(found.total, MOST_PAGES * PAGE_SIZE)), PAGE_SIZE)
    context = {
        "typed": typed[:LONGEST],
        "too_long": len(typed) > LONGEST,
        "nothing_to_read": bool(typed) and not engine.readable(typed[:LONGEST]),
        "found": found,
        "rows": _rows(found),
        "facets": _facets(request.GET, found, kind),
        "kind": kind,
        "page": pages.get_page(number),
        "hide_header_search": True,
    }
    only_list = request.headers.get("HX-Target") == "resultats"
    return render(request, "site/search/results.html" if only_list else "site/search/page.html", context)


def _rows(found: engine.Results) -> list[tuple[engine.Hit, engine.Kind]]:
    return [(hit, engine.kind_named(hit.kind)) for hit in found.hits]


def _page_number(text: str) -> int:
    """A page between 1 and the last that is served; anything else is the first."""
    return (
        min(int(text), MOST_PAGES)
        if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text)
        else 1
    )


def _facets(asked: QueryDict, found: engine.Results, kind: str) -> list[Facet]:
    """Every kind that has results, in the order of kinds, and « tout » first."""
    facets = [Facet("", sum(found.facets.values()), _url(asked, ""), not kind)]
    kinds = sorted(map(engine.kind_named, found.facets), key=lambda one: (one.order, one.key))
    facets += [
        Facet(one.label, found.facets[one.key], _url(asked, one.key), one.key == kind) for one in kinds
    ]
    return facets


def _url(asked: QueryDict, kind: str) -> str:
    params = QueryDict(mutable=True)
    params["q"] = asked.get("q", "")[:LONGEST]
    if kind:
        params["nature"] = kind
    return "?" + params.urlencode()
