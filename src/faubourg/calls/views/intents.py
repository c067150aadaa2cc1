"""A summary sheet for who applies: begun from the call’s page, written, deposited, made into a dossier."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import journal
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import in_words
from faubourg.contracts.views.conflict import again, both_of
from faubourg.people.access import can_use_account
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.calls import Facts, Step, judge
from faubourg.rules.calls.intents import judge_deposit, may_begin, opinion_needed
from faubourg.rules.verdict import Verdict

from ..access import can_write_for
from ..access.intents import can_give_opinion, can_note_contact, can_write_intent
from ..forms.intents import BeginForm, IntentForm
from ..models import Intent
from ..queries.applicants import mandate_of, organisations_of
from ..queries.calls import rules_of
from ..queries.intents import contacts_of, filled, intent_by_pk, my_intents
from ..services.intents import convert_intent, start_intent, submit_intent, write_intent
from .applicant_finding import COME_BACK, actor_for, me, say_refused
from .finding import asked_call
from .intent_finding import asked_intent, awaited, frame

# Of what the rules say of a project, what concerns a first order of grandeur.
EARLY = ("floor", "nature-", "ceiling", "measure")


@require_http_methods(["GET", "HEAD", "POST"])
def intent_new(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/fiches/nouvelle/`: for which organisation; the draft is kept at once."""
    call = asked_call(request, code)
    require(can_use_account(request.user))
    organisations = organisations_of(me(request))
    form = BeginForm(request.POST if request.method == "POST" else None, organisations=organisations)
    begin = may_begin(call.state, rules_of(call))
    if not organisations:
        request.session[COME_BACK] = request.path
    if request.method == "POST" and form.is_valid():
        organisation = form.chosen()
        try:
            made = start_intent(
                call=call,
                organisation=organisation,
                title=form.cleaned_data["title"],
                by=actor_for(request, organisation),
            )
        except Refused as refused:
            show_refusal(form, refused, {})
        else:
            return redirect("intent_write", made.pk)
    context = {
        "call": call,
        "call_url": call.get_absolute_url(),
        "cancel_url": call.get_absolute_url(),
        "organisations": organisations,
        "begun": my_intents(call, request.user),
        "begin": begin,
        "form": form,
        "submit_label": _("Commencer la fiche"),
    }
    return render(request, "calls/intents/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def intent_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Autosaved; kept as it is, or kept then deposited."""
    intent = asked_intent(request, pk)
    require(can_write_intent(request.user, intent))
    start = IntentForm.values_of(intent)
    if request.method != "POST":
        return _write_page(request, intent, IntentForm(call=intent.call, initial=start))
    form = IntentForm(request.POST, call=intent.call)
    if not form.is_valid():
        return _write_page(request, intent, form, status=422)
    try:
        write_intent(
            intent=intent,
            changes=form.changes(),
            base_version=form.cleaned_data["version"],
            by=actor_for(request, intent.organisation),
        )
    except Conflict:
        theirs = IntentForm.values_of(intent_by_pk(pk) or intent)
        both = both_of(form, theirs)
        resent = IntentForm(again(form, theirs["version"]), call=intent.call)
        return _write_page(request, intent, resent, both=both, status=409)
    except Refused as refused:
        show_refusal(form, refused, {})
        return _write_page(request, intent, form, status=422)
    forget_draft(request, draft_key(intent))
    if request.POST.get("then") == "submit":
        return redirect("intent_submit", pk)
    messages.success(request, _("La fiche est gardée. Elle n’est lue par personne d’autre avant son dépôt."))
    return redirect("intent", pk)


def draft_key(intent: Intent) -> str:
    """Under which its text is autosaved."""
    return f"intent:{intent.pk}"


def _write_page(
    request: HttpRequest, intent: Intent, form: IntentForm, *, both: object = (), status: int = 200
) -> HttpResponse:
    context = {
        **frame(request, intent),
        "form": form,
        "both": both,
        "draft_key": draft_key(intent),
        "draft_version": form["version"].value() or 0,
        "cancel_url": reverse("intent", args=[intent.pk]),
        "steps": _steps(intent, "write"),
    }
    return render(request, "calls/intents/write.html", context, status=status)


def _steps(intent: Intent, here: str) -> list[dict[str, str]]:
    """The way of a draft: write, then read again and deposit."""
    way = [("write", _("Écrire"), reverse("intent_write", args=[intent.pk])),
           ("submit", _("Relire et déposer"), reverse("intent_submit", args=[intent.pk]))]  # fmt: skip
    done = here == "submit"
    return [
        {"label": label, "url": url, "state": "current" if name == here else "done" if done else "next"}
        for name, label, url in way
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def intent_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, what the rules already say, whether it is late; then the deposit. Nothing is lost."""
    intent = asked_intent(request, pk)
    require(can_write_intent(request.user, intent))
    refused_for: Verdict | None = None
    if request.method == "POST":
        try:
            submit_intent(intent=intent, by=actor_for(request, intent.organisation))
        except Refused as refused:
            refused_for = refused.verdict
        else:
            messages.success(request, _("La fiche est déposée : voici son récépissé."))
            return redirect("intent", pk)
    rules = rules_of(intent.call)
    context = {
        **frame(request, intent),
        "filled": filled(intent),
        "deposit": judge_deposit(rules, timezone.now()) if rules else None,
        "early": _early(intent),
        "refused": refused_for,
        "begin": may_begin(intent.call.state, rules),
        "contacts": contacts_of(intent),
        "steps": _steps(intent, "submit"),
    }
    return render(request, "calls/intents/submit.html", context, status=422 if refused_for else 200)


def _early(intent: Intent) -> list[Any]:
    """What the rules already say of the sum: shown, never a refusal of a first idea."""
    rules = rules_of(intent.call)
    if rules is None or not intent.measure or intent.requested_cents is None:
        return []
    facts = Facts(
        intent.measure, {"operating": intent.requested_cents}, intent.budget_cents, step=Step.INTENT
    )
    return [reason for reason in judge(facts, rules, timezone.now()).reasons if reason.code.startswith(EARLY)]


@require_safe
def intent_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/fiches/<pk>/`: what it says, where it stands in plain words, whom the applicant spoke to."""
    intent = asked_intent(request, pk)
    measure = next(
        (m for m in getattr(rules_of(intent.call), "measures", ()) if m.code == intent.measure), None
    )
    context = {
        **frame(request, intent),
        "measure": measure,
        "contacts": contacts_of(intent),
        "steps_done": intent.steps.all(),
        "awaited": awaited(intent),
        "needed": opinion_needed(rules_of(intent.call)),
        "missing": [in_words(r) for r in filled(intent).refusals()] if intent.state == "draft" else [],
        "mine": can_write_for(request.user, intent.organisation),
        "may_write": can_write_intent(request.user, intent),
        "may_note": can_note_contact(request.user, intent),
        "may_judge": can_give_opinion(request.user, intent),
        "me_ref": me(request).ref,
        "history": journal.entries_for("intent", str(intent.pk))[:20],
    }
    return render(request, "calls/intents/sheet.html", context)


@require_POST
def intent_convert(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of the dossier, with what is known already."""
    intent = asked_intent(request, pk)
    require(can_write_for(request.user, intent.organisation))
    try:
        made = convert_intent(
            intent=intent,
            by=actor_for(request, intent.organisation),
            assisted=mandate_of(me(request), intent.organisation) is not None,
        )
    except Refused as refused:
        say_refused(request, refused)
        return redirect("intent", pk)
    messages.success(request, _("Le dossier est commencé, avec ce que dit la fiche et vos contacts."))
    return redirect("application_write", made.pk)
