"""Conventions of a contract: the list, one of them, its terms, its linked plans."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import Conflict, require
from faubourg.contracts import access
from faubourg.contracts.agreements import Agreement, agreement_url, is_open, is_published, of, places_of
from faubourg.contracts.convention_listing import CONVENTIONS
from faubourg.contracts.forms.agreement import ConfirmForm
from faubourg.contracts.forms.convention import ConventionForm, PlanForm
from faubourg.contracts.forms.move import MoveForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, Convention, LinkedPlan
from faubourg.contracts.queries.circuit import as_parties, parties_of
from faubourg.contracts.queries.conventions import conventions_of, plans_of, posts_of
from faubourg.contracts.queries.text import amendments_of, articles_of, text_at
from faubourg.contracts.services import conventions as services
from faubourg.contracts.services.convention_moves import advance_convention, facts_of
from faubourg.rules.contract_signing import awaited
from faubourg.rules.convention_circuit import TRANSITIONS, may_move

from .agreement_pages import asked_agreement, attempt, crumbs_of, form_page, written_agreement
from .conflict import again
from .finding import asked_contract, tidy_address
from .people import actor_of

FIELDS = {name: name for name in ("scope_reason", "ends_on", "duration_reason", "follows")} | {
    "places": "places",
    "frozen": "title",
}


HISTORY = 6  # what was done last; the journal keeps all of it


@require_safe
def conventions(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/conventions/`: public, the drafts for partners only."""
    if moved := tidy_address(request, code):
        return moved
    found = asked_contract(request, code)
    reads = access.can_read_agreement_workings(request.user, found)
    rows: QuerySet[Convention] = conventions_of(found, drafts=bool(reads.ok))
    context = {
        "contract": found,
        "agreement": found,
        "plans": plans_of(found),
        "may_write": access.can_write_workings(request.user, found),
        "urls": {
            "contract": contract_url(found),
            "convention_add": contract_url(found, "contract_convention_add"),
            "plan_add": contract_url(found, "contract_plan_add"),
        },
    }
    return CONVENTIONS.respond(request, rows, "contracts/agreement/conventions.html", context)


@require_safe
def convention(request: HttpRequest, convention: int) -> HttpResponse:
    """`/conventions/<id>/`: public once signed."""
    found = cast(Convention, asked_agreement(request, convention=convention))
    reads = access.can_read_agreement_workings(request.user, found)
    if not is_published(found):
        require(reads)
    parties = parties_of(found)
    mandatory = [party for party in parties if party.mandatory]
    amendments = amendments_of(found, drafts=bool(reads.ok))
    context = {
        "agreement": found,
        "convention": found,
        "crumbs": crumbs_of(found)[:-1],
        "parties": parties,
        "signed": sum(party.signed_on is not None for party in mandatory),
        "refused": sum(party.refused_on is not None for party in mandatory),
        "mandatory": len(mandatory),
        "awaited": awaited(as_parties(parties)),
        "published": is_published(found),
        "open": is_open(found),
        "places": places_of(found),
        "text": text_at(articles_of(found), amendments, timezone.localdate()),
        "amendments": amendments,
        "plans": plans_of(found),
        "posts": posts_of(found),
        "today": timezone.localdate(),
        "followed_by": found.followed_by.first(),
        "history": history_of("convention", str(found.pk), most=HISTORY) if reads.ok else (),
        "reads": reads,
        "may_write": access.can_write_agreement(request.user, found),
        "urls": {
            name: agreement_url(found, name)
            for name in ("text", "pdf", "edit", "party_add", "plan_add", "post_add", "move")
        },
    }
    return render(request, "contracts/agreement/convention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def convention_add(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/conventions/ajouter/`"""
    found = asked_contract(request, code)
    require(access.can_write_workings(request.user, found))
    return _terms(request, found, None)


@require_http_methods(["GET", "HEAD", "POST"])
def convention_edit(request: HttpRequest, convention: int) -> HttpResponse:
    """`/conventions/<id>/modifier/`: until somebody signs."""
    found = cast(Convention, written_agreement(request, convention=convention))
    return _terms(request, found.contract, found)


@require_http_methods(["GET", "HEAD", "POST"])
def convention_move(request: HttpRequest, convention: int) -> HttpResponse:
    """`/conventions/<id>/etape/`: applied, ended, replaced; what cannot be says why."""
    found = cast(Convention, written_agreement(request, convention=convention))
    today = timezone.localdate()
    form = MoveForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        gone = attempt(
            request,
            form,
            lambda: advance_convention(convention=found, by=actor_of(request), **form.cleaned_data),
            done=_("L’étape est enregistrée."),
            to=agreement_url(found),
            fields={"circuit_day": "on"},
        )
        if gone:
            return gone
    acts = [
        {
            "value": transition.act.value,
            "name": _(transition.name),
            "verdict": may_move(transition.act, facts_of(found, on=today)),
            "chosen": form["act"].value() == transition.act.value,
        }
        for transition in TRANSITIONS
        if not transition.follows
    ]
    return form_page(
        request, found, form, heading=_("Faire avancer la convention"), lead=found.title,
        back=agreement_url(found), template="contracts/agreement/move.html", acts=acts,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def plan_add(request: HttpRequest, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/plans/ajouter/`"""
    found = written_agreement(request, code, convention)
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gone = attempt(
            request,
            form,
            lambda: services.add_linked_plan(agreement=found, by=actor_of(request), **form.cleaned_data),
            done=_("Le plan est lié."),
            to=_plans(found),
            fields={},
        )
        if gone:
            return gone
    return form_page(request, found, form, heading=_("Lier un plan ou un programme"), back=_plans(found))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_remove(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/plans/<pk>/retirer/`"""
    found = written_agreement(request, code, convention)
    plan = of(LinkedPlan.objects.all(), found).filter(pk=pk).first()
    if plan is None:
        raise Http404(_("Ce plan n’est pas, ou plus, lié."))
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        gone = attempt(
            request,
            form,
            lambda: services.remove_linked_plan(plan=plan, by=actor_of(request)),
            done=_("Le lien est retiré."),
            to=_plans(found),
            fields={},
        )
        if gone:
            return gone
    heading = _("Retirer le lien avec « %(plan)s » ?") % {"plan": plan.name}
    return form_page(
        request, found, form, heading=heading, back=_plans(found), submit=_("Retirer"),
        template="contracts/agreement/confirm.html",
    )  # fmt: skip


def _plans(found: Agreement) -> str:
    page = agreement_url(found, "conventions" if isinstance(found, Contract) else "")
    return f"{page}#plans"


def _terms(request: HttpRequest, contract: Contract | None, row: Convention | None) -> HttpResponse:
    start = ConventionForm.values_of(row)
    form = ConventionForm(request.POST or None, initial=start, contract=contract, convention=row)
    key = f"convention:{row.pk if row else 'new'}:{contract.pk if contract else 0}"
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            gone = attempt(
                request,
                form,
                lambda: _write(request, contract, row, form),
                done=_("La convention est enregistrée."),
                to=lambda written: agreement_url(written),
                fields=FIELDS,
                draft=key,
            )
            if gone:
                return gone
        except Conflict:
            assert row is not None
            row.refresh_from_db()
            form = ConventionForm(again(form, row.version), contract=contract, convention=row)
            more = {"status": 409, "saved_between": True}
    back = agreement_url(row) if row else contract_url(cast(Contract, contract), "contract_conventions")
    heading = _("Modifier la convention") if row else _("Préparer une convention")
    return form_page(
        request, cast(Agreement, row or contract), form, heading=heading, back=back, draft_key=key,
        draft_version=start["version"], template="contracts/agreement/article.html", **more,
    )  # fmt: skip


def _write(
    request: HttpRequest, contract: Contract | None, row: Convention | None, form: ConventionForm
) -> Convention:
    by = actor_of(request)
    if row is None:
        return services.draft_convention(contract=contract, terms=form.terms(), by=by)
    base = form.cleaned_data["version"]
    return services.update_convention(convention=row, terms=form.terms(), base_version=base, by=by)
