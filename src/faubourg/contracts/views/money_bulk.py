"""A freeze, a release or a cut of the same portion of many lines: tried first, then written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access
from faubourg.contracts.access import Hand
from faubourg.contracts.forms import BulkForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.queries.maquette import maquette_of
from faubourg.contracts.services.funding_events import Chosen, Preview, Told, preview, record_in_bulk
from faubourg.people.views.refusals import show_refusal

from .finding import asked_contract
from .maquette import urls_of
from .maquette_totals import level_words, origin_words
from .people import actor_of

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/maquette/evenements/`: the first POST shows, the second (`digest`) writes."""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    posted = request.POST if request.method == "POST" else None
    form = BulkForm(posted, maquette=maquette_of(contract))
    shown: Preview | None = None
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["digest"] and "write" in request.POST:
            try:
                count = _write(request, contract, hand, form)
            except Refused as refused:
                show_refusal(form, refused, {"more_than_left": "percent"})
            except Conflict:
                form.add_error(
                    None,
                    _("Une ligne a changé depuis l’essai : vérifiez ce qui serait écrit maintenant."),
                )
            else:
                messages.success(request, _recorded(count))
                return redirect(contract_url(contract, "contract_money"))
        said = form.cleaned_data
        shown = preview(
            contract=contract, chosen=_chosen(form), kind=said["kind"], hundredths=said["percent"], hand=hand
        )
    context = {
        "contract": contract,
        "form": form,
        "preview": shown,
        "lines": _told(shown) if shown else [],
        "more": max(len(shown.concerned) - SHOWN, 0) if shown else 0,
        "urls": urls_of(contract),
        "cancel_url": contract_url(contract, "contract_money"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "contracts/money/bulk.html", context, status=status)


def _recorded(count: int) -> str:
    return ngettext("%(n)s évènement enregistré.", "%(n)s évènements enregistrés.", count) % {"n": count}


def _chosen(form: BulkForm) -> Chosen:
    said = form.cleaned_data
    return Chosen(said["funder"], said["level"], said["origin"], said["year"])


def _write(request: HttpRequest, contract: Contract, hand: Hand, form: BulkForm) -> int:
    said = form.cleaned_data
    return record_in_bulk(
        contract=contract,
        chosen=_chosen(form),
        hundredths=said["percent"],
        told_as=Told(said["kind"], said["on"], said["act"], said["reason"]),
        digest=said["digest"],
        hand=hand,
        by=actor_of(request),
    )


def _told(shown: Preview) -> list[dict[str, object]]:
    levels, origins = level_words(), origin_words()
    return [
        {
            "label": share.line.label,
            "what": f"{share.line.funder} · {levels[share.line.level]} · {origins[share.line.origin]}",
            "year": share.line.year,
            "written": share.line.amount_cents,
            "left": share.left.available,
            "cents": share.cents,
        }
        for share in shown.concerned[:SHOWN]
    ]
