"""`/travaux/<id>/`: how far a long work is; the page that asked for it may be left."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from faubourg.base.models import Job


@never_cache
@require_safe
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The page, or only its moving part for htmx; 404 for anybody but who asked."""
    found = Job.objects.filter(pk=job_id).first()
    person_ref = getattr(request.user, "ref", None)
    if found is None or person_ref is None or found.asked_by not in (None, person_ref):
        raise Http404
    template = "base/job_part.html" if "HX-Request" in request.headers else "base/job.html"
    return render(request, template, {"job": found})
