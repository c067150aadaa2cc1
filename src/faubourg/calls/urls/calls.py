"""Addresses of a call: preparing, publishing, running it."""

from django.urls import path

from ..views import call_writing, calls, envelopes, running

CALL = "appels/<slug:code>/"

urlpatterns = [
    path("appels/", calls.calls, name="calls"),
    path("appels/nouveau/", call_writing.call_new, name="call_new"),
    path(CALL, calls.call, name="call"),
    path(f"{CALL}piloter/", running.call_run, name="call_run"),
    path(f"{CALL}modifier/", call_writing.call_edit, name="call_edit"),
    path(f"{CALL}regles/", call_writing.call_rules, name="call_rules"),
    path(f"{CALL}etape/", call_writing.call_act, name="call_act"),
    path(f"{CALL}enveloppes/", envelopes.call_envelopes, name="call_envelopes"),
    path(f"{CALL}enveloppes/ajouter/", envelopes.envelope_edit, name="envelope_add"),
    path(f"{CALL}enveloppes/<int:pk>/", envelopes.envelope_edit, name="envelope_edit"),
    path(f"{CALL}enveloppes/<int:pk>/retirer/", envelopes.envelope_remove, name="envelope_remove"),
    path(f"{CALL}financeurs/ajouter/", envelopes.funder_edit, name="funder_add"),
    path(f"{CALL}financeurs/<int:pk>/", envelopes.funder_edit, name="funder_edit"),
    path(f"{CALL}financeurs/<int:pk>/retirer/", envelopes.funder_remove, name="funder_remove"),
]
