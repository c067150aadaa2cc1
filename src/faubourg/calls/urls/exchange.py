"""Addresses of what leaves and enters as files."""

from django.urls import path

from ..views import call_import, cerfa, funder_export, open_data

A = "appels/<slug:code>/"
D = "dossiers/<int:pk>/"

urlpatterns = [
    path("donnees/", open_data.open_data, name="open_data"),
    path("donnees/subventions-publiees/", open_data.published_grants, name="published_grants"),
    path("donnees/subventions.csv", open_data.grants_scdl, name="grants_scdl"),
    path("donnees/subventions-360.json", open_data.grants_360, name="grants_360"),
    path(f"{A}subventions.csv", open_data.grants_scdl, name="call_scdl"),
    path(f"{A}subventions-360.json", open_data.grants_360, name="call_360"),
    path(f"{D}cerfa.pdf", cerfa.application_cerfa_pdf, name="application_cerfa_pdf"),
    path(f"{D}cerfa.xlsx", cerfa.application_cerfa_xlsx, name="application_cerfa_xlsx"),
    path(
        f"{A}export/<int:pk>.xlsx",
        funder_export.call_funder_export,
        {"fmt": "xlsx"},
        name="call_funder_export",
    ),
    path(
        f"{A}export/<int:pk>.csv",
        funder_export.call_funder_export,
        {"fmt": "csv"},
        name="call_funder_export_csv",
    ),
    path(f"{A}echanges/", funder_export.call_exports, name="call_exports"),
    path(f"{A}importer/", call_import.call_import, name="call_import"),
    path(f"{A}importer/<uuid:document>/", call_import.call_import_trial, name="call_import_trial"),
]
