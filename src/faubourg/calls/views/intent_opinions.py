"""Summary sheets for the services: their list, the contacts they note, the opinion they give and revise."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts.views.conflict import again
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft

from ..access.intents import can_give_opinion, can_list_intents, can_note_contact
from ..forms.intents import ContactForm, OpinionForm, ReviseForm
from ..intents_listing import intents_listing
from ..models import Intent
from ..queries.intents import escalated, listed_intents
from ..services.intents import give_opinion, revise_opinion
from ..services.prior_contacts import note_contact, remove_contact
from .applicant_finding import actor_for, say_meanwhile, say_refused
from .finding import asked_call
from .intent_finding import asked_intent, frame


@require_safe
def call_intents(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/fiches/`: what was submitted, what waits for an opinion and for how long."""
    call = asked_call(request, code)
    require(can_list_intents(request.user, call))
    queryset = listed_intents(call, request.user)
    context = {
        "call": call,
        "call_url": call.get_absolute_url(),
        "escalated": list(escalated(queryset)[:20]),
    }
    return intents_listing(call).respond(request, queryset, "calls/intents/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`/fiches/<pk>/contacts/noter/`"""
    intent = asked_intent(request, pk)
    require(can_note_contact(request.user, intent))
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            note_contact(intent=intent, talk=form.talk(), by=actor_for(request, intent.organisation))
        except Refused as refused:
            show_refusal(form, refused, {"on": "on"})
        else:
            forget_draft(request, _key(request, intent))
            messages.success(request, _("Le contact est noté."))
            return redirect("intent", pk)
    lead = _(
        "Qui vous a conseillé avant le dossier : la commune, l’intercommunalité. Un service, jamais un nom."
    )
    return _form(request, intent, form, heading=_("Noter un contact préalable"), lead=lead)


@require_POST
def contact_remove(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Noted by mistake."""
    intent = asked_intent(request, pk)
    require(can_note_contact(request.user, intent))
    found = intent.prior_contacts.filter(pk=contact).first()
    if found is None:
        raise Http404(_("Ce contact n’est plus noté."))
    try:
        remove_contact(contact=found, by=actor_for(request, intent.organisation))
    except Refused as refused:
        say_refused(request, refused)
    except Conflict:
        say_meanwhile(request)
    else:
        messages.success(request, _("Le contact est retiré."))
    return redirect("intent", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def intent_opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """The opinion of the intercommunalité, with its reasons."""
    intent = asked_intent(request, pk)
    require(can_give_opinion(request.user, intent))
    sent = request.POST if request.method == "POST" else None
    form = OpinionForm(sent, initial={"version": intent.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            give_opinion(
                intent=intent,
                sense=said["sense"],
                text=said["text"],
                base_version=said["version"],
                by=actor_for(request, intent.organisation),
            )
        except Refused as refused:
            show_refusal(form, refused, {"intent_reason": "text"})
        except Conflict:
            return _meanwhile(request, intent, form)
        else:
            forget_draft(request, _key(request, intent))
            messages.success(request, _("L’avis est rendu : le porteur le lit sur sa fiche."))
            return redirect("intent", pk)
    return _form(request, intent, form, heading=_("Rendre l’avis"), lead=intent.title)


@require_http_methods(["GET", "HEAD", "POST"])
def intent_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an opinion back, with the reason."""
    intent = asked_intent(request, pk)
    require(can_give_opinion(request.user, intent))
    sent = request.POST if request.method == "POST" else None
    form = ReviseForm(sent, initial={"version": intent.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            revise_opinion(
                intent=intent,
                reason=said["reason"],
                base_version=said["version"],
                by=actor_for(request, intent.organisation),
            )
        except Refused as refused:
            show_refusal(form, refused, {"intent_reason": "reason"})
        except Conflict:
            return _meanwhile(request, intent, form)
        else:
            forget_draft(request, _key(request, intent))
            messages.success(request, _("L’avis est repris : un nouveau délai court."))
            return redirect("intent", pk)
    lead = _("L’avis d’avant reste dans l’histoire de la fiche.")
    return _form(request, intent, form, heading=_("Revoir l’avis"), lead=lead)


def _key(request: HttpRequest, intent: Intent) -> str:
    """Under which what is typed on this page is autosaved."""
    return f"{request.resolver_match.url_name}:{intent.pk}" if request.resolver_match else ""


def _meanwhile(request: HttpRequest, intent: Intent, form: forms.Form) -> HttpResponse:
    """Somebody gave an opinion in between: it is shown, what was typed stays."""
    fresh = Intent.objects.get(pk=intent.pk)
    form.data = again(form, fresh.version)
    say_meanwhile(request)
    return _form(request, intent, form, heading=_("Rendre l’avis"), lead=fresh.opinion, status=409)


def _form(
    request: HttpRequest, intent: Intent, form: forms.Form, *, heading: str, lead: str, status: int = 0
) -> HttpResponse:
    context = {
        **frame(request, intent),
        "form": form,
        "heading": heading,
        "lead": lead,
        "cancel_url": reverse("intent", args=[intent.pk]),
        "draft_key": _key(request, intent),
        "draft_version": intent.version,
    }
    return render(
        request, "calls/intents/form.html", context, status=status or (422 if form.is_bound else 200)
    )
