"""Grants as open data: SCDL 2.1.1 and 360Giving, streamed; what the schema would refuse is told beside."""

import csv
import json
from collections.abc import Iterator
from itertools import islice

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from faubourg.base.tables import harmless
from faubourg.rules.open_data import COLUMNS, Column, Grant, giving, problems, row

from ..listing_grants import GRANTS
from ..models import Call
from ..queries.grants import published_grants as published
from ..queries.open_data import grants
from .finding import asked_call

SHOWN = 20


class _Line:
    """What `csv.writer` writes a line to: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def _csv(call: Call | None) -> Iterator[str]:
    """The valid rows of SCDL: UTF-8, comma, decimal point, one header."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow([column.name for column in COLUMNS])
    for grant in grants(call):
        cells = row(grant)
        if not problems(cells):
            yield writer.writerow([_safe(column, cells[column.name]) for column in COLUMNS])


def _safe(column: Column, text: str) -> str:
    """A free text that no spreadsheet runs, within its length; what has a pattern cannot be a formula."""
    return text if column.pattern else harmless(text)[: column.longest]


def _json(call: Call | None, host: str) -> Iterator[str]:
    """A 360Giving package, one grant a line."""
    yield '{"grants": ['
    for rank, grant in enumerate(grants(call)):
        told = json.dumps(giving(grant, url=host), ensure_ascii=False)
        yield f"{',' if rank else ''}\n{told}"
    yield "\n]}\n"


def _streamed(parts: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse((part.encode() for part in parts), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _call(request: HttpRequest, code: str | None) -> Call | None:
    return asked_call(request, code) if code else None


@require_safe
def grants_scdl(request: HttpRequest, code: str | None = None) -> StreamingHttpResponse:
    """`/donnees/subventions.csv`, `/appels/<code>/subventions.csv`: valid against SCDL 2.1.1."""
    call = _call(request, code)
    name = f"subventions-{code or 'toutes'}-{localdate():%Y-%m-%d}.csv"
    return _streamed(_csv(call), "text/csv; charset=utf-8", name)


@require_safe
def grants_360(request: HttpRequest, code: str | None = None) -> StreamingHttpResponse:
    """`/donnees/subventions-360.json`: the same in 360Giving 1.4."""
    call = _call(request, code)
    name = f"subventions-360-{code or 'toutes'}-{localdate():%Y-%m-%d}.json"
    return _streamed(_json(call, request.build_absolute_uri(reverse("open_data"))), "application/json", name)


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """`/donnees/`: what is published, under which licence, and what still keeps a row out of the file."""
    held = list(islice(_held_back(), SHOWN + 1))
    context = {"columns": COLUMNS, "held_back": held[:SHOWN], "more": len(held) > SHOWN}
    return render(request, "calls/public/open_data.html", context)


@require_safe
def published_grants(request: HttpRequest) -> HttpResponse:
    """`/donnees/subventions-publiees/`: what other bodies published, matched to contracts by their codes."""
    return GRANTS.respond(request, published(), "calls/public/grants.html")


def _held_back() -> Iterator[tuple[Grant, list[object]]]:
    for grant in grants():
        found = problems(row(grant))
        if found:
            yield grant, list(found)
