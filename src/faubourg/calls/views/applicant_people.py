"""The people of an organisation that applies: invited, answered, ended; the signature handed over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.access import can_use_account
from faubourg.people.views.refusals import show_refusal

from ..access import can_administer_applicant
from ..access.claims import can_answer_request, can_end_role, can_hand_over, can_invite
from ..forms.applicant_people import HandOverForm, InviteForm, ReasonForm
from ..queries.applicants import invitation_by_pk, invitations_for, people_of, request_by_pk, role_by_pk
from ..services import applicant_roles, joining
from .applicant_finding import actor_for, asked_applicant, frame, me, say_meanwhile, say_refused
from .inviting import invite_by_mail


@require_safe
def applicant_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who acts for it, since when, by whom; who is invited, who asks."""
    organisation = asked_applicant(request, pk)
    people = people_of(organisation)
    context = {
        **frame(request, organisation, "applicant_people"),
        "people": people,
        "person": me(request),
        "may_administer": can_administer_applicant(request.user, organisation),
        "may_invite": can_invite(request.user, organisation),
        "may_hand_over": can_hand_over(request.user, organisation),
    }
    return render(request, "calls/applicants/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def applicant_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a role to an address."""
    organisation = asked_applicant(request, pk)
    require(can_invite(request.user, organisation))
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_by_mail(request, organisation, **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused, {"mandate": "mandate", "role_held": "email"})
        else:
            messages.success(
                request, _("L’invitation est envoyée ; elle attend aussi dans « Mes organisations ».")
            )
            return redirect("applicant_people", pk)
    lead = _("Chacun son compte : aucun mot de passe ne se partage.")
    return _form(request, organisation, form, heading=_("Inviter quelqu’un"), lead=lead, submit=_("Inviter"))


@require_http_methods(["GET", "HEAD", "POST"])
def applicant_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: who signs from now on takes the signature from who signed."""
    organisation = asked_applicant(request, pk)
    require(can_hand_over(request.user, organisation))
    people = people_of(organisation)
    form = HandOverForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            applicant_roles.hand_over(
                organisation=organisation,
                to=form.people[form.cleaned_data["to"]],
                mandate=form.cleaned_data["mandate"],
                seen=form.cleaned_data["seen"],
                by=actor_for(request, organisation),
            )
        except Refused as refused:
            show_refusal(form, refused, {"role_held": "to", "signs_only_of_its_own": "to"})
        except Conflict:
            say_meanwhile(request)
            return redirect("applicant_people", pk)
        else:
            messages.success(request, _("La signature est transmise."))
            return redirect("applicant_people", pk)
    signatory = people.signatory
    lead = (
        _("Aujourd’hui, %(person)s signe. Au même instant, cette personne ne signe plus.")
        % {"person": signatory.person}
        if signatory
        else _("Personne ne signe encore pour cette organisation.")
    )
    heading, submit = _("Transmettre la signature"), _("Transmettre")
    return _form(request, organisation, form, heading=heading, lead=lead, submit=submit)


def _form(
    request: HttpRequest, organisation: Any, form: Any, *, heading: str, lead: str, submit: str
) -> HttpResponse:
    context = {
        **frame(request, organisation, "applicant_people"),
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit_label": submit,
        "cancel_url": reverse("applicant_people", args=[organisation.pk]),
    }
    return render(request, "calls/applicants/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def applicant_role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """It holds no longer: by who administers, or by the person who leaves."""
    require(can_use_account(request.user))
    role = role_by_pk(pk)
    if role is None:
        raise Http404(_("Ce rôle n’existe plus."))
    require(can_end_role(request.user, role))
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        applicant_roles.end_role(role=role, reason=reason, by=actor_for(request, role.organisation))
    except Refused as refused:
        say_refused(request, refused)
    except Conflict:
        say_meanwhile(request)
    else:
        messages.success(request, _("Ce rôle a pris fin."))
    mine = role.person_id == me(request).pk
    return redirect("applicants") if mine else redirect("applicant_people", role.organisation_id)


@require_POST
def invitation_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role offered to an address that one has verified."""
    require(can_use_account(request.user))
    person = me(request)
    invitation = invitations_for(person).filter(pk=pk).first()
    if invitation is None:
        raise Http404(_("Aucune invitation de ce numéro n’attend une de vos adresses vérifiées."))
    try:
        joining.take_invitation(invitation=invitation, person=person, by=person.actor)
    except Refused as refused:
        say_refused(request, refused)
        return redirect("applicants")
    except Conflict:
        say_meanwhile(request)
        return redirect("applicants")
    messages.success(request, _("Vous agissez désormais pour %(name)s.") % {"name": invitation.organisation})
    return redirect("applicant", invitation.organisation_id)


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The offer is taken back."""
    require(can_use_account(request.user))
    invitation = invitation_by_pk(pk)
    if invitation is None:
        raise Http404(_("Cette invitation n’existe plus."))
    require(can_invite(request.user, invitation.organisation))
    try:
        joining.withdraw_invitation(invitation=invitation, by=actor_for(request, invitation.organisation))
    except Conflict:
        say_meanwhile(request)
    else:
        messages.success(request, _("L’invitation est retirée."))
    return redirect("applicant_people", invitation.organisation_id)


@require_POST
def role_request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, or refuse with a reason."""
    require(can_use_account(request.user))
    asked = request_by_pk(pk)
    if asked is None:
        raise Http404(_("Cette demande n’existe plus."))
    require(can_answer_request(request.user, asked))
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    accepted = request.POST.get("answer") == "accept"
    try:
        joining.answer_request(
            asked=asked, accepted=accepted, reason=reason, by=actor_for(request, asked.organisation)
        )
    except Refused as refused:
        say_refused(request, refused)
    except Conflict:
        say_meanwhile(request)
    else:
        messages.success(request, _("La réponse est donnée."))
    administers = can_administer_applicant(request.user, asked.organisation).ok
    return redirect("applicant_people", asked.organisation_id) if administers else redirect("applicants")
