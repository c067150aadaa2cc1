"""`/porteurs/`: my organisations, the one I look for, the one that I begin to act for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.refusal import Refused, require
from faubourg.people.access import can_use_account
from faubourg.people.models import Organisation
from faubourg.people.views.refusals import show_refusal

from ..access.claims import can_answer_request, can_open_space, is_public
from ..forms.applicants import AskForm, FindForm, NewApplicantForm, OpeningForm
from ..models import ApplicantRole
from ..queries.applicants import (
    claims_to_confirm,
    has_administrator,
    invitations_for,
    organisations_found,
    organisations_of,
    requests_by,
)
from ..services.applicants import open_space, register_applicant
from ..services.joining import ask_for_role
from .applicant_finding import COME_BACK, asked_organisation, me
from .inviting import invite_by_mail

FIELDS = {"siret_taken": "siret", "rna_taken": "rna", "number_needed": "siret", "mandate": "mandate"}


@require_safe
def applicants(request: HttpRequest) -> HttpResponse:
    """My organisations, the roles that wait for me, what I asked; for the team, what it has to confirm."""
    require(can_use_account(request.user))
    person = me(request)
    context = {
        "organisations": organisations_of(person),
        "invitations": invitations_for(person),
        "requests": requests_by(person),
        "claims": [one for one in claims_to_confirm() if can_answer_request(person, one).ok],
        "person": person,
    }
    return render(request, "calls/applicants/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def applicant_new(request: HttpRequest) -> HttpResponse:
    """Look for it first; what is not found is created."""
    require(can_use_account(request.user))
    if request.method == "POST":
        return _create(request)
    find = FindForm(request.GET if "q" in request.GET else None)
    asked = find.cleaned_data["q"] if find.is_bound and find.is_valid() else {}
    found = organisations_found(**asked) if asked else []
    initial = {"name": asked.get("name", "")}
    if number := asked.get("number", ""):
        initial["rna" if number.startswith("W") else "siret"] = number
    return _page(request, NewApplicantForm(initial=initial), find, found=found, looked=bool(asked))


def _create(request: HttpRequest) -> HttpResponse:
    person = me(request)
    form = NewApplicantForm(request.POST)
    if not form.is_valid():
        return _page(request, form, FindForm(), looked=True, status=422)
    try:
        made = register_applicant(**form.facts(), person=person, opening=form.opening(), by=person.actor)
    except Refused as refused:
        show_refusal(form, refused, FIELDS)
        taken = [r.params["number"] for r in refused.verdict.refusals() if "number" in r.params]
        found = organisations_found(number=str(taken[0])) if taken else []
        return _page(request, form, FindForm(), found=found, looked=True, status=422)
    if is_public(made) and not can_open_space(person, made).ok:
        messages.info(
            request, _("« %(name)s » est enregistrée : dites qui vous êtes pour elle.") % {"name": made}
        )
        return redirect("applicant_join", made.pk)
    _invite_first(request, made, form)
    messages.success(request, _("L’espace de « %(name)s » est ouvert.") % {"name": made})
    return _onward(request, made)


def _page(
    request: HttpRequest,
    form: NewApplicantForm,
    find: FindForm,
    *,
    found: Any = (),
    looked: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "find": find, "found": found, "looked": looked}
    return render(request, "calls/applicants/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def applicant_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Open its space when nobody acts for it; else ask for a role."""
    require(can_use_account(request.user))
    organisation = asked_organisation(pk)
    opens = can_open_space(request.user, organisation)
    sent = request.POST if request.method == "POST" else None
    form: Any = OpeningForm(sent) if opens.ok else AskForm(sent)
    if request.method == "POST" and form.is_valid():
        try:
            return _opened(request, organisation, form) if opens.ok else _asked(request, organisation, form)
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
    context = {
        "organisation": organisation,
        "form": form,
        "opens": opens,
        "administered": has_administrator(organisation),
        "submit_label": _("Ouvrir son espace") if opens.ok else _("Demander ce rôle"),
        "cancel_url": reverse("applicants"),
    }
    return render(request, "calls/applicants/join.html", context, status=422 if form.is_bound else 200)


def _opened(request: HttpRequest, organisation: Organisation, form: OpeningForm) -> HttpResponse:
    person = me(request)
    open_space(organisation=organisation, person=person, opening=form.opening(), by=person.actor)
    _invite_first(request, organisation, form)
    messages.success(request, _("L’espace de « %(name)s » est ouvert.") % {"name": organisation})
    return _onward(request, organisation)


def _asked(request: HttpRequest, organisation: Organisation, form: AskForm) -> HttpResponse:
    person = me(request)
    ask_for_role(organisation=organisation, person=person, by=person.actor, **form.cleaned_data)
    messages.success(request, _("Votre demande est envoyée : la réponse s’affichera ici."))
    return redirect("applicants")


def _onward(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Back to the call where one was going to write, or to the space that was opened."""
    return redirect(request.session.pop(COME_BACK, "") or reverse("applicant", args=[organisation.pk]))


def _invite_first(request: HttpRequest, organisation: Organisation, form: OpeningForm) -> None:
    """Who types on a mandate invites the person who will administer."""
    address = form.cleaned_data["invited"]
    if address and form.opening().assists:
        invite_by_mail(
            request,
            organisation,
            email=address,
            role=ApplicantRole.Role.ADMINISTRATOR,
            mandate="",
        )
