"""The « ruche à projets »: the gallery of what was funded, one project, its successes and failures."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base.charts import Bar, bars
from faubourg.base.views.kept import handed

from ..listing_projects import PROJECTS, outcome
from ..models import Application
from ..queries import projects as queries

MOST_BARS = 12


def _asked(pk: int) -> Application:
    found = queries.project_by_pk(pk)
    if found is None:
        raise Http404(_("Aucun projet financé ne porte ce numéro."))
    return found


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """`/ruche/`: every funded project, and where they are."""
    queryset = queries.projects()
    cells = queries.cells(PROJECTS.bind(request, queryset).queryset)
    drawn = [Bar(cell.place.name, cell.projects) for cell in cells[:MOST_BARS]]
    chart = bars(_("Projets par quartier"), drawn) if drawn else ""
    context = {"cells": cells[:MOST_BARS], "more": len(cells) - MOST_BARS, "chart": chart}
    return PROJECTS.respond(request, queryset, "calls/public/projects.html", context)


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ruche/<pk>/`: what it does, with which money, what worked and what did not, and why."""
    found = _asked(pk)
    reports = list(found.reports.all())
    context = {
        "project": found,
        "outcome": outcome(found),
        "failed": found.state in queries.FAILED,
        "money": list(found.decisions.all()),
        "reports": reports,
        "photos": [photo for report in reports for photo in report.files.all()],
        "alike": queries.alike(found),
    }
    return render(request, "calls/public/project.html", context)


@require_safe
def project_photo(request: HttpRequest, pk: int, photo: int) -> FileResponse:
    """A photograph that somebody said may be published, of a public report."""
    found = _asked(pk)
    for report in found.reports.all():
        for each in report.files.all():
            if each.pk == photo and each.document.media_type.startswith("image/"):
                response = handed(each.document)
                response["Content-Disposition"] = "inline"
                return response
    raise Http404(_("Cette photo n’est pas publiée."))
