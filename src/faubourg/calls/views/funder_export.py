"""The dossiers that ask one funder, as a spreadsheet or as a CSV that streams: nobody types them twice."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import tables
from faubourg.base.numbers import number
from faubourg.base.refusal import require
from faubourg.people.access import Visitor

from ..access import can_run_call
from ..access.dossiers import can_list_dossiers
from ..funder_columns import columns_for
from ..models import CallFunder
from ..queries.funder_export import asking, counts_by_funder, funder_of, read_by_chunks, years_asked
from .finding import asked_call

# A workbook is made whole before it leaves; beyond, the CSV streams.
MOST_IN_A_WORKBOOK = 10_000


@require_safe
def call_exports(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/echanges/`: a file for each funder, and the way in for who runs the call."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    context = {
        "call": call,
        "funders": counts_by_funder(call, request.user),
        "may_run": can_run_call(request.user, call),
        "most": MOST_IN_A_WORKBOOK,
    }
    return render(request, "calls/exchange/exports.html", context)


@require_safe
def call_funder_export(request: HttpRequest, code: str, pk: int, fmt: str) -> HttpResponseBase:
    """`/appels/<code>/export/<funder>.xlsx` and `.csv`, for who lists the dossiers of the call."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    funder = funder_of(call, pk)
    if funder is None:
        raise Http404(_("Cet appel n’a pas de financeur sous ce numéro."))
    funder.call = call
    name = f"{call.code}-{slugify(funder.name)[:60] or funder.pk}-{localdate():%Y-%m-%d}.{fmt}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if fmt == "csv":
        parts = funder_csv(funder, request.user)
        return StreamingHttpResponse(parts, content_type=tables.MEDIA_TYPES["csv"], headers=headers)
    count = asking(funder, request.user).count()
    if count > MOST_IN_A_WORKBOOK:
        sentence = _(
            "%(count)s dossiers : un classeur en tient %(most)s. Prenez le fichier CSV, que votre tableur "
            "ouvre aussi."
        )
        messages.error(request, sentence % {"count": number(count), "most": number(MOST_IN_A_WORKBOOK)})
        return redirect("call_exports", call.code)
    return HttpResponse(
        _workbook(funder, request.user), content_type=tables.MEDIA_TYPES["xlsx"], headers=headers
    )


def funder_csv(funder: CallFunder, person: Visitor) -> Iterator[bytes]:
    """The file a line at a time, as French spreadsheets read it; its words are those of this moment."""
    columns = columns_for(funder, years_asked(funder))
    rows = read_by_chunks(asking(funder, person))
    headings = [column.heading for column in columns]
    return tables.csv_lines(headings, ([column.read(row) for column in columns] for row in rows))


def _workbook(funder: CallFunder, person: Visitor) -> bytes:
    columns = columns_for(funder, years_asked(funder))
    rows = read_by_chunks(asking(funder, person))
    return tables.write(
        "xlsx",
        title=funder.name,
        headers=[column.heading for column in columns],
        rows=([column.read(row) for column in columns] for row in rows),
        caption_lines=[
            _("Dossiers déposés de « %(call)s » qui demandent une aide à %(funder)s ; montants en euros.")
            % {"call": funder.call.title, "funder": funder.name},
            _("Les dossiers dont la personne s’est déportée n’y sont pas."),
        ],
    )
