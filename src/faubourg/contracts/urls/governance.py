"""Addresses of bodies, seats, meetings and their decisions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
