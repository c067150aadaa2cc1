"""Addresses of the circuit, signatures, articles, amendments, conventions and posts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
