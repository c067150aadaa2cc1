"""What every dated step of a path keeps, whatever the path: its day, a word about it, who recorded it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatedStep(models.Model):
    """One step, never rewritten; `note` says in words what the states do not."""

    on = models.DateField(_("le"))
    note = models.CharField(_("précision"), max_length=400, blank=True)
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(_("enregistrée par"), max_length=150, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
