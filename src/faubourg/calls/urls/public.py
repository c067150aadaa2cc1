"""Public addresses: calls, funded projects, grants."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
