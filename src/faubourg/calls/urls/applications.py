"""Addresses of a dossier, as its applicant writes it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
