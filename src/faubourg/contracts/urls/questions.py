"""Addresses of interpellations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
