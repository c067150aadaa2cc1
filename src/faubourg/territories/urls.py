"""Addresses of the room `territories`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
