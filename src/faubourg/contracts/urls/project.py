"""Addresses of diagnoses, stakes, objectives and actions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
