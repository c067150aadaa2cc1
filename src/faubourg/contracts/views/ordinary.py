"""The droit commun register: what each partner already does, taken from the neighbourhoods, added, ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import refusals_in_words
from faubourg.contracts import access
from faubourg.contracts.forms.ordinary import MeansForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.listings_ordinary import MEANS
from faubourg.contracts.models import Contract, OrdinaryMeans
from faubourg.contracts.queries.ordinary import means_of, promises_of, resources_to_take, substitution_of
from faubourg.contracts.services import ordinary
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.verdict import mark

from .finding import asked_contract, tidy_address
from .people import actor_of

CHANGED = mark(
    "Quelqu’un a enregistré cette fiche entre-temps. Rien n’est écrasé : le formulaire garde ce que vous "
    "avez écrit, enregistrer de nouveau remplace."
)


def urls_of(contract: Contract) -> dict[str, str]:
    """The addresses of the register's pages."""
    names = (
        "contract_ordinary", "contract_means_add", "contract_means_take", "contract_commitments",
        "contract_commitment_add", "contract_money",
    )  # fmt: skip
    return {name: contract_url(contract, name) for name in names}


@require_safe
def register(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/droit-commun/`: everybody reads it; a list with its files."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    verdicts = substitution_of(contract, means_of(contract))
    hand = access.hand_in_money(request.user, contract)
    context = {
        "contract": contract,
        "alerts": [verdict for verdict in verdicts if verdict.ok is False],
        "unknowns": [verdict for verdict in verdicts if verdict.ok is None],
        "promises": promises_of(contract, timezone.localdate()),
        "hand": hand,
        "to_take": len(resources_to_take(contract)) if hand.writes_all else 0,
        "history": history_of(ordinary.KIND, ordinary.ref_of(contract), most=5),
        "urls": urls_of(contract),
    }
    return MEANS.respond(request, means_of(contract), "contracts/money/register.html", context)


@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/droit-commun/reprendre/`: what the neighbourhoods list, in one click."""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    try:
        count = ordinary.take_resources(contract=contract, by=actor_of(request))
    except Refused as refused:
        messages.info(request, refusals_in_words(refused.verdict))
    else:
        messages.success(
            request,
            ngettext("%(n)s moyen repris dans le registre.", "%(n)s moyens repris dans le registre.", count)
            % {"n": count},
        )
    return redirect(contract_url(contract, "contract_ordinary"))


@require_http_methods(["GET", "HEAD", "POST"])
def means_add(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/droit-commun/ajouter/`"""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    form = MeansForm(request.POST if request.method == "POST" else None, contract=contract, hand=hand)
    if form.is_bound and form.is_valid():
        try:
            ordinary.add_means(contract=contract, said=form.cleaned_data, hand=hand, by=actor_of(request))
        except Refused as refused:
            show_refusal(form, refused, {"partner": "partner"})
        else:
            messages.success(request, _("Le registre compte un moyen de plus."))
            return redirect(contract_url(contract, "contract_ordinary"))
    return _form(request, contract, form, _("Ajouter au registre de droit commun"))


@require_http_methods(["GET", "HEAD", "POST"])
def means(request: HttpRequest, code: str, means: int) -> HttpResponse:
    """`/contrats/<code>/droit-commun/<id>/`: read by everybody; those who may correct or end it."""
    contract = asked_contract(request, code)
    found = means_of(contract).filter(pk=means).first()
    if found is None:
        raise Http404(_("Cette fiche n’est plus dans le registre."))
    hand = access.hand_in_money(request.user, contract)
    if request.method != "POST" and not hand.holds(found.partner_id):
        context = {"contract": contract, "means": found, "urls": urls_of(contract)}
        return render(request, "contracts/money/means.html", context)
    require(hand.verdict)
    start = {name: getattr(found, name) for name in (*ordinary.FIELDS, "version")}
    if found.amount_cents is not None:
        start["amount_cents"] = f"{found.amount_cents / 100:.2f}".replace(".", ",")
    posted = request.POST if request.method == "POST" else None
    form = MeansForm(posted, initial=start, contract=contract, hand=hand)
    if form.is_bound and form.is_valid():
        done, form = _revise(request, contract, found, form, hand)
        if done:
            return redirect(contract_url(contract, "contract_ordinary"))
    return _form(request, contract, form, found.label, found)


def _revise(
    request: HttpRequest, contract: Contract, found: OrdinaryMeans, form: MeansForm, hand: access.Hand
) -> tuple[bool, MeansForm]:
    try:
        ordinary.revise_means(
            means=found,
            said=form.cleaned_data,
            version=form.cleaned_data["version"] or 0,
            hand=hand,
            by=actor_of(request),
        )
    except Refused as refused:
        show_refusal(form, refused, {"partner": "partner"})
    except Conflict:
        data = request.POST.copy()
        data["version"] = str(found.version)
        form = MeansForm(data, contract=contract, hand=hand)
        form.is_valid()
        form.add_error(None, _(CHANGED))
    else:
        messages.success(request, _("La fiche est enregistrée."))
        return True, form
    return False, form


def _form(
    request: HttpRequest, contract: Contract, form: Any, heading: str, found: OrdinaryMeans | None = None
) -> HttpResponse:
    context = {
        "contract": contract,
        "form": form,
        "heading": heading,
        "means": found,
        "urls": urls_of(contract),
        "cancel_url": contract_url(contract, "contract_ordinary"),
        "draft_key": f"means:{contract.generation}:{contract.code}:{found.pk if found else ''}",
    }
    return render(request, "contracts/money/means_form.html", context, status=422 if form.is_bound else 200)
