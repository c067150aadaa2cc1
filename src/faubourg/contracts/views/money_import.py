"""A spreadsheet brought into the maquette: the file, its dry run, the confirmation."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from faubourg.base.models import Document
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import in_words, refusals_in_words
from faubourg.contracts import access
from faubourg.contracts.forms import MoneyFileForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.services import money_import
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.spreadsheet.cells import address

from .finding import asked_contract
from .maquette import urls_of
from .people import actor_of

PAGE = 100
RANK = {"error": 0, "warning": 1, "info": 2}


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/maquette/importer/`"""
    contract = asked_contract(request, code)
    require(access.hand_in_money(request.user, contract).verdict)
    posted = request.method == "POST"
    form = MoneyFileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            document = money_import.bring(upload=form.cleaned_data["file"], by=actor_of(request))
        except Refused as refused:
            show_refusal(form, refused, {reason.code: "file" for reason in refused.verdict.refusals()})
        else:
            return redirect(contract_url(contract, "contract_money_trial", document.pk))
    context = {"contract": contract, "form": form, "urls": urls_of(contract)}
    context["cancel_url"] = contract_url(contract, "contract_money")
    return render(request, "contracts/money/import.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, code: str, document: UUID) -> HttpResponse:
    """`/contrats/<code>/maquette/importer/<id>/`: the dry run made again each time; POST writes."""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    kept = money_import.brought_by(cast(Person, request.user).ref, document)
    if kept is None:
        raise Http404(_("Ce fichier n’est pas l’un des vôtres, ou il n’est plus là : envoyez-le de nouveau."))
    status = 200
    if request.method == "POST":
        try:
            count = money_import.confirm(
                contract=contract,
                document=kept,
                digest=request.POST.get("digest", ""),
                warnings_seen="warnings_seen" in request.POST,
                hand=hand,
                by=actor_of(request),
            )
        except Refused as refused:
            status = 422
            messages.error(request, refusals_in_words(refused.verdict))
        except Conflict:
            status = 409
            messages.error(
                request, _("La maquette a changé depuis l’essai : vérifiez ce qui serait écrit maintenant.")
            )
        else:
            messages.success(request, _told(count))
            return redirect(contract_url(contract, "contract_money"))
    context = _shown(request, contract, kept, hand) | {"urls": urls_of(contract)}
    return render(request, "contracts/money/trial.html", context, status=status)


def _shown(request: HttpRequest, contract: Contract, kept: Document, hand: access.Hand) -> dict[str, Any]:
    """What the page of a dry run reads."""
    tried = money_import.trial_of(contract, kept, hand)
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
        "contract": contract,
        "document": kept,
        "trial": tried,
        "page": page,
        "lines": lines,
        "errors": tried.count("error"),
        "warnings": tried.count("warning"),
    }


def _told(count: int) -> str:
    return ngettext("%(n)s somme est importée.", "%(n)s sommes sont importées.", count) % {"n": count}
