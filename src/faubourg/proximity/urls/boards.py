"""Addresses of the boards, the map, the statistics and what goes out of an area."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
