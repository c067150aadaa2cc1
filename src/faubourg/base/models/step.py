"""What every circuit leaves behind: one dated line per move, never rewritten."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.Model):
    """From which state to which, on which day, by whom, why. Each room adds what it is a step of."""

    before = models.CharField(_("depuis"), max_length=24, blank=True)
    after = models.CharField(_("vers"), max_length=24)
    # The act of the circuit's table that led there.
    move = models.CharField(max_length=40, blank=True)
    on = models.DateField(_("le"))
    note = models.CharField(_("précision"), max_length=1000, blank=True)
    by = models.UUIDField(null=True, blank=True)
    # Empty when nobody chose it: it followed from a clock.
    by_name = models.CharField(_("enregistrée par"), max_length=150, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
