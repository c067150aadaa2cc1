"""The minutes of a session: as they were made, less what a reader stands back from; signed one by one."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from faubourg.base import pdf
from faubourg.base.numbers import whole_number
from faubourg.base.refusal import require
from faubourg.contracts.views.not_compiled import not_compiled
from faubourg.people.models import Person
from faubourg.rules.verdict import Verdict, mark

from ..access import seat_of
from ..models import JurySession
from ..queries.sittings import items_for
from ..services import live_session
from .finding import actor_of
from .jury_finding import asked_session, run_session, session_url
from .jury_pages import told
from .minutes_document import minutes

MEMBERS_SIGN = mark("Le procès-verbal est signé par les membres du jury qui étaient là.")


@require_safe
def session_minutes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`/seances/<pk>/proces-verbal.pdf`: the document that is signed; a redacted copy for who stood back."""
    session = asked_session(request, pk)
    if session.minutes is None:
        raise Http404(_("Le procès-verbal s’écrit à la clôture de la séance."))
    hidden = _hidden(request, session)
    name = f"proces-verbal-{session.starts_at:%Y-%m-%d}.pdf"
    if not hidden:
        return FileResponse(session.minutes.file.open("rb"), content_type="application/pdf", filename=name)
    try:
        content = minutes(session, hidden)
    except pdf.NotCompiled:
        return not_compiled(request, title=_("Procès-verbal"), back=session_url(session))
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _hidden(request: HttpRequest, session: JurySession) -> frozenset[int]:
    shown = set(items_for(session, request.user).values_list("pk", flat=True))
    return frozenset(set(session.items.values_list("pk", flat=True)) - shown)


@require_POST
def session_excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """`/seances/<pk>/sans-signature/`: what the chair states of somebody who does not sign."""
    session = run_session(request, pk)
    said = request.POST
    told(
        request,
        lambda: live_session.excuse_signature(
            session=session,
            juror_pk=whole_number(said.get("juror", ""), -1),
            unsigned=said.get("unsigned", ""),
            reason=said.get("reason", ""),
            chair_pk=whole_number(said.get("chair", ""), -1),
            by=actor_of(request),
        ),
        _("C’est noté : le procès-verbal n’attend plus cette signature."),
    )
    return redirect(session_url(session))


@require_POST
def session_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign: a member who was here, for themselves alone."""
    session = asked_session(request, pk)
    seat = seat_of(request.user, session.jury, session.starts_at.date())
    require(
        Verdict.yes()
        if seat is not None and isinstance(request.user, Person)
        else Verdict.no("members_sign", MEMBERS_SIGN)
    )
    if seat is not None:
        told(
            request,
            lambda: live_session.sign_minutes(session=session, juror_pk=seat.pk, by=actor_of(request)),
            _("Vous avez signé le procès-verbal."),
        )
    return redirect(session_url(session))
