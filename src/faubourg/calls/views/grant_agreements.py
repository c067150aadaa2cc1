"""Acts that bind a funder and a beneficiary: those of a call, one being written, signed, printed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import pdf
from faubourg.base.refusal import require
from faubourg.base.views.kept import handed
from faubourg.people.models import Organisation

from ..access import acts_for, can_sign_for
from ..access.agreements import can_read_agreement, can_sign_agreement, can_write_agreement
from ..access.dossiers import can_list_dossiers
from ..access.money import can_decide_for, decides_for
from ..agreement_pdf import agreement_pdf
from ..forms.decisions import AgreementForm, DayForm
from ..models import Agreement, Call
from ..queries.agreements import agreement_by_pk, agreements_of, bindable, shares_of, to_bind
from ..queries.bound import is_signed, proposed_act
from ..services import grant_agreements as services
from .acting import ActPage, answer, do, sent
from .finding import actor_of, asked_call


@require_safe
def call_agreements(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/conventions/`: what is to be bound, what is, and the share of what lasts."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    context = {
        "call": call,
        "agreements": list(agreements_of(call, request.user)[:500]),
        "to_bind": to_bind(call, request.user),
        "mine": decides_for(request.user, call),
        "shares": shares_of(call),
    }
    return render(request, "calls/money/agreements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_new(request: HttpRequest, code: str, funder: int, organisation: int) -> HttpResponse:
    """`/appels/<code>/conventions/<financeur>/<organisme>/`: the act that is proposed, to be changed."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    payer = call.funders.select_related("organisation").filter(pk=funder).first()
    body = Organisation.objects.filter(pk=organisation).first()
    if payer is None or body is None:
        raise Http404(_("Ce financeur ou cet organisme n’est pas de cet appel."))
    payer.call = call
    require(can_decide_for(request.user, payer))
    decisions = bindable(payer, body, request.user)
    proposed = proposed_act(payer, body, decisions)
    start = {"version": 0, "kind": proposed.binding.value, "years": proposed.years}
    form = AgreementForm(sent(request), initial=start)
    back = reverse("call_agreements", args=[call.code])
    page = _page(call, _("Établir l’acte attributif"), back, f"{payer.name} – {body.name}")

    def write() -> None:
        services.make_agreement(
            funder=payer, organisation=body, decisions=decisions, terms=_terms(form), by=actor_of(request)
        )

    told = {"proposed": proposed, "decisions": decisions}
    return answer(request, form, write, page, "calls/money/agreement_form.html", **told)


def _terms(form: AgreementForm) -> services.Terms:
    said = form.cleaned_data
    return services.Terms(
        said["kind"], said["number"], said["years"], said["payment_terms"], said["surplus_terms"]
    )


def _page(call: Call, heading: str, back: str, lead: str) -> ActPage:
    listed = reverse("call_agreements", args=[call.code])
    return ActPage(
        heading=heading,
        back=back,
        done=_("C’est enregistré."),
        lead=lead,
        overline=call.title,
        crumbs=[(call.title, call.get_absolute_url()), (_("Conventions"), listed)],
    )


def asked_agreement(request: HttpRequest, pk: int) -> Agreement:
    """An act that this person may read."""
    found = agreement_by_pk(pk)
    if found is None:
        raise Http404(_("Aucun acte ne porte ce numéro."))
    require(can_read_agreement(request.user, found))
    return found


@require_safe
def grant_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """`/actes/<pk>/`: its words, its sums, its signatures."""
    found = asked_agreement(request, pk)
    signs = {side: can_sign_agreement(request.user, found, side) for side in ("beneficiary", "funder")}
    writes = can_write_agreement(request.user, found)
    context: dict[str, Any] = {
        "agreement": found,
        "call": found.funder.call,
        "decisions": list(found.decisions.select_related("application").order_by("year", "application")),
        "is_signed": is_signed(found),
        "signs": signs,
        "may_write": writes.ok and not (found.signed_by_funder_on or found.signed_by_beneficiary_on),
        "applies": acts_for(request.user, found.organisation),
        "is_signatory": can_sign_for(request.user, found.organisation).ok,
        "form": DayForm(initial={"version": found.version}),
        "funder_form": DayForm(initial={"version": found.version}, auto_id="funder_%s"),
    }
    return render(request, "calls/money/agreement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """`/actes/<pk>/modifier/`: as long as nobody has signed."""
    found = asked_agreement(request, pk)
    require(can_write_agreement(request.user, found))
    names = ("kind", "years", "number", "payment_terms", "surplus_terms", "version")
    form = AgreementForm(sent(request), initial={name: getattr(found, name) for name in names})
    back = reverse("grant_agreement", args=[found.pk])
    page = _page(found.funder.call, _("Modifier l’acte attributif"), back, found.organisation.name)

    def write() -> None:
        services.revise_agreement(
            agreement=found,
            terms=_terms(form),
            base_version=form.cleaned_data["version"],
            by=actor_of(request),
        )

    return answer(request, form, write, page, "calls/money/agreement_form.html")


@require_POST
def agreement_sign(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """`/actes/<pk>/signer/<partie>/`: a signature and its day."""
    found = asked_agreement(request, pk)
    if side not in ("beneficiary", "funder"):
        raise Http404(_("Cette partie n’existe pas."))
    require(can_sign_agreement(request.user, found, side))
    form = DayForm(request.POST)
    back = reverse("grant_agreement", args=[found.pk])
    if not form.is_valid():
        messages.error(request, _("Dites quel jour."))
        return redirect(back)
    said = form.cleaned_data
    return do(
        request,
        lambda: services.sign_agreement(
            agreement=found, side=side, on=said["on"], base_version=said["version"], by=actor_of(request)
        ),
        back,
        _("La signature est enregistrée."),
    )


@require_safe
def agreement_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`/actes/<pk>/acte.pdf`: what was kept once signed, the draft before."""
    found = asked_agreement(request, pk)
    if found.document:
        return handed(found.document)
    try:
        content = agreement_pdf(found)
    except pdf.NotCompiled:
        messages.error(request, _("Ce texte ne peut pas être mis en page : retirez-en les signes rares."))
        return redirect("grant_agreement", found.pk)
    name = slugify(str(found))[:80] or "acte"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "Content-Language": "fr"},
    )
