"""Addresses of the rule sets."""

from django.urls import path

from ..views import rule_set_acts, rule_set_writing, rule_sets

SET = "jeux-de-regles/<int:pk>/"

urlpatterns = [
    path("jeux-de-regles/", rule_sets.rule_sets, name="rule_sets"),
    path("jeux-de-regles/nouveau/", rule_set_writing.rule_set_new, name="rule_set_new"),
    path("jeux-de-regles/importer/", rule_set_writing.rule_set_import, name="rule_set_import"),
    path(SET, rule_sets.rule_set, name="rule_set"),
    path(f"{SET}regles.json", rule_sets.rule_set_json, name="rule_set_json"),
    path(f"{SET}modifier/", rule_set_writing.rule_set_edit, name="rule_set_edit"),
    path(f"{SET}version/", rule_set_acts.rule_set_version, name="rule_set_version"),
    path(f"{SET}publier/", rule_set_acts.rule_set_publish, name="rule_set_publish"),
    path(f"{SET}retirer/", rule_set_acts.rule_set_retire, name="rule_set_retire"),
    path(f"{SET}simuler/", rule_set_acts.rule_set_simulate, name="rule_set_simulate"),
]
