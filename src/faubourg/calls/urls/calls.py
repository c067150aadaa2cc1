"""Addresses of a call: preparing, publishing, running it."""

from django.urls import path

from ..views import calls, running

CALL = "appels/<slug:code>/"

urlpatterns = [
    path("appels/", calls.calls, name="calls"),
    path(CALL, calls.call, name="call"),
    path(f"{CALL}piloter/", running.call_run, name="call_run"),
]
