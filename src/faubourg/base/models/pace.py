"""How often something came within an hour, whichever process met it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pace(models.Model):
    """One count. `key` is a digest that tells nobody's address; the row goes when its hour is over."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("cadence")
        verbose_name_plural = _("cadences")

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"
