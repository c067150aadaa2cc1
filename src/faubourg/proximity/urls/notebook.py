"""Addresses of the offline notebook."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
