"""Addresses of the residents’ funds."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
