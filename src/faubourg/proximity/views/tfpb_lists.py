"""Every landlord of an area side by side, for the town and the State; as files for the préfet."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from faubourg.base.refusal import require

from ..access.tfpb import can_export_tfpb
from ..listings_tfpb import LINES, YEARS
from ..queries.tfpb_lists import lines_of, years_of
from .finding import asked_area


@require_safe
def area_tfpb(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/tfpb/`: one line a landlord and a year."""
    area = asked_area(code)
    require(can_export_tfpb(request.user, area))
    context = {"area": area, "here": "area_tfpb"}
    return YEARS.respond(request, years_of(area), "proximity/tfpb/list.html", context)


@require_safe
def area_tfpb_lines(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/tfpb/actions/`: one line an action and a year."""
    area = asked_area(code)
    require(can_export_tfpb(request.user, area))
    context = {"area": area, "here": "area_tfpb_lines"}
    return LINES.respond(request, lines_of(area), "proximity/tfpb/list.html", context)
