"""The dossier that a session speaks of: its money, its marks, and what the jury decides of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faubourg.base.numbers import cents as in_euros
from faubourg.base.numbers import typed, whole_number
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import in_words
from faubourg.rules.calls.deliberation import Decision

from ..access.interests import impartial
from ..forms.deliberation import DecisionForm
from ..models import JuryItem
from ..queries.jury_money import AmountRow, Held, amount_rows, drawn_on, held_of
from ..queries.sittings import with_grants
from ..services import deciding
from .finding import actor_of
from .jury_board import bars_of, board_of
from .jury_finding import asked_item, run_session, session_url
from .jury_pages import told


def deliberated(
    item: JuryItem | None, posted: Mapping[str, Any] | None = None, held: Sequence[Held] | None = None
) -> dict[str, Any]:
    """The money and the form of a dossier; nothing without one."""
    if item is None:
        return {"item": None}
    if held is None:
        held = held_of(item.session.jury.call_id)
    rows = amount_rows(item, held)
    form = DecisionForm(rows, posted, initial=_values_of(item, rows))
    return {
        "item": item,
        "form": form,
        "rows": [(row, form[row.name]) for row in rows if row.asked or row.proposed],
        "others": [(row, form[row.name]) for row in rows if not (row.asked or row.proposed)],
        "grants": _grants(item),
        "broken": deciding.broken_rules(item.application),
    }


def _values_of(item: JuryItem, rows: list[AmountRow]) -> dict[str, Any]:
    said = {
        "decision": item.decision,
        "words": item.reserves or item.reason,
        "in_favour": item.votes_for,
        "against": item.votes_against,
        "abstaining": item.abstentions,
        "override_reason": item.override_reason,
        "override_by_name": item.override_by_name,
        "version": item.version,
    }
    return said | {row.name: typed(row.proposed) for row in rows if row.proposed is not None}


def _grants(item: JuryItem) -> dict[str, int]:
    """Firm money and hoped-for money of the budget, apart: they are never added."""
    if not hasattr(item, "obtained"):
        item = with_grants(JuryItem.objects.filter(pk=item.pk)).get()
    return {standing: getattr(item, standing) or 0 for standing in ("obtained", "asked")}


@require_POST
def session_decide(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """`/seances/<pk>/dossiers/<item>/decider/`: recorded, refused with its reasons, or set beside theirs."""
    session = run_session(request, pk)
    found = asked_item(request, session, item)
    require(impartial(request.user, found.application))
    context = deliberated(found, request.POST)
    form: DecisionForm = context["form"]
    if not form.is_valid():
        return _again(request, session, context, status=422)
    try:
        deciding.decide_item(
            item=found, said=form.said(), base_version=form.cleaned_data["version"], by=actor_of(request)
        )
    except Refused as refused:
        _beside_fields(form, refused)
        return _again(request, session, context, status=422)
    except Conflict:
        return _conflict(request, session, found)
    told(request, lambda: None, _("La décision est enregistrée ; tous les écrans la montrent."))
    return redirect(f"{session_url(session)}?dossier={found.pk}")


def _beside_fields(form: DecisionForm, refused: Refused) -> None:
    codes = {"reserves": "words", "reason": "words", "votes": "in_favour"}
    for reason in refused.verdict.refusals():
        name = codes.get(reason.code, reason.code)
        form.add_error(name if name in form.fields else None, in_words(reason))


def _conflict(request: HttpRequest, session: Any, found: JuryItem) -> HttpResponse:
    """Another screen wrote meanwhile: what it says beside what is typed; saving again is a choice."""
    theirs = JuryItem.objects.get(pk=found.pk)
    mine = {**request.POST.dict(), "version": str(theirs.version)}
    found.refresh_from_db(fields=["decision", "version", "reserves", "reason"])
    context = deliberated(found, mine)
    both = [
        {
            "label": _("Décision"),
            "theirs": theirs.get_decision_display() if theirs.decision else _("pas encore décidé"),
            "mine": dict(JuryItem.Decision.choices).get(str(mine.get("decision")), ""),
        },
        {
            "label": _("Montants"),
            "theirs": _sums(theirs),
            "mine": ", ".join(str(v) for k, v in mine.items() if k.startswith("cents-") and v),
        },
    ]
    return _again(request, session, context | {"both": both}, status=409)


def _sums(item: JuryItem) -> str:
    amounts = item.amounts.select_related("funder")
    return ", ".join(f"{one.funder.name} {in_euros(one.cents)}" for one in amounts)


def _again(request: HttpRequest, session: Any, context: dict[str, Any], *, status: int) -> HttpResponse:
    board = board_of(request, session)
    line = next((line for line in board["lines"] if line.item.pk == context["item"].pk), None)
    page = board | context | {"line": line}
    return render(request, "calls/jury/session.html", page, status=status)


@require_POST
def session_weigh(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """What the typed amounts would do to the envelopes, before anything is saved; for htmx."""
    session = run_session(request, pk)
    found = asked_item(request, session, item)
    require(impartial(request.user, found.application))
    form: DecisionForm = deliberated(found, request.POST)["form"]
    form.is_valid()
    amounts = form.amounts()
    held = held_of(session.jury.call_id)
    given: dict[int, int] = {}
    if not found.decision:
        for key, cents in amounts.items():
            for one in drawn_on(held, found.application, key):
                given[one.envelope.pk] = given.get(one.envelope.pk, 0) + cents
    asks = deciding.asks_of(found.application, amounts)
    needs = deciding.needs_override(found.application, Decision.RETAINED, amounts, asks)
    bars = [bar for bar in bars_of(held, given) if bar.given]
    return render(request, "calls/jury/parts/weigh.html", {"bars": bars, "needs": needs})


@require_POST
def session_reconsider(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Come back to a decision of this session, with its reason."""
    session = run_session(request, pk)
    found = asked_item(request, session, item)
    require(impartial(request.user, found.application))
    version = whole_number(request.POST.get("version", ""), 0)
    told(
        request,
        lambda: deciding.reconsider_item(
            item=found,
            reason=request.POST.get("reason", ""),
            base_version=version,
            by=actor_of(request),
        ),
        _("La délibération reprend : les montants restent saisis, l’enveloppe est libérée."),
    )
    return redirect(f"{session_url(session)}?dossier={found.pk}")
