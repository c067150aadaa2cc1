"""Meetings: planned, moved, and the page of one: agenda, attendance, minutes, decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import pdf
from faubourg.base.journal import history_of
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts.forms.meetings import ActForm, MeetingForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import AgendaItem, Attendance, Body, Meeting
from faubourg.contracts.queries.decisions import made_at, open_before
from faubourg.contracts.queries.meetings import agenda_of, agenda_verdict, facts_of, room_of
from faubourg.contracts.services import meetings as services
from faubourg.rules.governance import agenda, meetings
from faubourg.rules.verdict import Reason

from .meeting_document import convocation
from .not_compiled import not_compiled
from .people import actor_of
from .steering import Rights, asked_body, asked_meeting, rights_over, sent, shown_in, told

Part = AgendaItem.Part
# The most pressing; the others are in the list of the contract.
MOST_FOLLOWED = 25
PAGES = (
    "meeting_edit",
    "meeting_act",
    "meeting_agenda",
    "meeting_attendance",
    "meeting_minutes",
    "minutes_validate",
    "meeting_convocation",
    "meeting_minutes_pdf",
    "decision_add",
)


DONE = {
    "convene": gettext_lazy("La réunion est convoquée : la convocation est gardée telle qu’envoyée."),
    "hold": gettext_lazy("La séance est clôturée : le quorum est gardé tel que jugé."),
    "reopen": gettext_lazy("La séance est rouverte : corrigez les présences, puis clôturez-la de nouveau."),
    "cancel": gettext_lazy("La réunion est annulée ; les calendriers le diront."),
    "restore": gettext_lazy("La réunion est rétablie : il reste à la convoquer."),
}
CHANGED = gettext_lazy(
    "Quelqu’un a modifié cette réunion entre-temps : %(now)s. Votre saisie est gardée ; "
    "enregistrer de nouveau remplace la leur."
)


@require_safe
def meeting(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/reunions/<pk>/`: when and where for all, the rest for the partners."""
    found = asked_meeting(code, pk)
    rights = rights_over(request, found.body)
    contract = found.body.contract
    context: dict[str, Any] = {
        "contract": contract,
        "body": found.body,
        "meeting": found,
        "may_read": rights.read,
        "may_write": rights.write,
        "today": timezone.localdate(),
        "urls": {
            "contract": contract_url(contract),
            "contract_governance": contract_url(contract, "contract_governance"),
            "contract_meetings": contract_url(contract, "contract_meetings"),
            "body": contract_url(contract, "body", found.body_id),
            **{name: contract_url(contract, name, found.pk) for name in PAGES},
        },
    }
    if rights.read.ok:
        context |= _inside(found, rights)
    return render(request, "contracts/meeting.html", context)


def _inside(found: Meeting, rights: Rights) -> dict[str, Any]:
    """What the partners read."""
    points, room, contract = agenda_of(found), room_of(found), found.body.contract
    before = open_before(found)[: MOST_FOLLOWED + 1]
    followed = [(each, contract_url(contract, "decision", each.pk)) for each in before]
    return {
        "parts": [
            (part.label, [point for point in points if point.part == part])
            for part in Part
            if any(point.part == part for point in points)
        ],
        "points": points,
        "total": agenda.total_minutes([agenda.Point(agenda.Part(p.part), p.minutes_planned) for p in points]),
        "agenda_verdict": agenda_verdict(found, points),
        "room": room,
        "quorum": kept_reasons(found) or room.quorum.verdict.reasons,
        "made": [(each, contract_url(contract, "decision", each.pk)) for each in made_at(found)],
        "followed": followed[:MOST_FOLLOWED],
        "more": len(followed) > MOST_FOLLOWED,
        "open_url": _with_query(
            contract_url(contract, "contract_decisions"), f"etat=ouvertes&instance={found.body_id}"
        ),
        "acts": _acts(found, len(points)) if rights.write.ok else (),
        "history": history_of("meeting", str(found.pk)) if rights.write.ok else (),
        "invited": Attendance.Status.INVITED,
    }


def _with_query(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"


def kept_reasons(found: Meeting) -> tuple[Reason, ...]:
    """The quorum as it was judged when the sitting was closed; empty before."""
    return tuple(
        Reason(
            code=kept["code"],
            met=kept["met"],
            template=kept["template"],
            params=kept["params"],
            decides=kept["decides"],
        )
        for kept in found.quorum.get("reasons", ())
    )


def _acts(found: Meeting, points: int) -> list[dict[str, Any]]:
    """What may be done now, greyed with its reason when something stands in the way."""
    facts = facts_of(found, at=timezone.now(), points=points, reason="–")
    return [
        {
            "name": each.name,
            "act": each.act.value,
            "asks": each.asks_reason,
            "verdict": meetings.judge(each.act, facts),
        }
        for each in meetings.offered(facts)
        if each.act != meetings.Act.RESCHEDULE
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A meeting of a body, to come or that took place."""
    body = asked_body(code, pk)
    require(rights_over(request, body).write)
    form = MeetingForm(sent(request), initial={"title": body.name})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_meeting(body=body, values=form.values(), by=actor_of(request))
        except Refused as refused:
            shown_in(form, refused)
        else:
            messages.success(request, _("La réunion est au calendrier : écrivez son ordre du jour."))
            return redirect(contract_url(body.contract, "meeting", made.pk))
    back = contract_url(body.contract, "body", body.pk)
    return _form_page(request, body, form, title=_("Prévoir une réunion"), back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Its object, its hours, its place; what is convened and moves has to be convened again."""
    found = asked_meeting(code, pk)
    contract = found.body.contract
    require(rights_over(request, found.body).write)
    start = MeetingForm.values_of(found)
    form, status = MeetingForm(sent(request), initial=start), 200
    back = contract_url(contract, "meeting", found.pk)
    if request.method == "POST" and form.is_valid():
        try:
            now = services.update_meeting(
                meeting=found,
                values=form.values(),
                base_version=form.cleaned_data["version"] or 0,
                by=actor_of(request),
            )
        except Refused as refused:
            shown_in(form, refused)
        except Conflict:
            status = 409
            form = MeetingForm({**request.POST.dict(), "version": found.version}, initial=start)
            form.add_error(None, CHANGED % {"now": _when(found)})
        else:
            _tell_moved(request, found, now)
            return redirect(back)
    return _form_page(request, found.body, form, title=_("Modifier la réunion"), back=back, status=status)


def _when(found: Meeting) -> str:
    day = timezone.localtime(found.starts_at)
    return f"{found.title}, {day:%d/%m/%Y %H:%M}, {found.place or _('sans lieu')}"


def _tell_moved(request: HttpRequest, before: Meeting, now: Meeting) -> None:
    if before.state == Meeting.State.CONVENED and now.state == Meeting.State.PLANNED:
        messages.warning(
            request,
            _("La réunion est enregistrée. La convocation envoyée dit autre chose : convoquez de nouveau."),
        )
    else:
        messages.success(request, _("La réunion est enregistrée."))


@require_POST
def meeting_act(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Convene, close, reopen, cancel, restore: what the table allows."""
    found = asked_meeting(code, pk)
    require(rights_over(request, found.body).write)
    back = contract_url(found.body.contract, "meeting", found.pk)
    form = ActForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Cet acte n’existe pas pour une réunion."))
        return redirect(back)
    act, reason, by = form.cleaned_data["act"], form.cleaned_data["reason"], actor_of(request)
    try:
        if act == "convene":
            services.convene_meeting(meeting=found, convocation=convocation(found, agenda_of(found)), by=by)
        elif act == "hold":
            services.hold_meeting(meeting=found, by=by)
        elif act == "reopen":
            services.reopen_meeting(meeting=found, reason=reason, by=by)
        elif act == "cancel":
            services.cancel_meeting(meeting=found, reason=reason, by=by)
        else:
            services.restore_meeting(meeting=found, by=by)
    except Refused as refused:
        told(request, refused)
    except pdf.NotCompiled:
        return not_compiled(request, title=found.title, back=back)
    else:
        messages.success(request, DONE[act])
    return redirect(back)


def _form_page(
    request: HttpRequest, body: Body, form: MeetingForm, *, title: str, back: str, status: int = 200
) -> HttpResponse:
    contract = body.contract
    context = {
        "contract": contract,
        "form": form,
        "title": title,
        "overline": body.name,
        "cancel_url": back,
        "urls": {name: contract_url(contract, name) for name in ("contract", "contract_governance")},
    }
    if status == 200 and form.is_bound and form.errors:
        status = 422
    return render(request, "contracts/governance_form.html", context, status=status)
