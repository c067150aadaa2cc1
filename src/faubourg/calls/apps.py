"""Registers the room `calls`."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "faubourg.calls"
    label = "calls"

    def ready(self) -> None:
        """Names its acts and where a role can hold."""
        from . import acts, scopes  # noqa: PLC0415 (models are ready only now)

        acts.register()
        scopes.register()
