"""Addresses of the list, the overview, the fiche and the analyses."""

from django.urls import path

from faubourg.contracts.views import analyses, contracts, life_file, sheet

urlpatterns = [
    path("contrats/", contracts.contracts, name="contracts"),
    path("contrats/<str:code>/", contracts.contract, name="contract"),
    path("contrats/<str:code>/quartiers/", contracts.contract_links, name="contract_links"),
    path("contrats/<str:code>/fiche/", sheet.contract_sheet, name="contract_sheet"),
    path("contrats/<str:code>/fiche.pdf", sheet.contract_sheet_pdf, name="contract_sheet_pdf"),
    path("contrats/<str:code>/fiche/modifier/", sheet.contract_sheet_edit, name="contract_sheet_edit"),
    path(
        "contrats/<str:code>/contrat.csv", life_file.contract_life, {"fmt": "csv"}, name="contract_life_csv"
    ),
    path(
        "contrats/<str:code>/contrat.xlsx",
        life_file.contract_life,
        {"fmt": "xlsx"},
        name="contract_life_xlsx",
    ),
    path("analyses/", analyses.analyses, name="analyses"),
    path("analyses/composer/", analyses.analysis_compose, name="analysis_compose"),
    path("analyses/<slug:slug>/", analyses.analysis, name="analysis"),
    path("analyses/<slug:slug>/modifier/", analyses.analysis_edit, name="analysis_edit"),
    path("analyses/<slug:slug>/supprimer/", analyses.analysis_delete, name="analysis_delete"),
]
