"""A spreadsheet of dossiers brought into a call: the file, its dry run, the confirmation."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from faubourg.base.models import Document
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import in_words, refusals_in_words
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.spreadsheet.cells import address

from ..access import can_run_call
from ..forms.exchange import DossierFileForm
from ..models import Call
from ..services import importing
from .finding import actor_of, asked_call

PAGE = 100
RANK = {"error": 0, "warning": 1, "info": 2}


@require_http_methods(["GET", "HEAD", "POST"])
def call_import(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/importer/`: for who runs the call."""
    call = asked_call(request, code)
    require(can_run_call(request.user, call))
    posted = request.method == "POST"
    form = DossierFileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            document = importing.bring(call=call, upload=form.cleaned_data["file"], by=actor_of(request))
        except Refused as refused:
            show_refusal(form, refused, {reason.code: "file" for reason in refused.verdict.refusals()})
        else:
            return redirect("call_import_trial", call.code, document.pk)
    context = {
        "call": call,
        "form": form,
        "funders": list(call.funders.all()),
        "may_import": importing.may_import(call),
        "cancel_url": reverse("call_exports", args=[call.code]),
    }
    return render(request, "calls/exchange/import.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def call_import_trial(request: HttpRequest, code: str, document: UUID) -> HttpResponse:
    """`/appels/<code>/importer/<id>/`: the dry run made again each time; POST writes."""
    call = asked_call(request, code)
    require(can_run_call(request.user, call))
    kept = importing.brought_by(cast(Person, request.user).ref, document)
    if kept is None:
        raise Http404(_("Ce fichier n’est pas l’un des vôtres, ou il n’est plus là : envoyez-le de nouveau."))
    status = 200
    if request.method == "POST":
        try:
            count = importing.confirm(
                call=call,
                document=kept,
                digest=request.POST.get("digest", ""),
                warnings_seen="warnings_seen" in request.POST,
                attested="attested" in request.POST,
                by=actor_of(request),
            )
        except Refused as refused:
            status = 422
            messages.error(request, refusals_in_words(refused.verdict))
        except Conflict:
            status = 409
            messages.error(
                request, _("L’appel a changé depuis l’essai : vérifiez ce qui serait écrit maintenant.")
            )
        else:
            messages.success(request, _told(count))
            return redirect("call_applications", call.code)
    return render(request, "calls/exchange/trial.html", _shown(request, call, kept), status=status)


def _shown(request: HttpRequest, call: Call, kept: Document) -> dict[str, Any]:
    """What the page of a dry run reads."""
    tried = importing.trial_of(call, kept, actor_of(request))
    ordered = sorted(tried.findings, key=lambda found: (RANK[found.severity], found.row, found.column))
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "cell": address(found.row, found.column),
            "severity": found.severity,
            "sentence": in_words(found.reason),
        }
        for found in page.object_list
    ]
    return {
        "call": call,
        "document": kept,
        "trial": tried,
        "page": page,
        "lines": lines,
        "errors": tried.count("error"),
        "warnings": tried.count("warning"),
    }


def _told(count: int) -> str:
    return ngettext("%(n)s dossier est importé.", "%(n)s dossiers sont importés.", count) % {"n": count}
