"""Addresses of TFPB conventions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
