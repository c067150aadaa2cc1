"""The photographs and papers of a report: joined, captioned, published or not, handed over."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import refusals_in_words
from faubourg.base.views.kept import handed
from faubourg.people.views.refusals import show_refusal

from ..access.reports import can_check_report, can_write_report
from ..forms.reports import FilesForm
from ..listings_reports import report_url
from ..models import Report, ReportFile
from ..services import report_files
from .finding import actor_of
from .report_finding import asked_report
from .report_writing import way_through, written_report
from .reports import is_photo


@require_http_methods(["GET", "HEAD", "POST"])
def report_files_page(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`/dossiers/<pk>/bilan/<year>/fichiers/`: several at once, straight from a telephone."""
    _reader, report = written_report(request, pk, year)
    form, status = FilesForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        uploads = request.FILES.getlist("files")
        try:
            report_files.add(report=report, uploads=uploads, by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused, {})
            status = 422
        else:
            if uploads:
                messages.success(request, _("Les fichiers sont joints."))
            else:
                messages.error(request, _("Choisissez d’abord un fichier."))
            return redirect(report_url(report, "report_files"))
    context = {
        "report": report,
        "application": report.application,
        "form": form,
        "files": [(file, is_photo(file)) for file in report.files.all()],
        "steps": way_through(report, "files"),
        "next_url": report_url(report, "report_hand_in"),
    }
    return render(request, "calls/reports/files.html", context, status=status)


def _file(report: Report, file_pk: int) -> ReportFile:
    found = next((file for file in report.files.all() if file.pk == file_pk), None)
    if found is None:
        raise Http404(_("Ce bilan n’a pas ce fichier."))
    return found


@require_safe
def report_file(request: HttpRequest, pk: int, year: int, file_pk: int) -> HttpResponseBase:
    """One file, for who may read the dossier."""
    _reader, report = asked_report(request, pk, year)
    return handed(_file(report, file_pk).document)


@require_POST
def report_file_change(request: HttpRequest, pk: int, year: int, file_pk: int) -> HttpResponse:
    """Its caption, whether it may be published, or out of the report."""
    reader, report = asked_report(request, pk, year)
    writes = can_write_report(request.user, report)
    removes = request.POST.get("act") == "remove"
    # The service may take a photograph out of the public, whatever was said.
    require(writes if removes or not can_check_report(reader).ok else can_check_report(reader))
    file, form = _file(report, file_pk), FilesForm(request.POST)
    try:
        if not writes.ok and not removes:
            report_files.withdraw_from_public(file=file, by=actor_of(request))
        elif removes:
            report_files.remove(file=file, by=actor_of(request))
        elif form.is_valid():
            report_files.change(file=file, by=actor_of(request), **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    back = report_url(report, "report_files") if writes.ok else report_url(report)
    return redirect(back)
