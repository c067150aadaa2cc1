"""What the pages of a contract and of a convention share: which one an address means, its form pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from faubourg.base.refusal import Refused, require
from faubourg.contracts import access
from faubourg.contracts.agreements import Agreement, agreement_url
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, ContractBearer, Convention
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft

from .finding import asked_contract


def asked_agreement(request: HttpRequest, code: str = "", convention: int = 0) -> Agreement:
    """The contract of this code, or the convention of this number; 404 that helps otherwise."""
    if code:
        return asked_contract(request, code)
    found = (
        Convention.objects.select_related("contract__departement", "contract__source")
        .prefetch_related(Prefetch("contract__bearers", ContractBearer.objects.select_related("territory")))
        .filter(pk=convention)
        .first()
    )
    if found is None:
        raise Http404(_("Aucune convention ne se trouve à cette adresse."))
    return found


def written_agreement(request: HttpRequest, code: str = "", convention: int = 0) -> Agreement:
    """The same, for who may write it; NotAllowed with the reason otherwise."""
    found = asked_agreement(request, code, convention)
    require(access.can_write_agreement(request.user, found))
    return found


def crumbs_of(agreement: Agreement) -> list[tuple[str, str]]:
    """The way to one of its pages: the contract, then its convention."""
    if isinstance(agreement, Contract):
        return [(agreement.name, contract_url(agreement))]
    above = []
    if agreement.contract is not None:
        conventions = contract_url(agreement.contract, "contract_conventions")
        above = [(agreement.contract.name, contract_url(agreement.contract)), (_("Conventions"), conventions)]
    return [*above, (agreement.title, agreement_url(agreement))]


def overline_of(agreement: Agreement) -> str:
    """What this is, in one quiet line."""
    if isinstance(agreement, Contract):
        return f"{agreement.code} · {agreement.get_generation_display()}"
    return str(agreement.get_kind_display())


def name_of(agreement: Agreement) -> str:
    """As people call it."""
    return agreement.name if isinstance(agreement, Contract) else agreement.title


def form_page(
    request: HttpRequest,
    agreement: Agreement,
    form: BaseForm,
    *,
    heading: str,
    back: str,
    lead: str = "",
    submit: str = "",
    template: str = "contracts/agreement/form.html",
    **more: Any,
) -> HttpResponse:
    """One form about an agreement: 422 when what was sent is refused, 409 when somebody saved between."""
    status = more.pop("status", 422 if form.is_bound and form.errors else 200)
    context = {
        "agreement": agreement,
        "crumbs": crumbs_of(agreement),
        "overline": overline_of(agreement),
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit_label": submit,
        "cancel_url": back,
        **more,
    }
    return render(request, template, context, status=status)


def attempt(
    request: HttpRequest,
    form: BaseForm,
    write: Callable[[], Any],
    *,
    done: str,
    to: str | Callable[[Any], str],
    fields: Mapping[str, str],
    draft: str = "",
) -> HttpResponse | None:
    """Call a service: its thanks and the page to go to, or None with each refusal beside its field.

    `draft` is the key of what was autosaved: forgotten once it is written.
    """
    try:
        written = write()
    except Refused as refused:
        show_refusal(form, refused, fields)
        return None
    if draft:
        forget_draft(request, draft)
    messages.success(request, done)
    return redirect(to(written) if callable(to) else to)
