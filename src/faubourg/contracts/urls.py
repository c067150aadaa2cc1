"""Addresses of the room `contracts`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
