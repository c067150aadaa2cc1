"""Addresses of the summary sheets and prior contacts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
