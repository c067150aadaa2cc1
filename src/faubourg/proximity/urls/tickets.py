"""Addresses of reports and their repair."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
