"""Addresses of the funders’ decisions and letters."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
