"""A contract begins: created from the template of its vintage, or opened when a published list knew it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access, queries
from faubourg.contracts.forms import CreateForm, OpenForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.services import creating
from faubourg.people.models import Person
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.contract_templates import TEMPLATES

from .finding import asked_contract, tidy_address
from .people import actor_of
from .saving import tell_refusal

NEW = "contract-new:new"
# What the opening of a contract starts from.
KEPT = ("version", "signed_on", "planned_signature_on", "ends_on")


@require_http_methods(["GET", "HEAD", "POST"])
def contract_new(request: HttpRequest) -> HttpResponse:
    """`/contrats/nouveau/`"""
    require(access.can_start_contracts(request.user))
    person = cast(Person, request.user)
    bearers = queries.bearers_of(person)
    older = queries.older_contracts(bearers)
    if request.method != "POST":
        return _page(request, CreateForm(bearers=bearers, older=older), key=NEW)
    form = CreateForm(request.POST, bearers=bearers, older=older)
    if not form.is_valid():
        return _page(request, form, key=NEW, status=422)
    given = form.cleaned_data
    require(access.can_create_contract(request.user, given["bearer"]))
    try:
        made = creating.create_contract(
            plan=form.plan(),
            by=actor_of(request),
            **{
                name: given[name] for name in ("name", "bearer", "template", "code", "predecessor", "another")
            },
        )
    except Refused as refused:
        tell_refusal(form, refused.verdict)
        return _page(request, form, key=NEW, status=422, known=queries.borne_by(given["bearer"]))
    forget_draft(request, NEW)
    messages.success(request, _("%(contract)s est créé : tout se modifie.") % {"contract": made.name})
    return redirect(contract_url(made, "contract_schedule"))


@require_http_methods(["GET", "HEAD", "POST"])
def contract_open(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/ouvrir/`: a published contract gets a calendar, bodies, signatories, articles."""
    if moved := tidy_address(request, code):
        return moved
    found = asked_contract(request, code)
    require(access.can_open_contract(request.user, found))
    bearers = [row.territory for row in found.bearers.all() if row.territory]
    older = queries.candidate_predecessors(bearers, found.generation)
    key = f"contract-open:{found.generation}:{found.code}"
    if request.method != "POST":
        start = {
            "predecessor": found.predecessor or older.first(),
            **{
                name: getattr(found, name)
                for name in ("version", "signed_on", "planned_signature_on", "ends_on")
            },
        }
        return _page(request, OpenForm(contract=found, older=older, initial=start), key=key, contract=found)
    form = OpenForm(request.POST, contract=found, older=older)
    if not form.is_valid():
        return _page(request, form, key=key, contract=found, status=422)
    try:
        _open(found, form, request)
    except Refused as refused:
        tell_refusal(form, refused.verdict)
        return _page(request, form, key=key, contract=found, status=422)
    except Conflict:
        messages.error(request, _("Quelqu’un a modifié ce contrat entre-temps : voici où il en est."))
        return redirect(contract_url(found, "contract_schedule"))
    forget_draft(request, key)
    messages.success(request, _("%(contract)s est ouvert : tout se modifie.") % {"contract": found.name})
    return redirect(contract_url(found, "contract_schedule"))


def _open(contract: Contract, form: OpenForm, request: HttpRequest) -> None:
    given = form.cleaned_data
    creating.open_contract(
        contract=contract,
        template=given["template"],
        plan=form.plan(),
        signed_on=given["signed_on"],
        predecessor=given["predecessor"],
        base_version=given["version"],
        by=actor_of(request),
    )


def _page(
    request: HttpRequest,
    form: Any,
    *,
    key: str,
    contract: Contract | None = None,
    known: Any = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "contract": contract,
        "contract_url": contract_url(contract) if contract else "",
        "known": [(one, contract_url(one, "contract_schedule")) for one in known],
        "templates": list(TEMPLATES.values()),
        "labels": dict(Contract.Template.choices),
        "draft_key": key,
        "draft_version": contract.version if contract else 0,
        "cancel_url": contract_url(contract, "contract_schedule") if contract else "",
        "submit_label": _("Ouvrir ce contrat") if contract else _("Créer le contrat"),
    }
    return render(request, "contracts/creation.html", context, status=status)
