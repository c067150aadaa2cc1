"""The maquette financière, read: the grid, its totals that never mix, its files, its history."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import tables
from faubourg.base.journal import history_of
from faubourg.base.listing import FORMATS
from faubourg.contracts import access
from faubourg.contracts.forms import MaquetteFilter
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.queries.maquette import PAGE_ROWS, Maquette, maquette_of
from faubourg.contracts.services.money_noting import KIND, ref_of

from . import maquette_cells, maquette_file, maquette_totals
from .finding import asked_contract, tidy_address
from .not_compiled import not_compiled

PAGES = (
    "contract_money",
    "contract_money_edit",
    "contract_money_add",
    "contract_money_bulk",
    "contract_money_import",
)


def urls_of(contract: Contract) -> dict[str, str]:
    """The addresses of the maquette's pages."""
    return {name: contract_url(contract, name) for name in PAGES}


def narrowed(request: HttpRequest, contract: Contract) -> tuple[Maquette, MaquetteFilter]:
    """The maquette as the address asks for it, and the form that says so."""
    whole = maquette_of(contract)
    form = MaquetteFilter(request.GET or None, maquette=whole)
    wanted = form.wanted()
    if wanted:
        whole.rows = [row for row in whole.rows if wanted.keeps(row, whole.heading_of(row))]
    return whole, form


@require_safe
def maquette(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/maquette/`: everybody reads it; `?format=` gives the same lines as a file."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    found, form = narrowed(request, contract)
    asked = request.GET.get("format", "")
    if asked in FORMATS:
        return _file(request, found, asked)
    page = Paginator(found.rows, PAGE_ROWS).get_page(request.GET.get("page"))
    amounts = found.amounts()
    by = request.GET.get("par", "")
    dimension, _label = maquette_totals.BY.get(by, ("", ""))
    context = {
        "contract": contract,
        "maquette": found,
        "filter_form": form,
        "page": page,
        "body": maquette_cells.body(found, list(page.object_list)),
        "sums": maquette_totals.sum_lines(found, amounts),
        "ladder": maquette_totals.ladder(found, amounts),
        "by": by if dimension else "",
        "by_choices": [(key, label) for key, (_dimension, label) in maquette_totals.BY.items()],
        "by_sums": maquette_totals.sum_lines(found, amounts, dimension) if dimension else [],
        "hand": access.hand_in_money(request.user, contract),
        "history": history_of(KIND, ref_of(contract)),
        "formats": [(name, label, _with(request, format=name)) for name, label in FORMATS.items()],
        "urls": urls_of(contract),
    }
    return render(request, "contracts/money/maquette.html", context)


def _with(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _file(request: HttpRequest, found: Maquette, fmt: str) -> HttpResponse:
    title = _("Maquette financière – %(name)s") % {"name": found.contract.name}
    if fmt == "pdf":
        try:
            content = maquette_file.as_pdf(found, title)
        except maquette_file.NotCompiled:
            return not_compiled(request, title=title, back=contract_url(found.contract, "contract_money"))
    else:
        content = maquette_file.as_table(found, title, cast(tables.Format, fmt))
    name = f"maquette-{found.contract.code}-{found.contract.generation}.{fmt}"
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=tables.MEDIA_TYPES[fmt], headers=headers)
