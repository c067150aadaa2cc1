"""Where a neighbourhood stands, in the words of a document: a fact of its day, beside the path by law."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .source import Source
from .territory import Territory


class StatedPhase(models.Model):
    """What a source said of a neighbourhood on a day; it says nothing of the days after."""

    class Phase(models.TextChoices):
        OBSERVATION = "observation", _("en cours d’observation et de diagnostic")

    territory = models.OneToOneField(Territory, on_delete=models.CASCADE, related_name="stated_phase")
    phase = models.CharField(_("phase"), max_length=15, choices=Phase)
    # The year of the plan of actions that the document announces; none when it announces none.
    plan_year = models.PositiveSmallIntegerField(_("année du plan d’actions"), null=True, blank=True)
    gradual = models.BooleanField(_("déploiement graduel"), default=False)
    said_on = models.DateField(_("dit le"))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="stated_phases")

    class Meta:
        verbose_name = _("phase dite par une source")
        verbose_name_plural = _("phases dites par une source")

    def __str__(self) -> str:
        return f"{self.territory} – {self.get_phase_display()}"
