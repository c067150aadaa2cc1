"""Addresses of the droit commun register, commitments and the maquette financière."""

from django.urls import path

from faubourg.contracts.views import maquette, maquette_edit, money_bulk, money_import, money_lines

CONTRACT = "contrats/<str:code>/"

urlpatterns = [
    path(f"{CONTRACT}maquette/", maquette.maquette, name="contract_money"),
    path(f"{CONTRACT}maquette/saisir/", maquette_edit.maquette_edit, name="contract_money_edit"),
    path(f"{CONTRACT}maquette/ligne/", money_lines.row_add, name="contract_money_add"),
    path(f"{CONTRACT}maquette/evenements/", money_bulk.bulk, name="contract_money_bulk"),
    path(f"{CONTRACT}maquette/importer/", money_import.bring, name="contract_money_import"),
    path(
        f"{CONTRACT}maquette/importer/<uuid:document>/",
        money_import.trial,
        name="contract_money_trial",
    ),
    path(f"{CONTRACT}maquette/lignes/<int:line>/", money_lines.line, name="contract_money_line"),
    path(
        f"{CONTRACT}maquette/lignes/<int:line>/corriger/",
        money_lines.line_revise,
        name="contract_money_revise",
    ),
    path(
        f"{CONTRACT}maquette/lignes/<int:line>/evenement/",
        money_lines.line_event,
        name="contract_money_event",
    ),
]
