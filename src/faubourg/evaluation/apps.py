"""Registers the room `evaluation`."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "faubourg.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Names its acts, its drafts, its names."""
        from faubourg.base import erasure  # noqa: PLC0415 (models are ready only now)

        from . import acts, unsent  # noqa: PLC0415 (idem)
        from .services.erasing import erase_names  # noqa: PLC0415 (idem)

        acts.register()
        unsent.register()
        erasure.register("evaluation", erase_names)
