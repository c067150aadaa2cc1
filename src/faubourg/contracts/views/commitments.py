"""What partners promise: the list with its lights, one promise, its proof, its end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import refusals_in_words
from faubourg.base.views.kept import handed
from faubourg.contracts import access
from faubourg.contracts.forms.ordinary import CommitmentForm, DropForm, KeepForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.listings_ordinary import COMMITMENTS, due_words, light_badge, partner_words
from faubourg.contracts.models import Commitment, Contract
from faubourg.contracts.queries.ordinary import commitments_of, promises_of
from faubourg.contracts.services import commitments
from faubourg.contracts.services.ordinary import ref_of
from faubourg.people.views.refusals import show_refusal

from .finding import asked_contract, tidy_address
from .ordinary import CHANGED, urls_of
from .people import actor_of


@require_safe
def commitment_list(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/droit-commun/engagements/`"""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    context = {
        "contract": contract,
        "promises": promises_of(contract, timezone.localdate()),
        "hand": access.hand_in_money(request.user, contract),
        "urls": urls_of(contract),
    }
    return COMMITMENTS.respond(request, commitments_of(contract), "contracts/money/commitments.html", context)


def asked_commitment(contract: Contract, pk: int) -> Commitment:
    """The commitment of this contract, or a 404."""
    found = commitments_of(contract).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Cet engagement n’est pas de ce contrat."))
    return found


@require_safe
def commitment(request: HttpRequest, code: str, commitment: int) -> HttpResponse:
    """`/contrats/<code>/droit-commun/engagements/<id>/`"""
    contract = asked_contract(request, code)
    found = asked_commitment(contract, commitment)
    return _sheet(request, contract, found)


def _sheet(
    request: HttpRequest,
    contract: Contract,
    found: Commitment,
    *,
    keep: KeepForm | None = None,
    drop: DropForm | None = None,
) -> HttpResponse:
    start = {"version": found.version, "kept_on": timezone.localdate()}
    hand = access.hand_in_money(request.user, contract)
    is_open = not found.kept_on and not found.dropped_on
    context = {
        "contract": contract,
        "commitment": found,
        "partner": partner_words(found),
        "due": due_words(found),
        "light": light_badge(found),
        "quarters": list(found.neighbourhoods.all()),
        "may_write": is_open and hand.holds(found.partner_id),
        "may_read_names": access.can_read_workings(request.user, contract).ok,
        "keep_form": keep or KeepForm(initial=start),
        "drop_form": drop or DropForm(initial=start, auto_id="drop_%s"),
        "history": history_of(commitments.KIND, ref_of(contract), holding=f'"E{found.pk}"'),
        "urls": urls_of(contract)
        | {
            name: contract_url(contract, f"contract_commitment_{name}", found.pk)
            for name in ("revise", "keep", "drop", "proof")
        },
    }
    return render(request, "contracts/money/commitment.html", context, status=422 if keep or drop else 200)


def _form(
    request: HttpRequest, contract: Contract, form: CommitmentForm, found: Commitment | None = None
) -> HttpResponse:
    back = contract_url(contract, "contract_commitments")
    context = {
        "contract": contract,
        "form": form,
        "commitment": found,
        "urls": urls_of(contract),
        "cancel_url": contract_url(contract, "contract_commitment", found.pk) if found else back,
        "draft_key": f"commitment:{contract.generation}:{contract.code}:{found.pk if found else ''}",
    }
    return render(
        request, "contracts/money/commitment_form.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_add(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/droit-commun/engagements/ajouter/`"""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    posted = request.POST if request.method == "POST" else None
    form = CommitmentForm(posted, contract=contract, hand=hand)
    if form.is_bound and form.is_valid():
        try:
            found = commitments.make_commitment(
                contract=contract, said=form.cleaned_data, hand=hand, by=actor_of(request)
            )
        except Refused as refused:
            show_refusal(form, refused, {"partner": "partner"})
        else:
            messages.success(request, _("L’engagement est enregistré."))
            return redirect(contract_url(contract, "contract_commitment", found.pk))
    return _form(request, contract, form)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_revise(request: HttpRequest, code: str, commitment: int) -> HttpResponse:
    """`/contrats/<code>/droit-commun/engagements/<id>/corriger/`"""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    found = asked_commitment(contract, commitment)
    start: dict[str, Any] = {name: getattr(found, name) for name in (*commitments.FIELDS, "version")}
    start["neighbourhoods"] = list(found.neighbourhoods.all())
    posted = request.POST if request.method == "POST" else None
    form = CommitmentForm(posted, initial=start, contract=contract, hand=hand)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            commitments.revise_commitment(
                commitment=found, said=said, version=said["version"] or 0, hand=hand, by=actor_of(request)
            )
        except Refused as refused:
            show_refusal(form, refused, {"partner": "partner"})
        except Conflict:
            data = request.POST.copy()
            data["version"] = str(found.version)
            form = CommitmentForm(data, contract=contract, hand=hand)
            form.is_valid()
            form.add_error(None, _(CHANGED))
        else:
            messages.success(request, _("L’engagement est enregistré."))
            return redirect(contract_url(contract, "contract_commitment", found.pk))
    return _form(request, contract, form, found)


@require_POST
def commitment_keep(request: HttpRequest, code: str, commitment: int) -> HttpResponse:
    """`/contrats/<code>/droit-commun/engagements/<id>/tenu/`: a proof and its day."""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    found = asked_commitment(contract, commitment)
    form = KeepForm(request.POST, request.FILES)
    if not form.is_valid():
        return _sheet(request, contract, found, keep=form)
    said = form.cleaned_data
    try:
        commitments.keep_commitment(
            commitment=found,
            proof=said["proof"],
            upload=said["document"],
            kept_on=said["kept_on"],
            version=said["version"],
            hand=hand,
            by=actor_of(request),
        )
    except Refused as refused:
        show_refusal(form, refused, {"kept_on": "kept_on", "proof": "proof"})
        return _sheet(request, contract, found, keep=form)
    except Conflict:
        form.add_error(None, _(CHANGED))
        return _sheet(request, contract, found, keep=form)
    messages.success(request, _("L’engagement est tenu, avec sa preuve."))
    return redirect(contract_url(contract, "contract_commitment", found.pk))


@require_POST
def commitment_drop(request: HttpRequest, code: str, commitment: int) -> HttpResponse:
    """`/contrats/<code>/droit-commun/engagements/<id>/abandonner/`"""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    found = asked_commitment(contract, commitment)
    form = DropForm(request.POST, auto_id="drop_%s")
    if not form.is_valid():
        return _sheet(request, contract, found, drop=form)
    said = form.cleaned_data
    try:
        commitments.drop_commitment(
            commitment=found, reason=said["reason"], version=said["version"], hand=hand, by=actor_of(request)
        )
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    except Conflict:
        messages.error(request, _(CHANGED))
    else:
        messages.success(request, _("L’engagement est abandonné ; le registre garde le motif."))
    return redirect(contract_url(contract, "contract_commitment", found.pk))


@require_safe
def commitment_proof(request: HttpRequest, code: str, commitment: int) -> HttpResponseBase:
    """`/contrats/<code>/droit-commun/engagements/<id>/preuve/`: the document, for who reads the workings."""
    contract = asked_contract(request, code)
    require(access.can_read_workings(request.user, contract))
    document = asked_commitment(contract, commitment).proof_document
    if document is None:
        raise Http404(_("Aucun document n’a été déposé comme preuve."))
    return handed(document)
