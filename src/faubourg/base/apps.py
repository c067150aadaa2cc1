"""Registers the room `base`."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "faubourg.base"
    label = "base"
