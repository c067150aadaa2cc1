"""Addresses of an organisation that applies: its people, its charter, its vault."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
