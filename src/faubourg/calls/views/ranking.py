"""The intercommunalité puts its dossiers in order: numbers and arrows, by keyboard, without dragging."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import in_words
from faubourg.contracts.models import Contract

from ..access.dossiers import can_list_dossiers, can_rank
from ..models import Application, Call
from ..queries.ranking import contracts_with_ranks, to_rank
from ..services.ranking import Given, move_rank, rank_dossiers
from .finding import actor_of, asked_call


@require_safe
def call_rankings(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/priorisation/`: the contracts of the call, how far each is."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    context = {"call": call, "contracts": contracts_with_ranks(call)}
    return render(request, "calls/examination/rankings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_ranking(request: HttpRequest, code: str, contract: int) -> HttpResponse:
    """`/appels/<code>/priorisation/<contract>/`: ranks of one contract."""
    call = asked_call(request, code)
    found = next((each for each in call.contracts.all() if each.pk == contract), None)
    if found is None:
        raise Http404(_("Ce contrat n’est pas de cet appel."))
    require(can_list_dossiers(request.user, call))
    allowed = can_rank(request.user, call, found)
    if request.method != "POST":
        return _page(request, call, found, allowed=allowed)
    require(allowed)
    rows = to_rank(call, found, request.user, request.GET.get("page", 1))
    if "move" in request.POST:
        return _move(request, call, found)
    given, wrong = _read(request, rows)
    if wrong:
        return _page(request, call, found, allowed=allowed, wrong=wrong, status=422)
    try:
        changed = rank_dossiers(call=call, contract=found, given=given, by=actor_of(request))
    except Refused as refused:
        wrong = [in_words(reason) for reason in refused.verdict.refusals()]
        return _page(request, call, found, allowed=allowed, wrong=wrong, status=422)
    except Conflict:
        wrong = [_("Quelqu’un a changé des rangs pendant que vous écriviez : voici les deux, revoyez-les.")]
        return _page(request, call, found, allowed=allowed, wrong=wrong, status=409)
    messages.success(request, _("Les rangs sont enregistrés.") if changed else _("Aucun rang n’a changé."))
    return redirect(request.get_full_path())


def _move(request: HttpRequest, call: Call, contract: Contract) -> HttpResponse:
    way, _colon, key = request.POST["move"].partition(":")
    dossier = whole_number(key)
    if way in ("up", "down") and dossier:
        move_rank(call=call, contract=contract, dossier=dossier, up=way == "up", by=actor_of(request))
    return redirect(f"{request.get_full_path()}#d{dossier}")


def _read(request: HttpRequest, rows: Any) -> tuple[dict[int, Given], list[str]]:
    """What was typed beside each dossier that the page showed; what cannot be read is said."""
    given, wrong = {}, []
    for row in rows:
        if f"rank-{row.pk}" not in request.POST:
            continue
        typed = request.POST[f"rank-{row.pk}"].strip()
        seen = request.POST.get(f"seen-{row.pk}", "").strip()
        if any(one and not (one.isascii() and one.isdecimal() and len(one) < 7) for one in (typed, seen)):
            told = {"title": row.title, "typed": typed[:20]}
            wrong.append(_("« %(title)s » : « %(typed)s » n’est pas un rang.") % told)
            continue
        reason = request.POST.get(f"reason-{row.pk}", "")[:300]
        given[row.pk] = Given(int(typed) if typed else None, reason, int(seen) if seen else None)
    return given, wrong


def _page(
    request: HttpRequest, call: Call, contract: Contract, *, allowed: Any, wrong: Any = (), status: int = 200
) -> HttpResponse:
    rows = to_rank(call, contract, request.user, request.GET.get("page", 1))
    context = {
        "call": call,
        "contract": contract,
        "allowed": allowed,
        "lines": [_line(request, row) for row in rows],
        "page": rows,
        "wrong": wrong,
    }
    return render(request, "calls/examination/ranking.html", context, status=status)


def _line(request: HttpRequest, row: Application) -> dict[str, Any]:
    """What was just typed stays; `saved` is the rank of the database."""
    typed = request.POST.get(f"rank-{row.pk}")
    return {
        "row": row,
        "asked_cents": row.asked_cents,
        "typed": row.rank if typed is None else typed[:20],
        "reason": request.POST.get(f"reason-{row.pk}", row.rank_reason)[:300],
    }
