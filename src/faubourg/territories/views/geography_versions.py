"""The versions of an outline: who decided, when, under which text; two of them side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import access
from ..queries.people_inside import grid_of
from ..queries.versions import Version, compared, others_of, version_of, versions_of
from .geography import area_at


@require_safe
def version(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/geographie/<siren>/perimetres/<version>/`; `?avec=<version>` compares with that one."""
    area = area_at(code)
    shown = version_of(pk, area)
    if shown is None:
        raise Http404(str(pk))
    extract = grid_of(area)
    versions = versions_of(shown, extract)
    here = next(one for one in versions if one.perimeter.pk == pk)
    other = _other(request, versions, here.perimeter.pk)
    changes = [change for one in versions for change in (one.perimeter.made_in, one.perimeter.ended_in)]
    context = {
        "area": area,
        "here": here,
        "versions": versions,
        "extract": extract,
        "others": others_of(changes, shown),
        "compared": compared(other, here, extract) if other else None,
        "standing": next((one for one in versions if one.stands), None),
        "may": access.can_draw(request.user, area),
    }
    return render(request, "territories/geography/version.html", context)


def _other(request: HttpRequest, versions: list[Version], pk: int) -> Version | None:
    """The version asked for, else the one just before; None when there is no other."""
    asked = request.GET.get("avec", "")
    wanted = next((one for one in versions if str(one.perimeter.pk) == asked and asked != str(pk)), None)
    if wanted:
        return wanted
    older = [one for one in versions if one.perimeter.pk < pk]
    return older[0] if older else None
