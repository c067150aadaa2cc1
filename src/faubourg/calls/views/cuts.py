"""Freezes and cuts of a call: recorded, simulated by both methods side by side, applied once validated."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import require
from faubourg.people.models import Person
from faubourg.rules.calls.cuts import Method

from ..access.dossiers import can_list_dossiers
from ..access.money import can_decide_for, can_decide_somewhere, decides_for
from ..forms.decisions import ApplyForm, CutForm
from ..models import Application, DecisionStep, Envelope, EnvelopeEvent
from ..queries.applications import without_recused
from ..queries.cuts import LOWERING, event_by_pk, events_of, seen_by, simulate
from ..services import cutting as services
from .acting import ActPage, answer, sent
from .finding import actor_of, asked_call


@require_http_methods(["GET", "HEAD", "POST"])
def call_cuts(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/gels/`: what happened to the envelopes; a new event by who decides for the funder."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    mine = decides_for(request.user, call)
    envelopes = [
        one
        for one in Envelope.objects.filter(funder__call=call).select_related("funder", "territory")
        if one.funder_id in mine
    ]
    if request.method == "POST":
        require(can_decide_somewhere(request.user, call))
    form = CutForm(sent(request), envelopes=envelopes)
    back = reverse("call_cuts", args=[call.code])
    page = ActPage(
        heading=_("Gels et annulations"),
        back=back,
        done=_("L’évènement est enregistré : simulez ce qu’il change."),
        overline=call.title,
        submit=_("Enregistrer"),
        crumbs=[(call.title, call.get_absolute_url())],
    )

    def write() -> None:
        said = form.cleaned_data
        told = services.Announced(
            said["kind"], said["on"], said["act"], said["reason"], said["rate"], said["cents"]
        )
        services.record_cut(envelopes=form.groups[said["funder"]], told=told, by=actor_of(request))

    events = list(events_of(call)[:200])
    told = {"call": call, "events": events, "may_record": bool(envelopes), "lowering": LOWERING}
    return answer(request, form, write, page, "calls/money/cuts.html", **told)


@require_http_methods(["GET", "HEAD", "POST"])
def cut(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gels/<pk>/`: pro rata beside by priority, to the cent; what the COPIL validated is applied."""
    event = event_by_pk(pk)
    if event is None:
        raise Http404(_("Cet évènement n’existe pas."))
    funder = event.envelope.funder
    call = funder.call
    require(can_list_dossiers(request.user, call))
    may = can_decide_for(request.user, funder)
    if request.method == "POST":
        require(may)
    assert isinstance(request.user, Person)
    pending = event.validated_on is None and event.kind in LOWERING
    simulation = simulate(event) if pending else None
    form = ApplyForm(sent(request), initial={"digest": simulation.digest if simulation else ""})
    page = _page(event)

    def write() -> None:
        said = form.cleaned_data
        services.apply_cut(
            event=event,
            method=Method(said["method"]),
            validated_on=said["validated_on"],
            digest=said["digest"],
            by=actor_of(request),
        )

    told = {
        "call": call,
        "event": event,
        "may": may,
        "simulation": seen_by(simulation, request.user) if simulation else None,
        "steps": _applied(event.pk, request.user) if event.validated_on else [],
    }
    return answer(request, form, write, page, "calls/money/cut.html", **told)


def _page(event: EnvelopeEvent) -> ActPage:
    funder = event.envelope.funder
    call = funder.call
    return ActPage(
        heading=f"{str(event.get_kind_display()).capitalize()} – {funder.name}",
        back=reverse("cut", args=[event.pk]),
        done=_("La réduction est appliquée ; les nouvelles lettres attendent d’être relues."),
        lead=event.reason,
        overline=call.title,
        submit=_("Appliquer ce que le COPIL a validé"),
        crumbs=[
            (call.title, call.get_absolute_url()),
            (_("Gels et annulations"), reverse("call_cuts", args=[call.code])),
        ],
    )


def _applied(event_pk: int, person: Person) -> list[DecisionStep]:
    """Before and after, once applied; not of the dossiers from which the reader stands back."""
    steps = DecisionStep.objects.filter(event=event_pk).select_related(
        "decision__application__organisation", "decision__funder"
    )
    seen = without_recused(Application.objects.filter(decisions__steps__event=event_pk), person)
    return list(steps.filter(decision__application__in=seen.values("pk")))
