"""Registers the room `people` and the kind of scope that is its own."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "faubourg.people"
    label = "people"

    def ready(self) -> None:
        from . import scopes  # noqa: PLC0415 (models and translations come first)

        scopes.register_own()
