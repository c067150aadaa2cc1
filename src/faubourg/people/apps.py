"""Registers the room `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "faubourg.people"
    label = "people"
