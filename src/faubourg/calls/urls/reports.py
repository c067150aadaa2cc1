"""Addresses of the reports and recoveries."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
