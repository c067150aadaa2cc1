"""The calendar of a contract, its deliverables, and one deliverable: handed over, validated, given back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import documents
from faubourg.base.journal import history_of
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.views.kept import handed
from faubourg.contracts import access, queries
from faubourg.contracts.forms import DeliveryForm, GivingBackForm, ValidationForm, VersionedForm
from faubourg.contracts.listings import DELIVERABLES, contract_url
from faubourg.contracts.models import Contract, Deliverable
from faubourg.contracts.services import deliverables
from faubourg.rules.calendar import judge

from .calendar_rows import reader_of, rows_of
from .finding import asked_contract, tidy_address
from .people import actor_of, in_words
from .saving import StepPage, answer, sent
from .timeline_svg import timeline

PURPOSE = "livrable"


@require_safe
def contract_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/calendrier/`"""
    if moved := tidy_address(request, code):
        return moved
    found = asked_contract(request, code)
    today = timezone.localdate()
    calendar = queries.calendar_of(found, today)
    reads = bool(access.can_read_workings(request.user, found).ok)
    rows = rows_of(calendar, names=reads)
    context = {
        "contract": found,
        "calendar": calendar,
        "rows": rows,
        "drawing": timeline(_("Calendrier de %(contract)s") % {"contract": found.name}, rows, today),
        "late": queries.late_in(calendar),
        "sets": [
            (one, _set_url(found, one.name, one.first.deliverable, len(one.lines))) for one in calendar.sets
        ],
        "predecessor": found.predecessor,
        "successors": list(found.successors.all()),
        "may_write": access.can_write_workings(request.user, found),
        "may_open": access.can_open_contract(request.user, found),
        "history": history_of("contract", f"{found.generation}/{found.code}") if reads else (),
        "urls": _urls(found),
    }
    return render(request, "contracts/calendar.html", context)


@require_safe
def contract_deliverables(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/livrables/`: the whole list, filtered, sorted, carried away."""
    if moved := tidy_address(request, code):
        return moved
    found = asked_contract(request, code)
    context = {
        "contract": found,
        "contract_url": contract_url(found),
        "may_write": access.can_write_workings(request.user, found),
        "urls": _urls(found),
    }
    rows = queries.deliverables_of(found)
    return DELIVERABLES.respond(request, rows, "contracts/deliverables.html", context)


@require_safe
def contract_deliverable(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/livrables/<pk>/`"""
    found = asked_contract(request, code)
    one = _deliverable(found, pk)
    reads = bool(access.can_read_workings(request.user, found).ok)
    today = timezone.localdate()
    start = {"version": one.version, "validated_on": today}
    context = {
        "contract": found,
        "one": one,
        "judged": judge(one.due_on, one.delivered_on, today, queries.closed_on(found)),
        "reader": reader_of(one, names=reads),
        "names": reads,
        "may_deliver": access.can_deliver(request.user, found, one),
        "may_write": access.can_write_workings(request.user, found),
        "may_read": access.can_read_deliverable(request.user, found, one),
        "validation": ValidationForm(initial=start),
        "giving_back": GivingBackForm(initial=start),
        "contract_url": contract_url(found),
        "urls": _urls(found)
        | {
            name: contract_url(found, name, pk)
            for name in (
                "deliverable_deliver",
                "deliverable_validate",
                "deliverable_give_back",
                "deliverable_document",
            )
        }
        | {"edit": contract_url(found, "contract_calendar_edit", "livrables", pk)},
    }
    return render(request, "contracts/deliverable.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/remettre/`: the day, and the document."""
    found = asked_contract(request, code)
    one = _deliverable(found, pk)
    require(access.can_deliver(request.user, found, one))
    start = {"delivered_on": one.delivered_on or timezone.localdate(), "version": one.version}
    form = DeliveryForm(sent(request), request.FILES or None, initial=start)

    def write() -> None:
        upload = form.cleaned_data["document"]
        by = actor_of(request)
        kept = documents.keep(upload=upload, purpose=PURPOSE, by=by) if upload else None
        deliverables.deliver(
            deliverable=one,
            on=form.cleaned_data["delivered_on"],
            document=kept,
            base_version=form.base_version,
            by=by,
        )

    page = StepPage(
        contract=found,
        heading=_("Remettre « %(name)s »") % {"name": _(one.name)},
        lead=one.owner,
        back=contract_url(found, "contract_deliverable", pk),
        done=_("Le livrable est remis."),
        submit=_("Remettre"),
        theirs=lambda: _now(found, pk),
    )
    return answer(request, form, write, page)


@require_POST
def validate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/valider/`"""
    form = ValidationForm(request.POST)
    return _act(
        request, code, pk, form,
        lambda one, given: deliverables.validate(
            deliverable=one, on=given["validated_on"], base_version=given["version"], by=actor_of(request)
        ),
        _("Le livrable est validé."),
    )  # fmt: skip


@require_POST
def give_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/rendre/`: it is awaited again, and the reason is kept."""
    form = GivingBackForm(request.POST)
    return _act(
        request, code, pk, form,
        lambda one, given: deliverables.give_back(
            deliverable=one, reason=given["reason"], base_version=given["version"], by=actor_of(request)
        ),
        _("Le livrable est rendu : il est de nouveau attendu."),
    )  # fmt: skip


@require_safe
def deliverable_document(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """`…/document/`: a working paper, for partners and whoever owes it."""
    found = asked_contract(request, code)
    one = _deliverable(found, pk)
    require(access.can_read_deliverable(request.user, found, one))
    if one.document is None:
        raise Http404(_("Aucun document n’a été remis."))
    kept = one.document
    return handed(kept)


def _act(  # noqa: PLR0917 (one deliverable, one form, one service)
    request: HttpRequest, code: str, pk: int, form: VersionedForm, write: Any, done: str
) -> HttpResponse:
    """What is done from the page of the deliverable itself, and back to it."""
    found = asked_contract(request, code)
    one = _deliverable(found, pk)
    require(access.can_write_workings(request.user, found))
    back = redirect(contract_url(found, "contract_deliverable", pk))
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return back
    try:
        write(one, form.cleaned_data)
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
    except Conflict:
        messages.error(
            request, _("Quelqu’un a modifié ce livrable entre-temps : relisez-le, puis recommencez.")
        )
    else:
        messages.success(request, done)
    return back


def _deliverable(contract: Contract, pk: int) -> Deliverable:
    found = queries.deliverable_of(contract, pk)
    if found is None:
        raise Http404(_("Ce livrable n’existe pas, ou plus, dans ce contrat."))
    return found


def _now(contract: Contract, pk: int) -> dict[str, Any] | None:
    one = queries.deliverable_of(contract, pk)
    return {"delivered_on": one.delivered_on, "version": one.version} if one else None


def _set_url(contract: Contract, name: str, first: Deliverable, count: int) -> str:
    """One leads to itself, several to their list."""
    if count == 1:
        return contract_url(contract, "contract_deliverable", first.pk)

    address = contract_url(contract, "contract_deliverables")
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'q': name})}"


def _urls(contract: Contract) -> dict[str, str]:
    names = ("contract", "contract_schedule", "contract_deliverables", "contract_dates", "contract_open")
    adding = {
        f"add_{kind}": contract_url(contract, "contract_calendar_add", kind)
        for kind in ("phases", "jalons", "livrables")
    }
    return {name: contract_url(contract, name) for name in names} | adding
