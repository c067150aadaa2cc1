"""What the diagnoses say together: forces and weaknesses crossed, and the stakes drawn from them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access
from faubourg.contracts.forms.stakes import StakeForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, Stake
from faubourg.contracts.queries.crossing import SIDES, Crossing, crossing_of, points_to_draw_from
from faubourg.contracts.queries.diagnoses import holder_of
from faubourg.contracts.services import stakes
from faubourg.people.views.sent_drafts import forget_draft

from .conflict import again, both_of
from .coverage import FORMATS, as_file, export_url
from .finding import asked_contract, tidy_address
from .people import actor_of, in_words
from .project_pages import project_form


@require_safe
def contract_crossing(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/diagnostics/croisement/?sens=weakness`, or the file that `?format=` asks for."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    reads = access.can_read_workings(request.user, contract)
    side = request.GET.get("sens", "")
    board = crossing_of(contract, everything=bool(reads.ok), side=side if side in SIDES else "")
    if (asked := request.GET.get("format", "")) in FORMATS:
        return _file(contract, board, asked)
    context = {
        "contract": contract,
        "board": board,
        "side": side,
        "reads": reads,
        "may_write": access.can_write_workings(request.user, contract),
        "exports": [(label, export_url(request, fmt)) for fmt, label in FORMATS.items()],
    }
    return render(request, "contracts/project/crossing.html", context)


@require_safe
def contract_stakes(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/enjeux/`"""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    rows = contract.stakes.prefetch_related(
        "points__diagnosis__territory", "points__diagnosis__body", "objectives"
    )
    context = {
        "contract": contract,
        "stakes": rows.order_by("order", "pk"),
        "reads": access.can_read_workings(request.user, contract),
        "may_write": access.can_write_workings(request.user, contract),
    }
    return render(request, "contracts/project/stakes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def stake_add(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/enjeux/ajouter/?theme=…`: the points of that theme are ticked already."""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    theme = request.GET.get("theme", "")[:120]
    ticked = [point.pk for point in points_to_draw_from(contract, theme)] if theme else []
    sent = request.POST if request.method == "POST" else None
    form = StakeForm(sent, initial={"points": ticked}, points=points_to_draw_from(contract))
    key = f"stake-new:{contract.pk}"
    if sent is not None and form.is_valid():
        stakes.add_stake(contract=contract, by=actor_of(request), **form.changes())
        forget_draft(request, key)
        messages.success(request, _("L’enjeu est ajouté."))
        return redirect(contract_url(contract, "contract_stakes"))
    return _form_page(request, contract, form, key)


@require_http_methods(["GET", "HEAD", "POST"])
def stake_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/enjeux/<id>/modifier/`"""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    stake, points = asked_stake(contract, pk), points_to_draw_from(contract)
    sent = request.POST if request.method == "POST" else None
    form = StakeForm(sent, initial=StakeForm.values_of(stake), points=points)
    key, both, status = f"stake:{pk}", [], 200
    if sent is not None and form.is_valid():
        version, changes = form.cleaned_data["version"], form.changes()
        if "points" in changes:
            # Those of earlier versions of the grid are not offered, and stay.
            changes["points"] = [*changes["points"], *stake.points.exclude(pk__in=[p.pk for p in points])]
        try:
            stakes.edit_stake(stake=stake, base_version=version, by=actor_of(request), **changes)
        except Conflict:
            saved = asked_stake(contract, pk)
            both, status = both_of(form, StakeForm.values_of(saved)), 409
            form = StakeForm(again(form, saved.version), points=points)
        else:
            forget_draft(request, key)
            messages.success(request, _("L’enjeu est enregistré."))
            return redirect(contract_url(contract, "contract_stakes"))
    return _form_page(request, contract, form, key, both=both, status=status, stake=stake)


@require_POST
def stake_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """It goes unless objectives answer to it."""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    try:
        stakes.remove_stake(stake=asked_stake(contract, pk), by=actor_of(request))
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
    else:
        messages.success(request, _("L’enjeu est supprimé."))
    return redirect(contract_url(contract, "contract_stakes"))


def asked_stake(contract: Contract, pk: int) -> Stake:
    """The stake of this contract; 404 otherwise."""
    found = contract.stakes.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Cet enjeu n’est pas, ou n’est plus, dans ce contrat."))
    return found


def _file(contract: Contract, board: Crossing, fmt: str) -> HttpResponse:
    headers = [_("Thème"), _("Sens"), _("Par"), _("Constat"), _("Quartier")]
    rows: list[list[object]] = [
        [
            line.row.theme,
            point.get_side_display(),
            holder_of(cell.holder),
            point.text,
            point.neighbourhood.name if point.neighbourhood else "",
        ]
        for line in board.rows
        for cell in line.cells
        for point in cell.points
    ]
    title = _("Croisement %(code)s") % {"code": contract.code}
    return as_file(fmt, title, headers, rows, str(board.grid or contract.name))


def _form_page(
    request: HttpRequest, contract: Contract, form: StakeForm, key: str, **context: Any
) -> HttpResponse:
    back = contract_url(contract, "contract_stakes")
    return project_form(request, "stake", contract, form, draft_key=key, cancel_url=back, **context)
