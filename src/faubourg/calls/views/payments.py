"""Payments: those of a call, the schedule of a decision, one move; « Où est mon argent ? » for a dossier."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.refusal import require
from faubourg.rules.calls.circuits import PAYMENT_CIRCUIT

from ..access.dossiers import can_list_dossiers
from ..access.letters import can_write_letter
from ..access.money import can_decide_on, decides_for
from ..forms.decisions import PaymentForm, ScheduleForm
from ..money_listings import payment_listing
from ..queries.letters import letters_of_application
from ..queries.payments import late_counts, lines_of, payment_by_pk, payments_of
from ..services import payments as services
from .acting import ActPage, answer, sent
from .decisions import asked_decision
from .finding import actor_of, asked_call, asked_reader

START = "start"


@require_safe
def call_payments(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/versements/`: the late ones first."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    rows = payments_of(call, request.user)
    context = {"call": call, "late": late_counts(rows, timezone.localdate())}
    return payment_listing(call).respond(request, rows, "calls/money/payments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """`/aides/<pk>/echeancier/`: in one payment or several, with the facts that open them."""
    found, _reader = asked_decision(request, pk)
    require(can_decide_on(request.user, found.application, found.funder))
    form = ScheduleForm(sent(request), initial={"version": found.version})
    back = reverse("funder_decision", args=[found.pk])
    application = found.application
    page = ActPage(
        heading=_("Prévoir les versements"),
        back=back,
        done=_("Les versements sont prévus."),
        lead=f"{found.funder.name} – {application.title}",
        overline=application.call.title,
        crumbs=[(application.call.title, application.call.get_absolute_url()), (application.title, back)],
    )

    def write() -> None:
        said = form.cleaned_data
        weights = ScheduleForm.SPLITS[said["parts"]]
        events = (said["first"], said["second"])
        parts = [services.Instalment(weight, event) for weight, event in zip(weights, events, strict=False)]
        services.plan_payments(
            decision=found, parts=parts, base_version=said["version"], by=actor_of(request)
        )

    return answer(request, form, write, page)


@require_http_methods(["GET", "HEAD", "POST"])
def payment_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """`/versements/<pk>/<act>/`: order, pay, return, drop, or the day of the fact that opens it."""
    payment = payment_by_pk(pk)
    if payment is None:
        raise Http404(_("Aucun versement ne porte ce numéro."))
    decision, _reader = asked_decision(request, payment.decision_id)
    require(can_decide_on(request.user, decision.application, decision.funder))
    names = {one.act: one.name for one in PAYMENT_CIRCUIT.transitions if one.act != "plan"}
    if act not in {*names, START}:
        raise Http404(_("Cette étape n’existe pas."))
    payment.decision = decision
    form = PaymentForm(sent(request), initial={"version": payment.version}, act=act)
    back = reverse("funder_decision", args=[decision.pk])
    heading = _(names[act]) if act in names else _("Dire quand le fait générateur a eu lieu")
    application = decision.application
    page = ActPage(
        heading=heading,
        back=back,
        done=_("C’est enregistré."),
        lead=f"{decision.funder.name} – {application.title}",
        overline=application.call.title,
        crumbs=[(application.call.title, application.call.get_absolute_url()), (application.title, back)],
    )

    def write() -> None:
        said = form.cleaned_data
        by, version = actor_of(request), said["version"]
        if act == START:
            services.start_clock(payment=payment, happened_on=said["on"], base_version=version, by=by)
            return
        told = services.Told(said["on"], said.get("reference", ""), said.get("reason", ""))
        services.advance_payment(payment=payment, act=act, told=told, base_version=version, by=by)

    return answer(request, form, write, page)


@require_safe
def application_money(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/argent/`: « Où est mon argent ? », funder by funder, and the letters."""
    reader = asked_reader(request, pk)
    application = reader.application
    workings = reader.may_read_workings.ok is True
    mine = decides_for(request.user, application.call) if workings else frozenset()
    lines = lines_of(application, workings=workings)
    funders = {line.decision.funder.pk: line.decision.funder for line in lines}
    context = {
        "application": application,
        "call": application.call,
        "reader": reader,
        "page_name": "application_money",
        "lines": lines,
        "workings": workings,
        "letters": list(letters_of_application(application, sent_only=not workings)),
        "writes": [funder for pk, funder in funders.items() if pk in mine],
        "writes_all": workings and can_write_letter(request.user, application, None).ok,
    }
    return render(request, "calls/money/application_money.html", context)
