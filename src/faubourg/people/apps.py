"""Registers the room `people` and the kind of scope that is its own."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "faubourg.people"
    label = "people"

    def ready(self) -> None:
        from . import acts, scopes  # noqa: PLC0415 (models and translations come first)

        acts.register()
        scopes.register_own()
