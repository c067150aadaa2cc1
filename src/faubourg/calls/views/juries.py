"""The juries of a call and the page of one: who sits, what they declared, when they meet."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import require
from faubourg.people.models import Organisation, Person
from faubourg.rules.calls import sittings as calendar
from faubourg.rules.verdict import Reason

from ..access import can_follow_juries, can_read_jury, can_run_call, seat_of
from ..forms.juries import DeclareForm, JurorForm, JuryForm, SessionForm
from ..models import Juror, Jury, JurySession
from ..queries.juries import interests_of, juries_of, jurors_of, organisations_before, sessions_of
from ..services import juries as services
from ..services import sittings
from .finding import actor_of, asked_call
from .jury_finding import asked_juror, asked_jury, session_url
from .jury_pages import FormPage, answer, sent, told

# One page of a declaration; beyond, a jury's organisations are looked for by name.
MOST_ORGANISATIONS = 400


@require_safe
def call_juries(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/jurys/`"""
    call = asked_call(request, code)
    require(can_follow_juries(request.user, call))
    context = {
        "call": call,
        "juries": list(juries_of(call)),
        "may_run": can_run_call(request.user, call),
    }
    return render(request, "calls/jury/list.html", context)


@require_POST
def juries_start(request: HttpRequest, code: str) -> HttpResponse:
    """The juries that the rules of the call name."""
    call = asked_call(request, code)
    require(can_run_call(request.user, call))
    told(
        request,
        lambda: services.create_juries(call=call, by=actor_of(request)),
        _("Les jurys du règlement sont créés : il reste à dire qui siège."),
    )
    return redirect("call_juries", call.code)


@require_safe
def jury(request: HttpRequest, pk: int) -> HttpResponse:
    """`/jurys/<pk>/`: members and sessions; the dossiers wait behind the declaration of interests."""
    found = asked_jury(request, pk)
    seat = seat_of(request.user, found)
    today = timezone.localdate()
    sessions = list(sessions_of(found))
    may_run = can_run_call(request.user, found.call)
    context = {
        "call": found.call,
        "jury": found,
        "seat": seat,
        "jurors": list(jurors_of(found)),
        "sessions": [
            (
                session,
                _invitation(session, today),
            )
            for session in sessions
        ],
        "mine": list(interests_of(seat.person, found.call)) if seat and seat.person else [],
        "may_read": can_read_jury(request.user, found),
        "may_run": may_run,
        "history": history_of("jury", str(found.pk)) if may_run.ok else (),
    }
    return render(request, "calls/jury/jury.html", context)


def _invitation(session: JurySession, today: date) -> Reason:
    return calendar.judge_invitation(timezone.localdate(session.starts_at), session.invited_on, today)


@require_http_methods(["GET", "HEAD", "POST"])
def jury_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name and its quorum."""
    found = _run(request, pk)
    form = JuryForm(sent(request), initial=JuryForm.values_of(found))
    page = _page(found, _("Modifier le jury"), _("Le jury est enregistré."), theirs=found)
    return answer(
        request,
        form,
        lambda: services.update_jury(
            jury=found,
            values=form.cleaned_data,
            base_version=form.cleaned_data["version"],
            by=actor_of(request),
        ),
        page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def juror_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a seat."""
    found = _run(request, pk)
    form = JurorForm(sent(request))
    page = _page(found, _("Ajouter un membre"), _("Le membre est ajouté : ses intérêts restent à déclarer."))
    return answer(
        request,
        form,
        lambda: services.add_juror(jury=found, **form.values(), by=actor_of(request)),
        page,
    )


@require_POST
def juror_end(request: HttpRequest, pk: int, juror: int) -> HttpResponse:
    """The seat ends today."""
    found = _run(request, pk)
    held = asked_juror(found, juror)
    told(
        request,
        lambda: services.end_juror(juror=held, by=actor_of(request)),
        _("%(name)s ne siège plus à partir d’aujourd’hui.") % {"name": held.name},
    )
    return redirect("jury", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def jury_declare(request: HttpRequest, pk: int, juror: int) -> HttpResponse:
    """One's own declaration of interests, or that of a member, received on paper."""
    found = asked_jury(request, pk)
    held = asked_juror(found, juror)
    mine = isinstance(request.user, Person) and held.person_id == request.user.pk
    if not mine:
        require(can_run_call(request.user, found.call))
    known = list(interests_of(held.person, found.call)) if held.person else []
    told_before = {one.organisation_id: one.reason for one in known if one.organisation_id}
    organisations = _looked_for(found, request.GET.get("q", ""))
    form = DeclareForm(organisations[:MOST_ORGANISATIONS], told_before, sent(request))
    page = _page(
        found,
        _("Déclarer mes intérêts") if mine else _("Déclaration de %(name)s") % {"name": held.name},
        _("La déclaration est enregistrée : ces dossiers ne sont plus montrés."),
    )
    if request.method == "POST" and form.is_valid():
        return answer(request, form, lambda: _declare(request, held, form), page)
    context = {
        "form": form,
        "page": page,
        "call": found.call,
        "juror": held,
        "mine": mine,
        "known": known,
        "cancel_url": page.back,
        "many": len(organisations) > MOST_ORGANISATIONS,
        "q": request.GET.get("q", ""),
    }
    status = 422 if form.is_bound else 200
    return render(request, "calls/jury/declare.html", context, status=status)


def _declare(request: HttpRequest, held: Juror, form: DeclareForm) -> None:
    services.declare_interests(juror=held, links=form.links(), by=actor_of(request))


def _looked_for(found: Jury, text: str) -> list[Organisation]:
    asking = organisations_before(found)
    return list((asking.filter(name__icontains=text[:80]) if text else asking)[: MOST_ORGANISATIONS + 1])


@require_http_methods(["GET", "HEAD", "POST"])
def session_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a session."""
    found = _run(request, pk)
    form = SessionForm(sent(request))
    made: list[str] = []

    def write() -> None:
        session = sittings.plan_session(
            jury=found,
            starts_at=form.cleaned_data["starts_at"],
            place=form.cleaned_data["place"],
            by=actor_of(request),
        )
        made.append(session_url(session, "session_items"))

    page = _page(found, _("Prévoir une séance"), _("La séance est prévue : inscrivez ses dossiers."))
    response = answer(request, form, write, page)
    return redirect(made[0]) if made else response


def _run(request: HttpRequest, pk: int) -> Jury:
    found = asked_jury(request, pk)
    require(can_run_call(request.user, found.call))
    return found


def _page(found: Jury, heading: str, done: str, theirs: Jury | None = None) -> FormPage:
    return FormPage(
        call=found.call,
        heading=heading,
        overline=found.name,
        back=reverse("jury", args=[found.pk]),
        done=done,
        theirs=lambda: JuryForm.values_of(Jury.objects.get(pk=found.pk)) if theirs else {},
    )
