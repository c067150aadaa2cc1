"""`/outils/localiser/`: a table of points, its columns, the work, the result; all erased after a day."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import jobs, tables
from faubourg.base.refusal import Refused, require
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.site import access
from faubourg.territories.forms.locate import AskedForm, PointsForm
from faubourg.territories.locating import passing
from faubourg.territories.locating.passing import Parcel
from faubourg.territories.locating.task import ANSWERS, NAME
from faubourg.territories.models import Perimeter

# What a row without anything to say is said to be.
FINE = "lu"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def locate(request: HttpRequest) -> HttpResponse:
    """The file."""
    require(access.can_locate(request.user))
    form = PointsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = passing.receive(upload=form.cleaned_data["file"], owner=cast(Person, request.user).ref)
        except Refused as refused:
            show_refusal(form, refused, {reason.code: "file" for reason in refused.verdict.refusals()})
        else:
            return redirect("locate_file", sent.id)
    return render(request, "site/locate/upload.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def locate_file(request: HttpRequest, parcel: UUID) -> HttpResponse:
    """What its columns are and what is asked; POST starts the work. Afterwards, the result."""
    sent = _sent(request, parcel)
    form = AskedForm(request.POST or None, sent=sent)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        job = jobs.enqueue(
            NAME,
            asked_by=sent.owner,
            parcel_id=str(sent.id),
            owner=str(sent.owner),
            columns=[given["lon"], given["lat"], given["identifier"]],
            asked={"versions": given["versions"], "distance": given["distance"]},
            fmt=given["fmt"],
        )
        return redirect("job", job.pk)
    shown = {"form": form, "sent": sent, "result": sent.result(), "told": _told(sent)}
    return render(request, "site/locate/file.html", shown)


@never_cache
@require_safe
def locate_result(request: HttpRequest, parcel: UUID) -> HttpResponseBase:
    """The located file."""
    result = _sent(request, parcel).result()
    if result is None:
        raise Http404
    fmt = result.suffix.lstrip(".")
    answer = FileResponse(result.open("rb"), as_attachment=True, filename=f"points-situes.{fmt}")
    answer["Content-Type"] = tables.MEDIA_TYPES[fmt]
    return answer


@require_POST
def locate_discard(request: HttpRequest, parcel: UUID) -> HttpResponse:
    """Erase the file and its result without waiting."""
    passing.discard(_sent(request, parcel))
    messages.success(request, _("Le fichier et son résultat sont effacés."))
    return redirect("locate")


def _told(sent: Parcel) -> dict[str, Any] | None:
    """The answers by version under their headings, and what was found wrong with rows."""
    summary = sent.told()
    if summary is None:
        return None
    return {
        "rows": summary.rows,
        "headings": ANSWERS,
        "answers": [(Perimeter.Kind(version).label, counts) for version, counts in summary.answers],
        "findings": [(words, count) for words, count in summary.findings if words != FINE],
    }


def _sent(request: HttpRequest, parcel: UUID) -> Parcel:
    require(access.can_locate(request.user))
    sent = passing.parcel(parcel, cast(Person, request.user).ref)
    if sent is None:
        raise Http404
    return sent
