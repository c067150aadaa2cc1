"""The list of contracts, and one contract: bearers, neighbourhoods, money, other generation."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.backends.utils import csrf_input
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import Refused, require
from faubourg.contracts import access, queries
from faubourg.contracts.forms import LinkForm
from faubourg.contracts.listings import CONTRACTS, contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.queries.life import Life, life_of
from faubourg.contracts.services import links

from .finding import asked_contract, tidy_address
from .overview import overview_of, party_line, total_line, totals_instead
from .people import actor_of, in_words
from .quarter_lines import quarters_shown
from .wording import key_figures, map_note, map_picture, quarter_note

# The pages that the overview leads to.
PAGES = (
    "contract_sheet",
    "contract_sheet_pdf",
    "contract_sheet_edit",
    "contract_links",
    "contract_objectives",
    "contract_actions",
    "contract_circuit",
    "contract_schedule",
    "contract_questions",
    "contract_money",
    "contract_life_csv",
    "contract_life_xlsx",
)


@require_safe
def contracts(request: HttpRequest) -> HttpResponse:
    """`/contrats/`"""
    context = {"may_start": bool(access.can_start_contracts(request.user).ok)}
    return CONTRACTS.respond(request, queries.contracts(), "contracts/list.html", context)


@require_safe
def contract(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/`: the newest generation, or the one that `?generation=` names."""
    if moved := tidy_address(request, code):
        return moved
    found = asked_contract(request, code)
    life = life_of(found)
    identity = queries.sheet_of(found, with_standings=not life.followed)
    others = queries.other_generations(found)
    quarters = [line.place.pk for line in identity.quarters]
    totals = totals_instead(life)
    may_decide = access.can_decide_link(request.user, found)
    context = {
        "contract": found,
        "identity": identity,
        "key_figures": key_figures(identity),
        "others": [(other, contract_url(other.contract)) for other in others],
        "money": queries.money_of(found, quarters, own=not totals),
        "money_totals": [total_line(total) for total in totals],
        "money_count": sum(total.count for total in totals),
        "findings": life.of("finding"),
        "analyses": life.of("analysis"),
        "map_svg": map_picture(identity, 300),
        "map_note": map_note(identity),
        "quarter_note": quarter_note(identity),
        "quarter_lines": quarters_shown(
            identity,
            action=contract_url(found, "contract_links") if may_decide.ok else "",
            # One field for the form of each line: the token would be masked anew for every one.
            token=csrf_input(request) if may_decide.ok else "",
        ),
        "may_edit": access.can_edit_sheet(request.user, found),
        "may_decide": may_decide,
        "may_write": access.can_write_workings(request.user, found),
        "followed": life.followed,
        "urls": {name: contract_url(found, name) for name in PAGES},
        "api_url": f"/api/contrats/{found.generation}/{found.code}/vie",
    }
    return render(request, "contracts/contract.html", context | _life_shown(found, life, others))


def _life_shown(found: Contract, life: Life, others: Any) -> dict[str, Any]:
    """What the page of a contract that is followed says first; of another, its history."""
    if not life.followed:
        return {"history": history_of("contract", f"{found.generation}/{found.code}")}
    return {
        "overview": overview_of(life, others),
        "parties": [party_line(row) for row in life.of("party")],
        "commitments": life.of("commitment"),
    }


@require_POST
def contract_links(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm, set aside or add a neighbourhood, then back to the contract."""
    found = asked_contract(request, code)
    require(access.can_decide_link(request.user, found))
    form = LinkForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect(contract_url(found) + "#quartiers")
    decide: dict[str, Callable[..., object]] = {
        "confirm": links.confirm_link,
        "reject": links.reject_link,
        "add": links.add_link,
    }
    quarter = form.cleaned_data["quarter"]
    try:
        decide[form.cleaned_data["decision"]](
            contract=found, neighbourhood=quarter, by=actor_of(request), reason=form.cleaned_data["reason"]
        )
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
    else:
        messages.success(
            request, _("Votre décision sur %(quarter)s est enregistrée.") % {"quarter": quarter.name}
        )
    return redirect(contract_url(found) + "#quartiers")
