"""Addresses of the droit commun register, commitments and the maquette financière."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
