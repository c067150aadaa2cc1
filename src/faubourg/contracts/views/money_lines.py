"""A row added to the maquette; one line with what happened to it; a line corrected; an event recorded."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access
from faubourg.contracts.forms import EventForm, LineForm, RowForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, FundingLine
from faubourg.contracts.queries.actions import actions_in_short
from faubourg.contracts.queries.maquette import line_of, maquette_of, places_of
from faubourg.contracts.services import funding_events, money_lines
from faubourg.contracts.services.funding_events import Told, events_of
from faubourg.contracts.services.money_noting import KIND, mark_of, ref_of
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.money_events import left_of

from .finding import asked_contract
from .maquette import urls_of
from .people import actor_of


def asked_line(contract: Contract, pk: int) -> FundingLine:
    """The line of this maquette; 404 when it is gone or another contract's."""
    found = line_of(contract, pk)
    if found is None:
        raise Http404(_("Cette ligne n’est plus dans la maquette de %(name)s.") % {"name": contract.name})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def row_add(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/maquette/ligne/`: what it is about, and a sum for some years."""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    posted = request.POST if request.method == "POST" else None
    form = RowForm(
        posted,
        maquette=maquette_of(contract),
        actions=actions_in_short(contract),
        places=places_of(contract),
        hand=hand,
    )
    key = f"maquette-row:{contract.generation}:{contract.code}"
    if form.is_bound and form.is_valid():
        try:
            added = money_lines.add_row(
                contract=contract,
                row=described(form.cleaned_data),
                amounts=form.amounts(),
                hand=hand,
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"amounts": f"y{form.years[0]}"})
        else:
            forget_draft(request, key)
            messages.success(request, _told_added(len(added)))
            return redirect(contract_url(contract, "contract_money"))
    context = {"contract": contract, "form": form, "draft_key": key, "urls": urls_of(contract)}
    context["cancel_url"] = contract_url(contract, "contract_money")
    status = 422 if form.is_bound else 200
    return render(request, "contracts/money/row.html", context, status=status)


def described(said: dict[str, Any]) -> money_lines.Described:
    """What a form says of a row, as the services take it."""
    return money_lines.Described(
        territory=said["territory"],
        label=said["label"],
        funder=said["funder"],
        nature=said["nature"],
        origin=said["origin"],
        level=said["level"],
        objective_id=said.get("objective"),
        action_id=said.get("action"),
        organisation=said["organisation"],
        note=said["note"],
    )


def _told_added(count: int) -> str:
    return ngettext("La ligne est ajoutée : %(n)s somme.", "La ligne est ajoutée : %(n)s sommes.", count) % {
        "n": count
    }


@require_safe
def line(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """`/contrats/<code>/maquette/lignes/<id>/`: a sum, where it comes from, what is left, what happened."""
    contract = asked_contract(request, code)
    found = asked_line(contract, line)
    hand = access.hand_in_money(request.user, contract)
    return render(request, "contracts/money/line.html", _line_context(request, contract, found, hand))


def _line_context(request: HttpRequest, contract: Contract, found: FundingLine, hand: Any) -> dict[str, Any]:
    return {
        "contract": contract,
        "line": found,
        "left": left_of(found.amount_cents, events_of(found)),
        "events": list(found.events.all()),
        "may_write": hand.holds(found.organisation_id),
        "may_read_names": access.can_read_workings(request.user, contract).ok,
        "history": history_of(KIND, ref_of(contract), holding=f'"{mark_of(found.pk)}"'),
        "urls": {
            **urls_of(contract),
            "revise": contract_url(contract, "contract_money_revise", found.pk),
            "event": contract_url(contract, "contract_money_event", found.pk),
            "line": contract_url(contract, "contract_money_line", found.pk),
        },
    }


@require_http_methods(["GET", "HEAD", "POST"])
def line_revise(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """`/contrats/<code>/maquette/lignes/<id>/corriger/`: its words, or its level on the ladder."""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    found = asked_line(contract, line)
    start = {
        name: getattr(found, name)
        for name in ("label", "funder", "level", "origin", "nature", "note", "version")
    } | {"objective": found.objective_id, "action": found.action_id}
    posted = request.POST if request.method == "POST" else None
    form = LineForm(posted, initial=start, maquette=maquette_of(contract), actions=actions_in_short(contract))
    if request.method == "POST" and form.is_valid():
        try:
            count = money_lines.revise_row(
                contract=contract,
                line=found,
                changes=form.changes(),
                version=form.cleaned_data["version"],
                whole_row=form.cleaned_data["whole_row"],
                hand=hand,
                by=actor_of(request),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            show_refusal(form, refused, {})
        except Conflict:
            form = _fresh(request, form, found, contract)
        else:
            messages.success(
                request,
                ngettext("%(n)s ligne corrigée.", "%(n)s lignes corrigées.", count) % {"n": count},
            )
            return redirect(contract_url(contract, "contract_money_line", found.pk))
    return _form_page(request, contract, found, form, "contracts/money/line_form.html")


def _fresh(request: HttpRequest, form: LineForm, found: FundingLine, contract: Contract) -> LineForm:
    """What was typed, on top of what somebody else saved: sending again is a choice."""
    data = request.POST.copy()
    data["version"] = str(found.version)
    start = {"action": found.action_id}
    again = LineForm(data, initial=start, maquette=maquette_of(contract), actions=actions_in_short(contract))
    again.is_valid()
    again.add_error(
        None,
        _(
            "Quelqu’un a changé cette ligne entre-temps (aujourd’hui : %(label)s, %(funder)s, %(level)s). "
            "Rien n’est écrasé : enregistrer de nouveau remplace par ce que vous avez écrit."
        )
        % {"label": found.label, "funder": found.funder, "level": found.get_level_display()},
    )
    return again


@require_http_methods(["GET", "HEAD", "POST"])
def line_event(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """`/contrats/<code>/maquette/lignes/<id>/evenement/`: a freeze, a release or a cut."""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    found = asked_line(contract, line)
    form = EventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            funding_events.record_event(
                contract=contract,
                line=found,
                cents=said["amount"],
                told_as=Told(said["kind"], said["on"], said["act"], said["reason"]),
                hand=hand,
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"more_than_left": "amount", "not_positive": "amount"})
        else:
            messages.success(request, _("L’évènement est enregistré."))
            return redirect(contract_url(contract, "contract_money_line", found.pk))
    return _form_page(request, contract, found, form, "contracts/money/event_form.html")


def _form_page(
    request: HttpRequest, contract: Contract, found: FundingLine, form: Any, template: str
) -> HttpResponse:
    context = {
        "contract": contract,
        "line": found,
        "form": form,
        "left": left_of(found.amount_cents, events_of(found)),
        "urls": urls_of(contract),
        "cancel_url": contract_url(contract, "contract_money_line", found.pk),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
