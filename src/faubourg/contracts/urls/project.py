"""Addresses of diagnoses, stakes, objectives and actions."""

from django.urls import URLPattern, path

from faubourg.contracts.views import actions, coverage, measures, objectives

urlpatterns: list[URLPattern] = [
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
