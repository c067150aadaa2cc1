"""Addresses of the room `evaluation`: the annual reports of a contract."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
