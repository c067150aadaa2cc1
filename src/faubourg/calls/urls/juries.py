"""Addresses of juries, their sessions and readings, the programming table, the computed allocation."""

from django.urls import path

from ..views import allocation, deliberation, juries, minutes, programming, reading, sittings

CALL = "appels/<slug:code>"
JURY = "jurys/<int:pk>"
SESSION = "seances/<int:pk>"
ITEM = f"{SESSION}/dossiers/<int:item>"

urlpatterns = [
    path(f"{CALL}/jurys/", juries.call_juries, name="call_juries"),
    path(f"{CALL}/jurys/creer/", juries.juries_start, name="juries_start"),
    path(f"{CALL}/programmation/", programming.call_programming, name="call_programming"),
    path(f"{CALL}/repartition/", allocation.call_allocation, name="call_allocation"),
    path(f"{CALL}/repartition/<int:pk>/", allocation.allocation_proposal, name="allocation_proposal"),
    path(f"{CALL}/repartition/<int:pk>/reporter/", allocation.allocation_copy, name="allocation_copy"),
    path(f"{JURY}/", juries.jury, name="jury"),
    path(f"{JURY}/modifier/", juries.jury_edit, name="jury_edit"),
    path(f"{JURY}/membres/ajouter/", juries.juror_add, name="juror_add"),
    path(f"{JURY}/membres/<int:juror>/retirer/", juries.juror_end, name="juror_end"),
    path(f"{JURY}/membres/<int:juror>/interets/", juries.jury_declare, name="jury_declare"),
    path(f"{JURY}/seances/ajouter/", juries.session_add, name="session_add"),
    path(f"{SESSION}/", sittings.jury_session, name="jury_session"),
    path(f"{SESSION}/direct/", sittings.jury_session_live, name="jury_session_live"),
    path(f"{SESSION}/modifier/", sittings.session_edit, name="session_edit"),
    path(f"{SESSION}/etat/", sittings.session_act, name="session_act"),
    path(f"{SESSION}/presences/", sittings.session_presence, name="session_presence"),
    path(f"{SESSION}/dossiers/", sittings.session_items, name="session_items"),
    path(f"{SESSION}/cahier/", reading.session_pack, name="session_pack"),
    path(f"{SESSION}/cahier.pdf", reading.session_pack_pdf, name="session_pack_pdf"),
    path(f"{SESSION}/cahier-<int:juror>.pdf", reading.juror_pack_pdf, name="juror_pack_pdf"),
    path(f"{SESSION}/notes/", reading.session_marks, name="session_marks"),
    path(f"{SESSION}/proces-verbal.pdf", minutes.session_minutes, name="session_minutes"),
    path(f"{SESSION}/sans-signature/", minutes.session_excuse, name="session_excuse"),
    path(f"{SESSION}/signer/", minutes.session_sign, name="session_sign"),
    path(f"{ITEM}/", reading.review, name="review"),
    path(f"{ITEM}/appeler/", sittings.session_point, name="session_point"),
    path(f"{ITEM}/peser/", deliberation.session_weigh, name="session_weigh"),
    path(f"{ITEM}/decider/", deliberation.session_decide, name="session_decide"),
    path(f"{ITEM}/reprendre/", deliberation.session_reconsider, name="session_reconsider"),
]
