"""Registers the room `calls`."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "faubourg.calls"
    label = "calls"
