"""The conventions of an area, GUP and TFPB: signed ones for everybody, all of them for its partners."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .. import access
from ..access.tfpb import can_export_tfpb, can_open_tfpb, landlords_of
from ..listings_conventions import CONVENTIONS
from ..queries.conventions import conventions_of
from .finding import asked_area


@require_safe
def area_conventions(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/conventions/`"""
    area = asked_area(code)
    landlords = landlords_of(request.user, area)
    follows = access.can_follow_area(request.user, area).ok is True
    context = {
        "area": area,
        "runs": access.can_run_area(request.user, area).ok,
        "may_open_tfpb": can_open_tfpb(request.user, area).ok,
        "may_export": can_export_tfpb(request.user, area).ok,
    }
    found = conventions_of(area, drafts=follows, landlords=landlords)
    return CONVENTIONS.respond(request, found, "proximity/gup/list.html", context)
