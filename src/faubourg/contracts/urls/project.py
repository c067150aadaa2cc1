"""Addresses of diagnoses, stakes, objectives and actions."""

from django.urls import URLPattern, path

from faubourg.contracts.views import actions, coverage, diagnoses, grids, measures, objectives, stakes

urlpatterns: list[URLPattern] = [
    path("contrats/<str:code>/diagnostics/", diagnoses.contract_diagnoses, name="contract_diagnoses"),
    path("contrats/<str:code>/diagnostics/croisement/", stakes.contract_crossing, name="contract_crossing"),
    path("contrats/<str:code>/diagnostics/grilles/nouvelle/", grids.grid_new, name="grid_new"),
    path("contrats/<str:code>/diagnostics/grilles/<int:pk>/", grids.grid, name="grid"),
    path(
        "contrats/<str:code>/diagnostics/grilles/<int:pk>/publier/", grids.grid_publish, name="grid_publish"
    ),
    path("contrats/<str:code>/diagnostics/grilles/<int:pk>/suivante/", grids.grid_next, name="grid_next"),
    path("diagnostics/<int:pk>/", diagnoses.diagnosis, name="diagnosis"),
    path("diagnostics/<int:pk>/remplir/<int:step>/", diagnoses.diagnosis_fill, name="diagnosis_fill"),
    path("diagnostics/<int:pk>/geste/", diagnoses.diagnosis_act, name="diagnosis_act"),
    path("contrats/<str:code>/enjeux/", stakes.contract_stakes, name="contract_stakes"),
    path("contrats/<str:code>/enjeux/ajouter/", stakes.stake_add, name="stake_add"),
    path("contrats/<str:code>/enjeux/<int:pk>/modifier/", stakes.stake_edit, name="stake_edit"),
    path("contrats/<str:code>/enjeux/<int:pk>/supprimer/", stakes.stake_remove, name="stake_remove"),
    path("contrats/<str:code>/objectifs/", objectives.contract_objectives, name="contract_objectives"),
    path("contrats/<str:code>/objectifs/ajouter/", objectives.objective_add, name="objective_add"),
    path(
        "contrats/<str:code>/objectifs/<int:pk>/modifier/", objectives.objective_edit, name="objective_edit"
    ),
    path("contrats/<str:code>/objectifs/<int:pk>/geste/", objectives.objective_act, name="objective_act"),
    path(
        "contrats/<str:code>/objectifs/<int:pk>/indicateurs/",
        measures.objective_measure,
        name="objective_measure",
    ),
    path(
        "contrats/<str:code>/objectifs/<int:pk>/indicateurs/<int:measured>/retirer/",
        measures.measure_remove,
        name="measure_remove",
    ),
    path("contrats/<str:code>/couverture/", coverage.contract_coverage, name="contract_coverage"),
    path("contrats/<str:code>/actions/", actions.contract_actions, name="contract_actions"),
    path("contrats/<str:code>/actions/ajouter/", actions.action_add, name="action_add"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/<int:pk>/modifier/", actions.action_edit, name="action_edit"),
    path("actions/<int:pk>/etat/", actions.action_state, name="action_state"),
    path("actions/<int:pk>/notes/", actions.action_note, name="action_note"),
]
