"""Addresses of the examination: pieces, opinions, ranking."""

from django.urls import URLPattern, path

from ..views import dossiers, sheet

D = "dossiers/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("appels/<slug:code>/dossiers/", dossiers.call_applications, name="call_applications"),
    path(D, sheet.application, name="application"),
    path(f"{D}projet/", sheet.application_project, name="application_project"),
    path(f"{D}budget/", sheet.application_budget, name="application_budget"),
]
