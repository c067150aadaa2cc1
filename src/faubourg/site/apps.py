"""Registers the room `site`."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "faubourg.site"
    label = "site"

    def ready(self) -> None:
        """What only the top room ties: the contract of a point, the work behind its page, the erasing."""
        from faubourg.base import forgetting  # noqa: PLC0415 (models are ready only now)
        from faubourg.territories.locating import attribution, passing, task  # noqa: F401, PLC0415 (idem)

        from .queries.locate import contracts_by_place  # noqa: PLC0415 (idem)

        attribution.register("contrat", contracts_by_place)
        forgetting.register("fichiers de points", passing.forget)
