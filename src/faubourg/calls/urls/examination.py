"""Addresses of the examination: pieces, opinions, ranking."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
