"""Addresses of the examination: lists, sheet, pieces, opinions, talks, ranks, déports."""

from django.urls import URLPattern, path

from ..views import checking, dossiers, interests, opinions, ranking, routing, sheet, similar, talks

A = "appels/<slug:code>/"
D = "dossiers/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{A}dossiers/", dossiers.call_applications, name="call_applications"),
    path(f"{A}dossiers/ensemble/", routing.call_applications_act, name="call_applications_act"),
    path(f"{A}priorisation/", ranking.call_rankings, name="call_rankings"),
    path(f"{A}priorisation/<int:contract>/", ranking.call_ranking, name="call_ranking"),
    path(f"{A}interets/", interests.call_interests, name="call_interests"),
    path(f"{A}interets/<int:pk>/lever/", interests.call_interest_withdraw, name="call_interest_withdraw"),
    path(D, sheet.application, name="application"),
    path(f"{D}projet/", sheet.application_project, name="application_project"),
    path(f"{D}budget/", sheet.application_budget, name="application_budget"),
    path(f"{D}pieces/", checking.application_pieces, name="application_pieces"),
    path(f"{D}pieces/<int:piece>/fichier/", checking.application_piece_file, name="application_piece_file"),
    path(
        f"{D}pieces/<int:piece>/verifier/", checking.application_piece_check, name="application_piece_check"
    ),
    path(f"{D}completer/", checking.application_ask_pieces, name="application_ask_pieces"),
    path(f"{D}complet/", checking.application_complete, name="application_complete"),
    path(f"{D}irrecevable/", checking.application_refuse, name="application_refuse"),
    path(f"{D}avis/", opinions.application_opinions, name="application_opinions"),
    path(f"{D}avis/<int:funder>/", opinions.application_opinion, name="application_opinion"),
    path(f"{D}comparer/", similar.application_similar, name="application_similar"),
    path(f"{D}exceptions/<int:claim>/", similar.application_claim, name="application_claim"),
    path(f"{D}echanges/", talks.application_thread, name="application_thread"),
    path(f"{D}jury/", routing.application_route, name="application_route"),
    path(f"{D}deport/", interests.application_stand_back, name="application_stand_back"),
]
