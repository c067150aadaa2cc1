"""Which report or recovery an address means, and what this person is to its dossier."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from faubourg.base.refusal import require

from ..access.readers import Reader
from ..access.reports import can_read_recovery
from ..models import Recovery, Report
from ..queries.reports import recovery_by_pk, report_of
from .finding import asked_reader


def asked_report(request: HttpRequest, pk: int, year: int) -> tuple[Reader, Report]:
    """The report of that year, for who may read the dossier."""
    reader = asked_reader(request, pk)
    report = report_of(reader.application, year)
    if report is None:
        raise Http404(
            _("Ce dossier n’a pas de bilan %(year)s : il s’ouvre quand un financeur notifie une aide.")
            % {"year": year}
        )
    return reader, report


def asked_recovery(request: HttpRequest, pk: int) -> tuple[Reader, Recovery]:
    """The recovery of this number, for the services and, once it is heard, for who received the money."""
    recovery = recovery_by_pk(pk)
    if recovery is None:
        raise Http404(_("Aucun reversement ne porte ce numéro."))
    reader = asked_reader(request, recovery.application_id)
    require(can_read_recovery(reader, recovery))
    # Already read, with what its rights are asked of.
    recovery.application = reader.application
    return reader, recovery


def dossier_page(
    request: HttpRequest, reader: Reader, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of a dossier: its head and its navigation are those of every other."""
    told = {
        "application": reader.application,
        "call": reader.application.call,
        "reader": reader,
        "page_name": "report",
        **context,
    }
    return render(request, template, told, status=status)
