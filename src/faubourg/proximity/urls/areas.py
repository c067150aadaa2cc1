"""Addresses of the areas of proximity and what they are set with."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
