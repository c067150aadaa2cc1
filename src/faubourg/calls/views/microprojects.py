"""A micro-project: asked without an account, followed by its key, held by the managing association."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import refusals_in_words
from faubourg.base.views.kept import handed
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.calls import fund as rules
from faubourg.rules.calls.circuits import MICROPROJECT

from ..access import funds as access
from ..forms.funds import HandInForm, ReceiptForm, WishForm
from ..listings_funds import state_name
from ..models import FundReceipt, Microproject
from ..queries.funds import microproject_by_key, microproject_by_pk
from ..services import microprojects as services
from .finding import actor_of
from .funds import asked_fund
from .microproject_acts import ACTS

FIELDS = {
    "fund_ceiling": "asked",
    "fund_costs": "asked",
    "fund_something": "asked",
    "fund_place": "territory",
    "fund_nature": "nature",
}


def _who(request: HttpRequest) -> Actor:
    return request.user.actor if isinstance(request.user, Person) else services.WITHOUT_ACCOUNT


def own_project(key: str) -> Microproject:
    """The request that this key opens; 404 for any other, which says nothing more."""
    found = microproject_by_key(key)
    if found is None:
        raise Http404(_("Cette adresse n’ouvre aucune demande : reprenez celle que vous aviez notée."))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def microproject_ask(request: HttpRequest, code: str) -> HttpResponse:
    """`/fonds/<code>/demander/`: two pages on one, with or without an account."""
    fund = asked_fund(code)
    form = WishForm(request.POST or None, fund=fund)
    if request.method == "POST" and form.is_valid():
        person = request.user if isinstance(request.user, Person) else None
        try:
            project = services.ask(fund=fund, wish=form.told(), by=_who(request), person=person)
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            messages.success(
                request, _("Votre demande est reçue. Gardez l’adresse de cette page : elle vous y ramène.")
            )
            return redirect("microproject_own", project.key)
    return render(request, "calls/funds/ask.html", {"fund": fund, "form": form})


@never_cache
@require_safe
def microproject_own(request: HttpRequest, key: str) -> HttpResponse:
    """`/fonds/demande/<clé>/`: where a request stands, and what to do now."""
    return _own(request, own_project(key), ReceiptForm(), HandInForm())


def _own(
    request: HttpRequest, project: Microproject, receipt: ReceiptForm, hand_in: HandInForm, status: int = 200
) -> HttpResponse:
    context = {
        "project": project,
        "fund": project.fund,
        "state": state_name(project),
        "steps": [(step, MICROPROJECT.states[step.after]) for step in project.steps.all()],
        "receipts": list(project.receipts.select_related("document")),
        "receipt_form": receipt,
        "hand_in_form": hand_in,
        "settlement": services.settlement_of(project),
        "advance_due": rules.advance_due(project.decided_on, project.fund.advance_days),
        "takes_receipts": project.state in ("granted", "advanced"),
        "may_withdraw": MICROPROJECT.may_start("withdraw", project.state).ok,
    }
    return render(request, "calls/funds/own.html", context, status=status)


@require_POST
def microproject_receipt(request: HttpRequest, key: str) -> HttpResponse:
    """A photographed receipt joins."""
    project = own_project(key)
    form = ReceiptForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.add_receipt(
                project=project,
                upload=data["photo"],
                label=data["label"],
                cents=data["cents"] or 0,
                spent_on=data["spent_on"],
                by=_who(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"receipt_kind": "photo", "receipt_cents": "cents"})
        else:
            messages.success(request, _("Le justificatif est gardé."))
            return redirect("microproject_own", key)
    return _own(request, project, form, HandInForm(), 422)


@require_POST
def microproject_hand_in(request: HttpRequest, key: str) -> HttpResponse:
    """How it went is told, the receipts are handed in."""
    project = own_project(key)
    form = HandInForm(request.POST)
    if form.is_valid():
        try:
            services.hand_in(project=project, by=_who(request), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused, {})
        else:
            messages.success(request, _("Merci : vos justificatifs sont remis à l’association."))
            return redirect("microproject_own", key)
    return _own(request, project, ReceiptForm(), form, 422)


@require_POST
def microproject_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever asked gives up."""
    project = own_project(key)
    try:
        services.withdraw(project=project, by=_who(request))
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    else:
        messages.success(request, _("Votre demande est retirée."))
    return redirect("microproject_own", key)


def held_project(request: HttpRequest, pk: int) -> Microproject:
    """One request, for who holds its fund."""
    project = microproject_by_pk(pk)
    if project is None:
        raise Http404(_("Aucune demande ne porte ce numéro."))
    require(access.can_hold_fund(request.user, project.fund))
    return project


@require_safe
def microproject(request: HttpRequest, pk: int) -> HttpResponse:
    """`/fonds/demandes/<pk>/`: one request as the association holds it."""
    project = held_project(request, pk)
    context = {
        "project": project,
        "fund": project.fund,
        "state": state_name(project),
        "steps": [(step, MICROPROJECT.states[step.after]) for step in project.steps.all()],
        "receipts": list(project.receipts.select_related("document")),
        "voices": list(project.votes.select_related("member")),
        "settlement": services.settlement_of(project),
        "advance_due": rules.advance_due(project.decided_on, project.fund.advance_days),
        "may": {act: MICROPROJECT.may_start(act, project.state).ok for act in ACTS},
    }
    return render(request, "calls/funds/project.html", context)


@require_POST
def microproject_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One act of the association on a request: each asks for what its form holds."""
    project = held_project(request, pk)
    if act not in ACTS:
        raise Http404(_("Cet acte n’existe pas."))
    try:
        ACTS[act](project, request.POST, actor_of(request))
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    except Conflict:
        messages.error(request, _("Quelqu’un a avancé cette demande entre-temps : voici où elle en est."))
    else:
        messages.success(request, _("C’est enregistré."))
    return redirect("microproject", pk)


@require_POST
def fund_receipt_check(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt is accepted, or refused with what is wrong."""
    receipt = _receipt(pk)
    require(access.can_hold_fund(request.user, receipt.microproject.fund))
    said: Any = request.POST
    try:
        services.check_receipt(
            receipt=receipt,
            accepted=said.get("accepted") == "yes",
            remark=said.get("remark", "")[:300],
            by=actor_of(request),
        )
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    except Conflict:
        messages.error(request, _("Les justificatifs se vérifient une fois remis."))
    return redirect("microproject", receipt.microproject_id)


def _receipt(pk: int) -> FundReceipt:
    found = FundReceipt.objects.select_related("microproject__fund__manager", "microproject__fund__contract")
    receipt = found.filter(pk=pk).first()
    if receipt is None:
        raise Http404(_("Ce justificatif n’existe pas."))
    return receipt


@never_cache
@require_safe
def fund_receipt(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a receipt: for who holds the fund, and for who holds the key of the request."""
    receipt = _receipt(pk)
    if not access.holds_key(receipt.microproject, request.GET.get("cle", "")):
        require(access.can_hold_fund(request.user, receipt.microproject.fund))
    return handed(receipt.document)
