"""Addresses of the droit commun register, commitments and the maquette financière."""

from django.urls import path

from faubourg.contracts.views import (
    commitments,
    maquette,
    maquette_edit,
    money_bulk,
    money_import,
    money_lines,
    ordinary,
    reserving,
)

CONTRACT = "contrats/<str:code>/"
PROMISE = f"{CONTRACT}droit-commun/engagements/<int:commitment>/"

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
    path("quartiers/<str:code>/argent/ajouter/", reserving.reserve, name="reserve_money"),
    path(f"{CONTRACT}droit-commun/", ordinary.register, name="contract_ordinary"),
    path(f"{CONTRACT}droit-commun/ajouter/", ordinary.means_add, name="contract_means_add"),
    path(f"{CONTRACT}droit-commun/reprendre/", ordinary.take, name="contract_means_take"),
    path(f"{CONTRACT}droit-commun/<int:means>/", ordinary.means, name="contract_means"),
    path(f"{CONTRACT}droit-commun/engagements/", commitments.commitment_list, name="contract_commitments"),
    path(
        f"{CONTRACT}droit-commun/engagements/ajouter/",
        commitments.commitment_add,
        name="contract_commitment_add",
    ),
    path(PROMISE, commitments.commitment, name="contract_commitment"),
    path(f"{PROMISE}corriger/", commitments.commitment_revise, name="contract_commitment_revise"),
    path(f"{PROMISE}tenu/", commitments.commitment_keep, name="contract_commitment_keep"),
    path(f"{PROMISE}abandonner/", commitments.commitment_drop, name="contract_commitment_drop"),
    path(f"{PROMISE}preuve/", commitments.commitment_proof, name="contract_commitment_proof"),
]
