"""Registers the room `evaluation`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "faubourg.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Names its acts, its page of every contract."""
        from faubourg.base import erasure  # noqa: PLC0415 (models are ready only now)
        from faubourg.contracts import nav, panels  # noqa: PLC0415 (idem)

        from . import acts  # noqa: PLC0415 (idem)
        from .overview import reports_panel  # noqa: PLC0415 (idem)
        from .services.erasing import erase_names  # noqa: PLC0415 (idem)

        acts.register()
        erasure.register("evaluation", erase_names)
        nav.register("annual_reports", _("Rapports annuels"), 90)
        panels.register("evaluation", reports_panel)
