"""The coverage map of a contract: objectives × neighbourhoods, and what has no action yet; its file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import tables
from faubourg.contracts import access
from faubourg.contracts.models import Contract
from faubourg.contracts.queries.coverage_map import CoverageMap, coverage_of

from .finding import asked_contract, tidy_address

FORMATS: dict[str, str] = {"csv": "CSV", "xlsx": "Excel", "ods": "OpenDocument"}


@require_safe
def contract_coverage(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/couverture/`, as a page or as the file that `?format=` asks for."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    board = coverage_of(contract)
    asked = request.GET.get("format", "")
    if asked in FORMATS:
        return _file(contract, board, asked)
    context = {
        "contract": contract,
        "board": board,
        "may_propose": access.can_propose_action(request.user, contract),
        "exports": [(label, export_url(request, fmt)) for fmt, label in FORMATS.items()],
    }
    return render(request, "contracts/project/coverage.html", context)


def export_url(request: HttpRequest, fmt: str) -> str:
    """This address, asked as a file."""
    query = request.GET.copy()
    query["format"] = fmt
    return f"{request.path}?{query.urlencode()}"


def as_file(fmt: str, title: str, headers: list[str], rows: list[list[object]], note: str) -> HttpResponse:
    """A table as a file with its day and what to know of it."""
    lines = [note, _("Extrait de Faubourg le %(day)s.") % {"day": localdate().strftime("%d/%m/%Y")}]
    content = tables.write(fmt, title=title, headers=headers, rows=rows, caption_lines=lines)  # type: ignore[arg-type]
    response = HttpResponse(content, content_type=tables.MEDIA_TYPES[fmt])
    name = f"{slugify(title)}-{localdate():%Y-%m-%d}.{fmt}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _file(contract: Contract, board: CoverageMap, fmt: str) -> HttpResponse:
    headers = [_("Objectif"), _("Tout le contrat"), *(place.name for place in board.places), _("Actions")]
    rows: list[list[object]] = [[str(row.objective), *row.counts, row.total] for row in board.rows]
    rows.append([_("Toutes les actions"), *board.feet, board.counted.counted])
    title = _("Couverture %(code)s") % {"code": contract.code}
    note = _("Nombre d’actions non abandonnées ; une action de plusieurs quartiers compte dans chacun d’eux.")
    return as_file(fmt, title, headers, rows, note)
