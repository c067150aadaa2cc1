"""A session: its screen, its dossiers, its members' presence, the acts that open and close it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import pdf
from faubourg.base.numbers import whole_number
from faubourg.base.refusal import require

from ..access import can_run_call, seat_of
from ..forms.juries import SessionForm
from ..models import Application, JurySession
from ..queries.applications import without_recused
from ..queries.envelopes import announced
from ..queries.juries import enrollable
from ..queries.sittings import LONG, items_for, narrow, whole
from ..services import live_session, sittings
from .deliberation import deliberated
from .finding import actor_of
from .jury_board import board_of, stamped
from .jury_finding import asked_item, asked_session, run_session, session_url
from .jury_pages import FormPage, answer, sent, told
from .minutes_document import minutes

A_PAGE = 50
DONE = {
    "invite": gettext_lazy(
        "La convocation est partie : chaque membre y trouve le jour, le lieu et cette page, avec son cahier."
    ),
    "open": gettext_lazy("La séance est ouverte : notez qui est là."),
    "close": gettext_lazy("La séance est close : le procès-verbal est prêt à signer."),
    "reopen": gettext_lazy("La séance est rouverte : le procès-verbal sera refait."),
}


@never_cache
@require_safe
def jury_session(request: HttpRequest, pk: int) -> HttpResponse:
    """`/seances/<pk>/`: the screen; `?dossier=` looks at another one than the dossier at hand."""
    session = asked_session(request, pk)
    return render(request, "calls/jury/session.html", screen(request, session))


def screen(request: HttpRequest, session: JurySession) -> dict[str, object]:
    """The screen with the dossier that it shows."""
    context = board_of(request, session)
    asked = request.GET.get("dossier", "")
    wanted = whole_number(asked) or session.at_hand_id
    line = next((line for line in context["lines"] if line.item.pk == wanted), None)
    item = whole(line.item, session) if line else None
    return context | deliberated(item, held=context["held"]) | {"line": line}


@never_cache
@require_safe
def jury_session_live(request: HttpRequest, pk: int) -> HttpResponse:
    """What moves of the screen, for htmx: nothing (204) as long as nothing did."""
    session = asked_session(request, pk)
    envelopes = list(announced(session.jury.call_id))
    seen = request.GET.get("vu")
    if seen and seen == stamped(session, envelopes)[1]:
        return HttpResponse(status=204)
    context = board_of(request, session, envelopes) | {"shown": request.GET.get("dossier", "")}
    return render(request, "calls/jury/parts/live.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its hour and its place."""
    session = run_session(request, pk)
    form = SessionForm(sent(request), initial=SessionForm.values_of(session))
    page = FormPage(
        call=session.jury.call,
        heading=_("Modifier la séance"),
        overline=session.jury.name,
        back=session_url(session),
        done=_("La séance est enregistrée."),
        theirs=lambda: SessionForm.values_of(JurySession.objects.get(pk=session.pk)),
    )
    return answer(
        request,
        form,
        lambda: sittings.update_session(
            session=session,
            starts_at=form.cleaned_data["starts_at"],
            place=form.cleaned_data["place"],
            base_version=form.cleaned_data["version"] or 0,
            by=actor_of(request),
        ),
        page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_items(request: HttpRequest, pk: int) -> HttpResponse:
    """`/seances/<pk>/dossiers/`: which dossiers come before the session, and in which order."""
    session = run_session(request, pk)
    if request.method == "POST":
        _write_items(request, session)
        return redirect(session_url(session, "session_items"))
    offered = Paginator(_offered(request, session).defer("summary", *LONG), A_PAGE)
    page = offered.get_page(request.GET.get("page"))
    context = {
        "call": session.jury.call,
        "jury": session.jury,
        "session": session,
        "items": list(narrow(items_for(session, request.user))),
        "offered": page.object_list,
        "page": page,
    }
    return render(request, "calls/jury/items.html", context)


def _offered(request: HttpRequest, session: JurySession) -> QuerySet[Application]:
    return without_recused(enrollable(session.jury), request.user)


def _write_items(request: HttpRequest, session: JurySession) -> None:
    by, act = actor_of(request), request.POST.get("act", "")
    if act == "remove":
        item = asked_item(request, session, whole_number(request.POST.get("item", "")))
        told(request, lambda: sittings.remove_item(item=item, by=by), _("Ce dossier attend une séance."))
    elif act == "order":
        order = {
            whole_number(name.removeprefix("rank-")): whole_number(request.POST.get(name, ""))
            for name in request.POST
            if name.startswith("rank-")
        }
        version = whole_number(request.POST.get("version", ""))
        told(
            request,
            lambda: sittings.order_items(session=session, order=order, base_version=version, by=by),
            _("L’ordre des dossiers est enregistré."),
        )
    else:
        chosen = [whole_number(pk) for pk in request.POST.getlist("application")]
        applications = list(_offered(request, session).filter(pk__in=chosen))
        if not applications:
            messages.error(request, _("Cochez au moins un dossier à inscrire."))
            return
        told(
            request,
            lambda: sittings.enrol(session=session, applications=applications, by=by),
            _("Les dossiers sont inscrits à la séance."),
        )


@require_POST
def session_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite, open, close, reopen: what the circuit allows."""
    session, by = run_session(request, pk), actor_of(request)
    act = request.POST.get("act", "")
    acts = {
        "invite": lambda: _invite(request, session),
        "open": lambda: live_session.open_session(session=session, by=by),
        "close": lambda: live_session.close_session(session=session, minutes=minutes, by=by),
        "reopen": lambda: live_session.reopen_session(
            session=session, reason=request.POST.get("reason", ""), by=by
        ),
    }
    if act not in acts:
        messages.error(request, _("Cet acte n’existe pas pour une séance de jury."))
        return redirect(session_url(session))
    try:
        told(request, acts[act], str(DONE[act]))
    except pdf.NotCompiled:
        messages.error(request, _("Le procès-verbal ne s’écrit pas : la séance reste ouverte."))
    return redirect(session_url(session))


def _invite(request: HttpRequest, session: JurySession) -> None:
    url = request.build_absolute_uri(session_url(session))
    away = sittings.invite(session=session, url=url, by=actor_of(request))
    if away:
        names = ", ".join(juror.name for juror in away)
        messages.warning(request, _("Sans compte, à prévenir autrement : %(names)s.") % {"names": names})


@require_POST
def session_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Who says that they come, arrives, leaves. A member says it for themselves, the services for all."""
    session, by = asked_session(request, pk), actor_of(request)
    juror, act = whole_number(request.POST.get("juror", "")), request.POST.get("act", "")
    seat = seat_of(request.user, session.jury)
    mine = seat is not None and seat.pk == juror
    if not (mine and act in ("coming", "away")):
        require(can_run_call(request.user, session.jury.call))
    if act in ("arrive", "leave"):
        service = live_session.arrive if act == "arrive" else live_session.leave
        told(request, lambda: service(session=session, juror_pk=juror, by=by), _("La présence est notée."))
    else:
        expected = {"coming": True, "away": False}.get(act)
        told(
            request,
            lambda: sittings.expect(session=session, juror_pk=juror, expected=expected, by=by),
            _("La réponse est notée."),
        )
    return redirect(session_url(session))


@require_POST
def session_point(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Call a dossier: every screen shows it."""
    session = run_session(request, pk)
    found = asked_item(request, session, item)
    told(
        request,
        lambda: live_session.point_at(session=session, item=found, by=actor_of(request)),
        _("Tous les écrans montrent ce dossier."),
    )
    return redirect(session_url(session))
