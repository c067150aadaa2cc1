"""« Mon dossier tient-il ? », then the signature: every rule with what it weighs and where to mend it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faubourg.base.refusal import Conflict, Refused
from faubourg.base.sentences import in_words, refusals_in_words
from faubourg.rules.verdict import Reason, Verdict, mark

from ..access import can_sign_for
from ..queries.verdicts import judged, step_of
from ..services.submitting import submit_application
from ..services.writing import ask_signature
from .dossier_finding import LABELS, Writing, asked_writing
from .finding import actor_of


def check_page(
    request: HttpRequest, writing: Writing, *, refused: Any = (), status: int = 200
) -> HttpResponse:
    """Each step with its reasons, what fails first; the button that signs, or whom to tell."""
    application = writing.application
    steps, found = writing.steps("check"), judged(application, writing.at)
    groups = []
    for step in LABELS:
        reasons = tuple(_if_now(reason) for reason in found.of(step))
        if reasons:
            groups.append(
                {
                    "label": LABELS[step],
                    "url": "" if step == "check" else writing.url(step),
                    "held": len(found.to_mend(step)),
                    "verdict": Verdict(reasons),
                }
            )
    mine = writing.signatory == writing.person
    signs = Verdict.yes() if mine else can_sign_for(request.user, application.organisation)
    context = {
        "writing": writing,
        "application": application,
        "step": "check",
        "steps": steps,
        "label": LABELS["check"],
        "groups": groups,
        "judged": found,
        "held": [(in_words(_if_now(reason)), _place(writing, step_of(reason))) for reason in found.held],
        "signs": signs,
        "signatory": writing.signatory,
        "refused": refused,
        "requests": application.requests.all(),
    }
    return render(request, "calls/dossier/check.html", context, status=status)


def _if_now(reason: Reason) -> Reason:
    """The window is judged as if one submitted at this moment: a draft says so."""
    if not reason.code.startswith("window"):
        return reason
    return replace(
        reason, template=mark("Si vous déposiez maintenant : {told}"), params={"told": in_words(reason)}
    )


def _place(writing: Writing, step: str) -> str:
    return "" if step == "check" else writing.url(step)


@require_POST
def application_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/deposer/`: judged at this very moment, whatever the clock of the page said."""
    at = timezone.now()
    writing = asked_writing(request, pk)
    if "sworn" not in request.POST:
        messages.error(request, _("Cochez l’attestation : elle engage l’organisme."))
        return redirect(writing.url("check"))
    try:
        version = int(request.POST.get("version", "0")[:9] or 0)
    except ValueError:
        version = 0
    try:
        submitted = submit_application(
            application=writing.application, by=actor_of(request), at=at, version=version
        )
    except Refused as refusal:
        writing = asked_writing(request, pk, to_write=False)
        reasons = [in_words(reason) for reason in refusal.verdict.reasons if reason.met is not True]
        return check_page(request, writing, refused=reasons, status=422)
    except Conflict:
        messages.error(
            request, _("Le dossier a changé pendant que vous le lisiez : relisez-le, puis déposez.")
        )
        return redirect(writing.url("check"))
    messages.success(
        request, _("Le dossier est déposé sous le numéro %(number)s.") % {"number": submitted.number}
    )
    return redirect("application_receipt", pk)


@require_POST
def application_ask_signature(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/prevenir/`: whoever signs is told that the dossier is ready."""
    writing = asked_writing(request, pk)
    who = writing.signatory
    if who is None:
        messages.error(
            request,
            _("Personne ne signe encore pour cet organisme : qui l’administre doit d’abord le désigner."),
        )
        return redirect(writing.url("check"))
    try:
        ask_signature(
            application=writing.application,
            to=who.email,
            url=request.build_absolute_uri(writing.url("check")),
            by=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    else:
        messages.success(request, _("%(who)s est prévenu·e : le dossier attend sa signature.") % {"who": who})
    return redirect(writing.url("check"))
