"""Registers the room `territories`."""

from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "faubourg.territories"
    label = "territories"
