"""Addresses of bodies, seats, meetings and their decisions."""

from django.urls import path

from faubourg.contracts.views import (
    bodies,
    calendar_file,
    decisions,
    governance,
    meeting_files,
    meeting_writing,
    meetings,
    month,
)

CONTRACT = "contrats/<str:code>"
BODY = f"{CONTRACT}/instances/<int:pk>"
SEAT = f"{CONTRACT}/sieges/<int:pk>"
MEETING = f"{CONTRACT}/reunions/<int:pk>"
DECISION = f"{CONTRACT}/decisions/<int:pk>"

urlpatterns = [
    path("decisions/", decisions.my_decisions, name="my_decisions"),
    path("calendrier/<str:mark>.ics", calendar_file.my_calendar, name="my_calendar"),
    path(f"{CONTRACT}/instances/", governance.contract_governance, name="contract_governance"),
    path(f"{CONTRACT}/instances/habituelles/", governance.bodies_start, name="bodies_start"),
    path(f"{CONTRACT}/instances/ajouter/", bodies.body_add, name="body_add"),
    path(f"{BODY}/", governance.body, name="body"),
    path(f"{BODY}/modifier/", bodies.body_edit, name="body_edit"),
    path(f"{BODY}/sieges/ajouter/", bodies.seat_add, name="seat_add"),
    path(f"{BODY}/reunions/ajouter/", meetings.meeting_add, name="meeting_add"),
    path(f"{SEAT}/", bodies.seat, name="seat"),
    path(f"{SEAT}/retirer/", bodies.seat_remove, name="seat_remove"),
    path(f"{SEAT}/mandats/", bodies.mandate_add, name="mandate_add"),
    path(f"{CONTRACT}/mandats/<int:pk>/fin/", bodies.mandate_end, name="mandate_end"),
    path(f"{CONTRACT}/calendrier.ics", calendar_file.contract_calendar, name="contract_calendar"),
    path(f"{CONTRACT}/reunions/", month.contract_meetings, name="contract_meetings"),
    path(f"{CONTRACT}/reunions/liste/", month.contract_meeting_list, name="contract_meeting_list"),
    path(f"{MEETING}/", meetings.meeting, name="meeting"),
    path(f"{MEETING}/modifier/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{MEETING}/etat/", meetings.meeting_act, name="meeting_act"),
    path(f"{MEETING}/ordre-du-jour/", meeting_writing.meeting_agenda, name="meeting_agenda"),
    path(f"{MEETING}/presences/", meeting_writing.meeting_attendance, name="meeting_attendance"),
    path(f"{MEETING}/compte-rendu/", meeting_writing.meeting_minutes, name="meeting_minutes"),
    path(f"{MEETING}/compte-rendu/valider/", meeting_writing.minutes_validate, name="minutes_validate"),
    path(f"{MEETING}/convocation.pdf", meeting_files.meeting_convocation, name="meeting_convocation"),
    path(f"{MEETING}/compte-rendu.pdf", meeting_files.meeting_minutes_pdf, name="meeting_minutes_pdf"),
    path(f"{MEETING}/decisions/ajouter/", decisions.decision_add, name="decision_add"),
    path(f"{CONTRACT}/decisions/", decisions.contract_decisions, name="contract_decisions"),
    path(f"{DECISION}/", decisions.decision, name="decision"),
    path(f"{DECISION}/modifier/", decisions.decision_edit, name="decision_edit"),
    path(f"{DECISION}/suivi/", decisions.decision_tell, name="decision_tell"),
    path(f"{DECISION}/cloture/", decisions.decision_close, name="decision_close"),
    path(f"{DECISION}/preuve/", meeting_files.decision_evidence, name="decision_evidence"),
]
