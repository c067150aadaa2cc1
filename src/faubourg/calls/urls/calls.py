"""Addresses of a call: preparing, publishing, running it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
