"""Addresses of what leaves and enters as files."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
