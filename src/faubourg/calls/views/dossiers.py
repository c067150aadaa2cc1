"""The dossiers of a call: the list of who examines them, its chips, its files."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import ordering
from faubourg.base.listing import BoundListing
from faubourg.base.refusal import require
from faubourg.people.access import Visitor

from ..access import can_run_call
from ..access.dossiers import can_list_dossiers
from ..access.funders import funders_of
from ..dossier_listing import dossier_listing
from ..models import Call
from ..queries.dossiers import counts_by_state, dossiers_of
from .finding import asked_call


@require_safe
def call_applications(request: HttpRequest, code: str) -> HttpResponseBase:
    """`/appels/<code>/dossiers/`: for who follows the call, without what they stand back from."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    rows = dossiers_of(call, request.user)
    context: dict[str, Any] = {
        "call": call,
        "may_run": can_run_call(request.user, call),
        "chips": _chips(call, request.user, request.GET.get("etat", "")),
    }
    if request.GET.get("format") == "json":
        return _as_json(dossier_listing(call, funders_of(request.user, call)).bind(request, rows))
    picks = bool(context["may_run"].ok) and "format" not in request.GET
    listing = dossier_listing(call, funders_of(request.user, call), picks=picks)
    return listing.respond(request, rows, "calls/examination/dossiers.html", context)


def _as_json(listing: BoundListing) -> StreamingHttpResponse:
    """The same rows as an array of objects, amounts in euros, written as they are read: memory stays flat."""

    def written() -> Iterator[str]:
        before = "["
        for item in ordering.in_lots(listing.queryset):
            told = {column.name: column.value_of(item) for column in listing.listing.columns}
            yield before + json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
            before = ",\n"
        yield "[]" if before == "[" else "]"

    response = StreamingHttpResponse(written(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="dossiers-{localdate():%Y-%m-%d}.json"'
    return response


def _chips(call: Call, person: Visitor, here: str) -> list[dict[str, object]]:
    """How many dossiers stand in each state, each leading to them."""
    address = reverse("call_applications", args=[call.code])
    return [
        {"label": _(name), "count": count, "url": f"{address}?etat={state}", "here": state == here}
        for state, name, count in counts_by_state(call, person)
    ]
