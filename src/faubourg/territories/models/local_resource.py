"""What a neighbourhood already has: equipment, services and associations (droit commun first)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import sort_key

from .source import Source
from .territory import Territory


class LocalResource(models.Model):
    """One equipment, service or association; « quartier vécu » when it lies around, not inside."""

    class Kind(models.TextChoices):
        EQUIPMENT = "equipment", _("équipement")
        SERVICE = "service", _("service ou permanence")
        ASSOCIATION = "association", _("association")

    class Place(models.TextChoices):
        INSIDE = "inside", _("dans le périmètre")
        LIVED = "lived", _("quartier vécu")
        UNSTATED = "unstated", _("dans le quartier ou ses abords immédiats")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(_("nature"), max_length=15, choices=Kind)
    name = models.CharField(_("nom"), max_length=200)
    sort_key = models.CharField(max_length=300, editable=False)
    partner = models.CharField(_("porté par"), max_length=200, blank=True)
    place = models.CharField(_("situation"), max_length=10, choices=Place, default=Place.UNSTATED)
    note = models.CharField(_("remarque"), max_length=300, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="resources")

    class Meta:
        verbose_name = _("ressource du quartier")
        verbose_name_plural = _("ressources du quartier")
        ordering = ["kind", "sort_key"]
        constraints = [models.UniqueConstraint(fields=["territory", "kind", "name"], name="resource_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
