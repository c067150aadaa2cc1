"""Addresses of what residents use to report."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
