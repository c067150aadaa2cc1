"""Addresses of the rule sets."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
