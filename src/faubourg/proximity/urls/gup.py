"""Addresses of GUP conventions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
