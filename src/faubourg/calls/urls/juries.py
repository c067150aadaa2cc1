"""Addresses of juries and their sessions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
