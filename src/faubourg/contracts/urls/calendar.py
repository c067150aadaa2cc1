"""Addresses of the making of a contract: phases, milestones, deliverables."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
