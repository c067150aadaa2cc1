"""Addresses of GeoReport v2."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
